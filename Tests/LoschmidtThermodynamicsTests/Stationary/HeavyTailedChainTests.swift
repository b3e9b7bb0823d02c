import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct HeavyTailedChainTests {
  private func production(_ map: Double, _ noise: HeavyTail) throws -> Double {
    try HeavyTailedChain(map: map, noise: noise).entropyProductionPerStep()
  }

  @Test func theReferencesOfStudentsNoise() throws {
    for entry in ThermodynamicReference.entries("t7_student_t") {
      let (map, nu) = (entry["inputs"]["a"].double, entry["inputs"]["nu"].double)
      let expected = entry["outputs"]["ep_per_step_quadrature"].double
      // The reference has twelve digits after the point.
      #expect(abs(try production(map, .student(degreesOfFreedom: nu)) - expected) < 1e-12)
      // x and −x in turn: y only changes its sign under a ↦ −a with the alternating signs of ξ.
      #expect(try production(-map, .student(degreesOfFreedom: nu)) == production(map, .student(degreesOfFreedom: nu)))
    }
  }

  /// Cauchy's noise by both doors, and by the closed form.
  @Test func theReferencesOfCauchysNoise() throws {
    for entry in ThermodynamicReference.entries("t7_cauchy") {
      let map = entry["inputs"]["a"].double
      let expected = entry["outputs"]["ep_per_step"].double
      #expect(agrees(try production(map, .stable(alpha: 1, scale: 3)), with: expected, relative: 1e-15))
      // Sums of some hundred terms of relative precision 1e-14.
      #expect(agrees(try production(map, .student(degreesOfFreedom: 1)), with: expected, relative: 1e-12))
    }
    // A grid finer than one that has a quarter for its step, and one of 19 points for each factor a.
    #expect(agrees(try production(0.99, .student(degreesOfFreedom: 1)), with: 2 * log1p(0.99), relative: 1e-12))
    #expect(agrees(try production(0.01, .student(degreesOfFreedom: 1)), with: 2 * log1p(0.01), relative: 1e-12))
  }

  /// σ → 6ηh/((ν − 2)(ν + 3)) with corrections of the order ηh, or of a lower power for few moments.
  @Test(arguments: [5.0, 8, 30]) func smallStepsOfStudentsNoise(nu: Double) throws {
    let expected = 6 / ((nu - 2) * (nu + 3))
    let deviations = try [0.04, 0.008].map { step in
      try production(1 - step, .student(degreesOfFreedom: nu)) / (step * expected) - 1
    }
    #expect(abs(deviations[1]) < 0.02 && abs(deviations[1]) < 0.3 * abs(deviations[0]))
  }

  /// σ/(ηh)^(α − 1) → 2^α/α².
  @Test func smallStepsOfStableNoise() throws {
    let alpha = 1.5
    let deviations = try [1e-4, 1e-6].map { step in
      try production(1 - step, .stable(alpha: alpha, scale: 1))
        / (pow(2, alpha) / (alpha * alpha) * pow(step, alpha - 1)) - 1
    }
    // The next orders are (ηh)^(α − 1) and (ηh)^(2 − α) relative to it: a factor 10 between the two.
    #expect(abs(deviations[1]) < 0.01 && abs(abs(deviations[0] / deviations[1]) - 10) < 1)
  }

  /// The general formula beside Cauchy's: σ is smooth in α.
  @Test func stableNoiseNearCauchys() throws {
    let bends = try [0.04, 0.02].map { distance in
      let around = try [1 - distance, 1 + distance].map { try production(0.8, .stable(alpha: $0, scale: 1)) }
      #expect(around[0] > 2 * log1p(0.8) && around[1] < 2 * log1p(0.8))
      return 0.5 * (around[0] + around[1]) - 2 * log1p(0.8)
    }
    // Means about a point differ from its value by the square of the distance, and the fourth power.
    #expect(abs(bends[0] / bends[1] - 4) < 0.1)
  }

  /// The chain simulated with the generators and densities of GSL; the production of another a is rejected.
  @Test func simulatedStudentsNoise() throws {
    let law = try StudentTDistribution(degreesOfFreedom: 3, scale: 0.4)
    let generator = try RandomGenerator(.mt19937, seed: 11)
    let measured = simulate(map: 0.6, steps: 30_000, { law.sample(with: generator) }) { law.logDensity(of: $0) }
    let exact = try production(0.6, .student(degreesOfFreedom: 3))
    #expect(abs(measured.mean - exact) < 5 * measured.standardError)
    let control = try production(0.3, .student(degreesOfFreedom: 3))
    #expect(abs(measured.mean - control) > 5 * measured.standardError)
  }

  @Test func simulatedStableNoise() throws {
    let law = try AlphaStableDistribution(alpha: 1.5, scale: 2)
    let generator = try RandomGenerator(.mt19937, seed: 12)
    let measured = simulate(map: -0.7, steps: 4000, { law.sample(with: generator) }) {
      (try? law.logDensity(of: $0)) ?? .nan
    }
    let exact = try production(-0.7, .stable(alpha: 1.5, scale: 2))
    #expect(abs(measured.mean - exact) < 5 * measured.standardError)
    let control = try production(0.2, .stable(alpha: 1.5, scale: 2))
    #expect(abs(measured.mean - control) > 5 * measured.standardError)
  }

  /// The mean of ln f(ξ)/f(x − ax′) along a chain, with the error of 50 means of stretches far longer than its memory.
  private func simulate(
    map: Double, steps: Int, _ draw: () -> Double, _ logDensity: (Double) -> Double
  ) -> (mean: Double, standardError: Double) {
    var x = 0.0
    for _ in 0..<200 { x = map * x + draw() }
    let means = (0..<50).map { _ in
      (0..<steps / 50).reduce(0) { sum, _ in
        let noise = draw()
        let next = map * x + noise
        defer { x = next }
        return sum + logDensity(noise) - logDensity(x - map * next)
      } / Double(steps / 50)
    }
    let moments = Moments(means)
    return (moments.mean, moments.standardError)
  }

  @Test func whatIsRefused() throws {
    #expect(throws: HeavyTailedChain.Failure.unstable(spectralRadius: 1)) {
      try production(1, .stable(alpha: 1, scale: 1))
    }
    #expect(throws: HeavyTailedChain.Failure.unstable(spectralRadius: 1.5)) {
      try production(-1.5, .student(degreesOfFreedom: 3))
    }
    #expect(throws: HeavyTailedChain.Failure.self) { try production(0.5, .student(degreesOfFreedom: 0)) }
    #expect(throws: HeavyTailedChain.Failure.self) { try production(0.5, .stable(alpha: 2.5, scale: 1)) }
    #expect(try production(0, .student(degreesOfFreedom: 3)) == 0)  // independent draws
  }
}
