import LoschmidtDynamics
import LoschmidtNumerics

/// About how much memory a run takes, added up before anything of it is allocated.
///
/// What the process occupies already, the scenario and its data, is measured; to that comes the experiment that takes most,
/// since they run one after the other: the blocks of its workers, what it keeps of each trajectory, and its tables with
/// their texts. The numbers of bytes below are those of the arrays, doubled where an array grows while it is filled.
public struct MemoryEstimate: Sendable {
  /// Bytes of the whole run.
  public let bytes: Double
  /// The place of the experiment that takes most.
  public let largest: Int

  /// The program with its libraries and the texts of its report.
  static let program = 32e6
  /// A cell of a table, its place in the JSON and in the CSV text.
  static let cell = 120.0
  /// A number that is kept of every trajectory in an array that grows, and copied once for a statistic.
  static let grown = 24.0

  /// The estimate of a run with so many threads.
  public init(_ experiments: [any Experiment], threads: Int) {
    let each = experiments.map { $0.estimatedBytes(threads: threads) }
    largest = each.indices.max { each[$0] < each[$1] } ?? 0
    bytes = max(Self.program, MemoryLimit.occupied) + (each.max() ?? 0)
  }

  /// Why a run must not begin; `nil` where it fits.
  public func refusal(_ limit: MemoryLimit, of experiments: [String]) -> String? {
    guard bytes > limit.bytes else { return nil }
    let kind = experiments.indices.contains(largest) ? " (\(experiments[largest]))" : ""
    let (needed, allowed) = (MemoryLimit.text(bytes), MemoryLimit.text(limit.bytes))
    return "the run would need about \(needed) of memory, and may take \(allowed): "
      + "experiment \(largest)\(kind) takes most of it; ask for less, such as fewer 'trajectories', or allow more with --max-memory"
  }

  /// The blocks of the workers of an ensemble: θ, gradients, noise and their likes, and the storage of the compiled loss.
  static func blocks(_ plan: SimulationPlan, lanes: Int, threads: Int) -> Double {
    let dimension = Double(plan.program.dimension)
    // Noise that follows θ has a covariance and its factor in every lane, as far as these are kept.
    let hasMatrix = plan.process.gradient.randomness == .partOfStep && plan.process.gradient.name == "gaussian"
    let matrices = hasMatrix && dimension <= 4096 ? 2 * dimension * dimension : 0
    return Double(threads) * 8 * Double(lanes) * (Double(plan.program.numbersPerLane) + 12 * dimension + matrices)
  }
}

extension EntropyProductionExperiment {
  /// The boundary, the medium with and without batches, and the relaxation of each trajectory.
  public func estimatedBytes(threads: Int) -> Double {
    let lanes = min(settings.ensemble.trajectories, plan.program.suggestedLanes)
    return MemoryEstimate.blocks(plan, lanes: lanes, threads: threads)
      + 2 * MemoryEstimate.grown * Double(settings.ensemble.trajectories)
  }
}

extension FluctuationTheoremExperiment {
  /// R, its parts and its sorted copies for each theorem, of both ensembles where there is a protocol.
  public func estimatedBytes(threads: Int) -> Double {
    let lanes = min(settings.ensemble.trajectories, plan.program.suggestedLanes)
    let ensembles = settings.theorems.contains(where: \.needsProtocol) ? 1.4 : 1
    let each = ensembles * (32 + 36 * Double(settings.theorems.count))
    return MemoryEstimate.blocks(plan, lanes: lanes, threads: threads)
      + each * Double(settings.ensemble.trajectories)
  }
}

extension StationaryExperiment {
  /// Groups of averages, and the covariance with its table.
  public func estimatedBytes(threads: Int) -> Double {
    let lanes = min(settings.ensemble.trajectories, plan.program.suggestedLanes)
    let dimension = Double(plan.program.dimension)
    return MemoryEstimate.blocks(plan, lanes: lanes, threads: threads)
      + Double(GroupedSums.largestGroupCount) * 8 * (4 * dimension + 16)
  }
}

extension ScalingExperiment {
  /// Sums over trajectories: nothing but the blocks, one ensemble after the other.
  public func estimatedBytes(threads: Int) -> Double {
    plans.map { plan in
      MemoryEstimate.blocks(
        plan, lanes: min(settings.ensemble.trajectories, plan.program.suggestedLanes), threads: threads)
    }.max() ?? 0
  }
}

extension RelaxationExperiment {
  /// Moments of each quantity at each record, in every worker and of the whole, and the table `path`.
  public func estimatedBytes(threads: Int) -> Double {
    let lanes = min(settings.ensemble.trajectories, plan.program.suggestedLanes)
    let records = Double(settings.ensemble.steps / settings.every + 1)
    let quantities = Double(4 + settings.observables.count + 2 * settings.selects.count)
    return MemoryEstimate.blocks(plan, lanes: lanes, threads: threads)
      + records * quantities * (64 * Double(threads + 2) + 5 * MemoryEstimate.cell)
  }
}

extension NoiseComparisonExperiment {
  /// The ends of trajectories of each model with their text in the NPY file, and the distances between two sets of points.
  public func estimatedBytes(threads: Int) -> Double {
    let trajectories = settings.ensemble.trajectories
    let dimension = Double(process.parameters.dimension)
    let ends = Double(models.count) * Double(finalPoints) * (3 * 8 * dimension + 48)
    let points = 2 * Double(min(trajectories, Self.pointLimit))
    let blocks = models.map { model in
      MemoryEstimate.blocks(
        model.plan, lanes: min(trajectories, model.plan.program.suggestedLanes), threads: threads)
    }
    let groups = Double(models.count * GroupedSums.largestGroupCount) * 8 * (4 * dimension + 8)
    // Coefficients of 2^17 relabellings or more.
    return (blocks.max() ?? 0) + ends + groups + 8 * points * points + 8 * Double(1 << 20)
  }
}

extension SymmetryExperiment {
  /// The blocks of the charges, and rows of the loss along the orbits.
  public func estimatedBytes(threads: Int) -> Double {
    let points = Double(settings.points.count * settings.generators.count)
    return MemoryEstimate.blocks(plan, lanes: plan.program.suggestedLanes, threads: threads)
      + points * 30 * 6 * MemoryEstimate.cell
      + Double(settings.points.count) * 8 * Double(plan.program.dimension) * 8
  }
}

extension PotentialsExperiment {
  /// The forces of each coordinate at each learning rate and point in the table `forces`, and the fields of a few draws.
  public func estimatedBytes(threads: Int) -> Double {
    let dimension = Double(settings.points.first?.count ?? 1)
    let rates = Double(settings.learningRates.count)
    let rows = Double(settings.points.count) * dimension * rates
    let columns = Double(6 + settings.renormalisationSteps.count * 2)
    let lanes = Double(landscape.suggestedLanes)
    return rows * columns * MemoryEstimate.cell + Double(threads) * lanes * 8 * 40 * dimension
  }
}
