import Foundation
import LoschmidtNumerics
import Testing

@Suite struct ScalarMinimumTests {
  @Test func aSumOfExponentials() throws {
    // a e^{2s} + b e^{−2s} is smallest at ¼ ln(b/a), with the value 2 √(ab).
    for (a, b) in [(1.0, 3.0), (5, 0.2), (1, 1)] {
      let minimum = try ScalarMinimum.find(
        in: .init(lower: -3, middle: 0.1, upper: 2.5), absoluteTolerance: 1e-7
      ) { a * exp(2 * $0) + b * exp(-2 * $0) }
      // A minimum is flat: the value is right to rounding and the place to its square root, 1.5e-8, and the tolerance.
      #expect(abs(minimum.location - 0.25 * log(b / a)) < 3e-7)
      #expect(abs(minimum.value - 2 * (a * b).squareRoot()) < 1e-13)
      #expect(minimum.uncertainty <= 1e-7 * (1 + abs(minimum.location)) + 1e-12)
    }
  }

  @Test func whatIsNoBracketIsRefused() {
    let brackets: [ScalarMinimum.Bracket] = [
      .init(lower: 1, middle: 0, upper: 2), .init(lower: 0, middle: 0, upper: 2),
      .init(lower: 0, middle: .nan, upper: 2),
      // The function is not lower in the middle.
      .init(lower: 0, middle: 1, upper: 2),
    ]
    for bracket in brackets {
      let error = #expect(throws: GSLError.self) {
        try ScalarMinimum.find(in: bracket, absoluteTolerance: 1e-6) { $0 }
      }
      #expect(error?.name == "GSL_EINVAL")
    }
    #expect(throws: GSLError.self) {
      try ScalarMinimum.find(in: .init(lower: -1, middle: 0, upper: 1), absoluteTolerance: 0) { $0 * $0 }
    }
  }

  @Test func functionsThatEndAndSearchesThatAreTooShort() {
    let bracket = ScalarMinimum.Bracket(lower: -1, middle: 0.25, upper: 1)
    var calls = 0
    let undefined = #expect(throws: GSLError.self) {
      try ScalarMinimum.find(in: bracket, absoluteTolerance: 1e-6) { x in
        calls += 1
        return calls > 5 ? .nan : x * x
      }
    }
    #expect(undefined?.name == "GSL_EBADFUNC")
    let short = #expect(throws: GSLError.self) {
      try ScalarMinimum.find(in: bracket, absoluteTolerance: 1e-6, maximumIterations: 2) { cosh($0) }
    }
    #expect(short?.name == "GSL_EMAXITER")
  }
}
