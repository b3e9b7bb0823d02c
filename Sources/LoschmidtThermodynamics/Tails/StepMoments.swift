import LoschmidtDynamics
import LoschmidtNumerics

/// Which moments of θ the dynamics leaves in the stationary state of θ′ = mθ + c with a random m: bounded noise and data
/// are not enough where m can lengthen.
///
/// A moment of order k needs E‖m_n⋯m_1‖^k → 0. In one coordinate that is E|m|^k < 1, for any k; in several it is told of
/// even orders by the spectral radius of E m^{⊗k}, and of others by the orders around them. Where every m that occurs
/// lengthens nothing, all moments exist as soon as the second ones do. The moments of c are another matter.
public struct StepMoments: Sendable, Equatable {
  /// Whether something exists.
  public enum Answer: Sendable, Equatable {
    /// It exists.
    case exists
    /// It does not.
    case missing
    /// Nothing is known.
    case unknown
  }

  /// The spectral radius of E m^{⊗k} by even orders k, as far as it is known.
  public let radii: [Int: Double]
  /// κ of one coordinate: infinite where all moments exist, 0 without a stationary law; `nil` where it is not known.
  public let tailIndex: Double?
  /// The Lyapunov exponent where second moments do not exist, and it is known.
  public let lyapunov: LyapunovExponent?
  /// Whether moments of all orders exist with the second ones.
  public let isContraction: Bool
  /// E of the operator norm of m, where m has a list of outcomes and second moments do not exist.
  let meanNorm: Double?
  /// Whether m is always the same.
  public let isConstant: Bool

  /// Above this a radius counts as 1: rounding of its eigenvalue.
  static let threshold = 1 - 1e-12
  /// At most so many products are spent on telling whether maps lengthen.
  private static let largestWork = 0x1p24

  /// What is known of directions in which no sample has a curvature.
  let flat: FlatDirections
  /// Where every sample has a vanishing gradient and no noise acts, where second moments do not exist: θ ends there if
  /// the Lyapunov exponent is below 0.
  let commonMinimum: [Double]?

  /// What is known about a step of a plan, repeated for ever; `nil` where nothing is.
  ///
  /// - Parameters:
  ///   - plan: The process.
  ///   - step: The step.
  ///   - ofRatios: Whether it is about the log ratio of a step, which does not depend on where θ is in directions without
  ///     curvature, and not about θ itself.
  public init?(_ plan: SimulationPlan, step: Int, ofRatios: Bool = false) {
    guard var maps = RandomMaps(plan, step: step) else { return nil }
    let (flat, others) = maps.directions
    let kind: FlatDirections =
      flat.isEmpty ? .none : ofRatios ? .still : FlatDirections(plan, step: step, directions: flat)
    if kind != .none, !others.isEmpty { maps = maps.restricted(to: others) }
    self.init(
      maps, degreesOfFreedom: plan.process.gradient.studentDegrees,
      isContraction: Self.isContraction(plan, step: step), flat: kind, isEmpty: others.isEmpty,
      commonMinimum: kind == .none ? CommonMinimum.point(plan, step: step) : nil)
  }

  /// What is known about random maps.
  init(
    _ maps: RandomMaps, degreesOfFreedom: Double? = nil, isContraction: Bool = false, flat: FlatDirections = .none,
    isEmpty: Bool = false, commonMinimum: @autoclosure () -> [Double]? = nil
  ) {
    self.flat = flat
    if isEmpty {
      // Nothing is left that a step multiplies.
      (radii, tailIndex, lyapunov, meanNorm) = ([2: 0], .infinity, nil, nil)
      (self.isContraction, isConstant, self.commonMinimum) = (true, true, nil)
      return
    }
    isConstant = maps.isConstant
    var radii: [Int: Double] = [:]
    radii[2] = maps.radius(order: 2)
    let second = radii[2] ?? .nan
    // Of a fixed map all orders are powers.
    self.isContraction = isContraction || isConstant
    if second < Self.threshold, !self.isContraction {
      radii[4] = maps.radius(order: 4)
      if let fourth = radii[4], fourth < Self.threshold { radii[8] = maps.radius(order: 8) }
    } else if !isConstant, second >= Self.threshold {
      radii[4] = maps.radius(order: 4)
    }
    let scalar = maps.scalar(degreesOfFreedom: degreesOfFreedom)
    tailIndex = scalar?.tailIndex
    var (lyapunov, norm): (LyapunovExponent?, Double?) = (nil, nil)
    if second >= Self.threshold {
      if let scalar {
        lyapunov = LyapunovExponent(value: scalar.lyapunovExponent, standardError: 0)
      } else if maps.dimension > 1 {
        lyapunov = LyapunovExponent(maps)
        norm = maps.meanNorm
      }
    }
    (self.radii, self.lyapunov, meanNorm) = (radii, lyapunov, norm)
    self.commonMinimum = !isConstant && second >= Self.threshold ? commonMinimum() : nil
  }

  /// The point that θ tends to with probability 1, though moments of the way there grow without limit; `nil` elsewhere.
  public var limit: [Double]? { law == .exists ? commonMinimum : nil }

  /// Whether noise or a slope moves θ without limit in a direction without curvature.
  public var isMovedInFlatDirections: Bool { flat == .moved }

  /// Whether there is a stationary law; where nothing moves θ in flat directions, one for every start in them.
  public var law: Answer {
    switch flat {
    case .moved: return .missing
    case .unknown: return lawOfOthers == .missing ? .missing : .unknown
    case .none, .still: return lawOfOthers
    }
  }

  /// Whether there is a stationary law of θ beside flat directions.
  private var lawOfOthers: Answer {
    if let second = radii[2], second < Self.threshold { return .exists }
    if let index = tailIndex { return index > 0 ? .exists : .missing }
    switch lyapunov?.isContracting {
    case true?: return .exists
    case false?: return .missing
    case nil: return .unknown
    }
  }

  /// Whether moments of an order ≥ 1 of θ exist in the stationary law.
  public func moment(_ order: Int) -> Answer {
    if law == .missing { return .missing }
    if limit != nil { return .exists }
    let others = momentOfOthers(order)
    return flat == .unknown && others == .exists ? .unknown : others
  }

  private func momentOfOthers(_ order: Int) -> Answer {
    // An index that is a whole number has the rounding of its bisection.
    if let tailIndex, tailIndex.isFinite { return Double(order) < tailIndex * (1 - 1e-9) ? .exists : .missing }
    guard let second = radii[2] else { return .unknown }
    if second < Self.threshold, order <= 2 || isContraction || tailIndex == .infinity { return .exists }
    if second >= Self.threshold {
      if order >= 2 { return .missing }
      return meanNorm.map { $0 < Self.threshold } == true ? .exists : .unknown
    }
    for (known, radius) in radii.sorted(by: { $0.key < $1.key }) {
      if known <= order, radius >= Self.threshold { return .missing }
      if known >= order, radius < Self.threshold { return .exists }
    }
    return .unknown
  }

  /// Whether no outcome lengthens anything in the norm θᵀM⁻¹θ: 0 ≤ LᵀH_iL ≤ 2 for M = LLᵀ, and for every batch with it.
  private static func isContraction(_ plan: SimulationPlan, step: Int) -> Bool {
    let setting = plan.clock.setting(step)
    // The integrator of a modified equation multiplies by normal numbers, which are not bounded.
    guard plan.process.algorithm is GradientDescent,
      plan.process.gradient is Minibatch || plan.process.gradient is LabelNoise, plan.process.force == nil,
      let law = try? plan.law(setting), let factor = try? Cholesky(law.mobility),
      let field = QuadraticProcess(plan.process.landscape, nil, plan.process.parameters, time: setting.time)
    else { return false }
    let d = field.dimension
    let work = 10 * Double(field.hessians.count) * Double(d * d * d)
    guard work <= largestWork else { return false }
    let lower = factor.lowerMatrix
    return field.hessians.allSatisfy { hessian in
      let form = lower.transposed * DenseMatrix(rows: d, columns: d, entries: hessian) * lower
      guard let eigen = try? SymmetricEigen(matrix: form.symmetrised.entries, dimension: d) else { return false }
      // Rounding below 0 of a curvature of lower rank.
      return eigen.eigenvalues.allSatisfy { $0 >= -1e-12 && $0 <= 2 }
    }
  }
}

extension RandomMaps {
  /// The law of the factor of one coordinate; `nil` for several, and for laws of which only moments are known.
  func scalar(degreesOfFreedom: Double?) -> ScalarMultiplier? {
    guard dimension == 1, drift == nil else { return nil }
    let centre = mean[0, 0]
    if exactOrder == nil { return .draws(outcomes.map { ($0.map[0, 0], $0.weight) }) }
    let variance = outcomes.reduce(0) { $0 + $1.weight * ($1.map[0, 0] - centre) * ($1.map[0, 0] - centre) }
    guard variance > 0 else { return nil }
    if !normalFields.isEmpty { return .normal(mean: centre, deviation: variance.squareRoot()) }
    guard let nu = degreesOfFreedom else { return nil }
    return .student(mean: centre, scale: (variance * (nu - 2) / nu).squareRoot(), degreesOfFreedom: nu)
  }

  /// E ‖m‖ where the list is the law; `nil` elsewhere.
  var meanNorm: Double? {
    guard isLaw else { return nil }
    var sum = 0.0
    for outcome in outcomes {
      let square = outcome.map.transposed * outcome.map
      let eigen = try? SymmetricEigen(matrix: square.symmetrised.entries, dimension: dimension)
      guard let eigen else { return nil }
      sum += outcome.weight * max(0, eigen.eigenvalues.max() ?? 0).squareRoot()
    }
    return sum
  }
}

extension GradientNoise {
  /// ν of Student's noise; `nil` for other noise.
  fileprivate var studentDegrees: Double? {
    if case .student(let degrees) = heavyTail { return degrees }
    return nil
  }
}
