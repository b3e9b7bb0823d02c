import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct QuadraticPotentialTests {
  private func potential() throws -> QuadraticPotential {
    try QuadraticPotential(curvature: DenseMatrix([[2, 0.5], [0.5, 1]]), pull: [0.3, -0.7], offset: 0.4)
  }

  @Test func boltzmannIsTheNormalisedExponential() throws {
    let (potential, temperature) = (try potential(), 0.6)
    let law = try potential.boltzmann(temperature: temperature)
    let free = try potential.freeEnergy(temperature: temperature)
    for point in [[0.0, 0], [1, -2], [-0.4, 0.9]] {
      let expected = (free - potential.form.value(at: point)) / temperature
      #expect(abs(law.logDensity.value(at: point) - expected) < 1e-13)  // terms up to 20
    }
  }

  @Test func theTrapIsATrap() throws {
    let trap = try QuadraticPotential.trap(stiffness: 2, center: 3)
    #expect(trap.form.value(at: [5]) == 4 && trap.form.value(at: [3]) == 0)
    // F = −T ln √(2πT/κ).
    #expect(agrees(try trap.freeEnergy(temperature: 1.5), with: -0.75 * log(1.5 * .pi), relative: 1e-14))
  }

  /// Ũ by its definition, and the step's detailed balance for it: ln K/K reversed = −ΔŨ/T.
  @Test(arguments: 1...4) func theStepIsReversibleForTheShadow(seed: Int) throws {
    var random = TestRandom(seed: UInt64(seed))
    let (potential, eta, temperature) = (try potential(), 0.2, 0.6)
    let shadow = try potential.shadow(learningRate: eta)
    let step = try potential.step(learningRate: eta, temperature: temperature)
    let (x, y) = (random.vector(2), random.vector(2))
    func definition(_ x: [Double]) -> Double {
      let gradient = Vectors.sum(potential.curvature.applied(to: x), potential.pull, times: -1)
      return potential.form.value(at: x) - eta / 4 * Vectors.inner(gradient, gradient)
    }
    #expect(abs(shadow.form.value(at: x) - definition(x)) < 1e-14)  // values of order one
    let ratio = step.logRatio.value(current: x, next: y)
    #expect(abs(ratio + (definition(y) - definition(x)) / temperature) < 1e-13)  // terms up to 30
    // The chain is stationary in the shadow's law.
    let chain = try GaussianChain(map: step.map, shift: step.shift, noise: step.noise)
    let law = try shadow.boltzmann(temperature: temperature)
    #expect(agrees(chain.stationary.covariance.entries, with: law.covariance.entries, relative: 1e-13))
    #expect(agrees(chain.stationary.mean, with: law.mean, relative: 1e-13))
  }

  @Test func refusesWhatHasNoEquilibrium() throws {
    #expect(throws: GaussianFailure.notPositiveDefinite("the curvature of a potential")) {
      try QuadraticPotential.trap(stiffness: 0, center: 1)
    }
    // η κ = 2 is the edge of stability.
    #expect(throws: GaussianFailure.notPositiveDefinite("the curvature of a potential")) {
      try QuadraticPotential.trap(stiffness: 2, center: 1).shadow(learningRate: 1)
    }
  }
}
