import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct PanelRuleTests {
  private func demands(_ widest: Double = 0.5, largestCount: Int = 4000) -> PanelRule.Demands {
    .init(widest: widest, narrowest: 1e-12, tolerance: 1e-10, variation: 1, largestCount: largestCount)
  }

  private func integral(_ rule: PanelRule, _ function: (Double) -> Double) -> Double {
    zip(rule.nodes, rule.weights).reduce(0) { $0 + $1.1 * function($1.0) }
  }

  @Test func aSmoothFunctionHasTheWidestPanels() throws {
    let rule = try #require(PanelRule(-1...2, following: { sin($0) }, demands()))
    #expect(rule.edges.count == 8 && rule.edges[0] == -1 && rule.edges[7] == 2)
    #expect(zip(rule.edges, rule.edges.dropFirst()).allSatisfy { $1 - $0 <= 0.5 + 1e-12 && $1 > $0 })
    #expect(rule.nodes.count == 56 && rule.nodes == rule.nodes.sorted())
    // Eight nodes are exact for polynomials of degree 15; the rest of e^x in a panel is 1e-22.
    #expect(agrees(integral(rule, exp), with: exp(2) - exp(-1), relative: 1e-14))
    #expect(agrees(integral(rule) { pow($0, 15) }, with: (pow(2, 16) - 1) / 16, relative: 1e-14))
    #expect(agrees(integral(rule) { _ in 1 }, with: 3, relative: 1e-14))
  }

  /// Jumps at places that no halving meets: only the width of the narrowest panel is left.
  @Test(arguments: [0.1234567, -0.77, 1.9999]) func closesInOnAJump(place: Double) throws {
    let step: (Double) -> Double = { $0 > place ? 3 : -1 }
    let rule = try #require(PanelRule(-1...2, following: step, demands()))
    #expect(rule.narrowestPanel <= 1e-12)
    #expect(agrees(integral(rule, step), with: 3 * (2 - place) - (place + 1), absolute: 1e-11))
    // Forty halvings, and not many more panels than that.
    #expect(rule.edges.count < 60)
  }

  @Test func followsWavesThatAPanelDoesNotSee() throws {
    // Waves of every length, as multiples of the widest panel and not.
    for wave in [2 * Double.pi / 0.5, 2 * .pi / 0.25 * 8, 84, 333.3] {
      let rule = try #require(PanelRule(-1...2, following: { cos(wave * $0) }, demands()))
      let square = 1.5 + (sin(4 * wave) + sin(2 * wave)) / (4 * wave)
      #expect(agrees(integral(rule) { cos(wave * $0) * cos(wave * $0) }, with: square, relative: 1e-10), "\(wave)")
    }
  }

  /// A needle with a width of a hundredth of a panel.
  @Test func findsANeedle() throws {
    let needle: (Double) -> Double = { exp(-0.5 * pow(($0 - 0.31) / 0.005, 2)) }
    let rule = try #require(PanelRule(-1...2, following: needle, demands()))
    #expect(agrees(integral(rule, needle), with: 0.005 * (2 * Double.pi).squareRoot(), relative: 1e-9))
  }

  @Test func saysWhereTheFunctionIsTooFine() {
    #expect(PanelRule(-1...2, following: { cos(1e5 * $0) }, demands()) == nil)
    #expect(PanelRule(-1...2, following: { $0 }, demands(1e-4)) == nil)
  }

  @Test func halvingLeavesTheNarrowestPanels() throws {
    let rule = try #require(PanelRule(0...1, following: { $0 > 0.3 ? 1 : 0 }, demands()))
    let finer = rule.halved(downTo: 1e-12)
    #expect(finer.narrowestPanel > 0 && finer.nodes.count > 8 * rule.edges.count)
    #expect(Set(rule.edges).isSubset(of: finer.edges))
    #expect(agrees(finer.weights.reduce(0, +), with: 1, relative: 1e-14))
  }
}
