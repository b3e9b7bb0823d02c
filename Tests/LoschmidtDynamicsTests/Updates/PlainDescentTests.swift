import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

/// Which rules are plain gradient descent.
struct PlainDescentTests {
  @Test func gradientDescentIsItself() {
    let rule = GradientDescent(learningRate: Schedule(0.3), preconditioner: .diagonal([1, 2]))
    #expect(rule.descent == PlainDescent(learningRate: Schedule(0.3), preconditioner: .diagonal([1, 2])))
  }

  @Test func otherRulesAreNot() throws {
    #expect(ModifiedSDE(learningRate: Schedule(0.3)).descent == nil)
    var process = try ProcessText(["x"], loss: "0.5*x^2").process(temperature: .bath(1))
    #expect(try SimulationPlan(process, steps: 1).descent != nil)
    process.algorithm = OtherRule(GradientDescent(learningRate: Schedule(0.1)))
    #expect(try SimulationPlan(process, steps: 1).descent == nil)
  }
}
