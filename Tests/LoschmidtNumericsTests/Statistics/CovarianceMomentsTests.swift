import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct CovarianceMomentsTests {
  static func sample() -> [[Double]] {
    var random = TestRandom(seed: 8)
    return (0..<300).map { _ in
      let x = random.next(in: -1...1)
      return [1e5 + x, 3 - x * x + random.next(in: -0.5...0.5), random.next(in: 0...1)]
    }
  }

  @Test("against two passes over the sample")
  func twoPasses() {
    let sample = Self.sample()
    var moments = CovarianceMoments(dimension: 3)
    for vector in sample { moments.add(vector) }
    let n = Double(sample.count)
    let mean = (0..<3).map { i in Moments(sample.lazy.map { $0[i] }).mean }
    // The mean of order 1e5 is rounded in the second pass: 1e5 × 2⁻⁵³ beside deviations of order 1.
    let rounding = 1e-10
    for i in 0..<3 {
      #expect(abs(moments.mean[i] - mean[i]) <= 2 * mean[i].ulp)
      for j in 0..<3 {
        let products = sample.map { ($0[i] - mean[i]) * ($0[j] - mean[j]) }
        let covariance = products.reduce(0, +) / (n - 1)
        #expect(abs(moments.covariance[3 * i + j] - covariance) < rounding)
        let spread = products.reduce(0) { $0 + $1 * $1 } / n - (covariance * (n - 1) / n) * (covariance * (n - 1) / n)
        #expect(abs(moments.covarianceStandardError[3 * i + j] - (spread / n).squareRoot()) < rounding)
      }
      #expect(abs(moments.meanStandardError[i] - (moments.covariance[4 * i] / n).squareRoot()) < rounding)
    }
  }

  @Test("groups agree to rounding, and the same groups to the bit", arguments: [2, 17, 299])
  func grouping(size: Int) {
    let sample = Self.sample()
    func accumulate(_ part: ArraySlice<[Double]>) -> CovarianceMoments {
      var moments = CovarianceMoments(dimension: 3)
      for vector in part { moments.add(vector) }
      return moments
    }
    func merged() -> CovarianceMoments {
      var total = CovarianceMoments(dimension: 3)
      for start in stride(from: 0, to: sample.count, by: size) {
        total.merge(accumulate(sample[start..<min(sample.count, start + size)]))
      }
      return total
    }
    let (whole, parts) = (accumulate(sample[...]), merged())
    #expect(parts == merged())
    #expect(parts.count == whole.count)
    for index in 0..<9 {
      // Twenty ulps of entries below 1, in each.
      #expect(abs(parts.covariance[index] - whole.covariance[index]) < 40 * 0x1p-53)
      #expect(abs(parts.covarianceStandardError[index] - whole.covarianceStandardError[index]) < 100 * 0x1p-53)
    }
  }
}
