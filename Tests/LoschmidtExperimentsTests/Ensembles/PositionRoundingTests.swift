import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct PositionRoundingTests {
  private func plan(_ rate: Double = 0.25) throws -> SimulationPlan {
    let text = scenario(
      process: """
        parameters: {x: "normal(0, 1)"}
        loss: 0.5*(x - y)^2
        data: {y: [1, 1]}
        gradient: {minibatch: {size: 1}}
        algorithm: {gradient-descent: {learning-rate: \(rate)}}
        """, experiment: "stationary: {trajectories: 2, steps: 2}")
    return try SimulationPlan(try good(text).process, steps: 1)
  }

  /// At θ = 1 the parts of ηg are η and η: δ = 64 ε (1 + 2η), and for a slow one 4ε(1 + 2η)/(1 − ρ) with 1 − ρ = η.
  @Test func ofAPosition() throws {
    let ulp = Double.ulpOfOne
    let fast = PositionRounding(try plan(), step: 0, sizes: [1], variances: [0])
    #expect(abs(fast.positions[0] / (64 * ulp * 1.5) - 1) < 1e-12)
    #expect(abs(fast.relation / (0.5 * (96 * ulp) * (96 * ulp) / 0.25) - 1) < 1e-12)
    let slow = PositionRounding(try plan(0.0078125), step: 0, sizes: [1], variances: [0])
    #expect(abs(slow.positions[0] / (4 * ulp * (1 + 2 / 128.0) * 128) - 1) < 1e-6)
    // 3θ² − 2 near 1 moves by 6δ, and its constant by its own rounding.
    let form = QuadraticForm(matrix: .diagonal([6]), linear: [0], constant: -2)
    #expect(abs(fast.deviation(of: form, sizes: [1]) / (6 * fast.positions[0] + 128 * ulp) - 1) < 1e-12)
  }

  @Test func ofMoments() {
    // (σ + δ)² − σ² = 2σδ + δ².
    #expect(PositionRounding.ofVariance(4, deviation: 0.5) == 2.25)
    #expect(PositionRounding.ofVariance(0, deviation: 0x1p-50) == 0x1p-100)
    #expect(PositionRounding.ofVariance(4, deviation: 1e-9) == nil)
    #expect(PositionRounding.ofMean(variance: 1e-32, deviation: 1e-15) == 1e-15)
    #expect(PositionRounding.ofMean(variance: 1, deviation: 1e-15) == nil)
  }
}
