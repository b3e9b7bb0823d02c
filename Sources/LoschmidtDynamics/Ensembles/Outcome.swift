/// A trajectory that became infinite or NaN.
public struct Divergence: Sendable, Equatable {
  /// The number of the trajectory.
  public let trajectory: UInt64
  /// The index of the step that it did not survive, counted with burn-in.
  public let step: Int
}

/// What came out of an ensemble.
public struct EnsembleResult<Partial: Sendable>: Sendable {
  /// So many divergences are listed; all are counted.
  public static var listLimit: Int { 16 }

  /// What the observers kept of each block that was simulated to its end, in order; one alone where they were merged.
  public private(set) var partials: [Partial] = []
  /// The number of trajectories of those blocks, those that diverged included.
  public private(set) var trajectories = 0
  /// How many of them diverged.
  public private(set) var divergedCount = 0
  /// How many have a log ratio that is infinite or NaN while θ is finite; they are among those that diverged unless the
  /// options keep them.
  public private(set) var lostRatioCount = 0
  /// The first of those that diverged, in the order of their numbers.
  public private(set) var divergences: [Divergence] = []
  /// Whether the run was stopped before all blocks were done.
  public private(set) var isStopped = false

  /// No trajectories yet.
  public init() {}

  /// Some blocks were not simulated.
  mutating func stop() { isStopped = true }

  mutating func take(_ end: BlockEnd<Partial>, _ merge: ((inout Partial, Partial) -> Void)? = nil) {
    guard let partial = end.partial else {
      isStopped = true
      return
    }
    if let merge, !partials.isEmpty {
      merge(&partials[0], partial)
    } else {
      partials.append(partial)
    }
    trajectories += end.count
    divergedCount += end.divergences.count
    lostRatioCount += end.lostRatios
    divergences += end.divergences.prefix(max(0, Self.listLimit - divergences.count))
  }
}

/// How one block ended.
struct BlockEnd<Partial: Sendable>: Sendable {
  /// What the observer kept; `nil` where the block was stopped.
  let partial: Partial?
  let count: Int
  let divergences: [Divergence]
  let lostRatios: Int

  init(_ block: TrajectoryBlock, partial: Partial?) {
    self.partial = partial
    count = block.count
    lostRatios = (0..<block.count).count { block.hasLostRatio[$0] }
    divergences = (0..<block.count).compactMap { lane in
      block.divergence[lane].map { Divergence(trajectory: block.firstTrajectory + UInt64(lane), step: $0) }
    }
  }
}
