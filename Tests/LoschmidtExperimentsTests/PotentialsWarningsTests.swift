import Testing

@testable import LoschmidtExperiments

@Suite struct PotentialsWarningsTests {
  /// One mode of curvature 4: the edge of stability is at η = 1/2, DE ends at 1/4, and the series are good below 0.075.
  private func warnings(_ rate: Double, _ rates: String) throws -> [String] {
    let process = "parameters: {x: 0.75}\nloss: 2*x^2\nalgorithm: {gradient-descent: {learning-rate: \(rate)}}"
    return try potentialsExperiment("learning-rates: \(rates)", process: process).warnings
  }

  @Test func nothingToWarnOf() throws {
    #expect(try warnings(0.1, "[0.05, 0.01]") == [])
  }

  @Test func theEdgeOfStability() throws {
    let near = try warnings(0.45, "[0.01]")
    #expect(near.count == 1 && near[0].contains("near the edge of stability at 2") && near[0].contains("1.8"))
    #expect(try warnings(0.55, "[0.01]")[0].contains("beyond the edge of stability"))
  }

  @Test func flowsThatAreTooStiff() throws {
    let found = try warnings(0.1, "[1e5, 1e4, 0.01]")
    #expect(
      found.last
        == "TRinf is not integrated at point 0 for 1 of 3 learning rates, because the gradient flow over one step is too "
        + "stiff: η‖ΛH‖ is up to 400000, and explicit steps reach about 50000")
    #expect(try warnings(0.1, "[1e5]\nrenormalisation-steps: [2]").allSatisfy { !$0.contains("TRinf") })
  }

  @Test func ratesThatAreTooLargeForTheSeries() throws {
    let found = try warnings(0.1, "[0.3, 0.25, 0.1, 0.01]")
    #expect(found.count == 2)
    #expect(found[0].contains("DE does not exist at point 0 for 2 of 4 learning rates"))
    #expect(found[1].contains("lose their digits at point 0 for 1 of 4") && found[1].contains("below η = 0.075"))
  }
}
