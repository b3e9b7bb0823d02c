import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct PoissonBinomialTests {
  @Test("against all outcomes of ten trials", arguments: 0...10)
  func enumeration(count: Int) {
    var random = TestRandom(seed: 11)
    let probabilities = random.vector(8, in: 0...1) + [0, 1]
    var (atMost, atLeast) = (0.0, 0.0)
    for outcome in 0..<1024 {
      var probability = 1.0
      for (trial, p) in probabilities.enumerated() { probability *= outcome >> trial & 1 == 1 ? p : 1 - p }
      if outcome.nonzeroBitCount <= count { atMost += probability }
      if outcome.nonzeroBitCount >= count { atLeast += probability }
    }
    let law = PoissonBinomial(count: count, probabilities: probabilities)
    // A thousand terms of ten factors, all positive.
    #expect(abs(law.atMost - atMost) < 1e-13)
    #expect(abs(law.atLeast - atLeast) < 1e-13)
    #expect(law.twoSided == min(1, 2 * min(law.atMost, law.atLeast)))
  }

  @Test func aFarTailKeepsItsDigits() throws {
    // Rare trials make a Poisson law: Le Cam's bound Σ p² = 1e-6 is relative to 1, the tail's own error is of order
    // k²/n relatively.
    let law = PoissonBinomial(count: 12, probabilities: [Double](repeating: 1e-6, count: 1_000))
    let exact = try DiscreteTails.binomialAtLeast(12, trials: 1_000, probability: 1e-6)
    #expect(exact < 1e-40)
    // 12 × 1000 products, and an incomplete beta function with exponents of 1000.
    #expect(abs(law.atLeast / exact - 1) < 1e-10)
  }
}
