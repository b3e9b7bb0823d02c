import Foundation
import Testing

/// Results that cannot be written: exit status 74, and nothing half-written is left.
@Suite struct UnwritablePlacesTests {
  private static let scenario = """
    loschmidt: 1
    seed: 3
    process:
      parameters: {x: 1.0}
      loss: 0.5*x^2
      algorithm: {gradient-descent: {learning-rate: 0.1}}
    experiments:
      - potentials: {learning-rates: [0.01, 0.005]}

    """

  /// Whether this machine lets us mount a disk of our own, which takes root or a user namespace.
  private static let mount: String? = ["unshare -m", "unshare -Urm"].first { command in
    let outcome = try? Program().shell("\(command) sh -c 'mount -t tmpfs none /mnt'")
    return outcome?.status == 0
  }

  /// Runs lines of shell in a folder `disk` with `a.yaml` in it, which is a disk of its own with these options.
  private func onDisk(_ options: String, _ lines: String) throws -> Program.Outcome {
    let mount = try #require(Self.mount)
    var outcome: Program.Outcome?
    try Program.inScratch { (program: Program) throws in
      try program.put(Self.scenario, at: "a.yaml")
      try program.put(
        """
        mkdir disk && mount -t tmpfs -o \(options) none disk && cp a.yaml disk && cd disk || exit 99
        \(lines)
        """, at: "session")
      outcome = try program.shell("\(mount) sh session")
    }
    return try #require(outcome)
  }

  /// The first disk has room for no file of the results, the second for some of them.
  @Test(.enabled(if: mount != nil, "no disk can be mounted"), arguments: ["8k", "48k"])
  func aFullDiskIs74AndLeavesNothing(size: String) throws {
    let outcome = try onDisk(
      "size=\(size)",
      """
      "$LOSCHMIDT" run a.yaml --quiet; echo $?
      "$LOSCHMIDT" run a.yaml --quiet --output out; echo $?
      find . -type f
      """)
    #expect(outcome.output == "74\n74\n./a.yaml\n")
    #expect(outcome.errors.contains("No space left on device"))
  }

  @Test(.enabled(if: mount != nil, "no disk can be mounted")) func whatIsThereSurvivesAFullDisk() throws {
    let outcome = try onDisk(
      "size=2m",
      """
      "$LOSCHMIDT" run a.yaml --quiet --output out; echo $?
      cksum out/* > before
      dd if=/dev/zero of=rest bs=4k 2>/dev/null
      "$LOSCHMIDT" run a.yaml --quiet --force --seed 4 --output out; echo $?
      cksum out/* | cmp - before && ls -A out | grep -c partial
      """)
    #expect(outcome.output == "0\n74\n0\n")
  }

  @Test(.enabled(if: mount != nil, "no disk can be mounted")) func aReadOnlyDiskIs74BeforeTheRun() throws {
    let outcome = try onDisk(
      "size=1m",
      """
      mkdir empty && mount -o remount,ro . || exit 99
      for output in "" "--output out" "--output empty" "--output deep/out"; do "$LOSCHMIDT" run a.yaml $output; echo $?; done
      "$LOSCHMIDT" init --output mine.yaml; echo $?
      find . | sort
      """)
    // Nothing is printed of the runs: they were not made.
    #expect(outcome.output == "74\n74\n74\n74\n74\n.\n./a.yaml\n./empty\n")
    #expect(outcome.errors.components(separatedBy: "Read-only file system").count == 6)
  }

  @Test func resultsThatIsNoFolderIs74() throws {
    for make in ["echo mine > results", "ln -s /no/such/place results"] {
      try Program.inScratch { (program: Program) throws in
        try program.put(Self.scenario, at: "a.yaml")
        let outcome = try program.shell("\(make); \"$LOSCHMIDT\" run a.yaml")
        #expect(outcome.status == 74 && outcome.output == "")
        #expect(outcome.errors == "results/a: error: cannot write here, results is not a folder\n")
        #expect(program.entries() == ["a.yaml", "results"])
      }
    }
  }

  /// A name that something stands under already, be it a link to nowhere, is passed over.
  @Test func numbersPassOverWhateverIsThere() throws {
    try Program.inScratch { (program: Program) throws in
      try program.put(Self.scenario, at: "a.yaml")
      let outcome = try program.shell(
        "mkdir results; ln -s /no/such/place results/a; echo mine > results/a-2; \"$LOSCHMIDT\" run a.yaml --quiet; echo $?"
      )
      #expect(outcome.output == "0\n")
      #expect(program.entries("results") == ["a", "a-2", "a-3"])
      #expect(try program.read("results/a-2") == "mine\n")
    }
  }
}
