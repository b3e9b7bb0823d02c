import LoschmidtDynamics

/// How large an experiment is compared with its miniature.
struct WorkScale: Sendable {
  /// The trajectories of the whole and of the miniature.
  var trajectories = (whole: 1, tried: 1)
  /// Steps and burn-in of the whole and of the miniature.
  var steps = (whole: 1, tried: 1)
  /// Points of parameter space.
  var points = (whole: 1, tried: 1)
  /// Learning rates that were asked for.
  var learningRates = (whole: 1, tried: 1)
  /// Fresh ensembles of a calibration.
  var repetitions = (whole: 1, tried: 1)
  /// Trajectories of which numbers are kept, where these are not all.
  var samples: (whole: Int, tried: Int)?
  /// What the numbers of its tables grow with.
  var cells: [WorkGrowth] = []

  /// How many times as long a stage takes with so many threads.
  func factor(_ growth: [WorkGrowth], threads: Int) -> Double {
    growth.reduce(1) { $0 * factor($1, threads: threads) }
  }

  /// How many times as many numbers of trajectories are written.
  var sampleFactor: Double {
    let sizes = samples ?? trajectories
    return Double(sizes.whole) / Double(max(1, sizes.tried))
  }

  private func factor(_ growth: WorkGrowth, threads: Int) -> Double {
    func ratio(_ sizes: (whole: Int, tried: Int)) -> Double { Double(sizes.whole) / Double(max(1, sizes.tried)) }
    switch growth {
    case .paths: return factor(.blocks, threads: threads) * ratio(steps)
    case .blocks:
      let blocks = max(1, ratio(trajectories).rounded(.up))
      return (blocks / Double(max(1, threads))).rounded(.up)
    case .steps: return ratio(steps)
    case .trajectories: return ratio(trajectories)
    case .points: return ratio(points)
    case .learningRates: return ratio(learningRates)
    case .repetitions: return ratio(repetitions)
    case .pairs:
      let whole = min(trajectories.whole, NoiseComparisonExperiment.pointLimit)
      let tried = min(trajectories.whole, NoiseComparisonReport.triedPoints)
      return (Double(whole) / Double(max(1, tried))) * (Double(whole) / Double(max(1, tried)))
    }
  }
}

/// An experiment of which a small one can be done for its time: one block of its ensemble, some steps, a point.
protocol MiniatureExperiment: Experiment {
  /// A small experiment, and how much larger this one is.
  ///
  /// - Parameters:
  ///   - trajectories: So many trajectories, a block.
  ///   - steps: About so many steps, burn-in included.
  /// - Returns: The small experiment, and how its work grows to that of this one.
  /// - Throws: What its plan says.
  func miniature(trajectories: Int, steps: Int) throws -> (experiment: any Experiment, scale: WorkScale)
}

extension EnsembleSettings {
  /// Settings of a small ensemble, and how much larger this one is; at most half of the steps are burn-in.
  fileprivate func miniature(trajectories count: Int, steps total: Int, multipleOf unit: Int = 1) -> (Self, WorkScale) {
    var small = self
    small.trajectories = max(2, min(trajectories, count))
    small.burnIn = min(burnIn, total / 2)
    // Verdicts look at two halves.
    let counted = max(min(2, steps), min(steps, total - small.burnIn))
    small.steps = min(steps, max(unit, counted / unit * unit))
    var scale = WorkScale()
    scale.trajectories = (trajectories, small.trajectories)
    scale.steps = (burnIn + steps, small.burnIn + small.steps)
    return (small, scale)
  }
}

extension EntropyProductionExperiment: MiniatureExperiment {
  func miniature(trajectories: Int, steps: Int) throws -> (experiment: any Experiment, scale: WorkScale) {
    let (ensemble, scale) = settings.ensemble.miniature(trajectories: trajectories, steps: steps)
    var settings = settings
    settings.ensemble = ensemble
    return (EntropyProductionExperiment(plan: plan, settings: settings), scale)
  }
}

extension FluctuationTheoremExperiment: MiniatureExperiment {
  func miniature(trajectories: Int, steps: Int) throws -> (experiment: any Experiment, scale: WorkScale) {
    let (ensemble, found) = settings.ensemble.miniature(trajectories: trajectories, steps: steps)
    var (settings, scale) = (self.settings, found)
    settings.ensemble = ensemble
    if let repetitions = settings.repetitions {
      settings.repetitions = 1
      scale.repetitions = (repetitions, 1)
    }
    var small = FluctuationTheoremExperiment(plan: plan, settings: settings)
    small.firstEnsemble = firstEnsemble
    return (small, scale)
  }
}

extension StationaryExperiment: MiniatureExperiment {
  func miniature(trajectories: Int, steps: Int) throws -> (experiment: any Experiment, scale: WorkScale) {
    let (ensemble, scale) = settings.ensemble.miniature(trajectories: trajectories, steps: steps)
    return (StationaryExperiment(self, ensemble: ensemble), scale)
  }
}

extension ScalingExperiment: MiniatureExperiment {
  func miniature(trajectories: Int, steps: Int) throws -> (experiment: any Experiment, scale: WorkScale) {
    let interval = plans.map(\.recordInterval).max() ?? 1
    let (ensemble, scale) = settings.ensemble.miniature(
      trajectories: trajectories, steps: steps, multipleOf: interval)
    return (ScalingExperiment(self, ensemble: ensemble), scale)
  }
}

extension RelaxationExperiment: MiniatureExperiment {
  func miniature(trajectories: Int, steps: Int) throws -> (experiment: any Experiment, scale: WorkScale) {
    // With less than an interval between records, what they cost would not be seen.
    let least = settings.burnInFreeSteps(atLeast: steps)
    var (ensemble, scale) = settings.ensemble.miniature(
      trajectories: trajectories, steps: least, multipleOf: settings.every)
    scale.cells = [.steps]
    ensemble.burnIn = min(ensemble.burnIn, ensemble.steps)
    scale.steps.tried = ensemble.burnIn + ensemble.steps
    return (RelaxationExperiment(self, ensemble: ensemble), scale)
  }
}

extension RelaxationSettings {
  /// So many steps, or one interval between records where it is at most eight times as long.
  fileprivate func burnInFreeSteps(atLeast steps: Int) -> Int {
    every <= 8 * steps ? max(steps, 2 * every) : steps
  }
}

extension NoiseComparisonExperiment: MiniatureExperiment {
  func miniature(trajectories: Int, steps: Int) throws -> (experiment: any Experiment, scale: WorkScale) {
    // Other models may have larger blocks than the reference.
    let lanes = models.map { self.ensemble($0, RunContext(seed: 0)).lanes }.max() ?? trajectories
    let (small, found) = settings.ensemble.miniature(
      trajectories: lanes, steps: steps, multipleOf: models.map(\.every).max() ?? 1)
    var scale = found
    scale.samples = (finalPoints, small.trajectories)
    return (NoiseComparisonExperiment(self, ensemble: small), scale)
  }
}

extension SymmetryExperiment: MiniatureExperiment {
  func miniature(trajectories: Int, steps: Int) throws -> (experiment: any Experiment, scale: WorkScale) {
    var scale = WorkScale()
    var small = settings
    small.points = Array(settings.points.prefix(1))
    small.trajectories = max(2, min(settings.trajectories, trajectories))
    small.steps = max(1, min(settings.steps, steps))
    scale.trajectories = (settings.trajectories, small.trajectories)
    scale.steps = (settings.steps, small.steps)
    scale.points = (settings.points.count, small.points.count)
    scale.cells = [.points]
    return (SymmetryExperiment(self, settings: small), scale)
  }
}

extension PotentialsExperiment: MiniatureExperiment {
  /// So many learning rates are tried, those in the middle of the others.
  private static let triedLearningRates = 6

  func miniature(trajectories: Int, steps: Int) throws -> (experiment: any Experiment, scale: WorkScale) {
    var small = settings
    var scale = WorkScale()
    small.points = Array(settings.points.prefix(1))
    let count = settings.learningRates.count
    if count > Self.triedLearningRates {
      small.learningRates = (0..<Self.triedLearningRates).map {
        settings.learningRates[$0 * count / Self.triedLearningRates]
      }
    }
    scale.points = (settings.points.count, small.points.count)
    scale.learningRates = (count, small.learningRates.count)
    scale.cells = [.points, .learningRates]
    return (
      PotentialsExperiment(
        landscape: landscape, law: law, metric: metric, settings: small, learningRate: learningRate, process: process),
      scale
    )
  }
}
