import LoschmidtNumerics

/// One trajectory of an ensemble at one moment, as a replay shows it.
public struct ReplayedState: Sendable, Equatable {
  /// The number of steps that were made, burn-in included.
  public var step: Int
  /// The time after the last step; t_0 at the beginning.
  public var time: Double
  /// θ.
  public var theta: [Double]
  /// Σ ln K/K reversed since the end of burn-in, in nats; `nil` during burn-in and where no density was asked for.
  public var medium: Double?
}

extension Ensemble {
  /// Makes one trajectory of the ensemble alone, the same bits as in its block, and shows every state of it.
  ///
  /// - Parameters:
  ///   - index: The number of the trajectory within the ensemble, from 0.
  ///   - isStopped: Whether to end early; asked at every step.
  ///   - show: Takes the states from θ_0 on, the last one of a trajectory that diverges left out.
  /// - Returns: How the trajectory diverged; `nil` where it did not.
  /// - Throws: What the plan says about a law of its steps, and what `show` throws.
  public func replay(
    trajectory index: Int, isStopped: () -> Bool = { false }, show: (ReplayedState) throws -> Void
  ) throws -> Divergence? {
    precondition(0..<max(1, trajectories) ~= index, "an ensemble has trajectories 0 … \(trajectories - 1)")
    let block = try TrajectoryBlock(plan, start: start, options: options, key: key, lanes: 4)
    let number = firstTrajectory + UInt64(index)
    block.begin(firstTrajectory: number, count: 1)
    let isForward = options.direction == .forward
    func state(_ step: Int) -> ReplayedState {
      let made = isForward || step < burnIn ? step : 2 * burnIn + steps - step
      let medium = step < burnIn ? nil : medium(of: block)
      return ReplayedState(step: step, time: plan.clock.time(made), theta: block.theta.vector(lane: 0), medium: medium)
    }
    if burnIn == 0 { block.beginPath() }
    try show(state(0))
    for k in 0..<burnIn + steps where !isStopped() {
      let isBurnIn = k < burnIn
      try block.step(isForward || isBurnIn ? k : 2 * burnIn + steps - 1 - k, draw: k, isBurnIn: isBurnIn)
      if k + 1 == burnIn { block.beginPath() }
      if let step = block.divergence[0] { return Divergence(trajectory: number, step: step) }
      try show(state(k + 1))
    }
    return nil
  }

  /// The path sum that the ensemble accumulates: of the marginal kernel where that was asked for.
  private func medium(of block: TrajectoryBlock) -> Double? {
    if !options.marginalNoiseFactors.isEmpty { return block.marginal[0, 0] }
    return options.extended ? block.extended[0, 0] : nil
  }
}
