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
  /// Which moments of θ do not exist in the stationary state.
  private let missingMoments: MissingMoments
  /// The same for the log ratios of steps.
  private let missingOfRatios: MissingMoments
  /// Why the mean of the log ratio is not there, where trajectories have none; `nil` where all have.
  var lostRatios: String?

  init(_ plan: SimulationPlan, _ ensemble: EnsembleSettings) {
    self.plan = plan
    self.ensemble = ensemble
    hasBatches = plan.marginalBatches != nil
    let none = MissingMoments(noiseOf: plan)
    missingMoments = plan.isHomogeneous ? MissingMoments(plan, step: 0) : none
    missingOfRatios = plan.isHomogeneous ? MissingMoments(plan, step: 0, ofRatios: true) : none
  }

  /// Why the mean of the log ratio of a step, or its standard error, does not exist; `nil` where nothing is known against
  /// it.
  ///
  /// With the batch given the ratio is quadratic in θ, with the leading part ½|(1 − m²)θ|² in the metric of the heat
  /// bath, which is not negative: where θ has no variance its mean is infinite. Directions in which no batch has a
  /// curvature, and m is 1, add nothing that depends on θ.
  func missingRatio(power: Int) -> String? {
    let randomness = plan.process.gradient.randomness
    guard randomness == .batches || randomness == .hidden,
      let reason = missingOfRatios.reason(order: 2 * power)
    else { return nil }
    return power == 1 ? "the entropy production is infinite: \(reason)" : reason
  }

  /// Why the currents are not accumulated.
  func currentObstacle(_ exact: Result<ExactProduction, ExactProduction.Unknown>) -> String? {
    let dimension = plan.program.dimension
    if dimension > ProductionObserver.largestDimensionOfCurrents {
      return "the currents are accumulated for at most \(ProductionObserver.largestDimensionOfCurrents) coordinates, "
        + "and here are \(dimension)"
    }
    if !plan.isHomogeneous { return "the process changes in time, so that it has no stationary currents" }
    if ensemble.burnIn == 0 {
      return "without 'burn-in' the steps include the way from the initial law, and the bound holds in the stationary "
        + "state"
    }
    if dimension == 1, exact.isConfined {
      return "a single coordinate that has a stationary law has no mean current: x′ − x and ½(x + x′)(x′ − x) are "
        + "changes of x and of ½x²"
    }
    // The bound has the variance of a current, which is quadratic in θ.
    return missingMoments.reason(order: 4)
  }

  /// All figures, of a process without density.
  func missing(_ reason: String) -> [Figure] {
    var names = ["per-step", "per-time", "medium", "boundary"]
    if hasBatches { names += ["extended", "marginal"] }
    names += ["exact.per-step", "exact.continuum", "leading.per-step"]
    if hasBatches { names.append("exact.marginal") }
    names += ["housekeeping", "excess", "tur.bound", "tur.estimate", "tur.bias"]
    return names.map { ($0, .missing(reason, unit: Self.unit($0))) }
  }

  private static func unit(_ name: String) -> String {
    ["per-time", "exact.continuum", "tur.estimate", "tur.bias"].contains(name) ? "nats/time" : "nats"
  }

  /// All figures, in the order in which they are shown.
  func all(
    _ sums: ProductionSums, _ exact: ExactFigures, isConfined: Bool, boundaryObstacle: String?,
    currentObstacle: String?
  ) -> [Figure] {
    measured(sums, boundaryObstacle) + batches(sums) + exact.figures(plan) + split(sums)
      + currents(sums.currents, isConfined: isConfined, obstacle: currentObstacle)
  }

  /// The mean of values of trajectories divided by a number.
  private func mean(_ name: String, _ values: [Double], over divisor: Double = 1) -> Figure {
    let moments = Moments(values)
    if let lostRatios, values.contains(where: { !$0.isFinite }) {
      return (name, .missing(lostRatios, unit: Self.unit(name)))
    }
    if let reason = missingRatio(power: 1) { return (name, .missing(reason, unit: Self.unit(name))) }
    if let reason = missingRatio(power: 2), moments.count > 1, moments.mean.isFinite {
      return (name, .withoutError(moments.mean / divisor, unit: Self.unit(name), reason: "no error: \(reason)"))
    }
    return (
      name,
      .measured(
        moments.mean / divisor, moments.standardError / divisor, unit: Self.unit(name),
        otherwise: FinishedTrajectories(count: values.count).reason)
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
    return [extended, ("marginal", .missing(missing?.sentence ?? FinishedTrajectories(count: 0).reason, unit: "nats"))]
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

  private func currents(_ sums: CurrentSums?, isConfined: Bool, obstacle: String?) -> [Figure] {
    func none(_ reason: String) -> [Figure] {
      ["tur.bound", "tur.estimate", "tur.bias"].map { ($0, .missing(reason, unit: Self.unit($0))) }
    }
    if let obstacle { return none(obstacle) }
    guard let sums, sums.trajectories >= CurrentBound.leastTrajectories else {
      return none(
        "the currents need \(CurrentBound.leastTrajectories) trajectories: one half chooses their combination, the other "
          + "measures it with an error")
    }
    guard case .found(let places, _) = StationaryCurrents(sums, isConfined: isConfined) else {
      return none(
        "not stationary: the coordinates or their displacements change over the counted steps by more than chance, and "
          + "the bound holds in the stationary state")
    }
    let few = FinishedTrajectories(count: sums.trajectories).reason
    let interval = plan.clock.setting(0).learningRate
    let dependent = "the currents are linearly dependent"
    guard let uncertainty = try? sums.uncertainty(interval: interval, steps: ensemble.steps, of: places) else {
      return none(dependent)
    }
    return [
      ("tur.bound", bound(sums, places, otherwise: few)),
      (
        "tur.estimate",
        .measured(
          uncertainty.rate - uncertainty.bias, uncertainty.standardError, unit: Self.unit("tur.estimate"),
          otherwise: few)
      ),
      ("tur.bias", .descriptive(uncertainty.bias, unit: Self.unit("tur.bias"), otherwise: few)),
    ]
  }

  /// The error of E d² takes moments of twice the order that it has itself.
  private func bound(_ sums: CurrentSums, _ places: [Int], otherwise few: String) -> FigureValue {
    if let reason = missingMoments.reason(order: 8) { return .missing(reason, unit: "nats") }
    do throws(GaussianFailure) {
      guard let bound = try CurrentBound(sums, of: places) else {
        return .missing("the current is the same at every step to rounding", unit: "nats")
      }
      return .measured(bound.value, bound.standardError, unit: "nats", otherwise: few)
    } catch { return .missing("the currents are linearly dependent", unit: "nats") }
  }
}
