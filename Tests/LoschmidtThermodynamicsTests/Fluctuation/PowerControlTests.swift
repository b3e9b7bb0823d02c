import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct PowerControlTests {
  @Test func aPassNeedsItsControlRejected() throws {
    let chain = try GaussianChainPaths()
    var random = TestRandom(seed: 12)
    let paths = (0..<40_000).map { _ in chain.path(steps: 16, using: &random) }
    let (boundary, bulk) = (paths.map(\.boundary), paths.map(\.bulk))
    func test(_ factor: Double) throws -> SignTest {
      try SignTest(
        PowerControl.values(boundary: boundary, bulk: bulk, factor: factor), level: 1e-3, seed: 1)
    }
    let right = try test(1)
    #expect(right.status == .pass)
    #expect(PowerControl.combine(right, control: try test(1.1)) == right.outcome)
    let weak = try test(1.005)
    let outcome = PowerControl.combine(right, control: weak)
    #expect(outcome.status == .undecided)
    #expect(outcome.reasons.first == .controlNotRejected(pValue: weak.pValue))
    #expect(outcome.reasons.count == 2)
    #expect(try #require(outcome.trajectoriesToDecide) > 40_000)
    // What failed or was undecided stays so.
    #expect(PowerControl.combine(try test(1.3), control: weak).status == .fail)
  }

  @Test func aVanishingControlHasNoPower() throws {
    let zero = try SignTest([0, 0], level: 1e-3, seed: 1)
    let outcome = PowerControl.combine(zero, control: zero)
    #expect(outcome.status == .undecided)
    #expect(outcome.reasons == [.controlNotRejected(pValue: nil), .vanishesIdentically])
    #expect(outcome.trajectoriesToDecide == nil)
  }
}
