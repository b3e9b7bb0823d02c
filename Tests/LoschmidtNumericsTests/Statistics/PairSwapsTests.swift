import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

@Suite struct PairSwapsTests {
  /// E of every exchange within pairs, by the definition of E.
  private static func energies(_ x: [[Double]], _ y: [[Double]]) -> [Double] {
    (0..<(1 << min(x.count, y.count))).map { mask in
      var (a, b) = (x, y)
      for pair in 0..<min(x.count, y.count) where mask >> pair & 1 == 1 { (a[pair], b[pair]) = (b[pair], a[pair]) }
      return EnergyDistanceTests.energy(a, b)
    }
  }

  @Test("the transform against its definition")
  func transform() {
    var random = TestRandom(seed: 20)
    let values = (0..<32).map { _ in Double(random.below(100)) }
    var transformed = values
    EnergyDistance.transform(&transformed)
    for h in 0..<32 {
      var sum = 0.0
      for c in 0..<32 { sum += (h & c).nonzeroBitCount % 2 == 0 ? values[c] : -values[c] }
      // Whole numbers: exact.
      #expect(transformed[h] == sum)
    }
  }

  @Test("p against all exchanges", arguments: [(4, 4), (3, 7), (8, 8), (9, 5)])
  func enumeration(n: Int, m: Int) throws {
    var random = TestRandom(seed: 21)
    for offset in [0, 0.3, 0.8] {
      let x = EnergyDistanceTests.sample(n, 2, &random)
      let y = EnergyDistanceTests.sample(m, 2, offset: offset, &random)
      let energies = Self.energies(x, y)
      // The same pairs in another order differ by rounding.
      let extreme = energies.count { $0 >= energies[0] - 1e-12 }
      let distance = try #require(EnergyDistance(x, y))
      #expect(distance.swapTest(seed: 5, bits: 10) == Double(extreme) / Double(energies.count))
    }
  }

  @Test("with fewer bits than pairs it is a Monte Carlo estimate of the share over all exchanges")
  func fewerBits() throws {
    var random = TestRandom(seed: 22)
    let x = EnergyDistanceTests.sample(12, 1, &random)
    let y = EnergyDistanceTests.sample(12, 1, offset: 0.25, &random)
    let distance = try #require(EnergyDistance(x, y))
    // All 2^12 exchanges, as tested above.
    let exact = distance.swapTest(seed: 0, bits: 12)
    #expect(exact > 0.01 && exact < 0.5)
    let estimates = Moments((0..<400).map { distance.swapTest(seed: $0, bits: 8) })
    // The identity is always among the 256.
    let expected = exact + (1 - exact) / 256
    #expect(abs(estimates.mean - expected) < 5 * estimates.standardError)
    // Pairwise independent elements: the binomial variance, but for the symmetric pairs h and −h of samples of one size,
    // which are among the exchanges by chance; a variance from 400 values is good to √(2/400) for a normal law.
    #expect(abs(estimates.variance / (exact * (1 - exact) / 256) - 1) < 5 * (2.0 / 400).squareRoot())
  }

  @Test("P(p ≤ α) ≤ α where both laws are the same, and near it")
  func level() throws {
    var random = TestRandom(seed: 23)
    let repetitions = 1000
    var rejected = 0
    for seed in 0..<repetitions {
      let distance = try #require(
        EnergyDistance(
          EnergyDistanceTests.sample(10, 2, &random), EnergyDistanceTests.sample(10, 2, &random)))
      if distance.swapTest(seed: UInt64(seed), bits: 8) <= 0.05 { rejected += 1 }
    }
    // Of 256 shares at most 12/256 = 0.047 are counted.
    let deviation = 5 * (0.05 * 0.95 / Double(repetitions)).squareRoot()
    #expect(abs(Double(rejected) / Double(repetitions) - 12.0 / 256) < deviation)
  }

  @Test("p far below what single draws would reach, and 1 for equal samples")
  func power() throws {
    var random = TestRandom(seed: 24)
    let x = EnergyDistanceTests.sample(50, 2, &random)
    // The means differ by nine standard errors in each coordinate.
    let y = EnergyDistanceTests.sample(50, 2, offset: 0.5, &random)
    #expect(try #require(EnergyDistance(x, y)).swapTest(seed: 1, bits: 14) == 0x1p-14)
    #expect(try #require(EnergyDistance(x, x)).swapTest(seed: 1, bits: 10) == 1)
  }
}
