import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct SequentialMonteCarloTests {
  @Test func stopsAtTheExceedancesOrAtTheEnd() {
    let rule = SequentialMonteCarlo(exceedances: 3, maximum: 10)
    var calls = 0
    let early = rule.run {
      calls += 1
      return calls % 2 == 0
    }
    #expect(early.pValue == 0.5)
    #expect(early.draws == 6)
    #expect(calls == 6)
    let late = rule.run { false }
    #expect(late.pValue == 1.0 / 11)
    #expect(late.draws == 10)
  }

  @Test("the level can be reached", arguments: [0.05, 1e-3, 1e-4, 7e-6, 1e-6])
  func reachesTheLevel(level: Double) {
    let rule = SequentialMonteCarlo(level: level)
    // One extreme draw fewer than ends the test.
    #expect(Double(rule.exceedances) / Double(rule.maximum + 1) < level)
    // Two draws fewer would not: the level is used up.
    #expect(Double(rule.exceedances) / Double(rule.maximum - 2) >= level * (1 - 1e-12))
  }

  @Test("P(p ≤ α) ≤ α, and nearly equal")
  func isExact() {
    var random = TestRandom(seed: 4)
    let rule = SequentialMonteCarlo(exceedances: 5, maximum: 99)
    var rejections = 0
    for _ in 0..<4000 {
      let observed = random.next(in: 0...1)
      if rule.run({ random.next(in: 0...1) >= observed }).pValue <= 0.05 { rejections += 1 }
    }
    // Exact for α = h/(n + 1); five standard errors of a binomial share.
    #expect(abs(Double(rejections) / 4000 - 0.05) < 5 * (0.05 * 0.95 / 4000).squareRoot())
  }
}
