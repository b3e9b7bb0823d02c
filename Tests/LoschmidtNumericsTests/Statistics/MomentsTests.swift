import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct MomentsTests {
  /// Whole numbers 0…50 with a lumpy law, 500 of them: all sums below are exact in Int.
  static func sample(seed: UInt64) -> [Int] {
    var random = TestRandom(seed: seed)
    return (0..<500).map { _ in random.below(8) == 0 ? random.below(51) : random.below(11) }
  }

  @Test("against exact sums of whole numbers, far from zero", arguments: [0, 1e3, 1e9, -1e12])
  func exactSums(offset: Double) {
    let sample = Self.sample(seed: 5)
    let moments = Moments(sample.lazy.map { offset + Double($0) })
    let n = sample.count
    let s = (1...4).map { power in sample.reduce(0) { sum, k in sum + (0..<power).reduce(1) { p, _ in p * k } } }
    let second = Double(n * s[1] - s[0] * s[0]) / Double(n)
    let third = Double(n * n * s[2] - 3 * n * s[0] * s[1] + 2 * s[0] * s[0] * s[0]) / Double(n * n)
    let fourthNumerator =
      n * n * n * s[3] - 4 * n * n * s[0] * s[2] + 6 * n * s[0] * s[0] * s[1] - 3 * s[0] * s[0] * s[0] * s[0]
    let fourth = Double(fourthNumerator) / Double(n * n * n)
    let mean = offset + Double(s[0]) / Double(n)
    #expect(abs(moments.mean - mean) <= 2 * mean.ulp)
    // Ten ulps, as the documentation has it.
    #expect(abs(moments.secondCentralSum - second) <= 10 * second.ulp)
    // Twenty ulps of Σ|x − m|³ ≤ √(M2 M4), and of M4.
    #expect(abs(moments.thirdCentralSum - third) <= 20 * (second * fourth).squareRoot().ulp)
    #expect(abs(moments.fourthCentralSum - fourth) <= 20 * fourth.ulp)
  }

  @Test("any grouping gives the same to rounding, the same grouping the same bits", arguments: [1, 7, 64, 499])
  func grouping(size: Int) {
    let values = Self.sample(seed: 6).map { 1e6 + Double($0) / 7 }
    func merged() -> Moments {
      var total = Moments()
      for start in stride(from: 0, to: values.count, by: size) {
        total.merge(Moments(values[start..<min(values.count, start + size)]))
      }
      return total
    }
    let (whole, parts) = (Moments(values), merged())
    #expect(parts == merged())
    #expect(parts.count == whole.count)
    #expect(abs(parts.mean - whole.mean) <= 4 * whole.mean.ulp)
    // Both within ten, twenty ulps of the exact value.
    #expect(abs(parts.secondCentralSum - whole.secondCentralSum) <= 20 * whole.secondCentralSum.ulp)
    #expect(abs(parts.fourthCentralSum - whole.fourthCentralSum) <= 40 * whole.fourthCentralSum.ulp)
  }

  @Test func shapesOfASmallSample() {
    // −1, 0, 0, 1: M2 = 2, M3 = 0, M4 = 2.
    let moments = Moments([-1, 0, 0, 1])
    #expect(moments.variance == 2.0 / 3)
    #expect(moments.standardError == (2.0 / 3 / 4).squareRoot())
    // The mean passes through −1/3 and −1/4, which round.
    #expect(abs(moments.skewness) < 1e-15)
    #expect(moments.kurtosis == 2)
    // √((m4 − s⁴/3)/4) with m4 = ½, s² = ⅔; three roundings.
    #expect(abs(moments.varianceStandardError - ((0.5 - 4.0 / 27) / 4).squareRoot()) < 1e-15)
  }

  @Test func nothingIsNotANumber() {
    #expect(Moments().mean.isNaN)
    #expect(Moments([1]).variance.isNaN)
    #expect(Moments([1, 2, 3]).varianceStandardError.isNaN)
    var empty = Moments()
    empty.merge(Moments([1, 2]))
    empty.merge(Moments())
    #expect(empty == Moments([1, 2]))
  }
}
