import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct LogisticRegressionTests {
  static func sample(_ count: Int, seed: UInt64) -> (features: [[Double]], labels: [Bool], offsets: [Double]) {
    var random = TestRandom(seed: seed)
    let features = [[Double](repeating: 1, count: count), random.vector(count), random.vector(count, in: 0...3)]
    let offsets = random.vector(count, in: -0.5...0.5)
    let labels = (0..<count).map { row in
      let logit = offsets[row] + 0.3 - 1.2 * features[1][row] + 0.5 * features[2][row]
      return random.next(in: 0...1) < 1 / (1 + exp(-logit))
    }
    return (features, labels, offsets)
  }

  @Test("the gradient vanishes, and the covariance inverts the curvature of the likelihood")
  func stationarity() throws {
    let (features, labels, offsets) = Self.sample(800, seed: 41)
    let fit = try LogisticRegression(features: features, labels: labels, offsets: offsets)
    func logLikelihood(_ beta: [Double]) -> Double {
      labels.indices.reduce(0) { sum, row in
        let logit = offsets[row] + (0..<3).reduce(0) { $0 + beta[$1] * features[$1][row] }
        return sum + (labels[row] ? logit : 0) - log(1 + exp(logit))
      }
    }
    let top = logLikelihood(fit.coefficients)
    // A sum of 800 terms below 10: 800 × 10 × 2⁻⁵³.
    #expect(abs(top - fit.logLikelihood) < 1e-12)
    let step = 1e-3
    for i in 0..<3 {
      func moved(_ a: Double, _ j: Int, _ b: Double) -> Double {
        var beta = fit.coefficients
        beta[i] += a
        beta[j] += b
        return logLikelihood(beta)
      }
      // Central differences: third derivatives of order 800 × step², rounding 1e-12/step.
      #expect(abs(moved(step, i, 0) - moved(-step, i, 0)) / (2 * step) < 1e-2)
      var product = [0.0, 0.0, 0.0]
      for j in 0..<3 {
        let mixed =
          (moved(step, j, step) - moved(step, j, -step) - moved(-step, j, step) + moved(-step, j, -step))
          / (4 * step * step)
        for k in 0..<3 { product[k] -= mixed * fit.covariance[3 * j + k] }
      }
      // −curvature × covariance is the unit matrix, to the step² and 1e-12/step² of second differences.
      for k in 0..<3 { #expect(abs(product[k] - (i == k ? 1 : 0)) < 1e-4) }
    }
  }

  @Test("the truth lies within five standard errors")
  func truth() throws {
    let (features, labels, offsets) = Self.sample(3000, seed: 42)
    let fit = try LogisticRegression(features: features, labels: labels, offsets: offsets)
    for (index, truth) in [0.3, -1.2, 0.5].enumerated() {
      #expect(abs(fit.coefficients[index] - truth) < 5 * fit.standardErrors[index])
    }
    let without = try LogisticRegression(features: features, labels: labels)
    #expect(without.coefficients != fit.coefficients)
  }

  @Test func anInterceptAloneIsTheLogitOfTheShare() throws {
    let fit = try LogisticRegression(features: [[1, 1, 1, 1]], labels: [true, false, true, true])
    // ln 3, and variance 1/(4 × 3/16); to the 1e-10 standard errors of the stopping rule.
    #expect(abs(fit.coefficients[0] - log(3)) < 1e-10)
    #expect(abs(fit.covariance[0] - 4.0 / 3) < 1e-9)
  }

  @Test func farStartsAndLargeFeaturesConverge() throws {
    let (features, labels, offsets) = Self.sample(400, seed: 43)
    let near = try LogisticRegression(features: features, labels: labels, offsets: offsets)
    let far = try LogisticRegression(features: features, labels: labels, offsets: offsets, start: [8, -9, 7])
    for (a, b) in zip(near.coefficients, far.coefficients) { #expect(abs(a - b) < 1e-9) }
    let scaled = features.map { $0.map { 1e6 * $0 } }
    let small = try LogisticRegression(features: scaled, labels: labels, offsets: offsets)
    for (a, b) in zip(near.coefficients, small.coefficients) { #expect(abs(a - 1e6 * b) < 1e-9) }
  }

  @Test func whatHasNoMaximumIsAnError() {
    #expect(throws: LogisticRegressionError.separated) {
      try LogisticRegression(features: [[1, 2, -3]], labels: [true, true, false], start: [1])
    }
    #expect(throws: LogisticRegressionError.singular) {
      try LogisticRegression(features: [[1, 2, -3], [2, 4, -6]], labels: [true, false, false])
    }
    #expect(throws: LogisticRegressionError.unusable) {
      try LogisticRegression(features: [[1, .nan]], labels: [true, false])
    }
    #expect(throws: LogisticRegressionError.unusable) { try LogisticRegression(features: [[]], labels: []) }
  }
}
