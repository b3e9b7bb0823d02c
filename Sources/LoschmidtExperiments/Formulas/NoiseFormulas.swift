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
    case SVAG.name:
      // ½(1 + √(2l − 1)) g_1 + ½(1 − √(2l − 1)) g_2.
      func weight(_ sign: String) -> String {
        "<mfrac><mrow><mn>1</mn><mo>\(sign)</mo><msqrt><mrow><mn>2</mn><mi>l</mi><mo>−</mo><mn>1</mn></mrow></msqrt></mrow>"
          + "<mn>2</mn></mfrac>"
      }
      return weight("+") + part("1") + "<mo>+</mo>" + weight("−") + part("2")
    case LabelNoise.name:
      return sum + "<mo>∇</mo>" + ProcessFormulas.sub("ℓ", "i") + "<mo form=\"prefix\">(</mo>" + perturbed(noise)
        + "<mo form=\"postfix\">)</mo>"
    case Minibatch.name:
      return sum + "<mo>∇</mo>\(ProcessFormulas.sub("ℓ", "i"))"
    default: return full.isEmpty ? zeta : "\(full)<mo>+</mo>\(zeta)"
    }
  }

  /// The mean over a batch.
  private static let sum =
    "<mfrac><mn>1</mn><mi>B</mi></mfrac><munder><mo>∑</mo><mrow><mi>i</mi><mo>∈</mo>\(batch)</mrow></munder>"

  /// The gradient of one of the two batches of an amplified gradient.
  private static func part(_ number: String) -> String { "<msub><mi>g</mi><mn>\(number)</mn></msub>" }

  /// The column with its noise: y_i + sε.
  private static func perturbed(_ noise: any GradientNoise) -> String {
    guard let noise = noise as? LabelNoise else { return "" }
    return "<msub>\(ExpressionMathML.name(noise.column))<mi>i</mi></msub><mo>+</mo>"
      + ProcessFormulas.number(noise.standardDeviation) + "<msub><mi>ε</mi><mi>i</mi></msub>"
  }

  /// The law of the noise; what has no formula here is told with its settings.
  private static func law(_ noise: any GradientNoise) -> String {
    switch noise {
    case is FullBatch: return ""
    case let noise as Minibatch:
      return "\(batch)<mo>:</mo><mspace width=\"0.3em\"/><mi>B</mi><mo>=</mo><mn>\(noise.size)</mn>"
        + "<mtext>&#xA0;of the samples, \(noise.sampling.rawValue)\(noise.sampling.remark.map { ": \($0)" } ?? "")</mtext>"
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
    case let noise as Isotropic: return isotropic(noise)
    case let noise as AlphaStable:
      // E exp(itζ_j) = exp(−|ct|^α).
      let exponent =
        "<mo>−</mo><msup><mrow><mo form=\"prefix\">|</mo>\(ProcessFormulas.number(noise.scale))<mi>t</mi>"
        + "<mo form=\"postfix\">|</mo></mrow>\(ExpressionMathML.row(ProcessFormulas.number(noise.alpha)))</msup>"
      return "<mi mathvariant=\"normal\">E</mi><msup><mi>e</mi><mrow><mi>i</mi><mi>t</mi>"
        + "\(ProcessFormulas.sub("ζ", "j"))</mrow></msup><mo>=</mo><msup><mi>e</mi><mrow>\(exponent)</mrow></msup>"
        + "<mtext>&#xA0;for each coordinate, independently</mtext>"
    case let noise as LabelNoise:
      return "\(batch)<mo>:</mo><mspace width=\"0.3em\"/><mi>B</mi><mo>=</mo><mn>\(noise.size)</mn>"
        + "<mtext>&#xA0;of the samples, with-replacement</mtext><mo separator=\"true\">,</mo><mspace width=\"1em\"/>"
        + "<msub><mi>ε</mi><mi>i</mi></msub><mo>∼</mo>" + normal("<mn>0</mn>", "<mn>1</mn>")
    case let noise as SVAG:
      return part("1") + "<mo separator=\"true\">,</mo>" + part("2")
        + "<mtext>&#xA0;of two independent batches of&#xA0;</mtext><mi>B</mi><mo>=</mo><mn>\(noise.size)</mn>"
        + "<mo separator=\"true\">,</mo><mspace width=\"1em\"/><mi>l</mi><mo>=</mo><mn>\(noise.substeps)</mn>"
        + "<mtext>&#xA0;steps of&#xA0;</mtext><mi>η</mi><mo>/</mo><mi>l</mi>"
    default: return "<mtext>\(HTMLText.escaped(choiceText(noise.name, noise)))</mtext>"
    }
  }

  /// N(0, σ²I) with the σ that is given, or that of batches, σ² = tr C(θ)/(Bd).
  private static func isotropic(_ noise: Isotropic) -> String {
    let variance: String
    switch noise.strength {
    case .standardDeviation(let sigma):
      variance = "<msup>\(ExpressionMathML.row(ProcessFormulas.number(sigma)))<mn>2</mn></msup>"
    case .size(let size):
      variance =
        "<mfrac><mrow><mi mathvariant=\"normal\">tr</mi><mi>C</mi><mo form=\"prefix\">(</mo><mi>θ</mi>"
        + "<mo form=\"postfix\">)</mo></mrow><mrow><mn>\(size)</mn><mi>d</mi></mrow></mfrac>"
    }
    return "\(zeta)<mo>∼</mo>" + normal("<mn>0</mn>", variance + "<mi>I</mi>")
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
