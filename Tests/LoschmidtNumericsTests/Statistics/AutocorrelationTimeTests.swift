import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct AutocorrelationTimeTests {
  /// x′ = a x + N(0, 1 − a²), stationary with variance 1 and τ = (1 + a)/(1 − a).
  static func series(coefficient: Double, count: Int, replicas: Int, seed: UInt64) -> [[Double]] {
    var random = TestRandom(seed: seed)
    return (0..<replicas).map { _ in
      var x = random.boxMullerNormal()
      return (0..<count).map { _ in
        defer { x = coefficient * x + (1 - coefficient * coefficient).squareRoot() * random.boxMullerNormal() }
        return x
      }
    }
  }

  @Test("autoregressive series, in one piece and in replicas", arguments: [(0.0, 1), (0.7, 1), (0.9, 4), (-0.5, 2)])
  func autoregression(coefficient: Double, replicas: Int) throws {
    let series = Self.series(coefficient: coefficient, count: 20_000 / replicas, replicas: replicas, seed: 51)
    let time = try #require(AutocorrelationTime(series))
    let exact = (1 + coefficient) / (1 - coefficient)
    // Beside scatter the window leaves out 2 Σ_{t > W} |a|^t = 2 |a|^{W+1}/(1 − |a|).
    var left = 2 / (1 - abs(coefficient))
    for _ in 0...time.window { left *= abs(coefficient) }
    #expect(abs(time.value - exact) < 5 * time.standardError + left)
    #expect(time.isResolved)
    #expect(abs(time.mean) < 5 * time.meanStandardError)
    #expect(abs(time.meanStandardError - (exact / 20_000).squareRoot()) < 0.5 * (exact / 20_000).squareRoot())
  }

  @Test func aShortSeriesIsNotResolved() throws {
    let series = Self.series(coefficient: 0.99, count: 300, replicas: 1, seed: 53)
    #expect(try #require(AutocorrelationTime(series)).isResolved == false)
  }

  @Test func constantsHaveNone() {
    #expect(AutocorrelationTime([[0.1, 0.1, 0.1, 0.1, 0.1]]) == nil)
    #expect(AutocorrelationTime([[1, 2, 3]]) == nil)
    #expect(AutocorrelationTime([[1, 2, .infinity, 3, 4]]) == nil)
  }
}
