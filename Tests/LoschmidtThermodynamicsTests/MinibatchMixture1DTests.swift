import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct MinibatchMixture1DTests {
  private let entry = ThermodynamicReference.entry("t6_minibatch_mixture")

  private func mixture(_ temperature: Double) throws -> MinibatchMixture1D {
    let inputs = entry["inputs"]
    return try MinibatchMixture1D(
      curvatures: inputs["h"].doubles, pulls: inputs["c"].doubles, learningRate: inputs["eta"].double,
      temperature: temperature)
  }

  @Test func momentsAndTheExtendedEntropyAgreeWithTheReference() throws {
    #expect(entry["outputs"].list.count == 4)
    for row in entry["outputs"].list {
      let mixture = try mixture(row["T"].double)
      #expect(agrees(mixture.mean, with: row["mean"].double, relative: 1e-14))
      #expect(agrees(mixture.secondMoment, with: row["second_moment"].double, relative: 1e-13))
      #expect(agrees(mixture.extendedEntropyProduction, with: row["ep_extended"].double, relative: 1e-12))
      #expect(
        agrees(mixture.zeroTemperatureLimit, with: row["limit_T0_T_times_extended"].double, relative: 1e-13))
      #expect(agrees(mixture.naiveZeroTemperatureLimit, with: row["naive_eta_E_g2"].double, relative: 1e-13))
    }
    // The limit is the limit: the difference is linear in T, with the coefficient of T = 0.005.
    let (cold, colder) = (try mixture(1e-6), try mixture(1e-7))
    let limit = cold.zeroTemperatureLimit
    #expect(agrees(1e-6 * cold.extendedEntropyProduction, with: limit, absolute: 2e-8))
    #expect(agrees(1e-7 * colder.extendedEntropyProduction, with: limit, absolute: 2e-9))
  }

  @Test func theMarginalEntropyAgreesWithTheReference() throws {
    for row in entry["outputs"].list {
      let mixture = try mixture(row["T"].double)
      let marginal = try mixture.marginal()
      #expect(agrees(marginal.entropyProductionPerStep, with: row["ep_marginal"].double), "T = \(mixture.temperature)")
      // G(½) is the logarithm of a number close to 1: its error is absolute.
      #expect(agrees(marginal.cumulantGenerating(0.5), with: row["G_half_n1_marginal"].double, absolute: 1e-12))
      #expect(abs(marginal.cumulantGenerating(1)) < 1e-12)
      #expect(agrees(marginal.expectation { $0 * $0 }, with: row["second_moment"].double, relative: 1e-12))
      #expect(marginal.entropyProductionPerStep < mixture.extendedEntropyProduction)
    }
  }

  /// One step by hand, and a normalised density.
  @Test func theDensityIsTheMixture() throws {
    let mixture = try mixture(0.1)
    let (x, y) = (0.3, -0.2)
    let (h, c) = ([1.0, 0.6, 1.4, 0.8], [0.5, -0.4, 0.3, -0.2])
    let sum = (0..<4).reduce(0.0) { sum, index in
      let z = y - x + 0.3 * (h[index] * x - c[index])
      return sum + exp(-z * z / (4 * 0.3 * 0.1)) / (4 * .pi * 0.3 * 0.1).squareRoot() / 4
    }
    #expect(agrees(mixture.logDensity(of: y, given: x), with: log(sum), relative: 1e-13))
    // Far away the density underflows; its logarithm does not.
    #expect(mixture.logDensity(of: 100, given: 0) < -70_000)
  }

  /// The average over a Gaussian step of the logarithm of the ratio, batch by batch.
  @Test func theExtendedEntropyIsTheAverageOfTheRatio() throws {
    let mixture = try mixture(0.1)
    let rule = GaussHermite(count: 8)  // quadratic in both normals: exact
    var sum = 0.0
    for (h, c) in zip(mixture.curvatures, mixture.pulls) {
      let spread = (mixture.secondMoment - mixture.mean * mixture.mean).squareRoot()
      sum += rule.expectation { z in
        let x = mixture.mean + spread * z  // the law is no Gaussian, but its two moments are all that counts
        return rule.expectation { noise in
          let y = x - 0.3 * (h * x - c) + (2 * 0.3 * 0.1).squareRoot() * noise
          let (forward, backward) = (y - x + 0.3 * (h * x - c), x - y + 0.3 * (h * y - c))
          return (backward * backward - forward * forward) / (4 * 0.3 * 0.1)
        }
      }
    }
    #expect(agrees(mixture.extendedEntropyProduction, with: sum / 4, relative: 1e-12))
  }

  @Test func refusesAnUnstableRate() {
    // (1 − 3)² on average.
    #expect(throws: GaussianFailure.unstable(spectralRadius: 4)) {
      try MinibatchMixture1D(curvatures: [1, 1], pulls: [0, 1], learningRate: 3, temperature: 1)
    }
  }
}
