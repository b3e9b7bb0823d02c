/// A JSON value with its keys in order and its layout fixed, so that equal values are equal bytes.
///
/// Real numbers are written with the fewest digits that read back as the same double; JSON has no others than finite ones, and
/// what is not finite is written as null.
public indirect enum JSONValue: Sendable, Equatable {
  /// How the members of an array or an object are laid out.
  public enum Layout: Sendable {
    /// All on one line.
    case inline
    /// One a line, indented by two spaces a level.
    case lines
  }

  /// One key of an object with its value.
  public struct Member: Sendable, Equatable {
    /// The key.
    public var key: String
    /// The value.
    public var value: JSONValue
    /// A member.
    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// No value.
  case null
  /// A truth value.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A whole number without sign; it may be over 2⁵³, and is written in full.
  case unsigned(UInt64)
  /// A real number.
  case real(Double)
  /// A text.
  case text(String)
  /// An array.
  case array([JSONValue], Layout)
  /// An object; its keys must differ.
  case object([Member], Layout)

  /// The number, or null where there is none.
  public static func optional(_ number: Double?) -> JSONValue {
    number.map(JSONValue.real) ?? .null
  }

  /// The text, or null where there is none.
  public static func optional(_ text: String?) -> JSONValue {
    text.map(JSONValue.text) ?? .null
  }

  /// The value as UTF-8 text that ends in a newline.
  public var document: String {
    var text = ""
    write(to: &text, indentation: 0)
    return text + "\n"
  }

  private func write(to text: inout String, indentation: Int) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .integer(let value): text += String(value)
    case .unsigned(let value): text += String(value)
    case .real(let value): text += value.isFinite ? NumberText.shortest(value) : "null"
    case .text(let value): text += Self.quoted(value)
    case .array(let elements, let layout):
      Self.write(elements, between: ("[", "]"), layout, to: &text, indentation) { element, text, indentation in
        element.write(to: &text, indentation: indentation)
      }
    case .object(let members, let layout):
      Self.write(members, between: ("{", "}"), layout, to: &text, indentation) { member, text, indentation in
        text += Self.quoted(member.key) + ": "
        member.value.write(to: &text, indentation: indentation)
      }
    }
  }

  private static func write<Element>(
    _ elements: [Element], between brackets: (String, String), _ layout: Layout, to text: inout String,
    _ indentation: Int, element: (Element, inout String, Int) -> Void
  ) {
    let onLines = layout == .lines && !elements.isEmpty
    let inner = onLines ? indentation + 2 : indentation
    text += brackets.0
    for (index, value) in elements.enumerated() {
      if index > 0 { text += onLines ? "," : ", " }
      if onLines { text += "\n" + String(repeating: " ", count: inner) }
      element(value, &text, inner)
    }
    if onLines { text += "\n" + String(repeating: " ", count: indentation) }
    text += brackets.1
  }

  /// The text in quotation marks, with what RFC 8259 section 7 asks for escaped, and everything else as it is.
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7f}":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
