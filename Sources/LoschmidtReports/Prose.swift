/// Sentences for a terminal.
enum Prose {
  /// The text without control characters: what a scenario says cannot move the cursor or change a colour.
  static func printable(_ text: String) -> String {
    var printable = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let isControl = scalar.properties.generalCategory == .control
      printable.append(isControl ? " " : scalar)
    }
    return String(printable)
  }

  /// The text in lines of at most `width` characters, broken at spaces; a longer word has a line of its own.
  static func wrapped(_ text: String, width: Int) -> [String] {
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
}
