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
}
