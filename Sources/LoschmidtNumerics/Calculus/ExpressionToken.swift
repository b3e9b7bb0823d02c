/// A word of an expression: a number, a name, an operator or the end.
struct ExpressionToken {
  enum Kind: Equatable {
    case number(Double)
    case name(String)
    case symbol(Character)
    case end
  }

  let kind: Kind
  /// 0-based offset in Unicode scalars.
  let position: Int
  /// The token as it stands in the text, cut for messages.
  let shown: String

  var symbol: Character? {
    if case .symbol(let character) = kind { return character }
    return nil
  }

  func isSymbol(_ character: Character) -> Bool { symbol == character }

  /// Splits a text into its tokens; the last one is always `end`.
  static func scan(_ text: String) throws(ExpressionError) -> [ExpressionToken] {
    let scalars = Array(text.unicodeScalars)
    guard scalars.count <= Expression.lengthLimit else {
      throw ExpressionError(
        at: 0, "the expression has \(scalars.count) characters, and at most \(Expression.lengthLimit) are allowed")
    }
    var tokens: [ExpressionToken] = []
    var i = 0
    while i < scalars.count {
      let scalar = scalars[i]
      if scalar.properties.isWhitespace {
        i += 1
      } else if scalar.isDigit || (scalar == "." && i + 1 < scalars.count && scalars[i + 1].isDigit) {
        tokens.append(try number(scalars, &i))
      } else if scalar == "_" || scalar.properties.isAlphabetic {
        let start = i
        while i < scalars.count, scalars[i].continuesName { i += 1 }
        var name = String(String.UnicodeScalarView(scalars[start..<i]))
        if i < scalars.count, scalars[i] == "[" { name += try indices(scalars, &i) }
        tokens.append(ExpressionToken(kind: .name(name), position: start, shown: "'\(name.prefix(40))'"))
      } else if "+-*/^@(),".unicodeScalars.contains(scalar) {
        if scalar == "*", i + 1 < scalars.count, scalars[i + 1] == "*" {
          throw ExpressionError(at: i, "'**' is not an operator; a power is written with '^'")
        }
        tokens.append(ExpressionToken(kind: .symbol(Character(scalar)), position: i, shown: "'\(scalar)'"))
        i += 1
      } else {
        throw ExpressionError(
          at: i,
          "the character \(scalar.shownInMessages) has no meaning here; "
            + "allowed are numbers, names, + - * / ^ @ ( ) and ,")
      }
    }
    tokens.append(ExpressionToken(kind: .end, position: scalars.count, shown: "the end"))
    return tokens
  }

  /// Reads `[0,1]` after a name, blanks inside left out.
  private static func indices(_ scalars: [Unicode.Scalar], _ i: inout Int) throws(ExpressionError) -> String {
    let start = i
    let inside = scalars[(i + 1)...].prefix { $0 != "]" }
    let text = String(String.UnicodeScalarView(inside.filter { !$0.properties.isWhitespace }))
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard inside.endIndex < scalars.count, parts.count <= 2,
      parts.allSatisfy({ !$0.isEmpty && $0.count < 10 && $0.unicodeScalars.allSatisfy(\.isDigit) })
    else {
      throw ExpressionError(
        at: start, "an element of an array has one or two whole numbers in brackets, such as W[0,1]")
    }
    i = inside.endIndex + 1
    return "[" + parts.map { String(Int($0) ?? 0) }.joined(separator: ",") + "]"
  }

  /// Reads `12`, `1.5`, `.5`, `2.`, `1e-3`; an `e` that no digit follows belongs to the next name.
  private static func number(_ scalars: [Unicode.Scalar], _ i: inout Int) throws(ExpressionError) -> ExpressionToken {
    let start = i
    func skipDigits() { while i < scalars.count, scalars[i].isDigit { i += 1 } }
    skipDigits()
    if i < scalars.count, scalars[i] == "." {
      i += 1
      skipDigits()
    }
    if i < scalars.count, scalars[i] == "e" || scalars[i] == "E" {
      var j = i + 1
      if j < scalars.count, scalars[j] == "+" || scalars[j] == "-" { j += 1 }
      if j < scalars.count, scalars[j].isDigit {
        i = j
        skipDigits()
      }
    }
    var text = String(String.UnicodeScalarView(scalars[start..<i]))
    if text.hasSuffix(".") { text.append("0") }
    guard let value = Double(text.replacingPointBeforeExponent), value.isFinite else {
      throw ExpressionError(
        at: start, "the number \(text.prefix(40)) is too large; the largest is \(Double.greatestFiniteMagnitude)")
    }
    return ExpressionToken(kind: .number(value), position: start, shown: "'\(text.prefix(40))'")
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { self >= "0" && self <= "9" }

  /// Whether the scalar may stand in a name after its first: a letter, a combining mark, a digit or `_`.
  fileprivate var continuesName: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark: true
    default: self == "_" || properties.isAlphabetic || isDigit
    }
  }

  /// The character in quotes, or its code point where it cannot be shown.
  fileprivate var shownInMessages: String {
    let hidden: Set<Unicode.GeneralCategory> = [
      .control, .format, .unassigned, .nonspacingMark, .spacingMark, .enclosingMark,
    ]
    return value > 0x2FFF || hidden.contains(properties.generalCategory)
      ? "U+\(String(value, radix: 16, uppercase: true))" : "'\(self)'"
  }
}

extension String {
  /// `2.e5` as `2.0e5`, which the standard library reads.
  fileprivate var replacingPointBeforeExponent: String {
    guard let point = firstIndex(of: "."), index(after: point) < endIndex else { return self }
    let following = self[index(after: point)]
    return following == "e" || following == "E" ? self[...point] + "0" + self[index(after: point)...] : self
  }
}
