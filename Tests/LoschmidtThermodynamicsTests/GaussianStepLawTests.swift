import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct GaussianStepLawTests {
  private func law(
    _ map: @escaping (Double) -> Double, _ deviation: Double, _ interval: ClosedRange<Double>,
    similar: GaussianStepLaw? = nil, halved: Bool = false
  ) throws -> (law: GaussianStepLaw, images: [Double]) {
    let demands = PanelRule.Demands(
      widest: deviation, narrowest: 1e-12, tolerance: 1e-10, variation: deviation, largestCount: 4000)
    var rule = try #require(PanelRule(interval, following: map, demands))
    if halved { rule = rule.halved(downTo: 1e-12) }
    let images = rule.nodes.map(map)
    let law = try GaussianStepLaw(rule, images: images, deviation: deviation, similar: similar)
    return (law, images)
  }

  @Test func aGaussianChainHasItsKnownLaw() throws {
    let (law, images) = try law({ 0.6 * $0 }, 0.8, -10...10)
    // Variance 0.64/(1 − 0.36) = 1; the ends are ten deviations away.
    #expect(agrees(law.expectation { $0 * $0 }, with: 1, relative: 1e-12))
    #expect(agrees(law.expectation { pow($0, 4) }, with: 3, relative: 1e-11))
    for (x, density) in zip(law.rule.nodes, law.density) {
      // Rounding of the largest values, and of the sum of the series.
      #expect(abs(density - exp(-0.5 * x * x) / (2 * Double.pi).squareRoot()) < 1e-14)
    }
    let nodes = law.rule.nodes
    let product = law.stepExpectation(images: images, deviation: 0.8) { nodes[$0] * nodes[$1] }
    #expect(agrees(product, with: 0.6, relative: 1e-12))
    #expect(law.leak < 1e-15)
  }

  /// With other panels the law is the same, by the factorisation of the first.
  @Test func aSimilarLawIsRefined() throws {
    let map: (Double) -> Double = { 0.7 * $0 - 0.4 * ($0 > 0.3 ? 1 : 0) }
    let first = try law(map, 0.5, -8...8).law
    let second = try law(map, 0.5, -8...8, similar: first, halved: true).law
    let alone = try law(map, 0.5, -8...8, halved: true).law
    for (one, other) in zip(second.density, alone.density) { #expect(abs(one - other) < 1e-14) }
    #expect(agrees(first.expectation { $0 * $0 }, with: second.expectation { $0 * $0 }, relative: 1e-11))
  }

  /// E x of x′ = 0.7x − 0.4·[x > 0.3] + 0.5z is −(0.4/0.3) P(x > 0.3): the law is its own check at a jump.
  @Test func theMeanBalancesAtAJump() throws {
    let law = try law({ 0.7 * $0 - 0.4 * ($0 > 0.3 ? 1 : 0) }, 0.5, -8...8).law
    let share = law.expectation { $0 > 0.3 ? 1 : 0 }
    #expect(agrees(law.expectation { $0 }, with: -0.4 / 0.3 * share, relative: 1e-10))
    #expect(share > 0.05 && share < 0.4)
  }

  @Test func tellsWhatAShortIntervalLoses() throws {
    let law = try law({ 0.6 * $0 }, 0.8, -2...2).law
    // Two deviations: some percent of the steps leave.
    #expect(law.leak > 0.01 && law.leak < 0.1)
  }
}
