import LoschmidtDynamics
import LoschmidtNumerics

/// A process whose gradient field is linear and whose gradient is full: every step is Gaussian, and exact results exist.
public struct LinearProcess: Sendable {
  /// The plan that it was read from.
  public let plan: SimulationPlan
  private let constantStep: GaussianStep?

  /// Reads the process.
  ///
  /// - Returns: `nil` for other steps than those of plain gradient descent, where the field is not linear, the gradient has
  ///   noise that is not part of a Gaussian step, or a step has no density.
  public init?(_ plan: SimulationPlan) {
    guard plan.descent != nil, plan.process.gradient.randomness == .partOfStep,
      (try? plan.missingDensity()) == .some(nil),
      Self.quadratic(plan, time: 0) != nil
    else { return nil }
    self.plan = plan
    constantStep = plan.isHomogeneous ? Self.step(plan, 0) : nil
    if plan.isHomogeneous, constantStep == nil { return nil }
  }

  /// The coefficients of the field at a time.
  public func quadratic(time: Double) -> QuadraticProcess? { Self.quadratic(plan, time: time) }

  private static func quadratic(_ plan: SimulationPlan, time: Double) -> QuadraticProcess? {
    QuadraticProcess(plan.process.landscape, plan.process.force, plan.process.parameters, time: time)
  }

  /// The kernel of step k, x′ = (1 − MG)x − Mb + N(0, Σ) at t_{k+1}; `nil` where a number is not finite.
  public func step(_ k: Int) -> GaussianStep? { constantStep ?? Self.step(plan, k) }

  /// The chain of the field at t_0 with the mobility and the noise of the first step that moves, whose stationary law drivings start from.
  public var initialChain: GaussianChain? {
    guard let k = plan.clock.firstMovingStep(), let step = Self.step(plan, k, time: plan.clock.time(0)) else {
      return nil
    }
    return try? GaussianChain(map: step.map, shift: step.shift, noise: step.noise)
  }

  private static func step(_ plan: SimulationPlan, _ k: Int, time: Double? = nil) -> GaussianStep? {
    let setting = plan.clock.setting(k)
    let time = time ?? setting.time
    guard let law = try? plan.law(setting), let field = quadratic(plan, time: time)?.meanGradient else {
      return nil
    }
    let slope = DenseMatrix(rows: field.dimension, columns: field.dimension, entries: field.matrix)
    return try? GaussianStep(
      map: DenseMatrix.identity(field.dimension) - law.mobility * slope,
      shift: Vectors.scaled(law.mobility.applied(to: field.constant), by: -1), noise: law.covariance)
  }

  /// The stationary chain of step k's kernel; `nil` where it is unstable.
  public func chain(_ k: Int) -> GaussianChain? {
    guard let step = step(k) else { return nil }
    return try? GaussianChain(map: step.map, shift: step.shift, noise: step.noise)
  }

  /// Whether some learning rate confines θ in all directions: all eigenvalues of MG have positive real parts.
  ///
  /// With one that has not |1 − ηλ| ≥ 1 for every η > 0: the loss is flat there, or falls, or the force goes round.
  public func isConfinedBySmallSteps(_ k: Int) -> Bool {
    guard let map = step(k)?.map else { return false }
    let pull = DenseMatrix.identity(map.rows) - map
    guard let values = try? GeneralEigenvalues(matrix: pull.entries, dimension: map.rows) else { return false }
    // An eigenvalue is known to some ulps of the largest entry.
    let rounding = 64 * Double.ulpOfOne * Double(map.rows) * max(1, pull.largestEntry)
    return values.real.allSatisfy { $0 > rounding }
  }

  /// R of n steps from step `first` on, as a functional of the path.
  ///
  /// - Parameters:
  ///   - first: The index of the first step.
  ///   - count: n.
  ///   - initial: p_0.
  ///   - final: q.
  /// - Returns: `nil` where a step is not finite.
  public func logRatio(from first: Int, count: Int, initial: GaussianLaw, final: GaussianLaw) -> GaussianPath? {
    if plan.isHomogeneous, let chain = chain(first) {
      return chain.logRatio(steps: count, initial: initial, reverseInitial: .given(final))
    }
    var segments: [GaussianPath.Segment] = []
    if let constantStep {
      segments = [GaussianPath.Segment(step: constantStep, form: constantStep.logRatio, count: count)]
    } else {
      // A step of the learning rate 0 leaves the law and the ratio alone.
      for k in first..<first + count where !plan.clock.stands(k) {
        guard let step = step(k) else { return nil }
        segments.append(GaussianPath.Segment(step: step, form: step.logRatio))
      }
    }
    return GaussianPath(
      initial: initial, first: initial.logDensity, segments: segments, last: -1 * final.logDensity)
  }

  /// The law of x after `count` steps from step `first` on.
  public func propagated(_ law: GaussianLaw, from first: Int, count: Int) -> GaussianLaw? {
    var law = law
    for k in first..<first + count where !plan.clock.stands(k) {
      guard let step = step(k) else { return nil }
      law = step.propagate(law)
    }
    return law
  }

  /// The loss at a time as a potential; `nil` where its curvature is not positive definite, or there is none.
  public func potential(time: Double) -> QuadraticPotential? {
    guard let quadratic = quadratic(time: time), !quadratic.hessians.isEmpty else { return nil }
    let (hessian, linear, constant) = quadratic.meanLoss
    return try? QuadraticPotential(
      curvature: DenseMatrix(rows: quadratic.dimension, columns: quadratic.dimension, entries: hessian),
      pull: linear, offset: constant)
  }
}

extension GaussianLaw {
  /// The law of a start, where it is normal.
  public init?(_ start: any StartLaw) {
    switch start {
    case let start as GaussianStart:
      guard let law = try? GaussianLaw(mean: start.mean, covariance: start.covariance) else { return nil }
      self = law
    case let start as InitialLaw:
      var (mean, variances): ([Double], [Double]) = ([], [])
      for coordinate in start.coordinates {
        guard case .normal(let m, let s) = coordinate else { return nil }
        mean.append(m)
        variances.append(s * s)
      }
      guard let law = try? GaussianLaw(mean: mean, covariance: .diagonal(variances)) else { return nil }
      self = law
    default: return nil
    }
  }

  /// The law as a start of trajectories.
  public var start: GaussianStart? { try? GaussianStart(mean: mean, covariance: covariance) }
}
