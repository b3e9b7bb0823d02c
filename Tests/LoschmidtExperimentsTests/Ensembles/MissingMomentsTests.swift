import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

/// Noise without a moment leaves θ, and what is made of it, without averages or without their errors.
@Suite struct MissingMomentsTests {
  private func missing(_ gradient: String, loss: String = "0.5*h*(u^2 + w^2)") throws -> MissingMoments {
    let process = """
      parameters: {u: 1, w: 0}
      loss: \(loss)
      data: {h: [1, 2, 3, 4]}
      algorithm: {gradient-descent: {learning-rate: 0.1}}
      gradient: \(gradient)
      """
    let scenario = try good(
      scenario(process: process, experiment: "relaxation: {trajectories: 4, steps: 4, observables: {a: 2*u}}"))
    return MissingMoments(try SimulationPlan(scenario.process, steps: 4), step: 0)
  }

  private func degree(_ text: String, _ missing: MissingMoments) throws -> Int? {
    missing.degree(of: try Expression(parsing: text))
  }

  @Test func ordersFromTheTailIndexOn() throws {
    let stable = try missing("{alpha-stable: {alpha: 1.5, scale: 0.1}}")
    #expect((0...4).map { stable.reason(order: $0) == nil } == [true, true, false, false, false])
    #expect(stable.reason(order: 2)?.contains("tail index being 1.5") == true)
    let student = try missing("{student-t: {size: 2, degrees-of-freedom: 4}}")
    #expect((0...5).map { student.reason(order: $0) == nil } == [true, true, true, true, false, false])
    // α = 2 is the normal law.
    for text in ["{minibatch: {size: 2}}", "{alpha-stable: {alpha: 2, scale: 0.1}}"] {
      let light = try missing(text)
      #expect(light.reason(order: 8) == nil)
      #expect(try degree("u^2", light) == nil)
      #expect(light.degreeOfLoss == nil)
    }
  }

  @Test func degreesOfPolynomials() throws {
    let stable = try missing("{alpha-stable: {alpha: 1.5, scale: 0.1}}")
    for (text, wanted) in [("3 + pi", 0), ("u - 2*w", 1), ("u*w + u", 2), ("tanh(u)", nil), ("u^3", nil)] {
      #expect(try degree(text, stable) == wanted)
    }
    #expect(stable.degreeOfLoss == 2)
    #expect(try missing("{alpha-stable: {alpha: 1.5, scale: 0.1}}", loss: "h*logcosh(u + w)").degreeOfLoss == nil)
    #expect(stable.reason(power: 2, degree: nil) == nil && stable.reason(power: 2, degree: 0) == nil)
    #expect(stable.reason(power: 1, degree: 1) == nil && stable.reason(power: 2, degree: 1) != nil)
  }

  /// An error needs twice the power of what it is the error of.
  @Test func cellsSayWhatDoesNotExist() throws {
    func isThere(_ text: String, _ degree: Int?) throws -> [Bool] {
      try missing(text).cells(mean: (1, 2), variance: (3, 4), degree: degree, otherwise: "few").map { cell in
        if case .real = cell { true } else { false }
      }
    }
    #expect(try isThere("{alpha-stable: {alpha: 1.5, scale: 0.1}}", 1) == [true, false, false, false])
    #expect(try isThere("{alpha-stable: {alpha: 1, scale: 0.1}}", 1) == [false, false, false, false])
    #expect(try isThere("{alpha-stable: {alpha: 1, scale: 0.1}}", nil) == [true, true, true, true])
    #expect(try isThere("{student-t: {size: 1, degrees-of-freedom: 3}}", 1) == [true, true, true, false])
    #expect(try isThere("{student-t: {size: 1, degrees-of-freedom: 3}}", 2) == [true, false, false, false])
    #expect(try isThere("{student-t: {size: 1, degrees-of-freedom: 5}}", 1) == [true, true, true, true])
  }
}
