import Foundation
import LoschmidtTestSupport
import Testing

/// A run that is stopped, at whatever moment of whatever experiment, leaves what is done, within five seconds.
///
/// Twelve signals, or LOSCHMIDT_SIGNALS of them, at random moments.
@Suite(.serialized) struct InterruptionTests {
  static let count = ProcessInfo.processInfo.environment["LOSCHMIDT_SIGNALS"].flatMap { Int($0) } ?? 12
  /// A machine that does other work as well, or a debug build, may take longer to write.
  static let patience = ProcessInfo.processInfo.environment["LOSCHMIDT_SIGNALS"] == nil ? 20.0 : 5

  /// The process of most of them, and a first experiment that is done in no time.
  private static func scenario(_ experiment: String, _ process: String = thermal) -> String {
    """
    loschmidt: 1
    seed: 5
    process:
    \(process)
    experiments:
      - relaxation: {trajectories: 4, steps: 2}
      - \(experiment)

    """
  }

  private static let thermal = """
      parameters: {x: "normal(0.3, 0.6)"}
      loss: (x^2 - 1)^2
      temperature: 0.5
      algorithm: {gradient-descent: {learning-rate: 0.02}}
    """

  private static let sampled = """
      parameters: {u: 1.3, w: 0.4}
      loss: 0.5*(u*w*x - y)^2
      data: {x: [1.0, -0.5, 2.0, 0.3], y: [0.8, -0.1, 1.7, 0.4]}
      gradient: {minibatch: {size: 1}}
      algorithm: {gradient-descent: {learning-rate: 0.05}}
    """

  /// A flow of time scales that differ by 10¹⁰.
  private static let stiff = """
      parameters: {x: -0.75, y: 1.25}
      loss: "(1 - x)^2/2 + (y - x^2)^2"
      algorithm: {gradient-descent: {learning-rate: 0.05, preconditioner: [[1.5, 0.5], [0.5, 1e10]]}}
    """

  /// Runs of hours, one for each experiment and stage.
  static let scenarios = [
    scenario("fluctuation-theorem: {trajectories: 50000000, steps: 500}"),
    scenario("fluctuation-theorem: {trajectories: 1000, steps: 1, calibration: {repetitions: 1000000, noise: [1]}}"),
    scenario("entropy-production: {trajectories: 1000000, steps: 100000, burn-in: 10}"),
    scenario("stationary: {trajectories: 1000000, steps: 100000, burn-in: 10, observables: {s: x^2}}"),
    scenario("relaxation: {trajectories: 100000000, steps: 1000, every: 100}"),
    // Its phase portrait follows four paths of two coordinates, one after the other.
    scenario("relaxation: {trajectories: 2, steps: 20000000, every: 10000}", sampled),
    scenario(
      "scaling: {over: temperature, values: [0.3, 0.5, 0.7], statistic: variance, observable: x, "
        + "trajectories: 100000, steps: 1000000}"),
    scenario("symmetry: {generators: {r: {u: u*exp(s), w: w*exp(-s)}}, trajectories: 100000000, steps: 1000}", sampled),
    scenario(
      "noise-comparison: {models: [{minibatch: {size: 1}}, {gaussian: {size: 1}}], trajectories: 4000, "
        + "steps: 10000000, burn-in: 10}", sampled),
    scenario(
      "potentials: {points: {x: {from: -0.75, to: 0.75, count: 30}, y: {from: 0.5, to: 1.25, count: 30}}, "
        + "learning-rates: {from: 0.2, to: 0.001, count: 10}}", stiff),
  ]

  private static let signals: [(name: String, status: Int32)] = [("INT", 130), ("TERM", 143), ("HUP", 129)]

  @Test func signalsAtRandomMomentsLeaveWhatIsDone() throws {
    var random = TestRandom(seed: 20_261_201)
    var slowest = 0.0
    for number in 0..<Self.count {
      let text = Self.scenarios[number % Self.scenarios.count]
      let signal = random.pick(Self.signals)
      let delay = random.next(in: 1.2...3)
      try Program.inScratch { (program: Program) throws in
        try program.put(text, at: "long.yaml")
        // `timeout` sends two signals at once, and so does every third one here.
        let again = number % 3 == 0 ? "; sleep 0.3; kill -\(signal.name) $!" : ""
        let outcome = try program.shell(
          """
          "\(ExtremeRunFuzzTests.program)" run long.yaml --output out --quiet &
          sleep \(delay)
          date +%s.%N > before
          kill -\(signal.name) $!\(again)
          wait $!
          status=$?
          date +%s.%N > after
          exit $status
          """)
        let about = "\(number): \(signal.name) after \(delay) s: \(outcome.errors)\n\(text)"
        #expect(outcome.status == signal.status, "\(about)")
        let times = try ["before", "after"].map { name in
          try #require(Double(try program.read(name).trimmingCharacters(in: .whitespacesAndNewlines)))
        }
        slowest = max(slowest, times[1] - times[0])
        #expect(times[1] - times[0] <= Self.patience, "\(about)")
        #expect(program.entries() == ["after", "before", "long.yaml", "out.interrupted"], "\(about)")
        let files = program.entries("out.interrupted")
        #expect(files.contains("report.html") && files.contains("0-relaxation-path.csv"))
        let results = try #require(
          try JSONSerialization.jsonObject(with: Data(try program.read("out.interrupted/results.json").utf8))
            as? [String: Any])
        #expect(results["interrupted"] as? Bool == true)
        #expect((results["experiments"] as? [Any])?.isEmpty == false)
      }
    }
    print("\(Self.count) signals, the slowest answer after \(slowest) s")
  }

  @Test func theTimeLimitIsASignal() throws {
    try Program.inScratch { (program: Program) throws in
      try program.put(Self.scenarios[0], at: "long.yaml")
      let began = ContinuousClock.now
      let outcome = try program.run("run", "long.yaml", "--output", "out", "--quiet", "--max-seconds", "2")
      #expect(ContinuousClock.now - began < .seconds(2 + Self.patience))
      #expect(outcome.status == 143)
      let start = "loschmidt: --max-seconds 2 have passed: stopping; what is done will be written."
      #expect(outcome.errors.hasPrefix(start))
      #expect(program.entries() == ["long.yaml", "out.interrupted"])
      // One that is never reached changes nothing.
      try program.put(Self.scenario("relaxation: {trajectories: 4, steps: 2}"), at: "short.yaml")
      #expect(try program.run("run", "short.yaml", "--output", "o", "--quiet", "--max-seconds", "1e6").status == 0)
      for wrong in ["0", "-1", "nan", "1e10", "soon"] {
        #expect(try program.run("run", "short.yaml", "--max-seconds=\(wrong)").status == 64)
      }
    }
  }

  /// A fault of the program in one experiment does not take the others with it; the status says what it was.
  @Test func aCrashLeavesWhatWasDoneBefore() throws {
    try Program.inScratch { (program: Program) throws in
      try program.put(Self.scenarios[2], at: "long.yaml")
      let outcome = try program.shell(
        "\"$LOSCHMIDT\" run long.yaml --output out --quiet & sleep 1.5; kill -TRAP $!; wait $!")
      #expect(outcome.status == 70)
      #expect(outcome.errors.contains("loschmidt: error: a fault of the program, please report it\n"))
      #expect(outcome.errors.contains("what was done before is in out.interrupted"))
      #expect(program.entries() == ["long.yaml", "out.interrupted"])
      #expect(try program.read("out.interrupted/results.json").contains("\"kind\": \"relaxation\""))
    }
  }

  /// `nohup` asks that the end of a terminal be ignored.
  @Test func nohupIsHeeded() throws {
    try Program.inScratch { (program: Program) throws in
      try program.put(Self.scenarios[0], at: "long.yaml")
      let outcome = try program.shell(
        """
        nohup "$LOSCHMIDT" run long.yaml --output out --quiet >/dev/null &
        sleep 1; kill -HUP $!; sleep 1; kill -TERM $!
        wait $!
        """)
      #expect(outcome.status == 143)
    }
  }

  /// The numbers are written before anything is drawn; a gnuplot that hangs is ended with all that it started.
  @Test func aSignalEndsADrawingThatHangs() throws {
    try Program.inScratch { (program: Program) throws in
      try program.put("#!/bin/sh\nsleep 100 &\necho $! >> \"$HERE/pids\"\nwait\n", at: "gnuplot")
      try program.put(Self.scenario("relaxation: {trajectories: 4, steps: 2}"), at: "a.yaml")
      let outcome = try program.shell(
        """
        chmod 755 gnuplot; export HERE=$PWD TMPDIR=$PWD/tmp; mkdir tmp; PATH=$PWD:$PATH
        "$LOSCHMIDT" run a.yaml --output out --quiet &
        for i in $(seq 100); do [ -e pids ] && break; sleep 0.1; done
        [ -e out/results.json ] && echo written
        kill -INT $!
        wait $!
        status=$?
        sleep 0.2
        for pid in $(cat pids); do
          [ -e /proc/$pid/stat ] && ! grep -q ') Z ' /proc/$pid/stat && echo "$pid runs"
        done
        ls -A tmp
        exit $status
        """)
      #expect(outcome.status == 130)
      #expect(outcome.output == "written\n")
      #expect(program.entries("out").contains("report.html"))
      #expect(!(try program.read("out/results.json").contains("interrupted")))
      #expect(try program.read("out/report.html").contains("stopped before all figures were drawn"))
    }
  }

  /// A second signal within a second is the first one again; a later one ends the command wherever it is.
  ///
  /// The end of the command is held up by a reader of its output that does not read: the results, more than a pipe holds, are
  /// written to the folder, and cannot be printed.
  @Test func aLaterSignalEndsAtOnce() throws {
    try Program.inScratch { (program: Program) throws in
      let text = Self.scenarios[0].replacing(
        "trajectories: 4, steps: 2", with: "trajectories: 4, steps: 4000, every: 1")
      try program.put(text, at: "a.yaml")
      let outcome = try program.shell(
        """
        mkfifo pipe; sleep 60 < pipe & reader=$!
        "$LOSCHMIDT" run a.yaml --output out --quiet --format json --no-figures > pipe & run=$!
        sleep 2
        kill -TERM $run; sleep 0.3; kill -TERM $run
        for i in $(seq 200); do [ -e out.interrupted/results.json ] && break; sleep 0.1; done
        sleep 2
        kill -0 $run && echo held
        date +%s.%N > before
        kill -INT $run; wait $run; status=$?
        date +%s.%N > after
        kill $reader
        exit $status
        """)
      #expect(outcome.output == "held\n", "\(outcome.errors)")
      #expect(outcome.status == 130 && outcome.errors.contains("what was done is written"), "\(outcome.errors)")
      #expect(try program.read("out.interrupted/results.json").utf8.count > 1 << 17)
      let times = try ["before", "after"].map { name in
        try #require(Double(try program.read(name).trimmingCharacters(in: .whitespacesAndNewlines)))
      }
      // At once, on a machine that does other work; the reader would hold it up for 50 s more.
      #expect(times[1] - times[0] < 5)
    }
  }
}
