import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct FlowMismatchTests {
  static let potentials = ReferenceEntry.expansions(ofKind: "potentials")

  /// The rescaled system of TR∞ keeps twelve digits down to η = 7.8e-4, where subtracting end points keeps nine.
  @Test(arguments: potentials.indices) func theFlowKeepsItsDigits(index: Int) throws {
    let entry = Self.potentials[index]
    let field = try #require(HandwrittenField.named(entry["loss"]))
    let point = Block(broadcasting: entry["theta"].doubles, lanes: 1)
    for row in entry["per_eta"].list {
      let eta = row["eta"].double
      let force = try TimeRenormalised.flow.force(of: field, at: point, learningRate: eta)
      let expected = row["F_TR_inf"].doubles
      // What the theory demands, section 1.3; rounding a point by half a unit costs ε|θ|/(η|g|), up to 7e-13 here.
      #expect(deviation(of: force.force.entries, from: expected) < 1e-12 * norm(of: expected))
      #expect(force.truncationErrors[0] < 1e-11 * norm(of: expected))
    }
  }

  /// Two modes, of curvature 1 and λ, at (1, 1) with η = 1: the flow is (e^{−1}, e^{−λ}), and F = −(e^{−κ} − 1 + κ) by mode.
  private func modes(_ stiff: Double) throws -> PotentialForce {
    let field = HandwrittenField(dimension: 2) { 0.5 * $0[0] * $0[0] + (stiff / 2) * $0[1] * $0[1] }
    return try TimeRenormalised.flow.force(of: field, at: Block(broadcasting: [1, 1], lanes: 1), learningRate: 1)
  }

  /// What is stiff and can be integrated keeps its value, to the tolerance of each step over all of them: the error allowed is
  /// 1e-14 λ² for each of about λ/5 steps.
  @Test(arguments: [100.0, 1e4]) func stiffFlowsWithinReach(stiff: Double) throws {
    let found = try modes(stiff)
    let expected = [-exp(-1), -(exp(-stiff) - 1 + stiff)]
    #expect(found.undefinedReasons[0] == nil)
    for i in 0..<2 {
      #expect(abs(found.force[i, 0] - expected[i]) <= 2e-15 * stiff * stiff * stiff, "\(found.force[i, 0])")
      #expect(abs(found.force[i, 0] - expected[i]) <= found.truncationErrors[0] + found.roundingBounds[0])
    }
  }

  /// What is beyond reach ends at once, and says so instead of "not finite".
  @Test(arguments: [1e7, 4e9]) func stiffFlowsBeyondReach(stiff: Double) throws {
    let found = try modes(stiff)
    guard case .flowTooStiff(let product) = found.undefinedReasons[0] else {
      Issue.record("\(found.undefinedReasons)")
      return
    }
    #expect(abs(product / stiff - 1) < 1e-10 && found.force.entries.allSatisfy(\.isNaN))
  }
}
