import LoschmidtNumerics

/// Which currents of a process are stationary, by their sums over independent trajectories.
///
/// Where coordinates have a stationary law, j_b and j_ab + j_ba are changes of a function and their means vanish: the way of
/// a transient does not, and would be taken for a current. A coordinate that drifts or spreads for ever, as on a washboard,
/// has no stationary law; its displacements may have one, which is the case if mean and second moments of all displacements
/// agree between the halves of the counted steps. Then currents that depend on the position of such a coordinate are left
/// out, and the others remain.
public enum StationaryCurrents: Sendable, Equatable {
  /// The places of the currents that are stationary, and the coordinates whose position is not.
  case found([Int], drifting: [Int])
  /// The coordinates are still on their way.
  case unsettled

  /// The probability that a stationary process is called unsettled.
  static let level = 1e-3

  /// Decides by Student's t over trajectories, at a level of 1e-3 shared by all comparisons.
  ///
  /// - Parameters:
  ///   - sums: Of at least two trajectories.
  ///   - isConfined: Whether the coordinates are known to have a stationary law, so that what moves is a transient.
  public init(_ sums: CurrentSums, isConfined: Bool) {
    let d = sums.dimension
    let (mean, covariance) = (sums.mean, sums.meanCovariance)
    let tests = Double(d * (d + 3))
    func isZero(_ value: Double, variance: Double) -> Bool {
      guard variance > 0 else { return true }
      let tail = try? TailProbabilities.studentTTail(
        abs(value) / variance.squareRoot(), degreesOfFreedom: Double(max(1, sums.trajectories - 1)))
      return (tail ?? 0) * 2 >= Self.level / tests
    }
    // The halves of the displacements.
    let count = Double(sums.trajectories)
    for (sum, squares) in zip(sums.changes, sums.squaredChanges) {
      let change = sum / count
      guard isZero(change, variance: (squares / count - change * change) / (count - 1)) else {
        self = .unsettled
        return
      }
    }
    // j_ab + j_ba, the change of x_a x_b, and j_b.
    func moves(_ a: Int, _ b: Int) -> Bool {
      let (i, j) = (d + a * d + b, d + b * d + a)
      let variance = covariance[i, i] + covariance[j, j] + 2 * covariance[i, j]
      return !isZero(mean[i] + mean[j], variance: variance)
    }
    var drifting = (0..<d).filter { !isZero(mean[$0], variance: covariance[$0, $0]) || moves($0, $0) }
    for a in 0..<d where !drifting.contains(a) {
      for b in 0..<a where !drifting.contains(b) && moves(a, b) { drifting += [b, a] }
    }
    guard drifting.isEmpty || !isConfined else {
      self = .unsettled
      return
    }
    let positions = (0..<d).filter { !drifting.contains($0) }
    self = .found(
      Array(0..<d) + positions.flatMap { a in (0..<d).map { d + a * d + $0 } }, drifting: Set(drifting).sorted())
  }
}
