import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@Suite struct TrainingProcessTests {
  @Test func whatIsLeftOutIsTheSimplest() throws {
    let layout = ParameterLayout([("u", .scalar), ("v", .vector(2))])
    let landscape = try ExpressionLandscape(loss: Expression(parsing: "u + sum(v)"), parameters: layout)
    let process = TrainingProcess(
      parameters: layout, initialLaw: InitialLaw([.point(1), .point(2), .point(3)]), landscape: landscape,
      algorithm: GradientDescent(learningRate: Schedule(0.1)))
    #expect(process.gradient is FullBatch && process.temperature == .zero && process.generator == .philox)
    #expect(process.force == nil)
  }
}
