import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct TransferOperatorTests {
  /// x′ = ax + √D z: everything is known.
  private func autoregression(_ a: Double, _ variance: Double, count: Int = 121) throws -> TransferOperator {
    try TransferOperator(lower: -10, upper: 10, count: count) { next, current in
      -0.5 * (next - a * current) * (next - a * current) / variance - 0.5 * log(2 * .pi * variance)
    }
  }

  @Test func aGaussianChainHasItsKnownLaw() throws {
    let transfer = try autoregression(0.6, 0.64)
    // Variance 0.64/(1 − 0.36) = 1; the ends are ten deviations away, the spacing a fifth of one.
    #expect(agrees(transfer.expectation { $0 * $0 }, with: 1, relative: 1e-13))
    // In the tails the density is off by rounding of its largest values, 1e-17 per point, and x⁴ is 10⁴ there.
    #expect(agrees(transfer.expectation { pow($0, 4) }, with: 3, relative: 1e-11))
    #expect(agrees(transfer.stepExpectation { $0 * $1 }, with: 0.6, relative: 1e-13))
    #expect(transfer.normalisationDefect < 1e-13)
    // Reversible: differences of logarithms up to 100, weighted.
    #expect(abs(transfer.entropyProductionPerStep) < 1e-13)
    #expect(abs(transfer.cumulantGenerating(0.5)) < 1e-13)
    #expect(abs(transfer.cumulantGenerating(1)) < 1e-13)
  }

  @Test func tellsWhatAShortIntervalLoses() throws {
    let transfer = try TransferOperator(lower: -2, upper: 2, count: 41) { next, current in
      -0.5 * (next - 0.6 * current) * (next - 0.6 * current) / 0.64 - 0.5 * log(2 * .pi * 0.64)
    }
    // Two deviations: some percent of the steps leave.
    #expect(transfer.normalisationDefect > 0.01)
  }

  /// Heavy tails are irreversible on the line: σ of an autoregression with Laplace noise is positive, and obeys the
  /// theorems.
  @Test func anotherNoiseIsIrreversible() throws {
    let transfer = try TransferOperator(lower: -12, upper: 12, count: 241) { next, current in
      let z = next - 0.5 * current
      return -2 * log(cosh(z)) - log(2)  // the logistic density
    }
    #expect(transfer.entropyProductionPerStep > 1e-3)
    #expect(abs(transfer.cumulantGenerating(0.3) - transfer.cumulantGenerating(0.7)) < 1e-12)
    #expect(transfer.cumulantGenerating(0.5) < 0)
  }
}
