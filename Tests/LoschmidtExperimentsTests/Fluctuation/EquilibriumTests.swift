import Foundation
import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

struct EquilibriumTests {
  private func plan(_ loss: String) throws -> SimulationPlan {
    let text = FluctuationCase.text(
      FluctuationCase.trap.replacing("0.5*2*(x - c)^2", with: loss).replacing("{c: 3*t}", with: "{k: 2 + t}"),
      "steps: 4\ntrajectories: 10\ninitial: boltzmann")
    let scenario = try #require(Scenario.read(bytes: Array(text.utf8), path: "s.yaml").scenario)
    return try SimulationPlan(scenario.process, steps: 4)
  }

  /// F = −(T/2) ln(2πT/k) + c, once in closed form and once by quadrature.
  @Test func bothRoutesGiveTheFreeEnergyOfASpring() throws {
    let (temperature, stiffness) = (1.5, 2.0)
    let expected = -0.5 * temperature * log(2 * .pi * temperature / stiffness) + 0.25
    let closed = try Equilibrium(try plan("k*(x - 1)^2/2 + 0.25"), time: 0, temperature: temperature)
    // abs keeps the structure from showing that the loss is quadratic; its value is the same.
    let numerical = try Equilibrium(try plan("k*abs(x - 1)^2/2 + 0.25"), time: 0, temperature: temperature)
    #expect(closed.gaussian != nil && numerical.gaussian == nil)
    // A few roundings, and the accuracy that the quadrature settles to.
    #expect(abs(closed.freeEnergy - expected) < 1e-14)
    #expect(abs(numerical.freeEnergy - expected) < 1e-11)
    #expect(closed.text == "normal(1, 0.866025403784)")
  }

  @Test func itKnowsItsOwnLaw() throws {
    let equilibrium = try Equilibrium(try plan("k*(x - 1)^2/2"), time: 0, temperature: 1.5)
    let deviation = 0.75.squareRoot()
    func law(_ mean: Double, _ factor: Double) -> InitialLaw {
      InitialLaw([.normal(mean: mean, standardDeviation: factor * deviation)])
    }
    #expect(equilibrium.agrees(with: law(1, 1)))
    #expect(equilibrium.agrees(with: law(1 + 0.5e-6 * deviation, 1)))
    #expect(!equilibrium.agrees(with: law(1 + 2e-6 * deviation, 1)))
    #expect(!equilibrium.agrees(with: law(1, 1 + 1e-6)))
    #expect(!equilibrium.agrees(with: InitialLaw([.point(1)])))
  }
}
