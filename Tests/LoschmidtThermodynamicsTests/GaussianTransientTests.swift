import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@testable import LoschmidtThermodynamics

@Suite struct GaussianTransientTests {
  /// x′ = (1 − η)x + √(2ηT)ζ with η = 0.1 and T = 1: q = 0.9, D = 0.2, Σ = 0.2/0.19.
  private func line() throws -> GaussianChain {
    try GaussianChain(map: .diagonal([0.9]), noise: .diagonal([0.2]))
  }

  @Test("one coordinate against its closed form")
  func closedForm() throws {
    // From x_0 = 3: E x_k = 3 q^k, Var x_k = Σ(1 − q^{2k}); E |x_k|² − Σ = (9 − Σ) q^{2k}, summed over k = 3 … 6.
    let (q, variance) = (0.9, 0.2 / 0.19)
    let transient = try #require(
      GaussianTransient(try line(), start: InitialLaw([.point(3)]), burnIn: 2, steps: 4))
    let powers = (3...6).reduce(0.0) { sum, k in sum + (0..<2 * k).reduce(1.0) { p, _ in p * q } } / 4
    // Four terms of size 9, each good to a few ulps.
    #expect(abs(transient.trace - (9 - variance) * powers) < 1e-13)
    let shift = 3 * (3...6).reduce(0.0) { sum, k in sum + (0..<k).reduce(1.0) { p, _ in p * q } } / 4
    #expect(abs(transient.traceAboutMean - (transient.trace - shift * shift)) < 1e-13)
    // ln K(x′|x)/K(x|x′) = (1 − q²)(x² − x′²)/(2D): it telescopes, from k = 2 to k = 6.
    let squares = [2, 6].map { k in variance + (9 - variance) * (0..<2 * k).reduce(1.0) { p, _ in p * q } }
    #expect(abs(transient.production - 0.19 / 0.4 * (squares[0] - squares[1]) / 4) < 1e-13)
  }

  @Test("the mean of the path functional, by its own route")
  func functional() throws {
    let chain = try GaussianChain(
      map: DenseMatrix(rows: 2, columns: 2, entries: [0.9, 0.2, -0.1, 0.8]), shift: [0.1, -0.3],
      noise: DenseMatrix(rows: 2, columns: 2, entries: [0.2, 0.05, 0.05, 0.1]))
    let start = InitialLaw([.normal(mean: 1, standardDeviation: 0.5), .normal(mean: -2, standardDeviation: 0.3)])
    let transient = try #require(GaussianTransient(chain, start: start, burnIn: 0, steps: 7))
    // R of the path that starts in p_0 and whose reverse starts in q has the mean E ln p_0/q + the medium.
    let law = try #require(GaussianLaw(start))
    let mean = chain.logRatio(steps: 7, initial: law, reverseInitial: .same).moments.mean
    var end = law
    for _ in 0..<7 { end = chain.step.propagate(end) }
    let boundary =
      law.logDensity.expectation(mean: law.mean, covariance: law.covariance)
      - law.logDensity.expectation(mean: end.mean, covariance: end.covariance)
    // Sums of seven steps of terms up to 100.
    #expect(abs(transient.production - ((mean - boundary) / 7 - chain.entropyProductionPerStep)) < 1e-11)
  }

  @Test func aLongBurnInLeavesNothing() throws {
    let transient = try #require(
      GaussianTransient(try line(), start: InitialLaw([.uniform(lower: -1, upper: 5)]), burnIn: 400, steps: 100_000))
    // 0.81^400 is 1e-37; the sum is left as soon as rounding is all that remains.
    #expect(abs(transient.trace) < 1e-15 && abs(transient.production) < 1e-15)
  }
}
