import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// Which averages do not exist because the noise has a heavy tail: it is added to θ, which has no more moments than it.
///
/// An average is measured only where it exists, and has a standard error only where its square has a mean: beyond that the
/// scatter of replicas is no measure of anything.
struct MissingMoments {
  private let plan: SimulationPlan

  init(_ plan: SimulationPlan) { self.plan = plan }

  /// Why moments of an order of θ do not exist after a step, without a full stop; `nil` where nothing is known against them.
  func reason(order: Int) -> String? {
    switch plan.process.gradient.heavyTail {
    case .stable(let alpha, _) where Double(order) >= alpha:
      return
        "the noise has no moment of order \(order), its tail index being \(NumberText.shortest(alpha)), and so θ has none"
    case .student(let nu) where Double(order) >= nu:
      return
        "the noise has no moment of order \(order), with \(NumberText.shortest(nu)) degrees of freedom, and so θ has none"
    default: return nil
    }
  }

  /// Why the mean of a power of a polynomial of θ does not exist; `nil` where it may, as where the degree is not known.
  func reason(power: Int, degree: Int?) -> String? { degree.flatMap { reason(order: power * $0) } }

  /// The degree of an observable, 0 … 2; `nil` where it is no such polynomial, or where all moments exist anyway.
  func degree(of observable: Expression) -> Int? {
    guard plan.process.gradient.heavyTail != nil else { return nil }
    return QuadraticForm(observable, parameters: plan.process.parameters, common: plan.program.common)?.degree
  }

  /// The degree of the loss; `nil` as for observables, and where there is none.
  var degreeOfLoss: Int? {
    guard plan.process.gradient.heavyTail != nil, let landscape = plan.process.landscape,
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

extension QuadraticForm {
  /// 0, 1 or 2.
  fileprivate var degree: Int {
    matrix.entries.contains { $0 != 0 } ? 2 : linear.contains { $0 != 0 } ? 1 : 0
  }
}
