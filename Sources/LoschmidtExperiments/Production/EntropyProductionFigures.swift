import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The figures of `entropy-production`, from the sums of an ensemble.
struct EntropyProductionFigures {
  typealias Figure = (name: String, value: FigureValue)

  private let plan: SimulationPlan
  private let ensemble: EnsembleSettings
  private let hasBatches: Bool

  init(_ plan: SimulationPlan, _ ensemble: EnsembleSettings) {
    self.plan = plan
    self.ensemble = ensemble
    hasBatches = plan.marginalBatches != nil
  }

  /// Why the currents are not accumulated.
  var currentObstacle: String? {
    let dimension = plan.program.dimension
    if dimension == 1 { return "a single coordinate carries no current in the stationary state" }
    if dimension > ProductionObserver.largestDimensionOfCurrents {
      return "the currents are accumulated for at most \(ProductionObserver.largestDimensionOfCurrents) coordinates, "
        + "and here are \(dimension)"
    }
    if !plan.isHomogeneous { return "the process changes in time, so that it has no stationary currents" }
    // The bound has the variance of a current, which is quadratic in θ.
    return MissingMoments(plan).reason(order: 4)
  }

  /// All figures, of a process without density.
  func missing(_ reason: String) -> [Figure] {
    var names = ["per-step", "per-time", "medium", "boundary"]
    if hasBatches { names += ["extended", "marginal"] }
    names += ["exact.per-step", "exact.continuum", "leading.per-step"]
    if hasBatches { names.append("exact.marginal") }
    names += ["housekeeping", "excess", "tur.bound", "tur.estimate"]
    return names.map { ($0, .missing(reason, unit: Self.unit($0))) }
  }

  private static func unit(_ name: String) -> String {
    ["per-time", "exact.continuum", "tur.estimate"].contains(name) ? "nats/time" : "nats"
  }

  /// All figures, in the order in which they are shown.
  func all(_ sums: ProductionSums, _ exact: ExactFigures, boundaryObstacle: String?) -> [Figure] {
    measured(sums, boundaryObstacle) + batches(sums) + exact.figures(plan) + split(sums) + currents(sums.currents)
  }

  private let few = "fewer than two trajectories were finished"

  /// The mean of values of trajectories divided by a number.
  private func mean(_ name: String, _ values: [Double], over divisor: Double = 1) -> Figure {
    let moments = Moments(values)
    return (
      name,
      .measured(
        moments.mean / divisor, moments.standardError / divisor, unit: Self.unit(name), otherwise: few)
    )
  }

  private var steps: Double { Double(ensemble.steps) }

  private func measured(_ sums: ProductionSums, _ boundaryObstacle: String?) -> [Figure] {
    let clock = plan.clock
    let elapsed =
      clock.isConstant
      ? steps * clock.setting(0).learningRate
      : clock.time(ensemble.burnIn + ensemble.steps) - clock.time(ensemble.burnIn)
    let medium = sums.ratios.extended
    return [
      mean("per-step", medium, over: steps),
      elapsed > 0
        ? mean("per-time", medium, over: elapsed)
        : (
          "per-time",
          .missing("the learning rate is 0 at every step, so that no time passes", unit: Self.unit("per-time"))
        ),
      mean("medium", medium),
      boundaryObstacle.map { ("boundary", .missing($0, unit: "nats")) } ?? mean("boundary", sums.ratios.boundary),
    ]
  }

  /// Both pictures of a minibatch kernel.
  private func batches(_ sums: ProductionSums) -> [Figure] {
    guard hasBatches else { return [] }
    let extended = mean("extended", sums.ratios.extended, over: steps)
    if let marginal = sums.ratios.marginal.first { return [extended, mean("marginal", marginal, over: steps)] }
    let missing = (try? plan.missingMarginalDensity()) ?? nil
    return [extended, ("marginal", .missing(missing?.sentence ?? few, unit: "nats"))]
  }

  private func split(_ sums: ProductionSums) -> [Figure] {
    guard !sums.relaxation.isEmpty else {
      let reason =
        plan.isHomogeneous
        ? "the stationary law is known for quadratic losses, linear forces and Gaussian noise only"
        : "the process changes in time; 'hatano-sasa' of 'fluctuation-theorem' splits it"
      return [
        ("housekeeping", .missing(reason, unit: "nats")), ("excess", .missing(reason, unit: "nats")),
      ]
    }
    let housekeeping = zip(sums.ratios.extended, sums.relaxation).map { $0 - $1 }
    return [mean("housekeeping", housekeeping, over: steps), mean("excess", sums.relaxation, over: steps)]
  }

  private func currents(_ sums: CurrentSums?) -> [Figure] {
    func none(_ reason: String) -> [Figure] {
      [("tur.bound", .missing(reason, unit: "nats")), ("tur.estimate", .missing(reason, unit: "nats/time"))]
    }
    if let currentObstacle { return none(currentObstacle) }
    guard let sums, sums.trajectories >= 2 else { return none(few) }
    let interval = plan.clock.setting(0).learningRate
    guard let uncertainty = try? sums.uncertainty(interval: interval, steps: ensemble.steps) else {
      return none("the currents are linearly dependent")
    }
    // 2J²/Var of the best combination is the rate times the step.
    let quotient = uncertainty.rate * interval
    let bound = Uncertainty.discreteBound(mean: (quotient / 2).squareRoot(), variance: 1)
    let slope = interval / (1 + quotient)
    return [
      ("tur.bound", .measured(bound, slope * uncertainty.standardError, unit: "nats", otherwise: few)),
      (
        "tur.estimate",
        .measured(uncertainty.rate, uncertainty.standardError, unit: "nats/time", otherwise: few)
      ),
      ("tur.bias", .descriptive(uncertainty.bias, otherwise: few)),
    ]
  }
}
