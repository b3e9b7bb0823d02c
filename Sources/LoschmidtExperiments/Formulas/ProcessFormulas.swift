import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports

/// A process as formulas in MathML: loss, forces, noise model, update rule, temperature and start.
struct ProcessFormulas {
  /// The formulas in the order in which they build on each other.
  let formulas: [RunSubject.Formula]

  /// The formulas of a process.
  init(_ process: TrainingProcess) {
    formulas =
      Self.loss(process) + Self.force(process) + Self.common(process) + NoiseFormulas(process).formulas
      + Self.steps(process) + Self.settings(process) + Self.start(process)
  }

  // MARK: What moves

  private static func loss(_ process: TrainingProcess) -> [RunSubject.Formula] {
    guard let landscape = process.landscape else { return [] }
    let samples = landscape.samples
    guard !samples.columns.isEmpty else {
      return [formula("loss", "<mi>L</mi>", ExpressionMathML(landscape.loss).text)]
    }
    let mean =
      "<mfrac><mn>1</mn><mi>N</mi></mfrac><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>N</mi>"
      + "</munderover>\(Self.sub("ℓ", "i"))"
    let one = ExpressionMathML(landscape.loss, indexed: Set(samples.columns.map(\.name))).text
    return [
      formula(
        "loss", "<mi>L</mi>",
        "\(mean)<mo separator=\"true\">,</mo><mspace width=\"1em\"/><mi>N</mi><mo>=</mo><mn>\(samples.count)</mn>"),
      formula("loss of one sample", Self.sub("ℓ", "i"), one),
    ]
  }

  private static func force(_ process: TrainingProcess) -> [RunSubject.Formula] {
    (process.force?.components ?? []).map { component in
      let name = ExpressionMathML.name(component.parameter)
      return formula(
        "force on \(component.parameter)", "<msub><mi>F</mi>\(name)</msub>", ExpressionMathML(component.expression).text
      )
    }
  }

  private static func common(_ process: TrainingProcess) -> [RunSubject.Formula] {
    let common = process.landscape?.common ?? process.force?.common ?? CommonInputs()
    let protocols = common.protocols.map { name, expression in
      let left = ExpressionMathML.name(name) + "<mo form=\"prefix\">(</mo><mi>t</mi><mo form=\"postfix\">)</mo>"
      return formula("protocol", left, ExpressionMathML(expression).text)
    }
    let constants = common.constants.sorted { $0.key < $1.key }.map { name, value in
      formula("constant", ExpressionMathML.name(name), number(value))
    }
    return protocols + constants
  }

  // MARK: How it moves

  private static func steps(_ process: TrainingProcess) -> [RunSubject.Formula] {
    guard let equation = process.algorithm as? ModifiedSDE else { return [step(process)] }
    return EquationFormulas.formulas(process, equation)
  }

  /// θ′ = θ − ηΛ(ĝ − F) + √(2ηTΛ) ζ, without the parts that are not there.
  private static func step(_ process: TrainingProcess) -> RunSubject.Formula {
    guard let descent = process.algorithm.descent else {
      return RunSubject.Formula(
        label: "step",
        mathML: "<mtext>\(HTMLText.escaped(choiceText(process.algorithm.name, process.algorithm)))</mtext>")
    }
    let matrix = descent.preconditioner == .identity ? "" : "<mi>Λ</mi>"
    let gradient = "<mover accent=\"true\"><mi>g</mi><mo>^</mo></mover>"
    let field: String
    switch (process.landscape != nil, process.force != nil) {
    case (_, false): field = gradient
    case (false, true) where process.gradient is FullBatch:
      return formula("step", prime, "<mi>θ</mi><mo>+</mo><mi>η</mi>\(matrix)<mi>F</mi>" + thermal(process, matrix))
    default: field = "<mo form=\"prefix\">(</mo>\(gradient)<mo>−</mo><mi>F</mi><mo form=\"postfix\">)</mo>"
    }
    return formula("step", prime, "<mi>θ</mi><mo>−</mo><mi>η</mi>\(matrix)\(field)" + thermal(process, matrix))
  }

  private static let prime = "<msup><mi>θ</mi><mo>′</mo></msup>"

  private static func thermal(_ process: TrainingProcess, _ matrix: String) -> String {
    guard process.temperature != .zero else { return "" }
    return "<mo>+</mo><msqrt><mrow><mn>2</mn><mi>η</mi>\(temperatures(process))\(matrix)</mrow></msqrt><mi>ζ</mi>"
      + "<mo separator=\"true\">,</mo><mspace width=\"1em\"/><mi>ζ</mi><mo>∼</mo>"
      + NoiseFormulas.normal("<mn>0</mn>", "<mi>I</mi>")
  }

  /// T, or the matrix of the temperatures of all coordinates where baths differ.
  static func temperatures(_ process: TrainingProcess) -> String {
    guard process.temperature.hasSeveralBaths, process.parameters.entries.count > 1 else { return "<mi>T</mi>" }
    return "<mi>diag</mi><mo form=\"prefix\">(</mo><msub><mi>T</mi><mi>i</mi></msub><mo form=\"postfix\">)</mo>"
  }

  private static func settings(_ process: TrainingProcess) -> [RunSubject.Formula] {
    var lines: [RunSubject.Formula] = []
    let rate = process.algorithm.learningRate
    let eta = rate.constant.map(number) ?? rate.text.map(expression) ?? ""
    lines.append(formula("learning rate", "<mi>η</mi>", eta))
    switch process.temperature {
    case .zero: break
    case .uniform(let value): lines.append(formula("temperature", "<mi>T</mi>", temperature(value)))
    case .perParameter(let values):
      for (entry, value) in zip(process.parameters.entries, values) {
        let left = "<msub><mi>T</mi>\(ExpressionMathML.name(entry.name))</msub>"
        lines.append(formula("temperature of \(entry.name)", left, temperature(value)))
      }
    case .perCoordinate(let values):
      for (name, value) in zip(process.parameters.coordinateNames, values).prefix(8) {
        let left = "<msub><mi>T</mi>\(ExpressionMathML.name(name))</msub>"
        lines.append(formula("temperature of \(name)", left, temperature(value)))
      }
    }
    return lines
  }

  private static func temperature(_ value: Temperature.Value) -> String {
    switch value {
    case .constant(let number): Self.number(number)
    case .expression(let expression, _): ExpressionMathML(expression).text
    }
  }

  /// The start, of parameters that are numbers; arrays are told in the settings.
  private static func start(_ process: TrainingProcess) -> [RunSubject.Formula] {
    let entries = process.parameters.entries.filter { $0.shape.rank == 0 }
    guard entries.count <= 8 else { return [] }
    return entries.map { entry in
      let left = "<msub>\(ExpressionMathML.name(entry.name))<mn>0</mn></msub>"
      switch process.initialLaw.coordinates[entry.offset] {
      case .point(let value): return formula("start", left, number(value))
      case .normal(let mean, let deviation):
        let law = NoiseFormulas.normal(
          number(mean), "<msup>\(ExpressionMathML.row(number(deviation)))<mn>2</mn></msup>")
        return formula("start", left, law, relation: "∼")
      case .uniform(let lower, let upper):
        let law =
          "<mi mathvariant=\"normal\">uniform</mi><mo form=\"prefix\">(</mo>\(number(lower))<mo separator=\"true\">,</mo>"
          + "\(number(upper))<mo form=\"postfix\">)</mo>"
        return formula("start", left, law, relation: "∼")
      }
    }
  }

  // MARK: Parts

  static func formula(_ label: String, _ left: String, _ right: String, relation: String = "=") -> RunSubject.Formula {
    RunSubject.Formula(label: label, mathML: ExpressionMathML.row("\(left)<mo>\(relation)</mo>\(right)"))
  }

  static func number(_ value: Double) -> String { expression(NumberText.shortest(value)) }

  static func expression(_ text: String) -> String {
    (try? Expression(parsing: text)).map { ExpressionMathML($0).text } ?? "<mtext>\(HTMLText.escaped(text))</mtext>"
  }

  static func sub(_ letter: String, _ index: String) -> String { "<msub><mi>\(letter)</mi><mi>\(index)</mi></msub>" }
}
