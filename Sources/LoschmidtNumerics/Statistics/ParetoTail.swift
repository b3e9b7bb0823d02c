import Foundation

/// The shape k of a generalised Pareto law fitted to the upper tail of a sample.
///
/// Moments of order 1/k and above diverge.
///
/// The quasi-Bayesian fit of Zhang and Stephens (2009) to the exceedances over a threshold, drawn towards 1/2 with the
/// weight of ten observations, as Pareto-smoothed importance sampling has it (Vehtari, Simpson, Gelman, Yao and Gabry
/// 2024, appendix C). Above k̂ = 1/2 a mean of such values has no variance to speak of.
public struct ParetoTail: Sendable, Equatable {
  /// k̂, drawn towards 1/2.
  public let shape: Double
  /// k̂ as it was fitted.
  public let fittedShape: Double
  /// The scale σ̂ of the fitted law.
  public let scale: Double
  /// The number of exceedances M.
  public let count: Int
  /// The asymptotic standard error of the fitted shape where it is not below −1/2, (1 + k)/√M.
  public var standardError: Double { (1 + max(fittedShape, -0.5)) / Double(count).squareRoot() }

  /// Fits the law to exceedances; `nil` where fewer than 5 are positive, or where they are not finite.
  ///
  /// - Parameter exceedances: Values minus the threshold. What is not positive is left out.
  public init?(exceedances: [Double]) {
    let sorted = exceedances.filter { $0 > 0 }.sorted()
    guard sorted.count >= 5, let largest = sorted.last, largest.isFinite else { return nil }
    let size = Double(sorted.count)
    let quartile = sorted[Int(size / 4 + 0.5) - 1]
    let grid = 30 + Int(size.squareRoot())
    let candidates = (1...grid).map { index in
      1 / largest + (1 - (Double(grid) / (Double(index) - 0.5)).squareRoot()) / (3 * quartile)
    }
    let logLikelihoods = candidates.map { theta in
      let shape = Self.shape(sorted, theta: theta)
      return size * (log(-theta / shape) - shape - 1)
    }
    guard let best = logLikelihoods.filter({ !$0.isNaN }).max(), best.isFinite else { return nil }
    var (weights, weighted) = (CompensatedSum(), CompensatedSum())
    for (theta, logLikelihood) in zip(candidates, logLikelihoods) where !logLikelihood.isNaN {
      let weight = exp(logLikelihood - best)
      weights.add(weight)
      weighted.add(weight * theta)
    }
    let theta = weighted.total / weights.total
    fittedShape = Self.shape(sorted, theta: theta)
    scale = -fittedShape / theta
    shape = (size * fittedShape + 10 * 0.5) / (size + 10)
    count = sorted.count
    guard shape.isFinite else { return nil }
  }

  /// Fits the law to the largest of the values: one fifth of them, but no more than 3 √n.
  ///
  /// `nil` where the tail has fewer than 5 values above its threshold.
  ///
  /// - Parameter values: A sample, such as importance weights up to a common factor.
  public init?(upperTailOf values: [Double]) {
    let length = min(values.count / 5, Int((3 * Double(values.count).squareRoot()).rounded(.up)))
    guard length >= 5, !values.contains(where: \.isNaN) else { return nil }
    let sorted = values.sorted()
    let threshold = sorted[sorted.count - length - 1]
    self.init(exceedances: sorted.suffix(length).map { $0 - threshold })
  }

  /// The k that maximises the likelihood at θ = −k/σ: the mean of ln(1 − θ x).
  private static func shape(_ values: [Double], theta: Double) -> Double {
    var sum = CompensatedSum()
    for value in values { sum.add(log1p(-theta * value)) }
    return sum.total / Double(values.count)
  }
}
