import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct StochasticThermodynamicTests {
  static let potentials = ReferenceEntry.expansions(ofKind: "potentials")

  @Test(arguments: potentials.indices) func potentialsAgreeWithTheReferenceNumbers(index: Int) throws {
    let entry = Self.potentials[index]
    let field = try #require(HandwrittenField.named(entry["loss"]))
    let point = Block(broadcasting: entry["theta"].doubles, lanes: 1)
    let potential = StochasticThermodynamic()
    for row in entry["per_eta"].list {
      let value = potential.potential(of: field, at: point, learningRate: row["eta"].double)[0]
      #expect(abs(value / row["phi_ST"].double - 1) < 1e-12)
    }
    let series = potential.potentialSeries(orders: 4, of: field, at: point)
    for (power, expected) in entry["series"]["phi_ST"].doubles.enumerated() {
      // Terms of either sign add up to each coefficient; all are within two digits of the largest.
      #expect(abs(series[power][0] - expected) < 1e-12 * max(1, abs(expected)))
    }
  }

  /// At ηλ = 2 a mode has period 2, which is symmetric in time: its φ_ST vanishes.
  @Test func theEdgeOfStabilityProducesNoEntropy() {
    let field = HandwrittenField.quadratic(hessian: [[4]], linear: [0])
    let point = Block(broadcasting: [1.5], lanes: 1)
    #expect(StochasticThermodynamic().potential(of: field, at: point, learningRate: 0.5) == [0])
    let force = StochasticThermodynamic().force(
      of: field, at: point, learningRate: 0.5, curvature: LocalCurvature(of: field, at: point))
    #expect(force.force.entries == [0])
  }

  /// The force is the gradient of φ_ST: a central difference of the potential.
  @Test(arguments: 1...6) func theStochasticForceIsAGradient(seed: Int) {
    let (test, eta) = (RandomFieldCase(seed: seed), 0.1)
    let potential = StochasticThermodynamic()
    let force = potential.force(of: test.field, at: test.point, learningRate: eta, curvature: test.curvature).force
    let step = 1e-4
    for i in 0..<test.field.dimension {
      var (right, left) = (test.point, test.point)
      for lane in 0..<3 {
        right[i, lane] += step
        left[i, lane] -= step
      }
      let above = potential.potential(of: test.field, at: right, learningRate: eta)
      let below = potential.potential(of: test.field, at: left, learningRate: eta)
      for lane in 0..<3 {
        // Second order in a step of 1e-4, with third derivatives of at most a few hundred.
        #expect(abs(force[i, lane] + (above[lane] - below[lane]) / (2 * step)) < 1e-5)
      }
    }
  }
}
