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

  /// What was kept of the blocks of a group that is not at its end.
  private var open: Partial?

  /// Some blocks were not simulated.
  mutating func stop() { isStopped = true }

  /// Takes the next block, in order.
  ///
  /// - Parameters:
  ///   - end: How it ended.
  ///   - endsGroup: Whether its group ends with it.
  ///   - merge: Adds up what was kept; without it every block stays alone.
  mutating func take(
    _ end: BlockEnd<Partial>, endsGroup: Bool = true, _ merge: ((inout Partial, Partial) -> Void)? = nil
  ) {
    guard let partial = end.partial else {
      isStopped = true
      return
    }
    if let merge {
      add(partial, to: &open, merge)
      if endsGroup { closeGroup(merge) }
    } else {
      partials.append(partial)
    }
    trajectories += end.count
    divergedCount += end.divergences.count
    lostRatioCount += end.lostRatios
    divergences += end.divergences.prefix(max(0, Self.listLimit - divergences.count))
  }

  /// Adds the group so far to the groups before it; also where a run was stopped in the middle of a group.
  mutating func closeGroup(_ merge: ((inout Partial, Partial) -> Void)?) {
    guard let merge, let group = open else { return }
    open = nil
    var whole = partials.popLast()
    add(group, to: &whole, merge)
    if let whole { partials.append(whole) }
  }

  private func add(_ partial: Partial, to sum: inout Partial?, _ merge: (inout Partial, Partial) -> Void) {
    // Taken out while it is added to, so that lists in it are not copied.
    guard var grown = sum.take() else {
      sum = partial
      return
    }
    merge(&grown, partial)
    sum = grown
  }
}

/// How one block ended.
struct BlockEnd<Partial: Sendable>: Sendable {
  /// What the observer kept; `nil` where the block was stopped.
  let partial: Partial?
  let count: Int
  let divergences: [Divergence]
  let lostRatios: Int

  init(partial: Partial?, count: Int, divergences: [Divergence], lostRatios: Int = 0) {
    self.partial = partial
    self.count = count
    self.divergences = divergences
    self.lostRatios = lostRatios
  }

  init(_ block: TrajectoryBlock, partial: Partial?) {
    self.init(
      partial: partial, count: block.count,
      divergences: (0..<block.count).compactMap { lane in
        block.divergence[lane].map { Divergence(trajectory: block.firstTrajectory + UInt64(lane), step: $0) }
      },
      lostRatios: (0..<block.count).count { block.hasLostRatio[$0] })
  }
}
