import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct LawOfBalanceTests {
  @Test func stepsByHandObeyTheLaw() {
    var random = TestRandom(seed: 4)
    for _ in 0..<1000 {
      let (u, w, x, y) = (
        random.next(in: -2...2), random.next(in: -2...2), random.next(in: -2...2), random.next(in: -2...2)
      )
      let eta = random.next(in: 0...0.5)
      let residual = u * w * x - y
      let (nextU, nextW) = (u - eta * residual * x * w, w - eta * residual * x * u)
      let law = LawOfBalance(learningRate: eta, residual: residual, input: x)
      let (before, after) = (u * u - w * w, nextU * nextU - nextW * nextW)
      // Squares of both weights, each right to an ulp or two, before and after.
      let scale = u * u + w * w + nextU * nextU + nextW * nextW
      #expect(abs(after - law.factor * before) <= 8 * Double.ulpOfOne * scale * (1 + law.rate))
      if abs(before) > 1e-9, abs(law.factor) > 1e-9 { #expect(law.overshoots == (before * after < 0)) }
      if abs(before) > 1e-9, abs(law.rate - 2) > 1e-9, law.rate > 1e-9 {
        #expect(law.decays == (abs(after) < abs(before)))
      }
    }
  }

  @Test func theTwoThresholds() {
    // η²r²x² = 1/4, 1, 9/4.
    func law(_ eta: Double) -> LawOfBalance { LawOfBalance(learningRate: eta, residual: 2, input: -0.5) }
    #expect(law(0.5).factor == 0.75 && !law(0.5).overshoots && law(0.5).decays)
    #expect(law(1).factor == 0 && !law(1).overshoots && law(1).decays)
    #expect(law(1.25).overshoots && law(1.25).decays)
    #expect(law(1.5).factor == -1.25 && law(1.5).overshoots && !law(1.5).decays)
    #expect(!law(0).decays)
  }
}
