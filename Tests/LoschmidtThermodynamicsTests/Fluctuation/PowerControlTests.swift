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
    #expect(PowerControl.combine(right, controls: [try test(1.1), try test(1 / 1.1)]) == right.outcome)
    let weak = try test(1.005)
    let outcome = PowerControl.combine(right, controls: [try test(1.1), weak])
    #expect(outcome.status == .undecided)
    #expect(outcome.reasons.first == .controlNotRejected(pValue: weak.pValue, level: 1e-3))
    #expect(outcome.reasons.count == 2)
    #expect(try #require(outcome.trajectoriesToDecide) > 40_000)
    // What failed or was undecided stays so.
    #expect(PowerControl.combine(try test(1.3), controls: [weak]).status == .fail)
  }

  @Test func aVanishingControlHasNoPower() throws {
    let zero = try SignTest([0, 0], level: 1e-3, seed: 1)
    let outcome = PowerControl.combine(zero, controls: [zero])
    #expect(outcome.status == .undecided)
    #expect(outcome.reasons == [.controlNotRejected(pValue: nil, level: 1e-3), .vanishesIdentically])
    #expect(outcome.trajectoriesToDecide == nil)
  }

  /// R of 0.001 on every path: any model's e^−R is 1 within the margin.
  @Test func anAverageOfSmallValuesHasNoPower() throws {
    let small = try ExponentialAverage((0..<2000).map { 1e-3 * (Double($0 % 3) - 1) })
    let outcome = small.outcome(level: 1e-3)
    #expect(outcome.status == .pass)
    let combined = PowerControl.combine(outcome, controls: [small], level: 1e-3, margin: 0.05)
    #expect(combined.status == .undecided)
    #expect(combined.reasons == [.controlPasses(estimate: small.mean, standardError: small.standardError)])
    // Far from 1 by many standard errors and by more than the margin.
    let far = try ExponentialAverage((0..<2000).map { 0.1 + 1e-3 * (Double($0 % 3) - 1) })
    #expect(PowerControl.combine(outcome, controls: [far, far], level: 1e-3, margin: 0.05) == outcome)
    #expect(PowerControl.combine(outcome, controls: [far, small], level: 1e-3, margin: 0.05).status == .undecided)
    #expect(PowerControl.combine(outcome, controls: [], level: 1e-3, margin: 0.05) == outcome)
  }
}
