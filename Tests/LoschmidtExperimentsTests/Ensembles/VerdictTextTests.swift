import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

struct VerdictTextTests {
  @Test func sentencesSayWhyAndWhatWouldDecide() {
    let outcome = VerdictOutcome(
      status: .undecided,
      reasons: [.beyondMargin(reach: 0.1234, margin: 0.05), .largeShare(share: 0.5, allowed: 0.05)],
      trajectoriesToDecide: 257_070)
    #expect(
      outcome.sentence
        == "|estimate − expected| + 1.645 standard errors = 0.123, beyond the margin 0.05; one trajectory makes up 50 % of "
        + "the exponential average, more than 5 %; about 260000 trajectories would decide")
    let passed = VerdictOutcome(status: .pass, reasons: [.vanishesIdentically], trajectoriesToDecide: 10)
    #expect(passed.sentence == "R vanishes to rounding on every path, so that the claim holds exactly")
  }

  @Test func figuresThatDoNotExistHaveReasons() {
    #expect(FigureValue.measured(.nan, 1, otherwise: "none") == .missing("none"))
    #expect(FigureValue.measured(1, .infinity, otherwise: "none") == .missing("none"))
    #expect(FigureValue.measured(1, 2, unit: "nats", otherwise: "none") == .estimate(1, standardError: 2, unit: "nats"))
    #expect(FigureValue.known(nil, otherwise: "none") == .missing("none"))
    #expect(FigureValue.known(.infinity, otherwise: "none") == .missing("none"))
    #expect(FigureValue.known(3, otherwise: "none") == .exact(3))
  }
}
