/// The integrated autocorrelation time τ = 1 + 2 Σ_{t ≥ 1} ρ(t) of a stationary series, in steps; n values are worth
/// n/τ independent ones.
///
/// The sum ends at the first window W ≥ 5 τ(W)/2, that is five times ½ + Σ ρ (Madras and Sokal 1988, appendix C), but
/// not before W = 5: where signs alternate, τ(1) may vanish. This needs no reversibility, unlike rules by the sign of
/// ρ: the states here may circulate.
public struct AutocorrelationTime: Sendable, Equatable {
  /// τ.
  public let value: Double
  /// τ √(2 (2 W + 1)/n), Madras and Sokal's error.
  public let standardError: Double
  /// W, the last lag in the sum.
  public let window: Int
  /// The mean of all series.
  public let mean: Double
  /// √(variance × τ/n) of the mean, n the number of all values.
  public let meanStandardError: Double
  /// Whether the window closed within half the length and n is at least 50 τ: else τ is a lower estimate.
  public let isResolved: Bool

  /// Estimates τ from one series, or from several independent ones of the same law and length.
  ///
  /// `nil` where there are fewer than four values in a series, or they are all equal, or not finite.
  /// - Complexity: O(W n).
  public init?(_ series: [[Double]]) {
    guard let length = series.first?.count, length >= 4 else { return nil }
    precondition(series.allSatisfy { $0.count == length }, "the series have the same length")
    var moments = Moments()
    for one in series { moments.merge(Moments(one)) }
    let total = Double(moments.count)
    let variance = moments.secondCentralSum / total
    // Differences from the mean that are rounding are no variance.
    guard variance.isFinite, variance.squareRoot() > 4 * moments.mean.ulp else { return nil }
    let centred = series.map { one in one.map { $0 - moments.mean } }
    var (tau, lag) = (1.0, 0)
    repeat {
      lag += 1
      tau += 2 * Self.covariance(centred, lag: lag) / variance
    } while Double(lag) < 2.5 * max(2, tau) && lag < length / 2
    let closed = Double(lag) >= 2.5 * max(2, tau)
    // A sum of alternating correlations may round or scatter below nothing.
    let floor = 1 / total
    value = max(tau, floor)
    window = lag
    standardError = value * (2 * Double(2 * lag + 1) / total).squareRoot()
    mean = moments.mean
    meanStandardError = (variance * value / total).squareRoot()
    isResolved = closed && total >= 50 * value
  }

  /// The mean over all pairs at this distance, unbiased but for the mean's own error.
  private static func covariance(_ centred: [[Double]], lag: Int) -> Double {
    var sum = CompensatedSum()
    for one in centred {
      one.withUnsafeBufferPointer { values in
        for index in 0..<(values.count - lag) { sum.add(values[index] * values[index + lag]) }
      }
    }
    return sum.total / Double(centred.count * (centred[0].count - lag))
  }
}
