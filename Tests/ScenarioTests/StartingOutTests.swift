import Foundation
import Loschmidt
import Testing

/// What somebody meets who does not know the command yet: templates, the schema, misspelt words.
@Suite struct StartingOutTests {
  // MARK: init

  @Test(arguments: ScenarioTemplate.all.map(\.name)) func aTemplateIsPrintedAndSound(name: String)
    throws
  {
    try Program.inScratch { (program: Program) throws in
      let printed = try program.run("init", name)
      #expect(printed.status == 0 && printed.errors == "")
      #expect(printed.output == (try ScenarioTemplate.named(name).text))
      let written = try program.run("init", name, "--output", "mine.yaml")
      #expect(written.status == 0 && written.errors == "")
      #expect(written.output == "The scenario is in mine.yaml. Next: loschmidt run mine.yaml\n")
      #expect(try program.read("mine.yaml") == printed.output)
      #expect(program.entries() == ["mine.yaml"])
      let check = try program.run("check", "mine.yaml")
      #expect(check.status == 0 && check.errors == "")
    }
  }

  @Test func theFirstTemplateRuns() throws {
    try Program.inScratch { (program: Program) throws in
      let printed = try program.run("init")
      #expect(printed.output == ScenarioTemplate.all[0].text)
      #expect(printed.errors.contains("  symmetry") && printed.errors.contains("--output FILE"))
      try program.put(printed.output, at: "mine.yaml")
      let outcome = try program.run("run", "mine.yaml", "--strict")
      #expect(outcome.status == 0 && outcome.output.contains("5 pass, 0 fail, 0 undecided"))
    }
  }

  @Test func aFileThatExistsIsLeftAlone() throws {
    try Program.inScratch { (program: Program) throws in
      try program.put("mine", at: "mine.yaml")
      let refused = try program.run("init", "--output", "mine.yaml")
      #expect(refused.status == 74 && refused.output == "")
      #expect(refused.errors.hasPrefix("mine.yaml: error: the file exists already"))
      #expect(try program.read("mine.yaml") == "mine")
      #expect(try program.run("init", "--output", "mine.yaml", "--force").status == 0)
      #expect(try program.read("mine.yaml") == ScenarioTemplate.all[0].text)
      #expect(program.entries() == ["mine.yaml"])
    }
  }

  @Test func whatCannotBeWrittenIs74() throws {
    try Program.inScratch { (program: Program) throws in
      for path in ["no/such/folder/mine.yaml", "."] {
        let outcome = try program.run("init", "--output", path)
        #expect(outcome.status == 74 && outcome.errors.hasPrefix("\(path): error: "))
      }
      let full = try program.shell(
        "trap '' XFSZ; ulimit -f 0; exec \"$LOSCHMIDT\" init --output mine.yaml 2>/dev/null")
      #expect(full.status == 74)
      #expect(program.entries() == [])
    }
  }

  @Test func aMisspeltTemplateIs64() throws {
    try Program.inScratch { (program: Program) throws in
      let outcome = try program.run("init", "symetry", "--output", "mine.yaml")
      #expect(outcome.status == 64 && outcome.output == "")
      #expect(outcome.errors.contains("did you mean 'symmetry'?"))
      #expect(try program.run("init", "--force").status == 64)
      #expect(program.entries() == [])
    }
  }

  // MARK: schema

  @Test func theSchemaIsPrinted() throws {
    try Program.inScratch { (program: Program) throws in
      let outcome = try program.run("schema")
      #expect(outcome.status == 0 && outcome.errors == "")
      #expect(outcome.output == ScenarioSchema.document)
      let schema =
        try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
      #expect(schema?["$schema"] as? String == "http://json-schema.org/draft-07/schema#")
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"))) func aFullOutputIs74()
    throws
  {
    try Program.inScratch { (program: Program) throws in
      for command in ["schema", "init", "list"] {
        #expect(try program.shell("\"$LOSCHMIDT\" \(command) >/dev/full").status == 74)
      }
    }
  }

  // MARK: Misspelt words

  @Test(arguments: [
    (["rnu", "a.yaml"], "Did you mean 'run'?"), (["chekc"], "Did you mean 'check'?"),
    (["help", "lst"], "Did you mean 'list'?"),
    (["a.yaml"], "Did you mean 'loschmidt run a.yaml'?"),
    (["no/such.YML", "--quiet"], "Did you mean 'loschmidt run no/such.YML'?"),
    (["./a"], "Did you mean 'loschmidt run ./a'?"),
    (["something"], "The commands are run, init, check, list,"),
    (["run", "a.yaml", "--quite"], "Did you mean '--quiet'?"), ([""], "'' is not a command"),
    (["list", "gradient"], "gradients"),
  ]) func theNearestIsNamed(arguments: [String], advice: String) throws {
    try Program.inScratch { (program: Program) throws in
      try program.put("", at: "a")
      let outcome = try program.start(arguments).outcome()
      #expect(outcome.status == 64 && outcome.output == "")
      #expect(
        outcome.errors.hasPrefix("Error: ") && outcome.errors.contains(advice), "\(outcome.errors)")
    }
  }

  @Test(arguments: [
    ["help"], ["help", "help"], ["help", "check"], ["init", "--help"], ["schema", "--help"],
  ])
  func helpIsHelp(arguments: [String]) throws {
    try Program.inScratch { (program: Program) throws in
      let outcome = try program.start(arguments).outcome()
      #expect(
        outcome.status == 0 && outcome.errors == "" && outcome.output.contains("USAGE: loschmidt"))
    }
  }
}
