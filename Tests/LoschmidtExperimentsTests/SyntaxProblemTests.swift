import Testing

@testable import LoschmidtExperiments

@Suite struct SyntaxProblemTests {
  @Test(arguments: [
    ("a: 1\n---\nb: 1\n", "2:1", "a second document starts here; a scenario is one YAML document"),
    ("a: *b\n", "1:4", "the file is not readable as YAML: found undefined alias"),
    (
      "a: b: c\n", "1:5",
      "the file is not readable as YAML: mapping values are not allowed in this context; quote a text that has ': ' in it"
    ),
    (
      "a:\n\tb: 1\n", "2:1",
      "the file is not readable as YAML: found character that cannot start any token while scanning for the next token "
        + "that starts at line 2, column 1; indent with spaces, not with a tab"
    ),
    (
      "a: [1, 2\nb: 3\n", "2:2",
      "the file is not readable as YAML: did not find expected ',' or ']' while parsing a flow sequence that starts at "
        + "line 1, column 4; inside braces and brackets, quote names and expressions that have , [ ] { } or : in them"
    ),
    ("a: !point [1]\n", "1:4", "the tag '!point' has no meaning in a scenario; leave it out"),
    ("[a, b]: 1\n", "1:1", "a key must be a name, not a list or a map"),
  ])
  func problemsHavePlaces(text: String, place: String, message: String) {
    #expect(report(text).contains("s.yaml:\(place): error: \(message)"))
  }

  @Test func anUnfinishedQuoteIsReportedWithinTheFile() {
    #expect(report("a: 'b\n").hasPrefix("s.yaml:2:1: error: the file is not readable as YAML: found unexpected end"))
  }
}
