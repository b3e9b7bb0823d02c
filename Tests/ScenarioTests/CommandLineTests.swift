import Foundation
import Testing

/// The command from outside: exit statuses, streams and folders.
@Suite struct CommandLineTests {
  /// A sound scenario that is done in no time, and passes.
  private static let sound = """
    loschmidt: 1
    title: A quadratic well
    seed: 3
    process:
      parameters: {x: 1.0}
      loss: 0.5*x^2
      algorithm: {gradient-descent: {learning-rate: 0.1}}
    experiments:
      - potentials: {learning-rates: [0.01, 0.005]}

    """

  /// Runs the body in a new folder that holds `a.yaml`.
  private func withScenario(_ text: String = sound, _ body: (Program) throws -> Void) throws {
    try Program.inScratch { program in
      try program.put(text, at: "a.yaml")
      try body(program)
    }
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  // MARK: Usage

  @Test func helpAndVersion() throws {
    try Program.inScratch { (program: Program) throws in
      for arguments in [["--help"], ["help", "run"], ["run", "--help"], []] {
        let outcome = try program.start(arguments).outcome()
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("USAGE: loschmidt"))
      }
      let version = try program.run("--version")
      #expect(version.output == "loschmidt 0.1.0\n")
    }
  }

  @Test(arguments: [
    ["run"], ["run", "a.yaml", "--threads", "0"], ["run", "a.yaml", "--threads", "two"],
    ["run", "a.yaml", "--set", "x"],
    ["run", "a.yaml", "--seed=-1"], ["run", "a.yaml", "--format", "xml"], ["run", "a.yaml", "--nonsense"], ["nonsense"],
    ["list", "nonsense"], ["replay", "a.yaml"], ["replay", "a.yaml", "--trajectory=-1"],
    ["replay", "a.yaml", "a.yaml", "--trajectory", "0"], ["run", "a.yaml", "./a.yaml", "--output", "out"],
    ["run", "a.yaml", "--output", ""],
  ]) func wrongUsageIs64(arguments: [String]) throws {
    try withScenario { (program: Program) throws in
      let outcome = try program.start(arguments).outcome()
      #expect(outcome.status == 64)
      #expect(outcome.output == "")
      #expect(outcome.errors.contains("Error: "))
      #expect(program.entries() == ["a.yaml"])
    }
  }

  @Test func listNamesWhatTheFormatOffers() throws {
    try Program.inScratch { (program: Program) throws in
      let all = try program.run("list")
      #expect(all.status == 0)
      for (kind, name) in [
        ("algorithms", "gradient-descent"), ("gradients", "minibatch"), ("experiments", "potentials"),
        ("functions", "softplus"),
      ] {
        #expect(all.output.contains(name))
        #expect(try program.run("list", kind).output.contains(name))
      }
    }
  }

  // MARK: Replay

  @Test func replayWritesOnePath() throws {
    let text = """
      loschmidt: 1
      seed: 3
      process:
        parameters: {x: 1.0}
        loss: 0.5*x^2
        algorithm: {gradient-descent: {learning-rate: 0.1}}
        temperature: 0.1
      experiments:
        - relaxation: {trajectories: 7, steps: 5}

      """
    try withScenario(text) { (program: Program) throws in
      let outcome = try program.run("replay", "a.yaml", "--trajectory", "6")
      #expect(outcome.status == 0 && outcome.errors == "")
      #expect(outcome.output.hasPrefix("step,time,x,medium\r\n0,0,1,0\r\n1,0.1,"))
      #expect(try program.run("replay", "a.yaml", "--trajectory", "6", "--experiment", "0").output == outcome.output)
      #expect(try program.run("replay", "a.yaml", "--trajectory", "6", "--seed", "4").output != outcome.output)
      for arguments in [["7"], ["0", "--experiment", "1"]] {
        let wrong = try program.start(["replay", "a.yaml", "--trajectory"] + arguments).outcome()
        #expect(wrong.status == 64 && wrong.output == "" && wrong.errors.hasPrefix("a.yaml: error: there is no "))
      }
      #expect(program.entries() == ["a.yaml"])
    }
    try withScenario { (program: Program) throws in
      let outcome = try program.run("replay", "a.yaml", "--trajectory", "0")
      #expect(outcome.status == 64 && outcome.errors.contains("no experiment of the scenario simulates"))
      #expect(try program.run("replay", "b.yaml", "--trajectory", "0").status == 65)
    }
  }

  // MARK: Scenarios

  @Test func aSoundScenarioIs0() throws {
    try withScenario { (program: Program) throws in
      let outcome = try program.run("run", "a.yaml")
      #expect(outcome.status == 0)
      #expect(outcome.errors.isEmptyButForGnuplot)
      #expect(outcome.output.hasPrefix("A quadratic well\nseed 3, "))
      #expect(outcome.output.contains("pass       limit.TA[0]"))
      #expect(outcome.output.hasSuffix("The results are in results/a\n"))
      let results = try json(try program.read("results/a/results.json"))
      #expect(results["seed"] as? Int == 3)
      #expect(program.entries("results/a").contains("0-potentials-forces.csv"))
      #expect(program.entries("results") == ["a"])
    }
  }

  @Test func aWrongScenarioIs65WithAPlace() throws {
    try withScenario(Self.sound.replacing("0.5*x^2", with: "0.5*z^2")) { (program: Program) throws in
      for command in ["run", "check"] {
        let outcome = try program.run(command, "a.yaml")
        #expect(outcome.status == 65)
        #expect(outcome.output == "")
        #expect(outcome.errors.hasPrefix("a.yaml:6:"))
        #expect(outcome.errors.contains(": error: "))
      }
      #expect(program.entries() == ["a.yaml"])
      #expect(try program.run("run", "no-such-file.yaml").status == 65)
    }
  }

  @Test func checkRunsNothing() throws {
    try withScenario { (program: Program) throws in
      let outcome = try program.run("check", "a.yaml")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("gradient-descent"))
      #expect(program.entries() == ["a.yaml"])
    }
  }

  @Test func oneOfSeveralFilesThatIsWrongSetsTheStatus() throws {
    try withScenario { (program: Program) throws in
      try program.put("loschmidt: 1\n", at: "b.yaml")
      let outcome = try program.run("run", "b.yaml", "a.yaml", "--output", "out")
      #expect(outcome.status == 65)
      #expect(program.entries("out") == ["a"])
    }
  }

  // MARK: Overrides

  @Test func settingsOverrideKeys() throws {
    try withScenario { (program: Program) throws in
      let outcome = try program.run(
        "run", "a.yaml", "--set", "process.parameters.x=2", "--seed", "7", "--format", "json")
      #expect(outcome.status == 0)
      let results = try json(outcome.output)
      #expect(results["seed"] as? Int == 7)
      #expect(results["overrides"] as? [String] == ["process.parameters.x=2"])
      let unknown = try program.run("run", "a.yaml", "--set", "process.nonsense=2")
      #expect(unknown.status == 65)
      #expect(unknown.errors.contains("nonsense"))
    }
  }

  // MARK: Streams

  @Test func jsonIsAllThatIsPrinted() throws {
    try withScenario { (program: Program) throws in
      let outcome = try program.run("run", "a.yaml", "--format", "json", "--output", "out")
      #expect(outcome.status == 0)
      #expect(outcome.errors.isEmptyButForGnuplot)
      #expect(outcome.output == (try program.read("out/results.json")))
      #expect(try json(outcome.output)["scenario"] as? String == "a")
    }
  }

  @Test func jsonOfSeveralFilesIsAnArray() throws {
    try withScenario { (program: Program) throws in
      try program.put(Self.sound, at: "b.yaml")
      let outcome = try program.run("run", "a.yaml", "b.yaml", "--format", "json")
      let runs = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]]
      #expect(runs?.map { $0["scenario"] as? String } == ["a", "b"])
    }
  }

  @Test func experimentsDoNotDependOnThreads() throws {
    try withScenario { (program: Program) throws in
      let one = try program.run("run", "a.yaml", "--format", "json", "--threads", "1").output
      let five = try program.run("run", "a.yaml", "--format", "json", "--threads", "5").output
      let marker = "\"experiments\":"
      let start = try #require(one.range(of: marker))
      #expect(one[start.lowerBound...] == five[try #require(five.range(of: marker)).lowerBound...])
    }
  }

  @Test func quietPrintsNothing() throws {
    try withScenario { (program: Program) throws in
      let outcome = try program.run("run", "a.yaml", "--quiet")
      #expect(outcome.status == 0)
      #expect(outcome.output == "")
      #expect(outcome.errors == "")
      #expect(program.entries("results/a").contains("results.json"))
    }
  }

  @Test func noColourWhereThereIsNoTerminal() throws {
    try withScenario { (program: Program) throws in
      #expect(!(try program.run("run", "a.yaml").output.contains("\u{1b}")))
    }
  }

  /// `script` gives the command a terminal; where it is missing or not that of util-linux there is nothing to run it in.
  @Test(.enabled(if: (try? Program().shell("script --version"))?.output.contains("util-linux") == true))
  func colourOnATerminalUnlessRefused() throws {
    try withScenario { (program: Program) throws in
      let line = "TERM=xterm script -qec '\"$LOSCHMIDT\" run a.yaml' /dev/null"
      #expect(try program.shell("unset NO_COLOR; \(line)").output.contains("\u{1b}[32mpass"))
      #expect(!(try program.shell("NO_COLOR=1 \(line)").output.contains("\u{1b}[32m")))
    }
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"))) func aFullOutputIs74() throws {
    try withScenario { (program: Program) throws in
      #expect(try program.shell("\"$LOSCHMIDT\" run a.yaml >/dev/full").status == 74)
    }
  }

  // MARK: Interruption

  /// The scenario is a pipe: once it is open for writing, the command is there and waits for what comes.
  @Test(arguments: [("INT", 130), ("TERM", 143)]) func aSignalStopsTheRun(signal: String, status: Int) throws {
    try Program.inScratch { (program: Program) throws in
      let outcome = try program.shell(
        """
        mkfifo pipe.yaml
        "$LOSCHMIDT" run pipe.yaml --output out &
        exec 3>pipe.yaml
        kill -\(signal) $!
        wait $!
        echo "status $?"
        """)
      #expect(outcome.output == "status \(status)\n")
      #expect(outcome.errors == "loschmidt: interrupted before the end; nothing of the unfinished run was written.\n")
      #expect(program.entries() == ["pipe.yaml"])
    }
  }

  /// A run that would take hours is asked to stop as soon as it says that it has begun to write nothing yet.
  @Test func aStoppedRunWritesWhatIsDone() throws {
    try Program.inScratch { (program: Program) throws in
      try program.put(
        """
        loschmidt: 1
        seed: 5
        process:
          parameters: {x: "normal(0, 1)"}
          loss: 0.5*x^2
          temperature: 1
          algorithm: {gradient-descent: {learning-rate: 0.1}}
        experiments:
          - fluctuation-theorem: {trajectories: 50000000, steps: 500}
        """, at: "long.yaml")
      let outcome = try program.shell(
        """
        "$LOSCHMIDT" run long.yaml --output out --quiet &
        sleep 3
        kill -INT $!
        wait $!
        echo "status $?"
        """)
      #expect(outcome.output == "status 130\n")
      let start = "loschmidt: stopping; what is done will be written. Once more ends at once.\n"
      // Where the machine is so busy that verdicts take seconds, what was kept before them is written, with a warning.
      let given = "long.yaml: warning: what was done before is in out.interrupted\n"
      let rest = String(outcome.errors.dropFirst(start.count)).replacing(given, with: "")
      #expect(outcome.errors.hasPrefix(start) && rest.isEmptyButForGnuplot, "\(outcome.errors)")
      #expect(program.entries() == ["long.yaml", "out.interrupted"])
      let results = try program.read("out.interrupted/results.json")
      #expect(results.contains("\"interrupted\": true"))
      #expect(results.contains("was stopped after"))
    }
  }

  // MARK: Folders

  @Test func theDefaultFolderIsNumbered() throws {
    try withScenario { (program: Program) throws in
      for _ in 0..<3 { #expect(try program.run("run", "a.yaml", "--quiet").status == 0) }
      #expect(program.entries("results") == ["a", "a-2", "a-3"])
    }
  }

  @Test func aNamedFolderThatIsFullIs74UnlessForced() throws {
    try withScenario { (program: Program) throws in
      #expect(try program.run("run", "a.yaml", "--output", "out", "--quiet").status == 0)
      try program.put("mine", at: "out/notes.txt")
      let before = try program.read("out/results.json")
      let refused = try program.run("run", "a.yaml", "--output", "out", "--seed", "4")
      #expect(refused.status == 74)
      #expect(refused.errors.hasPrefix("out: error: "))
      #expect(try program.read("out/results.json") == before)
      #expect(try program.run("run", "a.yaml", "--output", "out", "--seed", "4", "--force", "--quiet").status == 0)
      #expect(try json(try program.read("out/results.json"))["seed"] as? Int == 4)
      #expect(try program.read("out/notes.txt") == "mine")
    }
  }

  @Test func aFolderBelowAFileIs74() throws {
    try withScenario { (program: Program) throws in
      let outcome = try program.run("run", "a.yaml", "--output", "a.yaml/out")
      #expect(outcome.status == 74)
      #expect(outcome.errors.contains("not a folder"))
      #expect(program.entries() == ["a.yaml"])
    }
  }

  /// A limit on the size of files stands for a full disk: no byte can be written, and nothing is left.
  @Test func aDiskThatIsFullIs74AndLeavesNothing() throws {
    try withScenario { (program: Program) throws in
      let line = "trap '' XFSZ; { ulimit -f 0; \"$LOSCHMIDT\" run a.yaml --output deep/out 2>&1; } | cat; ls -A"
      let status = "trap '' XFSZ; ulimit -f 0; exec \"$LOSCHMIDT\" run a.yaml --output deep/out --quiet 2>/dev/null"
      let outcome = try program.shell(line)
      #expect(outcome.output.contains("error: the file cannot be written"))
      #expect(outcome.output.contains("pass       limit.TA[0]"), "what was computed is printed all the same")
      #expect(outcome.output.hasSuffix("\na.yaml\n"))
      #expect(try program.shell(status).status == 74)
      #expect(program.entries() == ["a.yaml"])
    }
  }
}
