import Foundation

/// The exponent α of a tail P(X > x) ∝ x^−α, by Hill (1975): 1/α is the mean of ln(x_i/x_{k+1}) over the k largest.
public struct HillEstimator: Sendable, Equatable {
  /// α, the order from which on moments diverge.
  public let tailIndex: Double
  /// α/√k, which leaves out the bias of a tail that is not yet a power.
  public var standardError: Double { tailIndex / Double(count).squareRoot() }
  /// The number k of values used.
  public let count: Int

  /// Estimates the exponent.
  ///
  /// `nil` where the (k + 1)-th value is not positive, the largest is not finite, or all k + 1 are equal.
  ///
  /// - Parameters:
  ///   - values: A sample; the largest count + 1 of them are positive.
  ///   - count: k, at least 1 and below the number of values.
  public init?(_ values: [Double], count: Int) {
    precondition(count >= 1 && count < values.count, "a tail has at least one value, and one below it")
    guard !values.contains(where: \.isNaN) else { return nil }
    let sorted = values.sorted(by: >)
    let threshold = sorted[count]
    guard threshold > 0, sorted[0].isFinite else { return nil }
    var sum = CompensatedSum()
    for value in sorted.prefix(count) { sum.add(log(value / threshold)) }
    guard sum.total > 0 else { return nil }
    self.count = count
    tailIndex = Double(count) / sum.total
  }
}
