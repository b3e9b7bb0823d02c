import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct TimeAveragedProductTests {
  /// Short series of two quantities, one for each replica.
  private func series(_ replicas: Int, length: Int) -> [[(a: Double, b: Double)]] {
    var random = TestRandom(seed: 8)
    return (0..<replicas).map { _ in
      (0..<length).map { _ in
        let a = random.next(in: 2...3)
        return (a, 0.5 * a + random.next(in: -1...1))
      }
    }
  }

  private func accumulate(_ series: [[(a: Double, b: Double)]], origin: (Double, Double)) -> TimeAveragedProduct {
    var sums = TimeAveragedProduct(origin: origin)
    for one in series {
      let count = Double(one.count)
      sums.add(
        product: one.reduce(0) { $0 + ($1.a - origin.0) * ($1.b - origin.1) } / count,
        a: one.reduce(0) { $0 + $1.a - origin.0 } / count, b: one.reduce(0) { $0 + $1.b - origin.1 } / count)
    }
    return sums
  }

  @Test func aSingleStepGivesTheSampleCovariance() throws {
    let series = series(40, length: 1)
    let sums = accumulate(series, origin: (2.5, 1))
    var moments = CovarianceMoments(dimension: 2)
    for one in series { moments.add([one[0].a, one[0].b]) }
    // Forty terms of order 1 in both.
    #expect(abs(sums.covariance - moments.covariance[1]) < 1e-14)
    #expect(abs(sums.mean - moments.mean[0]) < 1e-14)
    #expect(abs(sums.meanStandardError - moments.meanStandardError[0]) < 1e-15)
    // Both take the scatter of (a − ā)(b − b̄); one divides by n, the other by n − 1.
    let error = moments.covarianceStandardError[1] * (40.0 / 39).squareRoot()
    #expect(abs(sums.covarianceStandardError - error) < 1e-14)
  }

  @Test func theErrorIsThatOfTheCentredProducts() {
    let series = series(30, length: 5)
    let sums = accumulate(series, origin: (2, 0))
    let all = series.flatMap { $0 }
    let means = (all.reduce(0) { $0 + $1.a } / 150, all.reduce(0) { $0 + $1.b } / 150)
    let centred = Moments(series.map { one in one.reduce(0) { $0 + ($1.a - means.0) * ($1.b - means.1) } / 5 })
    #expect(abs(sums.covarianceStandardError - centred.standardError) < 1e-14)
    // The mean of the products about the sample means lacks the covariance of the means.
    let averages = series.map { one in (one.reduce(0) { $0 + $1.a } / 5, one.reduce(0) { $0 + $1.b } / 5) }
    let lost = averages.reduce(0) { $0 + ($1.0 - means.0) * ($1.1 - means.1) } / (30 * 29)
    #expect(abs(sums.covariance - (centred.mean + lost)) < 1e-14)
  }

  @Test func mergingMovesTheOrigin() {
    let series = series(50, length: 4)
    let whole = accumulate(series, origin: (2.5, 1))
    var parts = TimeAveragedProduct(origin: (7, 7))
    for (index, origin) in [(2.0, 0.5), (3.0, 2.0), (-1.0, 4.0)].enumerated() {
      parts.merge(accumulate(Array(series[(index * 15)..<(index * 15 + 15)]), origin: origin))
    }
    parts.merge(accumulate(Array(series[45...]), origin: (0, 0)))
    parts.merge(TimeAveragedProduct(origin: (1, 1)))
    #expect(parts.count == 50)
    // Moving by up to 4 magnifies the rounding of terms of order 1 by about 4² and 4⁴ in the two moments.
    #expect(abs(parts.mean - whole.mean) < 1e-13)
    #expect(abs(parts.covariance - whole.covariance) < 1e-12)
    #expect(abs(parts.meanStandardError - whole.meanStandardError) < 1e-13)
    #expect(abs(parts.covarianceStandardError - whole.covarianceStandardError) < 1e-11)
  }

  @Test func nothingKnowsNothing() {
    var sums = TimeAveragedProduct(origin: (1, 1))
    #expect(sums.mean.isNaN && sums.covariance.isNaN && sums.meanStandardError.isNaN)
    sums.add(product: 1, a: 2, b: 3)
    #expect(sums.mean == 3)
    #expect(sums.covariance.isNaN && sums.covarianceStandardError.isNaN && sums.meanStandardError.isNaN)
  }
}
