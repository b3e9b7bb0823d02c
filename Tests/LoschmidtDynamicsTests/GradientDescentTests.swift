import LoschmidtDynamics
import Testing

@Suite struct GradientDescentTests {
  @Test func withoutAPreconditionerItIsPlain() {
    let rule = GradientDescent(learningRate: Schedule(0.1))
    #expect(rule.preconditioner == .identity && rule.learningRate.constant == 0.1)
    #expect((rule as any UpdateRule).name == "gradient-descent")
  }
}
