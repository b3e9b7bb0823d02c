import LoschmidtThermodynamics
import Testing

@Suite struct SharedLevelTests {
  @Test func sharesAndAdjustsAlike() {
    let level = SharedLevel(alpha: 1e-3, tests: 5)
    #expect(level.perTest == 1e-3 / 5)
    #expect(level.adjusted(0.01) == 0.05)
    #expect(level.adjusted(0.3) == 1)
    for pValue in [1e-5, 1.9e-4, 2.1e-4, 0.5] {
      #expect((pValue < level.perTest) == (level.adjusted(pValue) < level.alpha))
    }
  }
}
