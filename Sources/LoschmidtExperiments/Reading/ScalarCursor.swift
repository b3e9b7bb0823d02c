/// Follows the text of a YAML scalar through the source, so that a place in an expression becomes a line and column.
///
/// Quotes, escapes, folded lines, block scalars, tags and anchors in front are followed; where the source cannot be
/// followed the cursor stays where it is.
struct ScalarCursor {
  private let source: [Unicode.Scalar]
  private var line: Int32
  private var column: Int32
  private var next = 0

  private enum Style { case plain, single, double, literal, folded }

  /// The origin of the scalar at `offset` (0-based, in Unicode scalars) of the text of `node`.
  static func origin(of offset: Int, in node: ScenarioNode, source: SourceText) -> Origin {
    guard case .text(let line, let column) = node.origin, let text = node.text else { return node.origin }
    var cursor = ScalarCursor(source, line: line, column: column, length: text.utf8.count)
    cursor.advance(through: Array(text.unicodeScalars.prefix(max(0, offset))))
    return .text(line: cursor.line, column: cursor.column)
  }

  private init(_ source: SourceText, line: Int32, column: Int32, length: Int) {
    let start = source.byteOffset(line: line, column: column)
    self.source = source.scalars(from: start, limit: 4 * length + 4096)
    self.line = line
    self.column = column
  }

  private var current: Unicode.Scalar? { next < source.count ? source[next] : nil }

  private mutating func step() {
    guard let scalar = current else { return }
    next += 1
    if scalar == "\r", current == "\n" { next += 1 }
    if scalar.isBreak {
      line += 1
      column = 1
    } else {
      column += 1
    }
  }

  private mutating func advance(through text: [Unicode.Scalar]) {
    skipProperties()
    switch current {
    case "'": follow(text, .single)
    case "\"": follow(text, .double)
    case "|": followBlock(text, .literal)
    case ">": followBlock(text, .folded)
    default: follow(text, .plain)
    }
  }

  private mutating func skipProperties() {
    while current == "&" || current == "!" {
      while let scalar = current, !scalar.isBlank { step() }
      while let scalar = current, scalar.isBlank { step() }
    }
  }

  private mutating func follow(_ text: [Unicode.Scalar], _ style: Style) {
    if style != .plain { step() }
    var i = 0
    while i < text.count {
      if style == .double, current == "\\", next + 1 < source.count, source[next + 1].isBreak { step(); skipBlanks() }
      if text[i] == " " || text[i] == "\n", current?.isBlank == true, breakIsAhead {
        skipBlanks()
        while i < text.count, text[i] == " " || text[i] == "\n" { i += 1 }
        continue
      }
      if style == .single, current == "'" { step() }
      if style == .double, current == "\\" { skipEscape() } else { step() }
      i += 1
    }
  }

  /// Whether the run of blanks at the cursor has a line break in it.
  private var breakIsAhead: Bool {
    var i = next
    while i < source.count, source[i].isBlank {
      if source[i].isBreak { return true }
      i += 1
    }
    return false
  }

  private mutating func skipBlanks() {
    while let scalar = current, scalar.isBlank { step() }
  }

  private mutating func skipEscape() {
    step()
    let digits = current == "x" ? 2 : current == "u" ? 4 : current == "U" ? 8 : 0
    for _ in 0...digits { step() }
  }

  private mutating func followBlock(_ text: [Unicode.Scalar], _ style: Style) {
    while let scalar = current, !scalar.isBreak { step() }
    step()
    var indent = 0
    for scalar in source[next...] {
      if !scalar.isBlank { break }
      indent = scalar.isBreak ? 0 : indent + 1
    }
    skipIndent(indent)
    var i = 0
    while i < text.count {
      let folds = style == .folded && (text[i] == " " || text[i] == "\n") && current?.isBreak == true
      if folds || text[i] == "\n" {
        while let ahead = current, !ahead.isBreak { step() }
        step()
        skipIndent(indent)
      } else {
        step()
      }
      i += 1
      if folds {
        while i < text.count, text[i] == "\n" { i += 1 }
        while current?.isBreak == true {
          step()
          skipIndent(indent)
        }
      }
    }
  }

  private mutating func skipIndent(_ indent: Int) {
    for _ in 0..<indent where current == " " { step() }
  }
}

extension Unicode.Scalar {
  /// Whether a line ends here, by the rules of YAML 1.1.
  var isBreak: Bool { self == "\n" || self == "\r" || self == "\u{85}" || self == "\u{2028}" || self == "\u{2029}" }
  /// Whether this is a space, a tab or the end of a line.
  var isBlank: Bool { self == " " || self == "\t" || isBreak }
}
