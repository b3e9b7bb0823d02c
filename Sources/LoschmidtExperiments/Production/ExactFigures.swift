import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The exact values beside the measured ones, each with the reason where it does not exist.
struct ExactFigures {
  /// σ of the stationary state per step; that of the extended path for minibatches.
  let perStep: Double?
  /// Why it is not known, without a full stop.
  let unknown: String
  /// σ of the marginal path per step.
  private(set) var marginal: Double?
  /// (η³T/6) E L‴².
  private(set) var leading: Double?
  /// Of the continuum, per unit of time.
  private(set) var continuum: Double?

  /// At most so many exponentials are taken for the marginal value.
  private static let largestMarginalWork = 3e8

  /// No values yet, or none any more.
  ///
  /// - Parameter reason: Why, without a full stop.
  init(unknown reason: String) {
    perStep = nil
    unknown = reason
  }

  init(_ plan: SimulationPlan, _ exact: Result<ExactProduction, ExactProduction.Unknown>) {
    switch exact {
    case .failure(let reason):
      perStep = nil
      unknown = reason.sentence
    case .success(.gaussian(let chain)):
      perStep = chain.entropyProductionPerStep
      unknown = ""
      continuum = Self.continuum(plan)
      let noise = plan.process.gradient.additiveCovariance(dimension: plan.program.dimension)
      let isThermal = plan.process.gradient.randomness == .partOfStep && noise == nil
      if plan.process.force == nil, isThermal, plan.singleTemperature != nil { leading = 0 }
    case .success(.heavyTailed(let chain)):
      perStep = try? chain.entropyProductionPerStep()
      unknown = "the integral over the density of the noise did not reach its tolerance"
    case .success(.mixture(let mixture)):
      perStep = mixture.extendedEntropyProduction
      unknown = ""
      marginal = Self.marginal(mixture)
    case .success(.line(let chain)):
      let values = chain.solve()
      perStep = values?.productionPerStep
      leading = values?.leading
      unknown =
        "the chain does not stay in any interval; a gradient that grows faster than linearly needs a smaller step"
    }
  }

  /// The Ornstein–Uhlenbeck process with the drift ΛM per unit of time and the diffusion Σ/(2η) of the chain.
  private static func continuum(_ plan: SimulationPlan) -> Double? {
    guard let law = plan.constantLaw, let field = LinearProcess(plan)?.quadratic(time: 0)?.meanGradient else {
      return nil
    }
    let eta = plan.clock.setting(0).learningRate
    let slope = DenseMatrix(rows: field.dimension, columns: field.dimension, entries: field.matrix)
    let process = try? OrnsteinUhlenbeck(
      drift: (1 / eta) * (law.mobility * slope), diffusion: (0.5 / eta) * law.covariance)
    return process?.entropyProductionRate
  }

  /// On a grid, where it is not too large.
  private static func marginal(_ mixture: MinibatchMixture1D) -> Double? {
    let slowest = mixture.curvatures.reduce(0) { max($0, abs(1 - mixture.learningRate * $1)) }
    guard slowest < 1, mixture.curvatures.allSatisfy({ $0 > 0 }) else { return nil }
    let deviation = (2 * mixture.learningRate * mixture.temperature).squareRoot()
    let fixed = zip(mixture.curvatures, mixture.pulls).map { $1 / $0 }
    let spread = (fixed.max() ?? 0) - (fixed.min() ?? 0)
    let count = 8 * (spread / deviation + 20 / (1 - slowest * slowest).squareRoot())
    guard count <= 1500, count * count * Double(mixture.curvatures.count) <= largestMarginalWork else { return nil }
    return (try? mixture.marginal())?.entropyProductionPerStep
  }

  /// The figures in their order.
  func figures(_ plan: SimulationPlan) -> [(name: String, value: FigureValue)] {
    var figures: [(name: String, value: FigureValue)] = [
      ("exact.per-step", .known(perStep, unit: "nats", otherwise: unknown)),
      (
        "exact.continuum",
        .known(
          continuum, unit: "nats/time",
          otherwise: "the continuum is known for linear forces and Gaussian noise that do not change in time")
      ),
      (
        "leading.per-step",
        .known(
          leading, unit: "nats",
          otherwise: "(η³T/6) E L‴² is computed for the full gradient of one coordinate at a constant temperature")
      ),
    ]
    if plan.marginalBatches != nil {
      figures.append(
        (
          "exact.marginal",
          .known(
            marginal, unit: "nats",
            otherwise: "it is known with one coordinate, for quadratic losses with few batches that all confine")
        ))
    }
    return figures
  }
}
