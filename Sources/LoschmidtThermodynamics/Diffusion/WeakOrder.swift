import Foundation
import LoschmidtNumerics

/// The power p of η in differences of means d(η) ∝ η^p (1 + O(η)) that are known up to standard errors.
///
/// The slopes of ln |d| between neighbouring η are extrapolated to η → 0 in powers of η. Every entry of that table is a
/// linear combination of the ln |d|, whose errors are independent, so that its standard error is known; among the entries
/// that one counts whose standard error and last change together are least.
public struct WeakOrder: Sendable, Equatable {
  /// The slopes between neighbours, from the largest η to the smallest.
  public let slopes: [Double]
  /// Their standard errors.
  public let slopeErrors: [Double]
  /// p, extrapolated to η → 0.
  public let order: Double
  /// The statistical error of p.
  public let standardError: Double
  /// The last change that the extrapolation made: what is left of the powers of η.
  public let extrapolationError: Double

  /// A difference counts where it is so many standard errors from zero.
  static let resolution = 3.0

  /// Measures the order.
  ///
  /// - Parameters:
  ///   - differences: d at η, η/ratio, η/ratio², …, independent of each other.
  ///   - standardErrors: Their standard errors; zeros for exact ones.
  ///   - ratio: The factor between neighbouring η, larger than 1.
  /// - Returns: `nil` where fewer than three differences are given, one is less than three standard errors from zero, or two
  ///   of them have different signs.
  public init?(differences: [Double], standardErrors: [Double], ratio: Double = 2) {
    precondition(differences.count == standardErrors.count, "every difference has a standard error")
    precondition(ratio > 1, "an order is measured on learning rates that shrink")
    let count = differences.count
    guard count >= 3,
      zip(differences, standardErrors).allSatisfy({ $0.isFinite && abs($0) > Self.resolution * $1 }),
      differences.allSatisfy({ ($0 > 0) == (differences[0] > 0) })
    else { return nil }
    let logarithms = differences.map { log(abs($0)) }
    let relative = zip(differences, standardErrors).map { $1 / abs($0) }
    func value(_ weights: [Double]) -> Double { Vectors.inner(weights, logarithms) }
    func error(_ weights: [Double]) -> Double {
      zip(weights, relative).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }.squareRoot()
    }
    let table = Self.table(count: count, ratio: ratio)
    slopes = table.map { value($0[0]) }
    slopeErrors = table.map { error($0[0]) }
    var best = (value: slopes[count - 2], error: slopeErrors[count - 2], change: abs(slopes[count - 2] - slopes[count - 3]))
    for (above, row) in zip(table, table.dropFirst()) {
      for j in above.indices {
        let found = value(row[j + 1])
        let change = max(abs(found - value(row[j])), abs(found - value(above[j])))
        let spread = error(row[j + 1])
        if change + spread < best.change + best.error { best = (found, spread, change) }
      }
    }
    (order, standardError, extrapolationError) = (best.value, best.error, best.change)
  }

  /// p up to so many standard errors and the error of the extrapolation, to both sides.
  public func interval(standardErrors: Double) -> ClosedRange<Double> {
    let width = standardErrors * standardError + extrapolationError
    return order - width...order + width
  }

  /// The table of the extrapolation, each entry as weights of the ln |d|.
  private static func table(count: Int, ratio: Double) -> [[[Double]]] {
    var rows: [[[Double]]] = []
    for i in 0..<count - 1 {
      var slope = [Double](repeating: 0, count: count)
      (slope[i], slope[i + 1]) = (1 / log(ratio), -1 / log(ratio))
      var row = [slope]
      if let above = rows.last {
        var power = 1.0
        for coarse in above {
          power *= ratio
          row.append(Vectors.scaled(Vectors.sum(Vectors.scaled(row[row.count - 1], by: power), coarse, times: -1), by: 1 / (power - 1)))
        }
      }
      rows.append(row)
    }
    return rows
  }
}
