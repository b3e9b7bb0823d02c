import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct ParetoTailTests {
  @Test("the shape of generalised Pareto samples", arguments: [-0.3, 0.2, 0.5, 1.2])
  func knownShape(shape: Double) throws {
    var random = TestRandom(seed: 21)
    let sample = (0..<4000).map { _ in
      let u = 1 - random.next(in: 0...0.999_999)
      return 2 * (pow(u, -shape) - 1) / shape
    }
    let tail = try #require(ParetoTail(exceedances: sample))
    #expect(abs(tail.fittedShape - shape) < 5 * tail.standardError)
    // σ̂ has the asymptotic variance 2 σ² (1 + k)/n.
    #expect(abs(tail.scale - 2) < 5 * 2 * (2 * (1 + shape) / 4000).squareRoot())
    #expect(tail.count == 4000)
    // The prior draws by 10/(n + 10) of the distance from 1/2.
    #expect(abs(tail.shape - (tail.fittedShape * 4000 + 5) / 4010) < 1e-14)
  }

  @Test func theFitNearlyMaximisesTheLikelihood() throws {
    var random = TestRandom(seed: 22)
    let sample = (0..<500).map { _ in pow(1 - random.next(in: 0...0.999_999), -0.4) - 1 }
    let tail = try #require(ParetoTail(exceedances: sample))
    func logLikelihood(_ shape: Double, _ scale: Double) -> Double {
      sample.reduce(0) { $0 - log(scale) - (1 / shape + 1) * log1p(shape * $1 / scale) }
    }
    var best = -Double.infinity
    for k in stride(from: 0.1, to: 0.8, by: 0.005) {
      for scale in stride(from: 0.2, to: 0.8, by: 0.005) { best = max(best, logLikelihood(k, scale)) }
    }
    // A posterior mean over a flat law: within a fraction of a standard error, so less than ½ × 0.5² below the top.
    #expect(logLikelihood(tail.fittedShape, tail.scale) > best - 0.125)
  }

  @Test("e^-R of a normal law has no tail index, of a Cauchy law one") func upperTail() throws {
    var random = TestRandom(seed: 23)
    let light = (0..<5000).map { _ in random.next(in: 0...1) }
    let lightTail = try #require(ParetoTail(upperTailOf: light))
    // Uniform: k = −1; drawn towards ½ by 10 of 223, and the law's boundary spoils the usual error.
    #expect(lightTail.shape < -0.5)
    let heavy = (0..<5000).map { _ in 1 / (1 - random.next(in: 0...0.999_999)) }
    let heavyTail = try #require(ParetoTail(upperTailOf: heavy))
    #expect(heavyTail.count == 213)
    #expect(abs(heavyTail.fittedShape - 1) < 5 * heavyTail.standardError)
  }

  @Test func thereIsNoTailWithoutSpread() {
    #expect(ParetoTail(upperTailOf: [Double](repeating: 1, count: 1000)) == nil)
    #expect(ParetoTail(upperTailOf: [1, 2, 3]) == nil)
    #expect(ParetoTail(exceedances: [1, 2, 3, 4, .infinity]) == nil)
  }
}
