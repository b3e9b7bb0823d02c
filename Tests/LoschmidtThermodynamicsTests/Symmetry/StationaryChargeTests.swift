import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct StationaryChargeTests {
  /// σ.
  private static let noise = 0.7

  /// Two inputs with the covariance of N(0, I), and errors of the targets that are independent of them.
  private static func design(at point: [Double]) -> SymmetryCase {
    var (inputs, targets): ([[Double]], [Double]) = ([], [])
    for (a, b) in [(1.0, 1.0), (1, -1), (-1, 1), (-1, -1)] {
      for error in [noise, -noise] {
        inputs.append([a, b])
        targets.append(a + error)
      }
    }
    return .product(inputs: inputs, targets: targets, at: point)
  }

  /// The numbers of the theory, section 9 of the expansions.
  @Test func theNumbersOfTheTheory() {
    #expect(abs(StationaryCharge(inputs: 2, noiseVariance: 0.49).varianceCoefficient - 1.1825) < 5e-5)
    #expect(abs(StationaryCharge(inputs: 3, noiseVariance: 0.25).varianceCoefficient - 1.0625) < 5e-5)
    let single = StationaryCharge(inputs: 1, noiseVariance: 1)
    #expect(single.mean == 0 && single.varianceCoefficient == 0 && single.relaxationRate == 1)
  }

  /// E gᵀKg vanishes at u² = k^{−1/2}, and not where the weights are balanced: the emergent force knows nothing of the
  /// closed form.
  @Test func theEmergentForceVanishesThere() throws {
    func force(squared: Double) throws -> EmergentForce {
      let u = squared.squareRoot()
      return try Self.design(at: [u, 1 / u, 0]).force()
    }
    let charge = StationaryCharge(inputs: 2, noiseVariance: Self.noise * Self.noise)
    let found = try force(squared: charge.squaredOuterWeight)
    #expect(found.vanishes && found.routesAgree)
    #expect(try !force(squared: 1).vanishes)
    let u = charge.squaredOuterWeight
    // Q = u² − 1/u², a root and a quotient.
    #expect(abs(charge.mean - (u - 1 / u)) < 4 * Double.ulpOfOne)
    // −A is the slope of E ΔQ/η² = −(2/η) dφ/ds in Q along the valley: a central difference, of second order.
    let h = 1e-4
    let drift = try (force(squared: u + h).exact - force(squared: u - h).exact) * -20
    let distance = (u + h - 1 / (u + h)) - (u - h - 1 / (u - h))
    #expect(abs(drift / distance + charge.relaxationRate) < 1e-6)
  }

  /// Training from the balanced point (1, 1, 0) ends at Q*, up to O(η²) once two learning rates are extrapolated.
  @Test func trainingEndsThere() throws {
    let test = Self.design(at: [1, 1, 0])
    let charge = try NoetherCharge(of: test.group())
    // Eight relaxation times, 1/(η²A), which leave e⁻⁸ of the distance.
    func charges(_ eta: Double, steps: Int) throws -> Moments {
      let process = try test.text.process(
        learningRate: Schedule(eta), gradient: Minibatch(), initial: InitialLaw(test.point.map { .point($0) }))
      let ensemble = Ensemble(
        try SimulationPlan(process, steps: steps + 1), start: process.initialLaw, key: StreamKey(seed: 17),
        trajectories: 256, burnIn: steps, steps: 1)
      let result = try ensemble.run(RunWatch(threads: 2)) { ChargeObserver([charge]) }
      return result.partials.reduce(into: Moments()) { $0.merge($1[0].last) }
    }
    let (coarse, fine) = (try charges(0.1, steps: 1250), try charges(0.05, steps: 5000))
    let expected = StationaryCharge(inputs: 2, noiseVariance: Self.noise * Self.noise).mean
    let extrapolated = 2 * fine.mean - coarse.mean
    let variance = 4 * fine.standardError * fine.standardError + coarse.standardError * coarse.standardError
    // Five standard errors; η² = 2.5e-3 and e⁻⁸ = 3e-4 are small beside one, which is about 1e-2.
    let error = variance.squareRoot()
    #expect(error < 0.02 && abs(extrapolated - expected) < 5 * error, "\(extrapolated) ± \(error)")
    // Control: the balanced point, and the charge of one input more.
    #expect(abs(extrapolated) > 5 * error)
    #expect(abs(extrapolated - StationaryCharge(inputs: 3, noiseVariance: 1).mean) > 5 * error)
  }

  /// The variance of ΔQ/η² on the valley over N(0, 1) inputs and errors is the first part of the numerator,
  /// 6 (k − 1) σ⁴.
  @Test(arguments: [0.25, 0.49]) func theDiffusionByQuadrature(variance: Double) {
    let rule = GaussHermite(count: 8)
    let charge = StationaryCharge(inputs: 2, noiseVariance: variance)
    let u = charge.squaredOuterWeight
    let second = rule.expectation { x in
      rule.expectation { y in
        rule.expectation { error in
          let change = variance * error * error * (x * x / u - u * (x * x + y * y))
          return change * change
        }
      }
    }
    // Exact for polynomials of degree 15; eigenvalues good to some ulps.
    #expect(abs(second - 6 * variance * variance) < 1e-12)
    let fast = 4 * 2 * variance * variance * variance / 9
    #expect(abs((second + fast) / (2 * charge.relaxationRate) - charge.varianceCoefficient) < 1e-12)
  }
}
