import Foundation
import Testing

/// A system that gives little: few open files, small files, one thread, closed or full streams.
@Suite struct ScarceSystemTests {
  private static let scenario = """
    loschmidt: 1
    seed: 3
    process:
      parameters: {x: "normal(0, 1)"}
      loss: 0.5*x^2
      algorithm: {gradient-descent: {learning-rate: 0.1}}
      temperature: 1
    experiments:
      - fluctuation-theorem: {trajectories: 4000, steps: 5}

    """

  private func inScratch(_ body: (Program) throws -> Void) throws {
    try Program.inScratch { program in
      try program.put(Self.scenario, at: "a.yaml")
      try body(program)
    }
  }

  // MARK: Open files and sizes

  /// Where the system's loader itself fails there is no command that could say anything (127).
  @Test(arguments: 3...16) func fewOpenFiles(limit: Int) throws {
    try inScratch { (program: Program) throws in
      let outcome = try program.shell("ulimit -n \(limit); exec \"$LOSCHMIDT\" run a.yaml --output out --quiet")
      #expect([0, 65, 74, 127].contains(outcome.status), "\(outcome.errors)")
      #expect(!outcome.errors.contains("a fault of the program"))
      #expect(outcome.status == 0 || !outcome.errors.isEmpty)
      #expect(program.entries() == (outcome.status == 0 ? ["a.yaml", "out"] : ["a.yaml"]), "\(outcome.errors)")
    }
  }

  @Test func filesThatMayNotGrowAre74() throws {
    try inScratch { (program: Program) throws in
      for blocks in [0, 1] {
        let run = "\"$LOSCHMIDT\" run a.yaml --output deep/out --quiet"
        let outcome = try program.shell("{ ulimit -f \(blocks); \(run); echo status $?; } 2>&1 | cat")
        #expect(outcome.output.contains("error: the file cannot be written: File too large"))
        #expect(outcome.output.hasSuffix("status 74\n"))
        #expect(program.entries() == ["a.yaml"])
      }
    }
  }

  /// An array of single trajectories that does not fit takes no result with it.
  @Test func whatIsSmallIsWrittenWhereArraysDoNotFit() throws {
    try inScratch { (program: Program) throws in
      try program.put(
        """
        loschmidt: 1
        seed: 3
        process:
          parameters: {x: "normal(0, 1)"}
          loss: 0.5*x^2
          algorithm: {gradient-descent: {learning-rate: 0.1}}
          temperature: 1
        experiments:
          - fluctuation-theorem: {theorems: [integral], trajectories: 100000, steps: 1}
        """, at: "large.yaml")
      // 800 kB of R against files of 300 blocks of 1024 bytes.
      let run = "\"$LOSCHMIDT\" run large.yaml --output out --quiet --no-figures"
      let outcome = try program.shell("{ ulimit -f 300; \(run); echo status $?; } 2>&1 | cat")
      #expect(outcome.output.contains("error: the file cannot be written: File too large"))
      #expect(outcome.output.hasSuffix("status 74\n"))
      let results = try program.read("out/results.json")
      #expect(results.contains("The arrays 'R' are left out: the file cannot be written: File too large."))
      #expect(results.contains("\"integral.estimate\""))
      #expect(!program.entries("out").contains { $0.hasSuffix(".npy") })
    }
  }

  // MARK: Threads

  /// A user who may have no second process or thread; only who may become another user can try that.
  @Test(.enabled(if: getuid() == 0 && FileManager.default.fileExists(atPath: "/usr/bin/setpriv")))
  func oneThreadIsEnough() throws {
    try inScratch { (program: Program) throws in
      // Another user must reach the program and the folder.
      let outcome = try program.shell(
        """
        here=$PWD; chmod 777 "$here"; cp "$LOSCHMIDT" "$here/command"; chmod 755 "$here/command"
        "$LOSCHMIDT" run a.yaml --output out --quiet --threads 4
        libraries=$(dirname "$(ldd "$LOSCHMIDT" | sed -n 's/.*libswiftCore.so => \\([^ ]*\\).*/\\1/p')")
        cat > limited <<'END'
        ulimit -u 1
        exec ./command run a.yaml --output limited-out --quiet --threads 4 --max-seconds 100
        END
        LD_LIBRARY_PATH=$libraries exec setpriv --reuid 12345 --clear-groups bash limited
        """)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let results = try ["out", "limited-out"].map { folder in
        try program.read("\(folder)/results.json").split(separator: "\n").filter { !$0.contains("wall_seconds") }
      }
      #expect(results[0] == results[1])
    }
  }

  // MARK: Standard streams

  /// No file of results may get the number of a stream, into which messages would then go.
  @Test(arguments: ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"]) func closedStreamsAreThrownAway(closed: String) throws {
    try inScratch { (program: Program) throws in
      let outcome = try program.shell("exec \"$LOSCHMIDT\" run a.yaml --output out \(closed)")
      #expect(outcome.status == 0)
      #expect(!outcome.errors.contains("Invalid argument"))
      let text = try program.read("out/results.json")
      #expect(try JSONSerialization.jsonObject(with: Data(text.utf8)) is [String: Any])
      let open = try program.shell("exec \"$LOSCHMIDT\" run a.yaml --output open --quiet")
      #expect(open.status == 0)
      #expect(program.entries("out") == program.entries("open"))
      for file in program.entries("out") where file.hasSuffix(".csv") || file.hasSuffix(".gp") {
        #expect(try program.read("out/\(file)") == program.read("open/\(file)"))
      }
    }
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: ["--help", "help run", "--version"])
  func aFullStreamIs74(arguments: String) throws {
    try inScratch { (program: Program) throws in
      let outcome = try program.shell("exec \"$LOSCHMIDT\" \(arguments) >/dev/full")
      #expect(outcome.status == 74)
      #expect(outcome.errors == "standard output: error: cannot write: No space left on device\n")
    }
  }

  // MARK: What a killed run left behind

  /// A hidden folder of a run that was killed is removed by the next one, and one that is in use is not.
  @Test func whatAKilledRunLeftIsRemoved() throws {
    try inScratch { (program: Program) throws in
      let outcome = try program.shell(
        """
        mkdir .out.partial-1 .out.partial-2 tmp; echo x > .out.partial-1/results.json
        mkdir tmp/loschmidt-drawing-1-1-x
        touch -d '1 hour ago' .out.partial-1 .out.partial-2 tmp/loschmidt-drawing-1-1-x
        exec 9<.out.partial-2; flock 9
        TMPDIR=$PWD/tmp "$LOSCHMIDT" run a.yaml --output out --quiet
        """)
      #expect(outcome.status == 0)
      #expect(program.entries() == [".out.partial-2", "a.yaml", "out", "tmp"])
      #expect(program.entries("tmp").isEmpty || !program.entries("out").contains { $0.hasSuffix(".svg") })
    }
  }
}
