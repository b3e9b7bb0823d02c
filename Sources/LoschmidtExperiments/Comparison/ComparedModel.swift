import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// One noise model of a comparison: what is known of it before the run.
struct ComparedModel {
  /// What its entropy production is that of.
  enum Production: Equatable {
    /// The kernel of θ, whose noise is part of the step or integrated.
    case kernel
    /// The kernel summed over all batches.
    case marginal
    /// The kernel given the batches, which are part of the path and come in the reverse order on the way back.
    case extended
    /// There is none, with the reason.
    case missing(String)

    /// The word of the table.
    var word: String? {
      switch self {
      case .kernel: "kernel"
      case .marginal: "marginal"
      case .extended: "extended"
      case .missing: nil
      }
    }
  }

  /// So many batches are summed over for the marginal kernel; with more of them the extended one is taken.
  static let batchLimit = 2000

  /// The place in the list, from 0.
  let index: Int
  /// The process with this model.
  let plan: SimulationPlan
  /// The model as the scenario writes it, defaults included.
  let text: String
  /// The steps of an epoch; 1 where batches are independent.
  let epoch: Int
  /// Every so many steps are recorded.
  let every: Int
  /// Mean and covariance of the stationary law, or why they are not known.
  let moments: Result<StationaryMoments, StationaryMoments.Missing>
  /// What its entropy production is that of.
  let production: Production
  /// Which of its averages do not exist.
  let missing: MissingMoments

  /// A model in the place of the process's gradient.
  ///
  /// - Throws: What the plan says.
  init(
    _ index: Int, _ model: any GradientNoise, process: TrainingProcess, _ settings: NoiseComparisonSettings
  ) throws(SimulationPlan.Fault) {
    self.index = index
    var process = process
    process.gradient = model
    text = choiceText(model.name, model)
    let plan = try SimulationPlan(process, steps: settings.ensemble.burnIn + settings.ensemble.steps)
    self.plan = plan
    missing = MissingMoments(plan, step: settings.ensemble.burnIn)
    epoch = plan.epochSteps
    every = (settings.every + epoch - 1) / epoch * epoch
    do throws(StationaryMoments.Missing) {
      let moments = try StationaryMoments(plan, step: settings.ensemble.burnIn, place: .epochEnd)
      self.moments = .success(moments.withoutRounding(of: plan, step: settings.ensemble.burnIn))
    } catch { moments = .failure(error) }
    production = try Self.production(plan, steps: settings.ensemble.steps)
  }

  private static func production(_ plan: SimulationPlan, steps: Int) throws(SimulationPlan.Fault) -> Production {
    if let obstacle = try ProductionObstacle.find(plan) { return .missing(obstacle) }
    switch plan.process.gradient.randomness {
    case .partOfStep, .integrated: return .kernel
    case .hidden: return .extended
    case .batches:
      let batches = plan.process.gradient.batchLaw(sampleCount: plan.program.sampleCount, limit: batchLimit)
      let missing = try plan.missingMarginalDensity()
      return batches?.outcomes != nil && missing == nil ? .marginal : .extended
    }
  }

  /// What is accumulated along its trajectories.
  var options: PathOptions {
    switch production {
    case .kernel, .extended: PathOptions(extended: true, keepsPathsWithoutRatio: true)
    case .marginal: PathOptions(marginalNoiseFactors: [1], keepsPathsWithoutRatio: true)
    case .missing: PathOptions()
    }
  }

  /// Why its trajectories cannot be compared, without a full stop; `nil` where they can.
  func obstacle(_ settings: NoiseComparisonSettings) -> String? {
    if let reason = plan.unsteadiness(from: settings.ensemble.burnIn) { return reason }
    let (burnIn, steps) = (settings.ensemble.burnIn, settings.ensemble.steps)
    if (burnIn + steps) % epoch != 0 {
      return "an epoch of '\(text)' has \(epoch) steps, and its ends are compared; "
        + "make 'burn-in' + 'steps' a multiple of it, got \(burnIn + steps)"
    }
    return nil
  }

  /// The exact trace of the covariance, or why it is not known.
  var exactTrace: Result<Double, StationaryMoments.Missing> { moments.map { $0.covariance.trace } }

  /// The exact mean of the loss, or why it is not known.
  var exactLoss: Result<Double, StationaryMoments.Missing> {
    moments.flatMap { moments in
      guard let landscape = plan.process.landscape,
        let quadratic = QuadraticProcess(landscape, nil, plan.process.parameters, time: 0)
      else { return .failure(.notQuadratic) }
      let (hessian, linear, constant) = quadratic.meanLoss
      let d = quadratic.dimension
      let form = QuadraticForm(
        matrix: DenseMatrix(rows: d, columns: d, entries: hessian), linear: linear.map { -$0 }, constant: constant)
      return .success(moments.mean(of: form))
    }
  }

  /// The detailed theorem of paths from the initial law, or why it cannot be asked about.
  func theorem(_ settings: NoiseComparisonSettings) throws -> Result<FluctuationTheoremExperiment, TheoremObstacle> {
    if case .missing(let reason) = production { return .failure(TheoremObstacle(sentence: reason)) }
    var ensemble = settings.ensemble
    ensemble.burnIn = 0
    ensemble.steps = (settings.theoremSteps + epoch - 1) / epoch * epoch
    var asked = FluctuationTheoremSettings(ensemble: ensemble, theorems: [.detailed])
    asked.level = production == .marginal ? .marginal : .extended
    let plan = try SimulationPlan(plan.process, steps: ensemble.steps)
    if let reason = try asked.obstacle(plan) { return .failure(TheoremObstacle(sentence: reason)) }
    var experiment = FluctuationTheoremExperiment(plan: plan, settings: asked)
    experiment.firstEnsemble = 2 * index + 1
    return .success(experiment)
  }
}

/// Why the detailed theorem of a model cannot be asked about.
struct TheoremObstacle: Error {
  /// The reason, without a full stop.
  let sentence: String
}

extension SimulationPlan {
  /// The steps after which the sequence of batches begins anew; 1 where batches are independent.
  var epochSteps: Int {
    guard let batches = process.gradient as? Minibatch, batches.sampling.usesEpochs else { return 1 }
    return program.sampleCount / batches.size
  }
}
