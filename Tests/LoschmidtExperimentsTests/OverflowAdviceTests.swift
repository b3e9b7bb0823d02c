import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

@Suite struct OverflowAdviceTests {
  private func advice(_ loss: String, at z: Double) throws -> OverflowAdvice? {
    let landscape = try ExpressionLandscape(
      loss: try Expression(parsing: loss), parameters: ParameterLayout([("z", .scalar), ("o", .vector(3))]))
    return OverflowAdvice(landscape, at: [z, z, 0, -z], sample: 0)
  }

  /// The part, by its place, and the stable form.
  @Test(arguments: [
    ("log(1 + exp(z)) - 0.3*z", 800.0, 8, "'exp' of 800 is infinite; write softplus(u)"),
    ("log(1 + exp(-z))", -800, 8, "'exp' of 800 is infinite; write softplus(u)"),
    ("log(sum(exp(o)))", 800, 8, "'exp' of 800 is infinite; subtract a constant c"),
    ("log(cosh(z))", 800, 4, "'cosh' of 800 is infinite; write logcosh(u)"),
    ("sqrt(z^2)", 1e200, 6, "infinite; write abs(u)"),
    ("exp(z)/(1 + exp(z))", 800, 0, "'exp' of 800 is infinite; write sigmoid(u)"),
    ("log(1 - sigmoid(z))", 800, 0, "'log' of 0 is minus infinity; write -softplus(u)"),
    ("log(sigmoid(z))", -800, 0, "'log' of 0 is minus infinity; write -softplus(-u)"),
    ("log(z)", -1, 0, "'log' of -1 is NaN; the argument of log must be > 0"),
  ])
  func parts(loss: String, z: Double, position: Int, sentence: String) throws {
    let found = try #require(try advice(loss, at: z))
    #expect(found.position == position)
    #expect(found.sentence.contains(sentence), "\(found.sentence)")
  }

  @Test func finiteLossesNeedNone() throws {
    for loss in ["softplus(z) - 0.3*z", "logcosh(z)", "abs(z)", "1/(1 + exp(-z))"] {
      #expect(try advice(loss, at: 800) == nil, "\(loss)")
    }
  }

  /// A start that is drawn is tried at its mean and one standard deviation beside it; the scenario runs all the same.
  @Test func startsThatAreDrawn() {
    func text(_ loss: String, _ law: String) -> String {
      scenario(
        process: "parameters: {z: \"\(law)\"}\nloss: \(loss)\nalgorithm: {gradient-descent: {learning-rate: 0.1}}",
        experiment: "relaxation: {trajectories: 4, steps: 3}")
    }
    let overflow = reading(text("log(1 + exp(z)) - 0.3*z", "normal(800, 1)"))
    #expect(overflow.scenario != nil && overflow.diagnostics.count == 1)
    #expect(overflow.diagnostics[0].severity == .warning)
    #expect(
      overflow.diagnostics[0].description.hasPrefix("s.yaml:5:17: warning: the loss is not finite at the mean of"))
    #expect(overflow.diagnostics[0].message.contains("write softplus(u) for log(1 + exp(u))"))
    #expect(
      reading(text("log(1 + exp(z))", "normal(700, 20)")).diagnostics[0].message.contains("at a draw of the initial"))
    #expect(reading(text("sqrt(z)", "uniform(-1, 3)")).diagnostics.count == 1)
    #expect(reading(text("sqrt(z^2)", "normal(0, 1)")).diagnostics[0].message.contains("its gradient is not"))
    #expect(reading(text("softplus(z)", "normal(800, 1)")).diagnostics.isEmpty)
  }
}
