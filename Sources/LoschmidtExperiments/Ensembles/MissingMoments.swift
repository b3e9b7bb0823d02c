import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// Which averages do not exist: because the noise has a heavy tail, and θ has no more moments than it, or because the
/// steps themselves lengthen θ at random and leave its stationary law without them.
///
/// An average is measured only where it exists, and has a standard error only where its square has a mean: beyond that the
/// scatter of replicas is no measure of anything.
struct MissingMoments {
  private let plan: SimulationPlan
  /// What the steps leave of the moments in the stationary state; `nil` where that is not asked, or nothing is known.
  private let steps: StepMoments?

  /// So high a moment is asked for at most: the error of the variance of a square.
  private static let largestOrder = 8

  /// What the noise alone leaves: after any number of steps.
  init(noiseOf plan: SimulationPlan) {
    self.plan = plan
    steps = nil
  }

  /// What is left in the state that is stationary under one step of a plan, repeated for ever.
  ///
  /// - Parameters:
  ///   - plan: The process.
  ///   - step: The step.
  ///   - ofRatios: Whether it is about log ratios of steps, to which directions without curvature add nothing.
  init(_ plan: SimulationPlan, step: Int, ofRatios: Bool = false) {
    self.plan = plan
    steps = StepMoments(plan, step: step, ofRatios: ofRatios)
  }

  /// That θ tends to a point while moments of the way there grow, as a sentence; `nil` where it is not so.
  var remark: String? {
    guard let steps, let point = steps.limit else { return nil }
    let place = point.map { NumberText.rounded($0, digits: 4) }.joined(separator: ", ")
    let order = steps.tailIndex.map { "for k ≥ κ = \(NumberText.rounded($0, digits: 4))" } ?? "for k ≥ 2"
    return "All samples have their minimum at (\(place)), where no noise acts, and θ tends to it with probability 1: "
      + "the stationary law is that point. Yet E|θ_n − θ*|^k does not tend to 0 \(order), because of trajectories that are "
      + "too rare to be seen."
  }

  /// Why moments of an order of θ do not exist, without a full stop; `nil` where nothing is known against them.
  func reason(order: Int) -> String? {
    if steps?.limit != nil { return nil }
    switch plan.process.gradient.heavyTail {
    case .stable(let alpha, _) where Double(order) >= alpha:
      return
        "the noise has no moment of order \(order), its tail index being \(NumberText.shortest(alpha)), and so θ has none"
    case .student(let nu) where Double(order) >= nu:
      return
        "the noise has no moment of order \(order), with \(NumberText.shortest(nu)) degrees of freedom, and so θ has none"
    default: break
    }
    guard order > 0, let steps, steps.moment(order) == .missing else { return nil }
    return steps.reason(order: order)
  }

  /// Why the mean of a power of a polynomial of θ does not exist; `nil` where it may, as where the degree is not known.
  func reason(power: Int, degree: Int?) -> String? { degree.flatMap { reason(order: power * $0) } }

  /// Whether a moment that may be asked for is known not to exist.
  private var hasLimit: Bool {
    plan.process.gradient.heavyTail != nil || (1...Self.largestOrder).contains { steps?.moment($0) == .missing }
  }

  /// Whether it is known that moments exist up to an order.
  func isKnown(order: Int) -> Bool {
    if case .student(let nu) = plan.process.gradient.heavyTail, Double(order) >= nu { return true }
    if case .stable = plan.process.gradient.heavyTail { return true }
    return steps.map { $0.moment(order) != .unknown } ?? false
  }

  /// The degree of an observable, 0 … 2; `nil` where it is no such polynomial, or where all moments exist anyway.
  func degree(of observable: Expression) -> Int? {
    guard hasLimit else { return nil }
    return QuadraticForm(observable, parameters: plan.process.parameters, common: plan.program.common)?.degree
  }

  /// The degree of the loss; `nil` as for observables, and where there is none.
  var degreeOfLoss: Int? {
    guard hasLimit, let landscape = plan.process.landscape,
      let process = QuadraticProcess(landscape, nil, plan.process.parameters, time: 0)
    else { return nil }
    return process.meanLoss.hessian.contains { $0 != 0 } ? 2 : 1
  }

  /// A mean, its standard error, a variance and its standard error of a polynomial, as far as they exist.
  func cells(
    mean: (value: Double, standardError: Double), variance: (value: Double, standardError: Double), degree: Int?,
    otherwise few: String
  ) -> [Cell] {
    let values = [(mean.value, 1), (mean.standardError, 2), (variance.value, 2), (variance.standardError, 4)]
    return values.map { value, power in
      reason(power: power, degree: degree).map { .missing(reason: $0) } ?? .finite(value, otherwise: few)
    }
  }
}

extension StepMoments {
  /// Why moments of an order do not exist where the steps remove them, without a full stop.
  func reason(order: Int) -> String {
    if isMovedInFlatDirections {
      return "there is no stationary state: the loss is flat in a direction in which noise or a slope moves θ without "
        + "limit"
    }
    if law == .missing {
      if let value = lyapunov?.value, abs(value) <= 1e-14 {
        return "there is no stationary state: |θ| grows without limit in probability, the Lyapunov exponent of the "
          + "steps being 0"
      }
      let rate = lyapunov.map { ", the Lyapunov exponent of the steps being \(Self.number($0.value))" } ?? ""
      return "there is no stationary state: θ grows without limit\(rate)"
    }
    let gone = order == 1 ? "no mean" : order == 2 ? "no variance" : "no moment of order \(order)"
    let cause =
      tailIndex.map { "E|m|^κ = 1 for the random factor m of a step at the tail index κ = \(Self.number($0))" }
      ?? decisive(order).map {
        "the operator that moves moments of order \($0.order) by a step has the spectral radius \(Self.number($0.radius))"
      } ?? "the steps lengthen it at random"
    let subject = law == .exists ? "the stationary law of θ has" : "θ has, whether or not there is a stationary law,"
    return "\(subject) \(gone): \(cause)"
  }

  /// The radius that removes moments of an order: that of the highest order up to it.
  private func decisive(_ order: Int) -> (order: Int, radius: Double)? {
    radii.filter { $0.key <= order && $0.value >= 1 }.max { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func number(_ value: Double) -> String { NumberText.rounded(value, digits: 4) }
}

extension QuadraticForm {
  /// 0, 1 or 2.
  fileprivate var degree: Int {
    matrix.entries.contains { $0 != 0 } ? 2 : linear.contains { $0 != 0 } ? 1 : 0
  }
}
