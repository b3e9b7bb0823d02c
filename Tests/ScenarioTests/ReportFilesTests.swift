import Foundation
import Loschmidt
import Testing

/// The reports and figures of the built command: with and without gnuplot, and where they cannot be written.
@Suite struct ReportFilesTests {
  private let scenario = """
    # Does a step forget?
    loschmidt: 1
    title: A well of two dimensions <b>
    seed: 3
    process:
      parameters: {x: 1, y: 0.5}
      loss: 0.5*x^2 + 0.25*y^4
      algorithm: {gradient-descent: {learning-rate: 0.05}}
      temperature: 0.1
    experiments:
      - relaxation: {steps: 20, trajectories: 16}

    """

  @Test func withoutGnuplotARunWorksAndSaysWhatIsMissing() throws {
    try Program.inScratch { program in
      try program.put(scenario, at: "a.yaml")
      let outcome = try program.run("run", "a.yaml", "--output", "out", environment: ["PATH": "/nowhere"])
      #expect(outcome.status == 0)
      #expect(outcome.errors.hasPrefix("a.yaml: warning: gnuplot is not installed: "))
      let entries = program.entries("out")
      #expect(entries.contains("report.html") && entries.contains("0-relaxation-portrait.gp"))
      #expect(!entries.contains { $0.hasSuffix(".svg") || $0.hasSuffix(".png") })
      let report = try program.read("out/report.html")
      #expect(report.contains("gnuplot is not installed") && report.contains("Does a step forget?"))
      #expect(report.contains("A well of two dimensions &lt;b&gt;"))
      #expect(try program.read("out/scenario.yaml") == scenario)
      let quiet = try program.run("run", "a.yaml", "--quiet", environment: ["PATH": "/nowhere"])
      #expect(quiet.status == 0 && quiet.errors == "")
    }
  }

  @Test(.enabled(if: Gnuplot.installed() != nil, "gnuplot is not installed"))
  func theScriptsDrawTheFiguresAgain() throws {
    try Program.inScratch { program in
      try program.put(scenario, at: "a.yaml")
      #expect(try program.run("run", "a.yaml", "--output", "out").errors == "")
      let stem = "0-relaxation-portrait"
      #expect(try program.read("out/report.html").contains("<svg role=\"img\""))
      let first = try program.read("out/\(stem).svg")
      let outcome = try program.shell(
        "cd out && rm *.svg *.png && for script in *.gp; do gnuplot $script || exit 1; done")
      #expect(outcome.status == 0 && outcome.errors == "")
      #expect(try program.read("out/\(stem).svg") == first)
      #expect(program.entries("out").contains("\(stem).png"))
    }
  }

  /// A limit on the size of files stands for a full disk: both make a write fail half-way.
  @Test func whereTheReportDoesNotFitNothingIsLeft() throws {
    try Program.inScratch { program in
      try program.put(scenario, at: "a.yaml")
      let outcome = try program.shell("trap '' XFSZ; ulimit -f 16; \"$LOSCHMIDT\" run a.yaml --quiet --output out")
      #expect(outcome.status == 74)
      #expect(outcome.errors.contains("the file cannot be written"))
      #expect(program.entries() == ["a.yaml"])
    }
  }

  /// What the earlier run drew is gone, and what lies there besides is not.
  @Test func forceReplacesTheFiguresOfAnEarlierRun() throws {
    try Program.inScratch { program in
      try program.put(scenario, at: "a.yaml")
      try program.put(
        scenario.replacingOccurrences(of: ", y: 0.5", with: "")
          .replacingOccurrences(of: " + 0.25*y^4", with: ""), at: "b.yaml")
      #expect(try program.run("run", "a.yaml", "--quiet", "--output", "out").status == 0)
      try program.put("mine", at: "out/0-relaxation-mine.png")
      #expect(try program.run("run", "b.yaml", "--quiet", "--force", "--output", "out").status == 0)
      let entries = program.entries("out")
      #expect(!entries.contains { $0.contains("portrait") })
      #expect(entries.contains("0-relaxation-mine.png") && entries.contains("0-relaxation-loss.gp"))
    }
  }
}
