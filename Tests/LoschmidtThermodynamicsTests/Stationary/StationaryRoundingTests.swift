import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@testable import LoschmidtThermodynamics

@Suite struct StationaryRoundingTests {
  private func moments(y: [Double], temperature: Double = 0) throws -> StationaryMoments {
    let parameters = ParameterLayout([("x", .scalar)])
    let samples = SampleTable(
      count: 2,
      columns: [SampleTable.Column(name: "a", values: [0.5, 3]), SampleTable.Column(name: "y", values: y)])
    let landscape = try ExpressionLandscape(
      loss: Expression(parsing: "0.5*a*(x - y)^2"), parameters: parameters, samples: samples)
    let process = TrainingProcess(
      parameters: parameters, initialLaw: InitialLaw([.point(1)]), landscape: landscape, force: nil,
      gradient: Minibatch(size: 1), algorithm: GradientDescent(learningRate: Schedule(0.3)),
      temperature: .uniform(.constant(temperature)))
    let plan = try SimulationPlan(process, steps: 2)
    return try StationaryMoments(plan, step: 0).withoutRounding(of: plan, step: 0)
  }

  @Test func aCommonMinimumHasNoVariance() throws {
    #expect(try moments(y: [1, 1]).covariance[0, 0] == 0)
    #expect(try moments(y: [0.3, 0.3]).covariance[0, 0] == 0)
    // A difference of 1e-10 is none of rounding, and a cold bath has a variance however small it is.
    #expect(try moments(y: [1, 1 + 1e-10]).covariance[0, 0] > 1e-22)
    #expect(try moments(y: [1, 1], temperature: 1e-40).covariance[0, 0] > 1e-41)
  }
}
