import Foundation
import Loschmidt
import Testing

/// `loschmidt explain` and `loschmidt cite`, run as a user runs them.
@Suite struct KnowledgeCommandsTests {
  private static let scenarios = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "scenarios")

  @Test func explainSaysWhatANameMeans() throws {
    try Program.inScratch { (program: Program) throws in
      let outcome = try program.run("explain", "charge-drift.rotation")
      #expect(outcome.status == 0 && outcome.errors == "")
      for text in ["charge-drift.NAME: number", "definition", "Q = θᵀKθ", "[θ]²", "per step", "https://arxiv.org/abs/"]
      {
        #expect(outcome.output.contains(text), "\(text)")
      }
      let words = try program.run("explain", "effective", "sample", "size")
      #expect(words.status == 0 && words.output.hasPrefix("effective sample size: term\n"))
    }
  }

  @Test func explainListsAllNames() throws {
    try Program.inScratch { (program: Program) throws in
      let outcome = try program.run("explain")
      #expect(outcome.status == 0)
      for text in ["numbers\n", "verdicts\n", "fdr.ratio", "minibatch", "e-value"] {
        #expect(outcome.output.contains(text), "\(text)")
      }
    }
  }

  @Test func aMisspeltNameIs64WithTheNearest() throws {
    try Program.inScratch { (program: Program) throws in
      let outcome = try program.run("explain", "minibtch")
      #expect(outcome.status == 64 && outcome.output == "")
      #expect(outcome.errors.hasPrefix("loschmidt: error: nothing is known about 'minibtch'; did you mean minibatch"))
      let nonsense = try program.run("explain", "qqqqqqqqqq\u{1b}[31m")
      #expect(nonsense.status == 64 && !nonsense.errors.contains("\u{1b}"))
    }
  }

  @Test func citePrintsEachSourceOnce() throws {
    try Program.inScratch { (program: Program) throws in
      let files = ["four-potentials", "dragged-trap"].map { Self.scenarios.appending(path: "\($0).yaml").path }
      let outcome = try program.run("cite", files[0], files[1])
      #expect(outcome.status == 0 && outcome.errors == "")
      let keys = outcome.output.split(separator: "\n").filter { $0.hasPrefix("@") }
        .compactMap { $0.split(separator: "{").last.map { String($0.dropLast()) } }
      #expect(Set(keys).count == keys.count)
      for key in ["ziyin2026", "robbins1951", "jarzynski1997", "crooks1999", "salmon2011"] {
        #expect(keys.contains(key))
      }
      #expect(keys.suffix(2) == ["gsl2009", "loschmidt"])
      #expect(program.entries() == [])
    }
  }

  @Test func aWrongScenarioIs65() throws {
    try Program.inScratch { (program: Program) throws in
      try program.put("loschmidt: 1\nseed: 1\n", at: "a.yaml")
      let outcome = try program.run("cite", Self.scenarios.appending(path: "curl.yaml").path, "a.yaml")
      #expect(outcome.status == 65 && outcome.output == "")
      #expect(outcome.errors.contains("a.yaml:1:1: error: 'scenario' needs the key 'process'"))
    }
  }
}
