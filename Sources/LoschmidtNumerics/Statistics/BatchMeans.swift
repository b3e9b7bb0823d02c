/// The mean of a stationary series with an error that respects correlation: from the means of consecutive batches.
///
/// Good where a batch is many autocorrelation times long; the batches' means are then independent and nearly normal.
public struct BatchMeans: Sendable, Equatable {
  /// The mean over the batches; the values that fill no batch, at the end, are left out.
  public let mean: Double
  /// √(variance of the batches' means/their number).
  public let standardError: Double
  /// The number of batches.
  public let batches: Int
  /// The number of values in each batch.
  public let batchLength: Int
  /// The degrees of freedom of Student's t that the error has.
  public var degreesOfFreedom: Int { batches - 1 }
  /// The autocorrelation time 1 + 2 Σ ρ in steps that the batches imply: batch length × their variance/the variance.
  public let autocorrelationTime: Double

  /// Divides a series, or each of several independent ones of the same law, into batches.
  ///
  /// `nil` where there are fewer than two batches or a batch would be empty.
  ///
  /// - Parameters:
  ///   - series: Independent series; batches do not reach across them.
  ///   - batchesPerSeries: The number of batches of each.
  public init?(_ series: [[Double]], batchesPerSeries: Int) {
    precondition(batchesPerSeries >= 1, "a series is divided into at least one batch")
    let length = (series.map(\.count).min() ?? 0) / batchesPerSeries
    guard length > 0, series.count * batchesPerSeries >= 2 else { return nil }
    var (means, values) = (Moments(), Moments())
    for one in series {
      for batch in 0..<batchesPerSeries {
        let part = Moments(one[(batch * length)..<((batch + 1) * length)])
        means.add(part.mean)
        values.merge(part)
      }
    }
    mean = means.mean
    standardError = means.standardError
    batches = means.count
    batchLength = length
    autocorrelationTime = means.variance / values.variance * Double(length)
  }
}
