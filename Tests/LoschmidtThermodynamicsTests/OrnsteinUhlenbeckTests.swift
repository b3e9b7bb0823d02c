import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct OrnsteinUhlenbeckTests {
  static func process() throws -> (OrnsteinUhlenbeck, ReferenceEntry) {
    let entry = ThermodynamicReference.entry("t9_ou_tur")
    let process = try OrnsteinUhlenbeck(
      drift: DenseMatrix(entry["inputs"]["H"].rows), diffusion: DenseMatrix(entry["inputs"]["Dd"].rows))
    return (process, entry["outputs"])
  }

  @Test func agreesWithTheReference() throws {
    let (process, expected) = try Self.process()
    #expect(
      agrees(process.covariance.entries, with: expected["stationary_cov"].rows.flatMap { $0 }, relative: 1e-14))
    #expect(agrees(process.entropyProductionRate, with: expected["ep_rate_continuous"].double, relative: 1e-14))
  }

  /// The rate by its first formula, tr(Hᵀ𝒟⁻¹HΣ) − tr H.
  @Test(arguments: 1...4) func bothFormulasOfTheRateAgree(seed: Int) throws {
    var random = TestRandom(seed: UInt64(seed))
    let raw = DenseMatrix(rows: 3, columns: 3, entries: random.vector(9))
    let drift = DenseMatrix.identity(3) + (0.8 / raw.frobeniusNorm) * raw
    let diffusion = DenseMatrix.diagonal(random.vector(3, in: 0.5...2))
    let process = try OrnsteinUhlenbeck(drift: drift, diffusion: diffusion)
    let bent = drift.transposed * (try Cholesky(diffusion).solve(drift))
    // Terms up to 20 are subtracted.
    #expect(
      agrees(process.entropyProductionRate, with: bent.inner(process.covariance) - drift.trace, absolute: 1e-13))
    #expect(process.entropyProductionRate > 0)
  }

  @Test func samplingAgreesWithClosedForms() throws {
    // One dimension: A = e^{−ht}, D = (𝒟/h)(1 − e^{−2ht}).
    let line = try OrnsteinUhlenbeck(drift: DenseMatrix([[1.5]]), diffusion: DenseMatrix([[0.7]]))
    for time in [1e-6, 0.05, 0.4, 3] {
      let chain = try line.sampled(every: time)
      // Five doublings at most, each of which doubles the relative error of A.
      #expect(agrees(chain.map[0, 0], with: exp(-1.5 * time), relative: 2e-14))
      #expect(agrees(chain.noise[0, 0], with: 0.7 / 1.5 * -expm1(-3 * time), relative: 2e-14))
    }
    // Any dimension: the stationary covariance is that of the process, and two short steps are a long one.
    let (process, _) = try Self.process()
    let (short, long) = (try process.sampled(every: 0.15), try process.sampled(every: 0.3))
    #expect(agrees(short.stationary.covariance.entries, with: process.covariance.entries, relative: 1e-13))
    #expect(agrees((short.map * short.map).entries, with: long.map.entries, relative: 1e-14))
  }

  @Test func entropyOfTheChainsTendsToTheRate() throws {
    let (process, _) = try Self.process()
    let rate = process.entropyProductionRate
    for chain in [try process.sampled(every: 1e-4), try process.eulerMaruyama(step: 1e-4)] {
      // The reference has the coefficients −1.4 and 0.85 of Δt.
      #expect(agrees(chain.entropyProductionPerStep / 1e-4, with: rate, absolute: 2e-4))
    }
  }

  @Test func refusesWhatDoesNotSettle() {
    #expect(throws: GaussianFailure.self) {
      try OrnsteinUhlenbeck(drift: DenseMatrix([[0, 1], [-1, 0]]), diffusion: .identity(2))
    }
    #expect(throws: GaussianFailure.notPositiveDefinite("the diffusion matrix")) {
      try OrnsteinUhlenbeck(drift: .identity(1), diffusion: .zero(1))
    }
  }
}
