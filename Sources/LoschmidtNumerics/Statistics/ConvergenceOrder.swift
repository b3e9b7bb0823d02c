import Foundation

/// The order p of a remainder r(h) ∝ h^p (1 + O(h)), measured on a geometric sequence of h.
///
/// The slopes of ln r between neighbours are extrapolated to h → 0 in powers of h. A remainder counts only where it
/// exceeds 100 times its rounding bound: below that it measures the arithmetic.
public struct ConvergenceOrder: Sendable, Equatable {
  /// Why there is no order.
  public enum Absence: Sendable, Equatable {
    /// No remainder exceeds its rounding bound: it is identically zero as far as the arithmetic can tell.
    case exact
    /// Fewer than two neighbouring remainders exceed 100 times their rounding bounds.
    case unresolved
  }

  /// p, extrapolated to h → 0; `nil` where `absence` says why.
  public let order: Double?
  /// The change made by the last step of the extrapolation; infinite with a single slope.
  public let error: Double?
  /// Why there is no order.
  public let absence: Absence?
  /// The slopes between neighbours that were used, from the largest h to the smallest.
  public let slopes: [Double]

  /// Measures the order.
  ///
  /// - Parameters:
  ///   - remainders: r(h) ≥ 0 at h, h/ratio, h/ratio², … .
  ///   - roundingBounds: The absolute rounding error that each remainder may have.
  ///   - ratio: The factor between neighbouring h, larger than 1.
  public init(remainders: [Double], roundingBounds: [Double], ratio: Double = 2) {
    precondition(remainders.count == roundingBounds.count, "every remainder needs its rounding bound")
    precondition(ratio > 1, "an order is measured on a sequence that shrinks")
    let usable = Self.longestRun(zip(remainders, roundingBounds).map { $0.isFinite && $0 > 100 * $1 })
    let logarithms = usable.map { log(remainders[$0]) }
    let step = log(ratio)
    slopes = zip(logarithms, logarithms.dropFirst()).map { ($0 - $1) / step }
    guard !slopes.isEmpty else {
      let vanishes = zip(remainders, roundingBounds).allSatisfy { $0 <= $1 }
      (order, error, absence) = (nil, nil, vanishes ? .exact : .unresolved)
      return
    }
    let (best, change) = Self.mostStable(RichardsonExtrapolation.table(values: slopes, ratio: ratio))
    (order, error, absence) = (best, change, nil)
  }

  /// The indices of the longest run of `true`; of equally long ones the last, with the smallest h.
  private static func longestRun(_ usable: [Bool]) -> Range<Int> {
    var best = 0..<0
    var start = 0
    for index in 0...usable.count where index == usable.count || !usable[index] {
      if index - start >= best.count { best = start..<index }
      start = index + 1
    }
    return best
  }

  /// The entry of the table that differs least from its two predecessors: later ones amplify rounding.
  private static func mostStable(_ table: [[Double]]) -> (value: Double, change: Double) {
    var best = (value: table[table.count - 1][0], change: Double.infinity)
    for (above, row) in zip(table, table.dropFirst()) {
      for j in above.indices {
        let change = max(abs(row[j + 1] - row[j]), abs(row[j + 1] - above[j]))
        if change < best.change { best = (row[j + 1], change) }
      }
    }
    return best
  }
}
