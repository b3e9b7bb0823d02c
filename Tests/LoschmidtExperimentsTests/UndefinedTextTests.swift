import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct UndefinedTextTests {
  private func sentence(_ cause: UndefinedForce, _ affected: Int, of draws: Int) -> String {
    UndefinedAverage(cause: cause, affectedDraws: affected, draws: draws).sentence
  }

  @Test func sentencesSayHowManyDrawsAreConcerned() {
    #expect(
      sentence(.stepIsNoFlow(rateTimesEigenvalue: 1.25), 1, of: 1)
        == "η λ_max(ΛH) = 1.25 is not below 1: the step is not the flow of any real field")
    #expect(
      sentence(.stepIsNoFlow(rateTimesEigenvalue: 1.25), 2, of: 7)
        == "the largest η λ_max(ΛH) is 1.25, and it is not below 1 for 2 of 7 draws, whose steps are not the flow of any "
        + "real field")
    #expect(sentence(.gradientNotFinite, 3, of: 3).hasSuffix("for all 3 draws"))
    #expect(sentence(.flowNotIntegrated("too stiff"), 1, of: 2).hasSuffix("for 1 of 2 draws: too stiff"))
    #expect(
      sentence(.flowTooStiff(rateTimesNorm: 4e9), 1, of: 1)
        == "the gradient flow over one step is too stiff to be integrated: η‖ΛH‖ is 4e+09, and explicit steps reach about "
        + "50000")
    for cause in [UndefinedForce.flowNotFinite, .curvatureNotFinite, .gradientNotFinite] {
      #expect(!sentence(cause, 1, of: 1).contains("draws") && !sentence(cause, 1, of: 1).hasSuffix("."))
    }
  }
}
