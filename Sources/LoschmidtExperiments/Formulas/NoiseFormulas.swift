import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports

/// The noise model of a process as formulas: what ĝ is.
struct NoiseFormulas {
  /// The formulas; none where the step does not contain ĝ.
  let formulas: [RunSubject.Formula]

  /// The formulas of the noise model of a process.
  init(_ process: TrainingProcess) {
    let noise = process.gradient
    if process.landscape == nil, noise is FullBatch {
      formulas = []
      return
    }
    let full = process.landscape == nil ? "" : Self.full
    var lines = [ProcessFormulas.formula("gradient estimate", Self.estimate, Self.right(noise, full))]
    let law = Self.law(noise)
    if !law.isEmpty { lines.append(RunSubject.Formula(label: "noise", mathML: ExpressionMathML.row(law))) }
    formulas = lines
  }

  private static let estimate = "<mover accent=\"true\"><mi>g</mi><mo>^</mo></mover>"
  private static let full = "<mo>∇</mo><mi>L</mi>"
  private static let zeta = "<mi>ζ</mi>"
  private static let batch = "<mi>ℬ</mi>"

  private static func right(_ noise: any GradientNoise, _ full: String) -> String {
    switch noise.name {
    case FullBatch.name: return full
    case Minibatch.name, "label-noise":
      return "<mfrac><mn>1</mn><mi>B</mi></mfrac><munder><mo>∑</mo><mrow><mi>i</mi><mo>∈</mo>\(batch)</mrow></munder>"
        + "<mo>∇</mo>\(ProcessFormulas.sub("ℓ", "i"))"
    default: return full.isEmpty ? zeta : "\(full)<mo>+</mo>\(zeta)"
    }
  }

  /// The law of the noise; what has no formula here is told with its settings.
  private static func law(_ noise: any GradientNoise) -> String {
    switch noise {
    case is FullBatch: return ""
    case let noise as Minibatch:
      return "\(batch)<mo>:</mo><mspace width=\"0.3em\"/><mi>B</mi><mo>=</mo><mn>\(noise.size)</mn>"
        + "<mtext>&#xA0;of the samples, \(noise.sampling.rawValue)</mtext>"
    case let noise as MatchedGaussian:
      return "\(zeta)<mo>∼</mo>" + normal("<mn>0</mn>", matched(noise.size))
    case let noise as StudentT:
      let index = ProcessFormulas.number(noise.degreesOfFreedom)
      return "\(zeta)<mo>∼</mo>" + normal("<mn>0</mn>", matched(noise.size), letter: "<msub><mi>t</mi>\(index)</msub>")
        + "<mtext>&#xA0;with this covariance</mtext>"
    case let noise as ConstantCovariance where noise.matrix.rows <= 4:
      return "\(zeta)<mo>∼</mo>" + normal("<mn>0</mn>", matrix(noise.matrix))
    case is ConstantCovariance:
      return "\(zeta)<mo>∼</mo>" + normal("<mn>0</mn>", "<mi>C</mi>") + "<mtext>&#xA0;with a constant C</mtext>"
    default: return "<mtext>\(HTMLText.escaped(choiceText(noise.name, noise)))</mtext>"
    }
  }

  /// C(θ)/B.
  private static func matched(_ size: Int) -> String {
    "<mfrac><mrow><mi>C</mi><mo form=\"prefix\">(</mo><mi>θ</mi><mo form=\"postfix\">)</mo></mrow>"
      + "<mn>\(size)</mn></mfrac>"
  }

  /// N(mean, covariance), or another law of location and scale.
  static func normal(
    _ mean: String, _ covariance: String, letter: String = "<mi mathvariant=\"normal\">N</mi>"
  ) -> String {
    "\(letter)<mo form=\"prefix\">(</mo>\(ExpressionMathML.row(mean))<mo separator=\"true\">,</mo>"
      + "\(ExpressionMathML.row(covariance))<mo form=\"postfix\">)</mo>"
  }

  private static func matrix(_ matrix: DenseMatrix) -> String {
    let rows = (0..<matrix.rows).map { i in
      let cells = (0..<matrix.columns).map { "<mtd>\(ProcessFormulas.number(matrix[i, $0]))</mtd>" }
      return "<mtr>\(cells.joined())</mtr>"
    }
    return "<mo form=\"prefix\">(</mo><mtable>\(rows.joined())</mtable><mo form=\"postfix\">)</mo>"
  }
}
