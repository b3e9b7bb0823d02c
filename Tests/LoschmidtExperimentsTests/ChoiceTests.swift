import Testing

@testable import LoschmidtExperiments

@Suite struct ChoiceTests {
  private func choice(_ text: String) -> (choice: Choice?, problems: [String]) {
    var decoder = ScenarioDecoder(
      problems: DiagnosticList(path: "s.yaml"), source: SourceText(Array(text.utf8)), folder: "")
    let node = ScenarioTree(reading: decoder.source).root ?? .scalar("", at: .start)
    return (decoder.choice(node, "gradient", what: "a noise model"), decoder.problems.all.map(\.message))
  }

  @Test func wordsAndMapsWithOneKey() throws {
    let word = try #require(choice("full-batch").choice)
    #expect(word.name == "full-batch" && word.settings.isEmpty)
    let map = try #require(choice("{minibatch: {size: 2}}").choice)
    #expect(map.name == "minibatch" && map.settings.map?.count == 1)
    #expect(map.origin == .text(line: 1, column: 2))
  }

  @Test(arguments: [("[a]", "a list of 1"), ("{}", "an empty map"), ("{a: 1, b: 2}", "a map with the keys 'a', 'b'")])
  func otherThings(text: String, got: String) {
    #expect(
      choice(text).problems == ["'gradient' must be a noise model, a word or a map with exactly one key, got \(got)"])
  }
}
