import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct StationaryChargeTests {
  /// The numbers of the theory, section 9 of the expansions.
  @Test func theNumbersOfTheTheory() {
    #expect(abs(StationaryCharge(inputs: 2, noiseVariance: 0.49).varianceCoefficient - 1.1825) < 5e-5)
    #expect(abs(StationaryCharge(inputs: 3, noiseVariance: 0.25).varianceCoefficient - 1.0625) < 5e-5)
    let single = StationaryCharge(inputs: 1, noiseVariance: 1)
    #expect(single.mean == 0 && single.varianceCoefficient == 0 && single.relaxationRate == 1)
  }

  /// On a design with the covariance of N(0, I) and independent errors E gᵀKg vanishes at u² = k^{−1/2}, and not where
  /// the weights are balanced: the emergent force knows nothing of the closed form.
  @Test func theEmergentForceVanishesThere() throws {
    let noise = 0.7
    var (inputs, targets): ([[Double]], [Double]) = ([], [])
    for (a, b) in [(1.0, 1.0), (1, -1), (-1, 1), (-1, -1)] {
      for error in [noise, -noise] {
        inputs.append([a, b])
        targets.append(a + error)
      }
    }
    func force(squared: Double) throws -> EmergentForce {
      let u = squared.squareRoot()
      return try SymmetryCase.product(inputs: inputs, targets: targets, at: [u, 1 / u, 0]).force()
    }
    let charge = StationaryCharge(inputs: 2, noiseVariance: noise * noise)
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
