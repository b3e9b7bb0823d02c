import LoschmidtNumerics

/// What is kept of trajectories in the stationary state: moments across them of the time averages of each; mergeable.
public struct StationarySample: Sendable {
  /// One for each observable: its mean and variance.
  public var observables: [TimeAveragedProduct] = []
  /// One for each pair of coordinates that was asked for, in their order.
  public var coordinates: [TimeAveragedProduct] = []
  /// The time averages of θ·ĝ about the origin and of (η/2) ĝᵀΛĝ + Σ T of each trajectory.
  public var dissipation = CovarianceMoments(dimension: 2)
  /// The time average of |θ − θ*|² about the exact mean θ*, where that is known.
  public var spread = Moments()
  /// Second half minus first half of the counted steps: the time averages of each observable, each coordinate, and of
  /// the difference of the two sides of the fluctuation-dissipation relation; empty for a single step.
  public var drifts: [Moments] = []
  /// Second half minus first half of the time averages of each observable's square about an origin near its mean.
  public var squareDrifts: [Moments] = []
  /// The same of |θ − θ*|²; empty where θ* is not known.
  public var spreadDrift = Moments()
  /// At the last step: each observable, each coordinate if no more than ``StationaryQuestion/largestDimension``, the distance
  /// of θ from the origins, and the difference of the two sides of the fluctuation-dissipation relation.
  public var ends = EndValues()
  /// Consecutive values of the quantity whose correlation is measured, one list for each of a few trajectories.
  public var consecutive: [[Double]] = []
  /// Values of the same at every ``stride``-th step.
  public var thinned: [[Double]] = []
  /// The number of steps between two thinned values.
  public var stride = 1

  /// No trajectories yet.
  public init() {}

  /// Adds the trajectories of another block.
  public mutating func merge(_ other: StationarySample) {
    guard !other.observables.isEmpty || !other.coordinates.isEmpty else { return }
    guard !observables.isEmpty || !coordinates.isEmpty else {
      self = other
      return
    }
    for index in observables.indices { observables[index].merge(other.observables[index]) }
    for index in coordinates.indices { coordinates[index].merge(other.coordinates[index]) }
    for index in drifts.indices { drifts[index].merge(other.drifts[index]) }
    for index in squareDrifts.indices { squareDrifts[index].merge(other.squareDrifts[index]) }
    spreadDrift.merge(other.spreadDrift)
    dissipation.merge(other.dissipation)
    spread.merge(other.spread)
    ends.merge(other.ends)
    consecutive += other.consecutive
    thinned += other.thinned
    stride = max(stride, other.stride)
  }

  /// The fluctuation-dissipation ratio, left side over right side, with its error across trajectories by the delta
  /// method; NaN where the right side vanishes.
  public var ratio: (value: Double, standardError: Double) {
    let (mean, covariance) = (dissipation.mean, dissipation.covariance)
    let ratio = mean[0] / mean[1]
    let variance = covariance[0] - 2 * ratio * covariance[1] + ratio * ratio * covariance[3]
    return (ratio, (variance.notNegative / Double(dissipation.count)).squareRoot() / abs(mean[1]))
  }

  /// The autocorrelation time in steps: from consecutive values where those are long enough, else from thinned ones.
  public var autocorrelation: (value: Double, standardError: Double, isResolved: Bool)? {
    if let time = AutocorrelationTime(consecutive), time.isResolved || stride == 1 {
      return (time.value, time.standardError, time.isResolved)
    }
    guard let time = AutocorrelationTime(thinned) else { return nil }
    let scale = Double(stride)
    return (scale * time.value, scale * time.standardError, time.isResolved)
  }
}
