import Foundation
import Loschmidt
import Testing

/// `loschmidt report` through the built command.
@Suite struct ReportCommandTests {
  private let scenario = """
    loschmidt: 1
    title: A trap
    seed: 18446744073709551615
    process:
      parameters: {x: 1, y: 0.5}
      loss: 0.5*x^2 + 0.25*y^4
      algorithm: {gradient-descent: {learning-rate: 0.05}}
      temperature: 0.1
    experiments:
      - relaxation: {steps: 20, trajectories: 16}
      - relaxation: {steps: 30, trajectories: 8, observables: {l: x^2}}

    """

  private func bytes(_ program: Program, _ folder: String) -> [String: Data] {
    var files: [String: Data] = [:]
    for name in program.entries(folder) {
      files[name] = FileManager.default.contents(
        atPath: program.folder.appendingPathComponent("\(folder)/\(name)").path)
    }
    return files
  }

  @Test func theFolderIsMadeAgainToTheByte() throws {
    try Program.inScratch { program in
      try program.put(scenario, at: "a.yaml")
      #expect(
        try program.run("run", "a.yaml", "--quiet", "--output", "out", "--set", "experiments.0.steps=10").status == 0)
      let before = bytes(program, "out")
      #expect(try program.shell("cd out && rm *.csv *.gp report.html && rm -f *.svg *.png").status == 0)
      let outcome = try program.run("report", "out")
      #expect(outcome.status == 0 && outcome.output == "The report is out/report.html\n")
      #expect(outcome.errors.isEmptyButForGnuplot)
      let after = bytes(program, "out")
      #expect(after.keys.sorted() == before.keys.sorted())
      for (name, data) in before { #expect(after[name] == data, "\(name) differs") }
      #expect(before.count > 8)
    }
  }

  @Test(.enabled(if: Gnuplot.installed() != nil, "gnuplot is not installed"))
  func aRunWithoutGnuplotIsFinishedWhereThereIsOne() throws {
    try Program.inScratch { program in
      try program.put(scenario, at: "a.yaml")
      let arguments = ["run", "a.yaml", "--quiet", "--output"]
      #expect(try program.run(arguments[0], arguments[1], arguments[2], arguments[3], "with").status == 0)
      let without = try program.run(
        arguments[0], arguments[1], arguments[2], arguments[3], "without", environment: ["PATH": "/nowhere"])
      #expect(without.status == 0)
      #expect(!program.entries("without").contains { $0.hasSuffix(".svg") })
      #expect(try program.run("report", "without").errors == "")
      let (made, wanted) = (bytes(program, "without"), bytes(program, "with"))
      #expect(made.keys.sorted() == wanted.keys.sorted())
      // The two runs took different times, and the rest is the same.
      for (name, data) in wanted where !["results.json", "report.html"].contains(name) {
        #expect(made[name] == data, "\(name) differs")
      }
      #expect(try program.read("without/report.html").contains("<svg role=\"img\""))
    }
  }

  @Test func whatIsWrongIsRefused() throws {
    try Program.inScratch { program in
      #expect(try program.run("report").status == 64)
      let none = try program.run("report", "none")
      #expect(none.status == 65 && none.errors == "none: error: there is no such folder\n")
      try program.put("{\n  \"format\": 2}", at: "results.json")
      let format = try program.run("report", ".")
      #expect(format.status == 65 && format.errors.contains("format is 2, and this version reads"))
      try program.put("{\n  \"format\" 1}", at: "results.json")
      #expect(try program.run("report", ".").errors.hasPrefix("./results.json:2:12: error: a colon is missing here"))
    }
  }

  /// A limit on the size of files stands for a full disk: both make a write fail half-way.
  @Test func whereTheReportDoesNotFitTheOldOneStays() throws {
    try Program.inScratch { program in
      try program.put(scenario, at: "a.yaml")
      #expect(try program.run("run", "a.yaml", "--quiet", "--output", "out").status == 0)
      let before = bytes(program, "out")
      let outcome = try program.shell("trap '' XFSZ; ulimit -f 16; \"$LOSCHMIDT\" report out")
      #expect(outcome.status == 74)
      #expect(outcome.errors.contains("the file cannot be written"))
      #expect(bytes(program, "out") == before)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func aFolderThatMayOnlyBeReadIsRefused() throws {
    try Program.inScratch { program in
      try program.put(scenario, at: "a.yaml")
      #expect(try program.run("run", "a.yaml", "--quiet", "--output", "out").status == 0)
      let outcome = try program.shell(
        "chmod a-w out; \"$LOSCHMIDT\" report out; status=$?; chmod u+w out; exit $status")
      #expect(outcome.status == 74)
      #expect(outcome.errors.contains("out: error: cannot write here"))
    }
  }
}
