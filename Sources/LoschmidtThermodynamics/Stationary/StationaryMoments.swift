import LoschmidtDynamics
import LoschmidtNumerics

/// Mean and covariance of θ in the stationary state, exact at finite η: for quadratic losses.
public struct StationaryMoments: Sendable, Equatable {
  /// Why they are not known.
  public enum Missing: Error, Sendable, Equatable {
    /// The field is not linear in θ, as far as its structure shows, or has too many coordinates.
    case notQuadratic
    /// Steps have no noise in some direction, and no batch is drawn.
    case noDensity
    /// Batches of neighbouring steps depend on each other.
    case dependentBatches
    /// A batch is drawn, and a force acts besides the loss.
    case forceWithBatches
    /// The mean curvature is not positive definite.
    case noMinimum
    /// The moments grow without limit.
    case unstable
    /// The field of a modified equation is not linear in θ, or has too many coordinates.
    case equationNotQuadratic
    /// The modified equation has no stationary second moments.
    case equationUnstable
  }

  /// E θ.
  public let mean: [Double]
  /// Cov θ.
  public let covariance: DenseMatrix
  /// Whether the law is normal; that of a minibatch is not.
  public let isNormal: Bool

  /// With minibatches at most so many coordinates; the work grows with their third power and the number of samples.
  public static let largestBatchDimension = 32

  /// The moments of a law, given.
  public init(mean: [Double], covariance: DenseMatrix, isNormal: Bool) {
    self.mean = mean
    self.covariance = covariance
    self.isNormal = isNormal
  }

  /// The moments in the state that is stationary under one step of a plan, repeated for ever.
  ///
  /// - Parameters:
  ///   - plan: The process; its field does not change in time.
  ///   - step: The step.
  /// - Throws: Why they are not known.
  public init(_ plan: SimulationPlan, step: Int) throws(Missing) {
    if let equation = plan.process.algorithm as? ModifiedSDE {
      self = try Self.ofEquation(equation, plan)
      return
    }
    let gradient = plan.process.gradient
    guard gradient.randomness != .partOfStep else {
      guard (try? plan.missingDensity()) == .some(nil) else { throw .noDensity }
      guard let process = LinearProcess(plan) else { throw .notQuadratic }
      guard let law = process.chain(step)?.stationary else { throw .unstable }
      self.init(mean: law.mean, covariance: law.covariance, isNormal: true)
      return
    }
    guard let batch = gradient as? Minibatch, !batch.sampling.usesEpochs else { throw .dependentBatches }
    guard plan.process.force == nil else { throw .forceWithBatches }
    let setting = plan.clock.setting(step)
    guard plan.program.dimension <= Self.largestBatchDimension,
      let quadratic = QuadraticProcess(plan.process.landscape, nil, plan.process.parameters, time: setting.time),
      let law = try? plan.law(setting)
    else { throw .notQuadratic }
    let d = quadratic.dimension
    let curvatures = quadratic.hessians.map {
      QuadraticSamples.Curvature.dense(DenseMatrix(rows: d, columns: d, entries: $0))
    }
    guard
      let samples = try? QuadraticSamples(
        curvatures: curvatures, pulls: quadratic.linearTerms, offsets: quadratic.constants)
    else { throw .noMinimum }
    let operation = SecondMomentOperator(
      samples: samples, learningRate: setting.learningRate,
      preconditioner: (1 / setting.learningRate) * law.mobility,
      sampling: batch.sampling == .withReplacement
        ? .withReplacement(batchSize: batch.size) : .withoutReplacement(batchSize: batch.size))
    guard let moments = try? operation.stationary(extra: law.covariance) else { throw .unstable }
    self.init(mean: moments.mean, covariance: moments.covariance, isNormal: false)
  }

  /// The moments of a modified equation, whose law is normal where its noise does not depend on θ.
  private static func ofEquation(
    _ equation: ModifiedSDE, _ plan: SimulationPlan
  ) throws(Missing) -> StationaryMoments {
    guard let moments = QuadraticMoments(plan), moments.dimension <= QuadraticMoments.largestStationaryDimension else {
      throw .equationNotQuadratic
    }
    let found = moments.stationary(order: equation.order, interpretation: equation.interpretation)
    guard let found else { throw .equationUnstable }
    return StationaryMoments(mean: found.mean, covariance: found.covariance, isNormal: moments.isNoiseConstant)
  }

  /// E f(θ), from the two moments alone.
  public func mean(of form: QuadraticForm) -> Double { form.expectation(mean: mean, covariance: covariance) }

  /// Var f(θ): gᵀSg + ½ tr(PSPS) with g = Pm + p; `nil` where f is not affine and the law not normal.
  public func variance(of form: QuadraticForm) -> Double? {
    let slope = Vectors.sum(form.matrix.applied(to: mean), form.linear)
    let linear = covariance.form(slope, slope)
    if form.matrix.largestEntry == 0 { return linear }
    guard isNormal else { return nil }
    let product = form.matrix * covariance
    return linear + 0.5 * product.inner(product.transposed)
  }
}

extension QuadraticForm {
  /// An observable that is a polynomial of degree two at most, as far as its structure shows; `nil` for others.
  public init?(_ observable: Expression, parameters: ParameterLayout, common: CommonInputs) {
    guard
      let landscape = try? ExpressionLandscape(
        loss: observable, parameters: parameters, constants: common.constants, protocols: common.protocols),
      let form = QuadraticProcess(landscape, nil, parameters, time: 0)
    else { return nil }
    let (matrix, linear, constant) = form.meanLoss
    let d = form.dimension
    self.init(
      matrix: DenseMatrix(rows: d, columns: d, entries: matrix), linear: linear.map { -$0 }, constant: constant)
  }
}
