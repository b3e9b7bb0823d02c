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
  /// What `perStep` may be wrong by, in nats, where it comes from a quadrature whose panels were halved.
  private(set) var error = 0.0
  /// What has to be said about `perStep`.
  private(set) var remark: String?
  /// Whether the gradient of a loss on the line has a jump or a kink.
  private var hasKink = false
  /// σ of the marginal path per step.
  private(set) var marginal: Double?
  /// (η³T/6) E L‴².
  private(set) var leading: Double?
  /// Of the continuum, per unit of time.
  private(set) var continuum: Double?

  /// At most so many exponentials are taken on a grid for the marginal value.
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
      marginal = mixture.marginalEntropyProduction(largestWork: Self.largestMarginalWork)
    case .success(.line(let chain)):
      switch chain.solve() {
      case .success(let values):
        perStep = values.productionPerStep
        error = values.error
        leading = values.leading
        hasKink = values.hasKink
        remark = values.remark
        unknown = ""
      case .failure(let reason):
        perStep = nil
        unknown = reason.sentence
      }
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
          otherwise: hasKink
            ? "(η³T/6) E L‴² does not exist: the gradient of the loss has a jump or a kink"
            : "(η³T/6) E L‴² is computed for the full gradient of one coordinate at a constant temperature")
      ),
    ]
    if plan.marginalBatches != nil {
      figures.append(
        (
          "exact.marginal",
          .known(
            marginal, unit: "nats",
            otherwise: "it is known with one coordinate, for quadratic losses with few batches that all confine, where "
              + "two grids agree")
        ))
    }
    return figures
  }
}
