import LoschmidtReports
import Testing

@Suite struct PrintableTextTests {
  @Test func whatMovesOrTurnsIsBlank() {
    #expect(PrintableText.cleaned("a\u{1b}[31mb\u{202e}c\u{2066}d\u{200f}e\u{2028}f\u{feff}g") == "a [31mb c d e f g")
    #expect(PrintableText.cleanedLines("a\u{7}\nb\u{202a}\n") == "a \nb \n")
  }

  /// Letters of all scripts, and the joiners that some of them and pictures need, stay.
  @Test func scriptsStay() {
    for text in ["plain = 1", "η ∇ θ₀", "ميزان", "क्‍ष", "👩‍🔬", "日本"] { #expect(PrintableText.cleaned(text) == text) }
  }
}
