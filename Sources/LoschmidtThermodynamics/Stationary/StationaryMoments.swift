import LoschmidtDynamics
import LoschmidtNumerics

/// Mean and covariance of θ in the stationary state, exact at finite η: for quadratic losses.
///
/// Every gradient noise whose covariance is a quadratic function of θ has them, normal or not. Where batches come from
/// epochs the law depends on the place in the epoch: the moments are those of all places taken together, or of the ends
/// of epochs.
public struct StationaryMoments: Sendable, Equatable {
  /// Why they are not known.
  public enum Missing: Error, Sendable, Equatable {
    /// The steps are neither those of plain gradient descent nor of a modified equation.
    case otherRule
    /// The field is not linear in θ, as far as its structure shows, or has too many coordinates.
    case notQuadratic
    /// Steps have no noise in some direction, and no batch is drawn.
    case noDensity
    /// Batches of neighbouring steps depend on each other, in another way than those of a minibatch.
    case dependentBatches
    /// An epoch has too many orders of its batches.
    case tooManyOrders
    /// The noise of the gradient depends on its past or on θ, and a force acts besides the loss.
    case forceWithBatches
    /// The noise has no variance.
    case infiniteVariance
    /// The gradient is not an affine function of θ and the column with noise.
    case labelNotAffine
    /// The mean curvature is not positive definite.
    case noMinimum
    /// There is no stationary law: θ grows without limit, with a learning rate that is too large.
    case unstable
    /// There is none at any learning rate: the mean drift does not lead back in every direction.
    case unconfined
    /// Second moments of θ grow without limit, though there may be a stationary law, whose mean is given where it exists.
    ///
    /// What is known of other moments is `nil` where it is nothing.
    case noSecondMoments(StepMoments?, mean: [Double]?)
    /// The field of a modified equation is not linear in θ, or has too many coordinates.
    case equationNotQuadratic
    /// The modified equation has no stationary second moments.
    case equationUnstable
    /// The steps by which a modified equation is integrated have no stationary second moments.
    case integratorUnstable
    /// The steps are those of no equation.
    case noEquation
  }

  /// Which times count.
  public enum Place: Sendable, Equatable {
    /// After any step.
    case everyStep
    /// After the last step of an epoch.
    case epochEnd
  }

  /// E θ.
  public let mean: [Double]
  /// Cov θ.
  public let covariance: DenseMatrix
  /// Whether the law is normal; that of a minibatch is not.
  public let isNormal: Bool
  /// Whether the moments are those after the last step of an epoch of batches, and not after any step.
  public let isEpochEnd: Bool
  /// Averages over this number of consecutive steps, or a multiple of it, have these moments: the steps of an epoch for
  /// moments of all its places, else 1.
  public let period: Int

  /// With noise that depends on θ at most so many coordinates.
  ///
  /// The work grows with their third power and the number of samples.
  public static let largestBatchDimension = 32

  /// The moments of a law, given.
  public init(
    mean: [Double], covariance: DenseMatrix, isNormal: Bool, isEpochEnd: Bool = false, period: Int = 1
  ) {
    self.mean = mean
    self.covariance = covariance
    self.isNormal = isNormal
    self.isEpochEnd = isEpochEnd
    self.period = period
  }

  /// The moments in the state that is stationary under one step of a plan, repeated for ever.
  ///
  /// - Parameters:
  ///   - plan: The process; its field does not change in time.
  ///   - step: The step.
  ///   - place: Which times count where batches come from epochs; it makes no difference for other noise.
  /// - Throws: Why they are not known.
  public init(_ plan: SimulationPlan, step: Int, place: Place = .everyStep) throws(Missing) {
    if let equation = plan.process.algorithm as? ModifiedSDE {
      self = try Self.ofEquation(equation, plan)
      return
    }
    guard plan.descent != nil else { throw .otherRule }
    let gradient = plan.process.gradient
    guard gradient.randomness != .partOfStep else {
      guard (try? plan.missingDensity()) == .some(nil) else { throw .noDensity }
      guard let process = LinearProcess(plan) else { throw .notQuadratic }
      guard let law = process.chain(step)?.stationary else {
        throw process.isConfinedBySmallSteps(step) ? .unstable : .unconfined
      }
      self.init(mean: law.mean, covariance: law.covariance, isNormal: true)
      return
    }
    let d = plan.program.dimension
    let noise = gradient.covariance(sampleCount: plan.program.sampleCount, dimension: d)
    if noise == nil, gradient.batchLaw(sampleCount: plan.program.sampleCount, limit: 0) == nil {
      throw .infiniteVariance
    }
    let quadratic = try QuadraticDescent(plan, step: step)
    guard let noise else {
      self = try quadratic.epochs(gradient, place)
      return
    }
    let moments = try quadratic.moments(noise)
    self.init(
      mean: moments.mean, covariance: moments.covariance,
      isNormal: AdditiveNoiseProcess(plan, step: step)?.isGaussian ?? false)
  }

  /// How a step of plain gradient descent moves second moments, where noise has a covariance at every θ; `nil` where it
  /// has none, there is no quadratic loss, or the step is another.
  static func operation(_ plan: SimulationPlan, step: Int) -> SecondMomentOperator? {
    let noise = plan.process.gradient.covariance(
      sampleCount: plan.program.sampleCount, dimension: plan.program.dimension)
    return noise.flatMap { try? QuadraticDescent(plan, step: step).operation($0) }
  }

  /// The moments of the steps by which a modified equation is integrated; their law is normal where the noise does not
  /// depend on θ.
  private static func ofEquation(
    _ equation: ModifiedSDE, _ plan: SimulationPlan
  ) throws(Missing) -> StationaryMoments {
    let moments = try quadratic(plan)
    guard let found = moments.integrated(equation) else { throw .integratorUnstable }
    return StationaryMoments(mean: found.mean, covariance: found.covariance, isNormal: moments.isNoiseConstant)
  }

  /// The moments of a modified equation itself, which its integrator has in the limit of many substeps.
  ///
  /// - Throws: Why they are not known; ``Missing/noEquation`` for other algorithms.
  public static func continuum(_ plan: SimulationPlan) throws(Missing) -> StationaryMoments {
    guard let equation = plan.process.algorithm as? ModifiedSDE else { throw .noEquation }
    let moments = try quadratic(plan)
    let found = moments.stationary(order: equation.order, interpretation: equation.interpretation)
    guard let found else { throw .equationUnstable }
    return StationaryMoments(mean: found.mean, covariance: found.covariance, isNormal: moments.isNoiseConstant)
  }

  private static func quadratic(_ plan: SimulationPlan) throws(Missing) -> QuadraticMoments {
    guard let moments = QuadraticMoments(plan), moments.dimension <= QuadraticMoments.largestStationaryDimension else {
      throw .equationNotQuadratic
    }
    return moments
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

/// What the exact moments of noise that depends on θ are made of, for plain gradient descent.
private struct QuadraticDescent {
  let plan: SimulationPlan
  let samples: QuadraticSamples
  let law: StepLaw
  let setting: StepSetting
  let step: Int

  init(_ plan: SimulationPlan, step: Int) throws(StationaryMoments.Missing) {
    guard plan.descent != nil else { throw .otherRule }
    guard plan.process.force == nil else { throw .forceWithBatches }
    setting = plan.clock.setting(step)
    self.step = step
    guard plan.program.dimension <= StationaryMoments.largestBatchDimension,
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
    self.plan = plan
    self.samples = samples
    self.law = law
  }

  /// The moments with noise of a covariance.
  func moments(_ noise: NoiseCovariance) throws(StationaryMoments.Missing) -> SecondMomentOperator.Moments {
    let operation = try operation(noise)
    if let moments = try? operation.stationary(extra: law.covariance) { return moments }
    let failure = growth(mean: samples.minimum)
    // θ tends to a point with probability 1, whatever its moments on the way: the law is the point.
    if case .noSecondMoments(let steps, _) = failure, let point = steps?.limit {
      return SecondMomentOperator.Moments(
        mean: point, covariance: .zero(point.count), excessLoss: 0)
    }
    throw failure
  }

  /// What it means that second moments are not stationary.
  private func growth(mean: [Double]?) -> StationaryMoments.Missing {
    guard let steps = StepMoments(plan, step: step) else { return .noSecondMoments(nil, mean: nil) }
    if steps.law == .missing { return .unstable }
    return .noSecondMoments(steps, mean: steps.moment(1) == .exists ? mean : nil)
  }

  /// How a step moves second moments; every step is as many as the gradient asks for.
  func operation(_ noise: NoiseCovariance) throws(StationaryMoments.Missing) -> SecondMomentOperator {
    var noise = noise
    // A constant covariance that the step adds is in its law already.
    if plan.process.gradient.additiveCovariance(dimension: samples.dimension) != nil { noise.constant = nil }
    var labels: DenseMatrix?
    if let label = noise.label {
      guard let landscape = plan.process.landscape, let response = LabelResponse(landscape, column: label.column),
        response.isJointlyAffine
      else { throw .labelNotAffine }
      labels = response.covariance(at: samples.minimum, time: setting.time)
    }
    let rate = setting.learningRate / Double(plan.process.gradient.substeps)
    return SecondMomentOperator(
      samples: samples, learningRate: rate, preconditioner: (1 / rate) * law.mobility, noise: noise,
      labelResponse: labels)
  }

  /// The moments with the batches of epochs.
  func epochs(
    _ gradient: any GradientNoise, _ place: StationaryMoments.Place
  ) throws(StationaryMoments.Missing) -> StationaryMoments {
    guard let batch = gradient as? Minibatch, batch.sampling.usesEpochs,
      batch.dropsLast || samples.count % batch.size == 0
    else {
      throw .dependentBatches
    }
    let epoch: ReshuffledEpoch
    do throws(ReshuffledEpoch.Failure) {
      epoch = try ReshuffledEpoch(
        samples, batchSize: batch.size, mobility: law.mobility, noise: law.covariance,
        order: batch.sampling == .cyclic ? .cyclic : .reshuffled)
    } catch { throw error == .tooManyBatches ? .tooManyOrders : growth(mean: nil) }
    let moments = place == .epochEnd ? epoch.epochEnd : epoch.everyStep
    return StationaryMoments(
      mean: moments.mean, covariance: moments.covariance, isNormal: false, isEpochEnd: place == .epochEnd,
      period: place == .epochEnd ? 1 : epoch.places.count)
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
