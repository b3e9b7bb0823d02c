import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

@Suite struct ScenarioTemplateTests {
  private static let names = ScenarioTemplate.all.map(\.name)

  /// Settings under which a template is quick without optimisation and still decides everything.
  private static let small: [String: [String]] = [
    "fluctuation-theorem": ["experiments.0.trajectories=20000", "experiments.0.steps=6"],
    "noise-comparison": ["experiments.0.trajectories=200", "experiments.0.steps=100"],
    "symmetry": ["experiments.0.trajectories=100"],
  ]

  @Test func thereAreFour() {
    #expect(
      Self.names == ["four-potentials", "fluctuation-theorem", "noise-comparison", "symmetry"])
  }

  @Test(arguments: names) func itIsSoundAndPasses(name: String) throws {
    let bytes = Array(try ScenarioTemplate.named(name).text.utf8)
    #expect(Scenario.read(bytes: bytes, path: "mine.yaml").diagnostics.isEmpty)
    let overrides = try (Self.small[name] ?? []).map { try #require(ScenarioOverride($0)) }
    let reading = Scenario.read(bytes: bytes, path: "mine.yaml", overrides: overrides)
    let result = try Run(try #require(reading.scenario), bytes: bytes, threads: 2).result()
    let verdicts = result.experiments.flatMap(\.verdicts)
    // Different models of noise are told apart: that is what `same-law` fails for.
    let others = verdicts.filter { !$0.name.hasPrefix("same-law") }
    #expect(!others.isEmpty && others.allSatisfy { $0.status == .pass }, "\(verdicts)")
  }

  @Test(arguments: names) func theSchemaAcceptsIt(name: String) throws {
    let validator = try SchemaValidator(try PlainValue(document: ScenarioSchema.document))
    let text = try ScenarioTemplate.named(name).text
    let root = try #require(ScenarioTree(reading: SourceText(Array(text.utf8))).root)
    #expect(validator.faults(of: root.plain) == [])
  }

  /// A beginner finds every key explained, and what to change marked.
  @Test(arguments: names) func itSaysWhatToChange(name: String) throws {
    let template = try ScenarioTemplate.named(name)
    let lines = template.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.allSatisfy { $0.count <= 120 })
    #expect(template.text.hasPrefix("# ") && template.text.hasSuffix("\n"))
    #expect(
      template.text.contains("loschmidt run FILE")
        && template.text.contains("data: {csv: samples.csv}"))
    for key in ["parameters:", "loss:", "data:"] {
      let index = try #require(lines.firstIndex { $0.hasPrefix("  \(key)") })
      #expect(lines[index - 1].hasPrefix("  #"), "\(key)")
    }
  }

  @Test func aMisspeltNameFindsTheNearest() throws {
    for (name, nearest) in [
      ("four-potential", "four-potentials"), ("symetry", "symmetry"), ("something", nil),
    ] {
      do throws(ScenarioTemplate.Unknown) {
        _ = try ScenarioTemplate.named(name)
        Issue.record("there is no template \(name)")
      } catch {
        #expect(error.nearest == nearest)
        #expect(
          error.sentence.hasPrefix("There is no template '\(name)'")
            && error.sentence.contains("noise-comparison"))
      }
    }
  }

  @Test func theListHasALineEach() {
    #expect(ScenarioTemplate.list.split(separator: "\n").count == ScenarioTemplate.all.count)
  }
}
