import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct SignResamplingTests {
  @Test("the drawn sums have the mean and the variance of independent signs")
  func moments() throws {
    var random = TestRandom(seed: 91)
    // Classes from q ≥ ¼ down to the last one, many of them sparse.
    let magnitudes = (0..<400).map { _ in random.next(in: 0.01...9) }
    let signed = try SignedMagnitudes(magnitudes)
    // With the weights 1/information and 0 the statistic is U₁²/I₁₁: its mean is 1.
    let information = zip(magnitudes, signed.minorityProbabilities).reduce(0) { $0 + $1.1 * (1 - $1.1) * $1.0 * $1.0 }
    let resampling = SignResampling(signed, mixing: 0, slopeWeight: 1 / information, bendWeight: 0)
    var stream = ResamplingStream(seed: 1)
    let slope = Moments((0..<2000).map { _ in resampling.draw(using: &stream) })
    #expect(abs(slope.mean - 1) < 5 * slope.standardError)
    // The same of r², where the largest magnitudes, with the rarest signs, weigh most.
    let bend = zip(magnitudes, signed.minorityProbabilities).reduce(0) { $0 + $1.1 * (1 - $1.1) * pow($1.0, 4) }
    let bent = SignResampling(signed, mixing: 0, slopeWeight: 0, bendWeight: 1 / bend)
    let square = Moments((0..<2000).map { _ in bent.draw(using: &stream) })
    #expect(abs(square.mean - 1) < 5 * square.standardError)
  }

  @Test func observedIsTheStatisticOfTheSigns() throws {
    let signed = try SignedMagnitudes([1, -2, 3])
    let resampling = SignResampling(signed, mixing: 0, slopeWeight: 1, bendWeight: 0)
    let q = [1.0, 2.0, 3.0].map { (r: Double) -> Double in 1 / (1 + exp(r)) }
    let score = q[0] - 2 * (1 - q[1]) + 3 * q[2]
    #expect(abs(resampling.observed - score * score) < 1e-14)
  }
}
