import Testing

@testable import LoschmidtExperiments

@Suite struct RunProgressTests {
  @Test func experimentsCountByTheirWork() {
    let shares = RunShares([100, 300])
    #expect(shares.progress(of: 0, at: 0.5, "a").fraction == 0.125)
    #expect(shares.progress(of: 0, at: 1, "a").fraction == 0.25)
    #expect(shares.progress(of: 1, at: 0.5, "b").fraction == 0.625)
    #expect(shares.progress(of: 1, at: 0.5, "b").sampleGradients == 250)
    #expect(shares.progress(of: 1, at: 2, "b").fraction == 1)
  }

  @Test(arguments: [[nil, 300.0], [0.0, 300.0], [.infinity, 300.0]])
  func whereOneIsUnknownAllAreAlike(costs: [Double?]) {
    let shares = RunShares(costs)
    #expect(shares.progress(of: 1, at: 0.5, "b").fraction == 0.75)
    #expect(shares.progress(of: 1, at: 0.5, "b").sampleGradients == nil)
  }
}
