import Testing

@testable import LoschmidtExperiments

@Suite struct ScenarioDecoderTests {
  private func decode<Value>(
    _ text: String, _ read: (inout ScenarioDecoder, ScenarioNode) -> Value?
  ) -> (value: Value?, problems: [String]) {
    var decoder = ScenarioDecoder(
      problems: DiagnosticList(path: "s.yaml"), source: SourceText(Array(text.utf8)), folder: "")
    let node = ScenarioTree(reading: decoder.source).root ?? .scalar("", at: .start)
    let value = read(&decoder, node)
    return (value, decoder.problems.all.map(\.message))
  }

  @Test(arguments: [
    ("12", 12), ("1e6", 1_000_000), ("4.0", 4), ("+7", 7), ("'12'", 12), ("9223372036854775807", Int.max),
  ])
  func integers(text: String, value: Int) {
    let read = decode(text) { $0.integer($1, "n", in: 0...Int.max) }
    #expect(read.value == value && read.problems.isEmpty)
  }

  @Test(arguments: ["1.5", "1e-1", "1e19", "-1", "x", "[1]", "{a: 1}", "0x10", "1_000", ".inf"])
  func notIntegers(text: String) {
    let read = decode(text) { $0.integer($1, "n", in: 0...Int.max) }
    #expect(read.value == nil && read.problems.count == 1)
    #expect(read.problems[0].hasPrefix("'n' must be a whole number, at least 0, got "))
  }

  @Test func integersWithLeadingZeros() {
    let read = decode("010") { $0.integer($1, "n", in: 0...100) }
    #expect(
      read.problems == [
        "'n' begins with a needless zero, got '010', which some readers of YAML take for an octal number; write it "
          + "without the zero"
      ])
  }

  @Test func numbersAndTexts() {
    #expect(decode("1e-3") { $0.number($1, "x") }.value == 1e-3)
    #expect(
      decode("-1") { $0.number($1, "x", allowed: "a number > 0") { $0 > 0 } }.problems == [
        "'x' must be a number > 0, got '-1'"
      ])
    #expect(decode("1e999") { $0.number($1, "x") }.problems == ["'x' must be a finite number, got '1e999'"])
    #expect(decode("no") { $0.text($1, "title") }.value == "no")
    #expect(decode("[no]") { $0.text($1, "title") }.problems == ["'title' must be a text, got a list of 1"])
  }
}
