/// How far a run is.
public struct RunProgress: Sendable {
  /// The finished fraction of all experiments together, 0 to 1.
  public var fraction: Double
  /// About how many gradients of one sample have been taken; `nil` where an experiment does not know.
  public var sampleGradients: Double?
  /// What is being done: the experiment, and what it says.
  public var what: String
  /// The seconds that are left, stage by stage; `nil` where that is not known.
  public var secondsLeft: Double?
}

/// The shares of the experiments of a run in its work, by which a fraction of one becomes a fraction of all.
struct RunShares: Sendable {
  /// The estimated work of each experiment: gradients of one sample where all know them, else 1 each.
  let costs: [Double]
  /// Whether the work is in gradients.
  let isKnown: Bool

  init(_ estimates: [Double?]) {
    let known = estimates.compactMap(\.self)
    isKnown = known.count == estimates.count && known.allSatisfy { $0 > 0 && $0.isFinite }
    costs = isKnown ? known : estimates.map { _ in 1 }
  }

  /// The progress of the run when a fraction of one experiment is done, and all before it.
  func progress(of index: Int, at fraction: Double, _ what: String) -> RunProgress {
    let total = costs.reduce(0, +)
    let done = costs[..<index].reduce(0, +) + min(max(fraction, 0), 1) * costs[index]
    return RunProgress(fraction: done / total, sampleGradients: isKnown ? done : nil, what: what)
  }
}
