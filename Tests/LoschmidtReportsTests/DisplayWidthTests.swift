import Testing

@testable import LoschmidtReports

@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("η(θ)", 4), ("größe", 5), ("gro\u{308}ße", 5), ("学習", 4), ("ｱ", 1),
    ("한글", 4), ("🎲", 2),
    ("❤\u{FE0F}", 2), ("a\u{200B}", 1), ("−∇L", 3),
  ]) func columns(text: String, width: Int) {
    #expect(text.displayWidth == width)
  }

  @Test(arguments: [
    ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("abc", 0, ""), ("abc", 1, "…"), ("学習率", 4, "学…"),
    ("学習率", 5, "学習…"),
    ("a\u{1b}[2Jb", 10, "a [2Jb"), ("a\nb\tc", 10, "a b c"),
  ]) func cut(text: String, columns: Int, fitted: String) {
    #expect(text.fitted(toColumns: columns) == fitted)
  }

  @Test func whatIsCutFits() {
    let text = "a学ηg\u{308}🎲…xyz"
    for columns in 0...20 { #expect(text.fitted(toColumns: columns).displayWidth <= columns) }
  }
}
