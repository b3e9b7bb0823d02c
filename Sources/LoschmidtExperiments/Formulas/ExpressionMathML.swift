import LoschmidtNumerics
import LoschmidtReports

/// A formula of a scenario as MathML: fractions, powers and functions as they are written by hand.
struct ExpressionMathML {
  /// How tightly the outermost operator binds; what binds less than its place asks for gets parentheses.
  enum Strength: Int, Comparable {
    case sum, product, sign, power, atom
    static func < (a: Strength, b: Strength) -> Bool { a.rawValue < b.rawValue }
  }

  private struct Piece {
    var text: String
    var strength: Strength
    /// Whether it begins with a digit: then a product before it needs a visible sign.
    var beginsWithDigit = false
  }

  /// Longer formulas are unreadable either way, and are shown as they were written.
  static let mostNodes = 400

  /// Names of data, which have one value a sample and carry the index i.
  private let indexed: Set<String>

  /// The content of a MathML element, one `mrow`.
  let text: String

  /// The formula of an expression; the names in `indexed` get the index i.
  init(_ expression: Expression, indexed: Set<String> = []) {
    self.indexed = indexed
    guard expression.nodes.count <= Self.mostNodes else {
      text = "<mtext>\(HTMLText.escaped(expression.text))</mtext>"
      return
    }
    var pieces: [Piece] = []
    for node in expression.nodes { pieces.append(Self.piece(node, pieces, indexed)) }
    text = Self.row(pieces[pieces.count - 1].text)
  }

  // MARK: Nodes

  private static func piece(_ node: Expression.Node, _ pieces: [Piece], _ indexed: Set<String>) -> Piece {
    switch node {
    case .number(let value): number(value)
    case .name(let name): Piece(text: self.name(name, index: indexed.contains(name) ? "i" : nil), strength: .atom)
    case .negate(let operand):
      Piece(text: sign("−", form: "prefix") + enclosed(pieces[operand], atLeast: .power), strength: .sign)
    case .binary(let symbol, let left, let right): binary(symbol, pieces[left], pieces[right])
    case .call(let function, let arguments): call(function, arguments.map { pieces[$0] })
    }
  }

  private static func number(_ value: Double) -> Piece {
    let parts = NumberText.shortest(value).split(separator: "e")
    guard parts.count == 2, let power = Int(parts[1]) else {
      return Piece(text: "<mn>\(parts.joined())</mn>", strength: .atom, beginsWithDigit: true)
    }
    let exponent = (power < 0 ? sign("−", form: "prefix") : "") + "<mn>\(abs(power))</mn>"
    let tens = "<msup><mn>10</mn>\(row(exponent))</msup>"
    let text = parts[0] == "1" ? tens : "<mn>\(parts[0])</mn>\(sign("·"))\(tens)"
    return Piece(text: text, strength: parts[0] == "1" ? .power : .product, beginsWithDigit: true)
  }

  private static func binary(_ symbol: Expression.Operator, _ left: Piece, _ right: Piece) -> Piece {
    switch symbol {
    case .add:
      Piece(
        text: enclosed(left, atLeast: .sum) + sign("+") + enclosed(right, atLeast: .product), strength: .sum,
        beginsWithDigit: left.beginsWithDigit)
    case .subtract:
      Piece(
        text: enclosed(left, atLeast: .sum) + sign("−") + enclosed(right, atLeast: .product), strength: .sum,
        beginsWithDigit: left.beginsWithDigit)
    case .multiply, .matrixProduct:
      Piece(
        text: enclosed(left, atLeast: .product)
          + (right.beginsWithDigit && right.strength >= .power ? sign("·") : "<mo rspace=\"0.15em\">&#x2062;</mo>")
          + enclosed(right, atLeast: .power),
        strength: .product, beginsWithDigit: left.beginsWithDigit)
    case .divide: Piece(text: "<mfrac>\(row(left.text))\(row(right.text))</mfrac>", strength: .power)
    case .power:
      Piece(
        text: "<msup>\(row(enclosed(left, atLeast: .atom)))\(row(right.text))</msup>", strength: .power,
        beginsWithDigit: left.beginsWithDigit)
    }
  }

  private static func call(_ function: ExpressionFunction, _ arguments: [Piece]) -> Piece {
    let first = arguments[0]
    switch function {
    case .sqrt: return Piece(text: "<msqrt>\(row(first.text))</msqrt>", strength: .atom)
    case .exp: return Piece(text: "<msup><mi>e</mi>\(row(first.text))</msup>", strength: .power)
    case .abs: return Piece(text: row(bar + row(first.text) + bar), strength: .atom)
    case .lgamma:
      let absolute = bar + named("Γ", [first]) + bar
      return Piece(text: "<mi>ln</mi>" + row(absolute), strength: .product)
    case .logcosh: return Piece(text: "<mi>ln</mi><mo>&#x2061;</mo>" + named("cosh", [first]), strength: .product)
    case .transpose:
      return Piece(text: "<msup>\(row(enclosed(first, atLeast: .atom)))<mo>⊤</mo></msup>", strength: .power)
    case .dot:
      let product = enclosed(first, atLeast: .power) + sign("⋅") + enclosed(arguments[1], atLeast: .power)
      return Piece(text: product, strength: .product)
    case .mean:
      return Piece(
        text: row("<mo form=\"prefix\">⟨</mo>\(row(first.text))<mo form=\"postfix\">⟩</mo>"), strength: .atom)
    case .sum:
      return Piece(text: "<mo>∑</mo>" + enclosed(first, atLeast: .power), strength: .product)
    case .log: return Piece(text: named("ln", arguments), strength: .power)
    case .sigmoid: return Piece(text: named("σ", arguments), strength: .power)
    default: return Piece(text: named(function.rawValue, arguments), strength: .power)
    }
  }

  private static let bar = "<mo stretchy=\"true\">|</mo>"

  private static func named(_ name: String, _ arguments: [Piece]) -> String {
    let list = arguments.map { row($0.text) }.joined(separator: "<mo separator=\"true\">,</mo>")
    return "<mi mathvariant=\"normal\">\(name)</mi><mo>&#x2061;</mo>" + parenthesised(list)
  }

  // MARK: Parts

  private static func enclosed(_ piece: Piece, atLeast strength: Strength) -> String {
    piece.strength < strength ? parenthesised(piece.text) : row(piece.text)
  }

  private static func parenthesised(_ text: String) -> String {
    row("<mo form=\"prefix\">(</mo>\(row(text))<mo form=\"postfix\">)</mo>")
  }

  static func row(_ text: String) -> String { "<mrow>\(text)</mrow>" }

  static func sign(_ symbol: String, form: String = "infix") -> String { "<mo form=\"\(form)\">\(symbol)</mo>" }

  private static let greek: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ",
    "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ", "Lambda": "Λ",
    "Sigma": "Σ", "Phi": "Φ", "Psi": "Ψ", "Omega": "Ω",
  ]

  /// A name: Greek where it spells a Greek letter; digits at its end, or what follows `_`, stand below, then the index.
  static func name(_ name: String, index: String? = nil) -> String {
    var base = name[...]
    var below: [String] = []
    if let underscore = name.firstIndex(of: "_"), underscore != name.startIndex {
      base = name[..<underscore]
      let rest = name[name.index(after: underscore)...]
      if !rest.isEmpty { below.append(String(rest)) }
    } else {
      let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }.count
      if digits > 0, digits < name.count {
        base = name.dropLast(digits)
        below.append(String(name.suffix(digits)))
      }
    }
    let letter = greek[String(base)] ?? HTMLText.escaped(String(base))
    let base1 = "<mi>\(letter)</mi>"
    if let index { below.append(index) }
    if below.isEmpty { return base1 }
    let parts = below.map { part in
      part.allSatisfy(\.isNumber) ? "<mn>\(part)</mn>" : "<mi>\(greek[part] ?? HTMLText.escaped(part))</mi>"
    }
    return "<msub>\(base1)\(row(parts.joined(separator: "<mo separator=\"true\">,</mo>")))</msub>"
  }
}
