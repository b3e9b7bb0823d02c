import Foundation

/// Why a logistic regression has no result.
public enum LogisticRegressionError: Error, Sendable, Equatable {
  /// Lengths that do not fit, or an entry that is not finite.
  case unusable
  /// A plane separates the labels: the likelihood grows without bound.
  case separated
  /// The features are linearly dependent where labels are uncertain.
  case singular
  /// Newton's method did not settle in 100 steps; so it is where the labels are all but separated.
  case notConverged
}

/// Maximum likelihood of P(y = 1) = 1/(1 + e^{−offset − x·β}) with up to three coefficients β.
///
/// Newton's method on the concave log-likelihood, halving a step that does not increase it, until the Newton decrement
/// is below 10⁻²⁰: the coefficients are then within 10⁻¹⁰ of their standard errors.
public struct LogisticRegression: Sendable, Equatable {
  /// β.
  public let coefficients: [Double]
  /// The inverse of the information Σ p (1 − p) x xᵀ at β, row-major.
  public let covariance: [Double]
  /// The largest log-likelihood.
  public let logLikelihood: Double

  /// √ of the diagonal of the covariance.
  public var standardErrors: [Double] {
    coefficients.indices.map { covariance[$0 * (coefficients.count + 1)].squareRoot() }
  }

  /// Fits the coefficients.
  ///
  /// - Parameters:
  ///   - features: One column for each of the one to three coefficients, each with an entry for every observation.
  ///   - labels: y.
  ///   - offsets: A known term for each observation; none where empty.
  ///   - start: Where to begin.
  /// - Throws: `LogisticRegressionError`.
  public init(
    features: [[Double]], labels: [Bool], offsets: [Double] = [], start: [Double]? = nil
  ) throws(LogisticRegressionError) {
    precondition((1...3).contains(features.count), "one to three coefficients are fitted")
    precondition(start.map { $0.count == features.count } ?? true, "every coefficient has a start")
    let fits = features.allSatisfy { $0.count == labels.count && $0.allSatisfy(\.isFinite) }
    guard fits, offsets.isEmpty || offsets.count == labels.count, offsets.allSatisfy(\.isFinite), !labels.isEmpty
    else { throw .unusable }
    let problem = Problem(features: features, labels: labels, offsets: offsets)
    var point = start ?? [Double](repeating: 0, count: features.count)
    var current = problem.evaluate(at: point)
    for _ in 0..<100 {
      if current.isSeparated { throw .separated }
      let factor = try Self.factorise(current.information, dimension: features.count)
      guard let step = try? factor.solve(current.gradient) else { throw .singular }
      let decrement = zip(step, current.gradient).reduce(0) { $0 + $1.0 * $1.1 }
      if decrement < 1e-20 {
        coefficients = point
        covariance = try Self.inverse(factor)
        logLikelihood = current.logLikelihood
        return
      }
      var scale = 1.0
      var next = problem.evaluate(at: Self.moved(point, step, scale))
      // Near the maximum the gain is lost in the rounding of the sum: there the full step is right.
      let rounding = 1e-12 * (1 + abs(current.logLikelihood))
      while !(next.logLikelihood >= current.logLikelihood - rounding) && scale > 1e-10 {
        scale /= 2
        next = problem.evaluate(at: Self.moved(point, step, scale))
      }
      point = Self.moved(point, step, scale)
      current = next
    }
    throw .notConverged
  }

  private static func moved(_ point: [Double], _ step: [Double], _ scale: Double) -> [Double] {
    zip(point, step).map { $0 + scale * $1 }
  }

  private static func factorise(
    _ information: [Double], dimension: Int
  ) throws(LogisticRegressionError) -> Cholesky {
    guard let factor = try? Cholesky(matrix: information, dimension: dimension) else { throw .singular }
    // A pivot that lost all but its last digits is rounding.
    for i in 0..<dimension {
      let pivot = factor.lower[i * (dimension + 1)]
      if pivot * pivot < 1e-13 * information[i * (dimension + 1)] { throw .singular }
    }
    return factor
  }

  private static func inverse(_ factor: Cholesky) throws(LogisticRegressionError) -> [Double] {
    var inverse: [Double] = []
    for column in 0..<factor.dimension {
      let unit = (0..<factor.dimension).map { $0 == column ? 1.0 : 0.0 }
      guard let solution = try? factor.solve(unit) else { throw .singular }
      inverse += solution
    }
    return inverse
  }
}

/// The log-likelihood with its derivatives.
private struct Problem {
  let features: [[Double]]
  let labels: [Bool]
  let offsets: [Double]

  struct Evaluation {
    var logLikelihood = 0.0
    var gradient: [Double]
    var information: [Double]
    /// Whether x·β alone, without the offsets, has the sign of every label.
    var isSeparated = true
  }

  func evaluate(at point: [Double]) -> Evaluation {
    let dimension = features.count
    var likelihood = CompensatedSum()
    var gradient = [CompensatedSum](repeating: CompensatedSum(), count: dimension)
    var result = Evaluation(
      gradient: [Double](repeating: 0, count: dimension),
      information: [Double](repeating: 0, count: dimension * dimension))
    for row in labels.indices {
      var linear = 0.0
      for i in 0..<dimension { linear += point[i] * features[i][row] }
      let sign = labels[row] ? 1.0 : -1.0
      if !(sign * linear > 0) { result.isSeparated = false }
      if !offsets.isEmpty { linear += offsets[row] }
      // The probability of the other label, e = e^{−|margin|} keeping its digits.
      let margin = sign * linear
      let decay = exp(-abs(margin))
      let other = margin > 0 ? decay / (1 + decay) : 1 / (1 + decay)
      likelihood.add(min(0, margin) - log1p(decay))
      let variance = decay / ((1 + decay) * (1 + decay))
      for i in 0..<dimension {
        gradient[i].add(sign * other * features[i][row])
        for j in 0...i { result.information[i * dimension + j] += variance * features[i][row] * features[j][row] }
      }
    }
    for i in 0..<dimension {
      for j in 0..<i { result.information[j * dimension + i] = result.information[i * dimension + j] }
    }
    result.logLikelihood = likelihood.total
    result.gradient = gradient.map(\.total)
    return result
  }
}
