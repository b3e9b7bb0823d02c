import Foundation
import LoschmidtNumerics

/// The power p of η in differences of means d(η) ∝ η^p (1 + O(η)) that are known up to standard errors.
///
/// The slopes of ln |d| between neighbouring η miss p by a term of the order η, which the last two of them are freed
/// from: p = s_n + (s_n − s_{n−1})/(r − 1). It is a linear combination of the ln |d|, whose errors are independent, so
/// that its standard error is known; the whole correction counts as the error of the extrapolation.
public struct WeakOrder: Sendable, Equatable {
  /// The slopes between neighbours, from the largest η to the smallest.
  public let slopes: [Double]
  /// Their standard errors.
  public let slopeErrors: [Double]
  /// p, extrapolated to η → 0.
  public let order: Double
  /// The statistical error of p.
  public let standardError: Double
  /// The size of the correction that the extrapolation made: what is left of the powers of η is less.
  public let extrapolationError: Double

  /// A difference counts where it is so many standard errors from zero.
  static let resolution = 3.0

  /// Measures the order.
  ///
  /// `nil` where fewer than three differences are given, one is less than three standard errors from zero, or two of
  /// them have different signs.
  ///
  /// - Parameters:
  ///   - differences: d at η, η/ratio, η/ratio², …, independent of each other.
  ///   - standardErrors: Their standard errors; zeros for exact ones.
  ///   - ratio: The factor between neighbouring η, larger than 1.
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
    let weights = (0..<count - 1).map { index in
      var slope = [Double](repeating: 0, count: count)
      (slope[index], slope[index + 1]) = (1 / log(ratio), -1 / log(ratio))
      return slope
    }
    slopes = weights.map(value)
    slopeErrors = weights.map(error)
    let (last, before) = (weights[count - 2], weights[count - 3])
    let correction = Vectors.scaled(Vectors.sum(last, before, times: -1), by: 1 / (ratio - 1))
    let extrapolated = Vectors.sum(last, correction)
    (order, standardError, extrapolationError) = (value(extrapolated), error(extrapolated), abs(value(correction)))
  }

  /// p up to so many standard errors and the error of the extrapolation, to both sides.
  public func interval(standardErrors: Double) -> ClosedRange<Double> {
    let width = standardErrors * standardError + extrapolationError
    return order - width...order + width
  }
}
