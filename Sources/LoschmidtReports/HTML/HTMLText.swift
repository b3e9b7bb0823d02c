/// Text as part of an HTML document that is well-formed XML too.
public enum HTMLText {
  /// The text with all characters that mean something to HTML replaced; what is not printable, but for line ends and tabs,
  /// becomes a blank.
  public static func escaped(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
      case "\n", "\t": escaped.append(scalar)
      default: escaped.append(PrintableText.isPrintable(scalar) ? scalar : " ")
      }
    }
    return String(escaped)
  }

  /// An element around content that is HTML already; values of attributes are escaped here.
  static func element(_ name: String, _ attributes: [(String, String)] = [], _ content: String) -> String {
    let list = attributes.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
    return "<\(name)\(list)>\(content)</\(name)>"
  }

  /// A paragraph of plain text.
  static func paragraph(_ text: String, class name: String? = nil) -> String {
    element("p", name.map { [("class", $0)] } ?? [], escaped(text))
  }
}
