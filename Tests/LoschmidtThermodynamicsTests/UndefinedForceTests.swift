import Testing

@testable import LoschmidtThermodynamics

@Suite struct UndefinedForceTests {
  private let causes: [UndefinedForce] = [
    .gradientNotFinite, .flowNotFinite, .flowNotIntegrated("why"), .flowTooStiff(rateTimesNorm: 1e6),
    .stepIsNoFlow(rateTimesEigenvalue: 1.5), .curvatureNotFinite,
  ]

  @Test func theLaterInTheListIsTheStronger() {
    for (i, one) in causes.enumerated() {
      for (j, other) in causes.enumerated() { #expect(one.stronger(other) == causes[max(i, j)]) }
    }
    let (small, large) = (causes[4], UndefinedForce.stepIsNoFlow(rateTimesEigenvalue: 2))
    #expect(small.stronger(large) == large && large.stronger(small) == large)
    let (mild, stiff) = (causes[3], UndefinedForce.flowTooStiff(rateTimesNorm: 2e6))
    #expect(mild.stronger(stiff) == stiff && stiff.stronger(mild) == stiff)
  }

  @Test func averagesCountTheDrawsThatFail() throws {
    #expect(UndefinedAverage([nil, nil]) == nil)
    let first = try #require(UndefinedAverage([nil, causes[4], causes[0]]))
    #expect(first == UndefinedAverage(cause: causes[4], affectedDraws: 2, draws: 3))
    let second = UndefinedAverage(cause: causes[1], affectedDraws: 1, draws: 2)
    let both = UndefinedAverage(cause: causes[4], affectedDraws: 3, draws: 5)
    #expect(UndefinedAverage.merged(first, second, draws: 5) == both)
    #expect(UndefinedAverage.merged(second, first, draws: 5) == both)
    // A group without failures adds to the number of draws.
    let late = UndefinedAverage(cause: causes[1], affectedDraws: 1, draws: 7)
    #expect(UndefinedAverage.merged(nil, second, draws: 7) == late)
    #expect(UndefinedAverage.merged(second, nil, draws: 7) == late)
    #expect(UndefinedAverage.merged(nil, nil, draws: 7) == nil)
  }
}
