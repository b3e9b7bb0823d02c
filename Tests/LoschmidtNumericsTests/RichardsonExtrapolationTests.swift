import Foundation
import LoschmidtNumerics
import Testing

@Suite struct RichardsonExtrapolationTests {
  @Test func removesPolynomialsExactly() {
    let values = (0..<5).map { index -> Double in
      let h = pow(0.5, Double(index))
      return 3 + h - 2 * h * h + 0.5 * h * h * h
    }
    let extrapolation = RichardsonExtrapolation(values: values)
    #expect(extrapolation.extrapolants.count == 5)
    // Dyadic numbers: rounding comes from the divisions alone.
    #expect(abs(extrapolation.limit - 3) < 1e-14)
    #expect(extrapolation.error < 1e-13)
  }

  @Test func estimatesItsErrorFromAbove() {
    for count in 2...8 {
      let values = (0..<count).map { exp(pow(0.5, Double($0))) }
      let extrapolation = RichardsonExtrapolation(values: values)
      #expect(abs(extrapolation.limit - 1) <= extrapolation.error)
    }
  }

  @Test func hasNoErrorEstimateForOneValue() {
    #expect(RichardsonExtrapolation(values: [2]).error == .infinity)
    #expect(RichardsonExtrapolation(values: [2]).limit == 2)
  }

  @Test func takesOtherRatios() {
    let values = (0..<6).map { 1 + sin(pow(0.1, Double($0))) }
    #expect(abs(RichardsonExtrapolation(values: values, ratio: 10).limit - 1) < 1e-12)
  }
}
