/// What of a text that somebody else wrote (a name, a header, a title) is safe to print.
///
/// It is asked once, at the edge where text is printed: on a terminal, in messages, CSV, HTML and figures. JSON keeps every
/// character, by its escapes.
public enum PrintableText {
  /// Whether a character only shows something: no control character, no mark that turns the direction of what stands around it
  /// (Unicode Technical Report 36, section 2.2), no line or paragraph separator, nothing that XML forbids.
  public static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: return false
    default: return scalar.properties.generalCategory != .control
    }
  }

  /// The text with a blank for everything that is not printable, line ends and tabs among them.
  ///
  /// - Complexity: O(n); a text of printable ASCII comes back as it is.
  public static func cleaned(_ text: String) -> String {
    if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { isPrintable($0) ? $0 : " " }))
  }

  /// The same line by line: line ends stay.
  public static func cleanedLines(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { cleaned(String($0)) }.joined(separator: "\n")
  }
}
