/// How many columns of a terminal a text takes.
extension StringProtocol {
  /// The columns: two for the wide characters of East Asia and for pictures, none for marks that join a letter.
  public var displayWidth: Int { reduce(0) { $0 + Self.width(of: $1) } }

  /// The text in at most so many columns, without control characters: cut at a character, with an ellipsis in place of
  /// what is left out.
  public func fitted(toColumns columns: Int) -> String {
    let clean = Prose.printable(String(self))
    if clean.displayWidth <= columns { return clean }
    if columns < 1 { return "" }
    var (text, left) = ("", columns - 1)
    for character in clean {
      let width = Self.width(of: character)
      if width > left { break }
      text.append(character)
      left -= width
    }
    return text + "…"
  }

  private static func width(of character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: break
    }
    if first.properties.isEmojiPresentation { return 2 }
    // A picture that a variation selector asks for.
    if character.unicodeScalars.contains("\u{FE0F}") { return 2 }
    return wide.contains { $0.contains(first.value) } ? 2 : 1
  }

  /// The blocks of East Asian characters that Unicode calls wide (UAX #11): Hangul Jamo, CJK, Kana, Hangul, full-width
  /// forms and the supplementary ideographs.
  private static var wide: [ClosedRange<UInt32>] {
    [
      0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6,
      0x20000...0x3FFFD,
    ]
  }
}
