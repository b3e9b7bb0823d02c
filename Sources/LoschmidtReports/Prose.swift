/// Sentences for a terminal.
public enum Prose {
  /// The text with blanks for what is not printable, see ``PrintableText``: what a scenario says cannot move the cursor, change
  /// a colour or turn the direction of a line.
  public static func printable(_ text: String) -> String { PrintableText.cleaned(text) }

  /// A unit as it is printed, its powers as superscripts: `nats^2` is nats².
  public static func unit(_ unit: String) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return unit.replacing(#/\^(\d+)/#) { match in
      String(match.1.compactMap { $0.wholeNumberValue.map { digits[$0] } })
    }
  }

  /// The text in lines of at most `width` characters, broken at spaces; a longer word has a line of its own.
  public static func wrapped(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in printable(text).split(separator: " ") {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }

  /// The text after `start`, its later lines indented as far as the first; all within `width` characters.
  public static func hanging(_ start: String, _ text: String, width: Int) -> [String] {
    let indent = String(repeating: " ", count: start.count)
    let lines = wrapped(text, width: max(20, width - start.count))
    guard let first = lines.first else {
      let start = start.withoutTrailingSpaces
      return start.isEmpty ? [] : [start]
    }
    return [start + first] + lines.dropFirst().map { indent + $0 }
  }

  /// The text with blanks after it, up to a number of characters.
  public static func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}

extension String {
  /// The text without the blanks at its end.
  var withoutTrailingSpaces: String {
    var slice = self[...]
    while slice.last == " " { slice.removeLast() }
    return String(slice)
  }
}
