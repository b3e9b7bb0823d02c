import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports

/// The stochastic modified equation as a formula, with what is in it: drift and noise of one step over the time η.
enum EquationFormulas {
  /// The equation of a process, and what G is where there is a force.
  static func formulas(_ process: TrainingProcess, _ equation: ModifiedSDE) -> [RunSubject.Formula] {
    let d = "<mi>d</mi>"
    let left = "\(d)<mi>θ</mi>"
    var lines = [
      ProcessFormulas.formula(
        "step, solved over the time η", left, "\(drift(process, equation))\(d)<mi>t</mi>\(noise(process, equation))")
    ]
    if process.force != nil {
      lines.append(ProcessFormulas.formula("field", "<mi>G</mi>", gradient(process) + "<mo>−</mo><mi>F</mi>"))
    }
    return lines
  }

  private static let nabla = "<mo>∇</mo>"
  private static let quarter = "<mfrac><mi>η</mi><mn>4</mn></mfrac>"

  private static func gradient(_ process: TrainingProcess) -> String {
    process.landscape == nil ? "" : "\(nabla)<mi>L</mi>"
  }

  private static func squared(_ vector: String) -> String {
    "<msup><mrow><mo form=\"prefix\">|</mo>\(vector)<mo form=\"postfix\">|</mo></mrow><mn>2</mn></msup>"
  }

  private static func parentheses(_ text: String) -> String {
    "<mo form=\"prefix\">(</mo>\(text)<mo form=\"postfix\">)</mo>"
  }

  /// b, as in the table of ``ModifiedSDE``.
  private static func drift(_ process: TrainingProcess, _ equation: ModifiedSDE) -> String {
    let estimate = "<mover accent=\"true\"><mi>g</mi><mo>^</mo></mover>"
    let mean = "<mi mathvariant=\"normal\">E</mi>"
    switch (equation.order, equation.interpretation, process.force == nil) {
    case (.first, _, true): return "<mo>−</mo>\(nabla)<mi>L</mi>"
    case (.first, _, false): return "<mo>−</mo><mi>G</mi>"
    case (.second, .ito, true):
      return "<mo>−</mo>\(nabla)" + parentheses("<mi>L</mi><mo>+</mo>\(quarter)\(squared("\(nabla)<mi>L</mi>"))")
    case (.second, .stratonovich, true):
      return "<mo>−</mo>\(nabla)" + parentheses("<mi>L</mi><mo>+</mo>\(quarter)\(mean)\(squared(estimate))")
    case (.second, .ito, false):
      return "<mo>−</mo>"
        + parentheses("<mi>G</mi><mo>+</mo>\(half)<mi>D</mi><mi>G</mi><mspace width=\"0.2em\"/><mi>G</mi>")
    case (.second, .stratonovich, false):
      // Ĝ = ĝ − F.
      let field = parentheses("\(estimate)<mo>−</mo><mi>F</mi>")
      return "<mo>−</mo>" + parentheses("<mi>G</mi><mo>+</mo>\(half)\(mean)<mi>D</mi>\(field)\(field)")
    }
  }

  private static let half = "<mfrac><mi>η</mi><mn>2</mn></mfrac>"

  /// The stochastic integrals that are not zero.
  private static func noise(_ process: TrainingProcess, _ equation: ModifiedSDE) -> String {
    let samples = process.landscape?.samples.count ?? 1
    let covariance = ModifiedSDE.noise(
      of: process.gradient, sampleCount: samples, dimension: process.parameters.dimension)
    let circle = equation.interpretation == .stratonovich ? "<mo>∘</mo>" : ""
    var terms: [String] = []
    if let factor = covariance?.samplingFactor, factor > 0 {
      // √(ηf/N) Σ (g_i − ḡ) dW_i; f is 1/B with replacement.
      let share = factor == 1 ? "" : ProcessFormulas.number(factor)
      terms.append(
        "<msqrt><mrow>\(share)<mi>η</mi><mo>/</mo><mi>N</mi></mrow></msqrt><munder><mo>∑</mo><mi>i</mi></munder>"
          + parentheses(nabla + ProcessFormulas.sub("ℓ", "i") + "<mo>−</mo>\(nabla)<mi>L</mi>")
          + "\(circle)<mi>d</mi>" + ProcessFormulas.sub("W", "i"))
    }
    if covariance?.constant != nil {
      terms.append("<msqrt><mrow><mi>η</mi><mi>C</mi></mrow></msqrt><mi>d</mi><mi>W</mi>")
    }
    if process.temperature != .zero {
      terms.append("<msqrt><mrow><mn>2</mn>\(ProcessFormulas.temperatures(process))</mrow></msqrt><mi>d</mi><mi>B</mi>")
    }
    return terms.map { "<mo>+</mo>\($0)" }.joined()
  }
}
