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

  /// Batches that overshoot, ηh > 1, whose chain leaves the hull of the fixed points by far.
  ///
  /// The numbers are by numpy: the mixture on panels of eight Gauss–Legendre nodes, 1.4 and 1 of them for each deviation of
  /// the noise, in an interval twice as wide; the two give the same nine digits.
  static let overshooting: [(pulls: [Double], eta: Double, temperature: Double, marginal: Double)] = [
    ([3, -1, 0.2], 1.5, 0.02, 9.8925381173), ([1, -1], 1.8, 0.05, 2.4304059881), ([1, -1], 1.9, 0.05, 1.6626062991),
  ]

  private func overshooting(_ index: Int) throws -> (mixture: MinibatchMixture1D, marginal: Double) {
    let (pulls, eta, temperature, marginal) = Self.overshooting[index]
    let mixture = try MinibatchMixture1D(
      curvatures: pulls.map { _ in 1 }, pulls: pulls, learningRate: eta, temperature: temperature)
    return (mixture, marginal)
  }

  @Test(arguments: 0..<3) func batchesThatOvershoot(index: Int) throws {
    let (mixture, marginal) = try overshooting(index)
    let value = try #require(mixture.marginalEntropyProduction(largestWork: 3e8))
    // The accuracy of the reference.
    #expect(agrees(value, with: marginal, relative: 1e-8))
    #expect(value < mixture.extendedEntropyProduction)
    let grid = try mixture.marginal()
    #expect(grid.normalisationDefect < 1e-12)
    #expect(agrees(grid.expectation { $0 * $0 }, with: mixture.secondMoment, relative: 1e-11))
    // Nothing is left at the ends but rounding: 1e-16 times 1/(1 − m) = 10 and the size of the matrix.
    #expect(max(grid.density[0], grid.density[grid.density.count - 1]) < 1e-12)
  }

  /// The mean of the logarithm of the ratio over steps that are simulated.
  @Test func simulatedStepsThatOvershootProduceTheSame() throws {
    let (mixture, marginal) = try overshooting(2)
    let (eta, deviation) = (mixture.learningRate, (2 * mixture.learningRate * mixture.temperature).squareRoot())
    let generator = try RandomGenerator(.philox, seed: 20_240_612)
    let normal = try NormalDistribution(mean: 0, standardDeviation: 1)
    let coin = try UniformDistribution()
    var (x, sums) = (0.0, [Double]())
    for index in 0..<400_000 {
      let pull = coin.sample(with: generator) < 0.5 ? 1.0 : -1.0
      let next = x - eta * (x - pull) + deviation * normal.sample(with: generator)
      if index % 4000 == 0 { sums.append(0) }
      sums[sums.count - 1] +=
        (mixture.logDensity(of: next, given: x) - mixture.logDensity(of: x, given: next)) / 4000
      x = next
    }
    // Blocks of 4000 steps, far longer than the memory of the chain; 6 errors are a false alarm of 2e-9.
    let moments = Moments(sums)
    #expect(abs(moments.mean - marginal) < 6 * moments.standardError)
    // The value of the interval around the fixed points is rejected.
    #expect(abs(moments.mean - 1.5785) > 6 * moments.standardError)
  }

  @Test func theIntervalHoldsWhatEveryOrderOfBatchesReaches() throws {
    // x′ = −½x + {4.5, −1.5, 0.3}: the ends obey U = −½L + 4.5 and L = −½U − 1.5, so that U = 7 and L = −5.
    let (mixture, _) = try overshooting(0)
    let margin = 10 * (0.06 / 0.75).squareRoot()
    #expect(agrees(mixture.interval.lowerBound, with: -5 - margin, absolute: 1e-3))
    #expect(agrees(mixture.interval.upperBound, with: 7 + margin, absolute: 1e-3))
    // Batches that do not overshoot: the fixed points and the margin alone.
    let slow = try self.mixture(0.1)
    let fixed = zip(slow.curvatures, slow.pulls).map { $1 / $0 }
    let half = 10 * (0.06 / (1 - 0.82 * 0.82)).squareRoot()
    #expect(agrees(slow.interval.lowerBound, with: (fixed.min() ?? 0) - half, relative: 1e-12))
    #expect(agrees(slow.interval.upperBound, with: (fixed.max() ?? 0) + half, relative: 1e-12))
  }

  @Test func noValueWhereGridsAreTooLargeOrABatchDoesNotContract() throws {
    let (mixture, _) = try overshooting(0)
    #expect(mixture.marginalEntropyProduction(largestWork: 1e5) == nil)
    let spread = try MinibatchMixture1D(curvatures: [0.5, 2.5], pulls: [0, 1], learningRate: 0.9, temperature: 0.1)
    #expect(!spread.isConfinedByEveryBatch && spread.marginalEntropyProduction(largestWork: 3e8) == nil)
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
