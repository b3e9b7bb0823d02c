import Foundation
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct SignedMagnitudesTests {
  @Test func splitsValues() throws {
    let signed = try SignedMagnitudes([2, -0.5, 0, 1e-15, -.infinity, 1e300], roundingBound: 1e-14)
    #expect(signed.count == 6)
    #expect(signed.magnitudes == [2, 0.5, 1e4, 1e4])
    #expect(signed.isNegative == [false, true, true, false])
    #expect(signed.observedMinority == 2)
    // 1/(1 + e²), 1/(1 + e^0.5), 0, 0; three roundings.
    #expect(abs(signed.expectedMinority - 1 / (1 + exp(2)) - 1 / (1 + exp(0.5))) < 1e-15)
    #expect(signed.minorityProbabilities[2] == 0)
  }

  @Test("slope and its error against the reference")
  func reference() throws {
    let entry = ReferenceEntry(try ReferenceNumbers.load("thermodynamics.json")["t3_score_test"])
    let signed = try SignedMagnitudes(entry["inputs"]["R"].doubles)
    let outputs = entry["outputs"]
    // The reference is computed in double precision: 1e-10 is what is asked of exact entries.
    #expect(abs(try #require(signed.slope) / outputs["slope_mle"].double - 1) < 1e-10)
    #expect(abs(try #require(signed.slopeStandardError) / outputs["slope_se_at_null"].double - 1) < 1e-10)
    #expect(abs(signed.expectedMinority / outputs["expected_minority"].double - 1) < 1e-10)
    #expect(Double(signed.observedMinority) == outputs["observed_minority"].double)
  }

  @Test func whatHasNoSlope() throws {
    #expect(try SignedMagnitudes([1, 2, 3]).slope == nil)
    #expect(try SignedMagnitudes([0, 0]).slope == nil)
    #expect(try SignedMagnitudes([0, 0]).slopeStandardError == nil)
  }

  @Test func wrongInput() {
    #expect(throws: FluctuationInputError.empty) { try SignedMagnitudes([]) }
    #expect(throws: FluctuationInputError.self) { try SignedMagnitudes([1, .nan]) }
  }
}
