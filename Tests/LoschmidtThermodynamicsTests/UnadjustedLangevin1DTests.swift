import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct UnadjustedLangevin1DTests {
  /// The smooth well l = x²/2 + 0.4 sin(1.3 x) of the reference.
  private func well(_ eta: Double, _ temperature: Double) throws -> UnadjustedLangevin1D {
    // l ≥ x²/2 − 0.4: the density at ±9√T is e^{−40}, and the spread of the chain is wider by (1 − η)^{−½} at most.
    let end = 9.5 * temperature.squareRoot() + 0.5
    return try UnadjustedLangevin1D(
      learningRate: eta, temperature: temperature, lower: -end, upper: end, pointsPerDeviation: 3,
      loss: { $0 * $0 / 2 + 0.4 * sin(1.3 * $0) }, gradient: { $0 + 0.52 * cos(1.3 * $0) })
  }

  @Test(arguments: 0..<5) func agreesWithTheReference(index: Int) throws {
    let entry = ReferenceEntry.expansions(ofKind: "ula_entropy_production")[0]
    #expect(entry["rows"].list.count == 5)
    let row = entry["rows"].list[index]
    let chain = try well(row["eta"].double, row["Temp"].double)
    // The reference states its own absolute uncertainty, 3e-14; in relative terms 5e-11 … 6e-9.
    let uncertainty = row["abs_uncertainty_EP"].double
    let expected = row["entropy_production_per_step_nats"].double
    #expect(agrees(chain.entropyProductionPerStep, with: expected, relative: 0, absolute: uncertainty))
    // Its moments come from the same density, known to a few 1e-12 where the grid is fine.
    #expect(agrees(chain.transfer.expectation { $0 }, with: row["mean_x"].double, relative: 2e-11))
    #expect(agrees(chain.transfer.expectation { $0 * $0 }, with: row["mean_x2"].double, relative: 2e-11))
    let leading = chain.leadingEntropyProduction { -0.4 * 1.3 * 1.3 * 1.3 * cos(1.3 * $0) }
    #expect(agrees(leading, with: row["leading_prediction"].double, relative: 1e-11))
    // The other form of the same number: logarithms of order 1 that cancel to order η³.
    #expect(abs(chain.transfer.entropyProductionPerStep - chain.entropyProductionPerStep) < 1e-12)
    #expect(chain.transfer.normalisationDefect < 1e-12)
  }

  @Test func aQuadraticLossIsReversible() throws {
    let entry = ReferenceEntry.expansions(ofKind: "ula_quadratic")[0]
    let k = entry["k"].double
    let chain = try UnadjustedLangevin1D(
      learningRate: entry["eta"].double, temperature: entry["Temp"].double, lower: -8, upper: 8,
      loss: { 0.5 * k * $0 * $0 }, gradient: { k * $0 })
    #expect(agrees(chain.transfer.expectation { $0 * $0 }, with: entry["stationary_variance"].double, relative: 1e-13))
    #expect(abs(chain.entropyProductionPerStep) < 1e-15)
    #expect(chain.leadingEntropyProduction { _ in 0 } == 0)
  }
}
