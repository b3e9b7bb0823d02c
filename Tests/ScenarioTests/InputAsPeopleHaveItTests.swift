import Foundation
import Testing

/// Scenarios, tables and names as people have them, through the built command.
@Suite struct InputAsPeopleHaveItTests {
  private let scenario = """
    loschmidt: 1
    seed: 3
    process:
      parameters: {w: "normal(0.5, 0.1)"}
      loss: 0.5*(w*x - y)^2/100
      data: {csv: d.csv}
      gradient: {minibatch: {size: 1}}
      algorithm: {gradient-descent: {learning-rate: 0.1}}
    experiments:
      - potentials: {at: {w: 0.5}, learning-rates: [0.1, 0.05, 0.025]}

    """

  private static let rows = [
    (9.7, 7), (6.2, 3), (8.2, 8), (7.3, 3), (6.8, 4), (10.6, 4), (9.2, 6), (7.8, 5), (10.9, 5), (10.9, 3), (7.5, 7),
    (10.7, 4),
  ]

  /// The rows of a table, made by pandas, R and a spreadsheet of another country.
  private static let tables: [(csv: String, settings: [String])] = {
    func table(_ header: String, _ row: (Int, String, Int) -> String) -> String {
      header + "\n" + rows.enumerated().map { row($0, "\($1.0)", $1.1) + "\n" }.joined()
    }
    return [
      (table(",x,y") { "\($0),\($1),\($2)" }, []), (table("\"\",\"x\",\"y\"") { "\"\($0 + 1)\",\($1),\($2)" }, []),
      (table("name,x,y") { "\"sample, \($0)\",\($1),\($2)" }, []), (table("x, y, z") { "\($1), \($2), n/a" }, []),
      (
        table("y;x") { "\($2);\($1.replacing(".", with: ","))" },
        ["process.data.separator=\";\"", "process.data.decimal=\",\""]
      ), (table("x y") { "\($1) \($2)" }, ["process.data.separator=whitespace"]),
      (table("x\ty") { "\($1)\t\($2)" }, ["process.data.separator=tab"]),
    ]
  }()

  /// The leading potential is (η/4) E g² of the twelve samples at w = 0.5: by pandas 0.00072221065625.
  @Test(arguments: tables)
  func everyTableHasItsPotential(csv: String, settings: [String]) throws {
    try Program.inScratch { program in
      try program.put(scenario, at: "a.yaml")
      try program.put(csv, at: "d.csv")
      let options = ["run", "a.yaml", "--output", "out", "--quiet", "--no-figures"]
      let outcome = try program.start(options + settings.flatMap { ["--set", $0] }).outcome()
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      let line = try program.read("out/0-potentials-potentials.csv").split(separator: "\r\n")[1]
      let leading = try #require(Double(line.split(separator: ",")[2]))
      // The reference has eleven digits.
      #expect(abs(leading - 0.00072221065625) < 1e-14)
      #expect(!program.entries("out").contains { $0.hasSuffix(".svg") || $0.hasSuffix(".png") })
      #expect(program.entries("out").contains { $0.hasSuffix(".gp") })
      #expect(try program.read("out/report.html").contains("as --no-figures asks"))
    }
  }

  /// A scenario from a pipe: messages call it by a name of its own, data lie in the current folder.
  @Test func standardInput() throws {
    try Program.inScratch { program in
      try program.put(scenario, at: "a.yaml")
      try program.put("x,y\n1,2\n3,4\n", at: "d.csv")
      let run = try program.shell(
        "cat a.yaml | \"$LOSCHMIDT\" run - --set process.algorithm.learning-rate=0.2 --no-figures")
      #expect(run.status == 0 && run.output.contains("The results are in results/stdin"))
      let wrong = try program.shell("sed s/loss/los/ a.yaml | \"$LOSCHMIDT\" check -")
      #expect(wrong.status == 65 && wrong.errors.hasPrefix("<stdin>:5:3: error: unknown key 'los'"))
      #expect(try program.shell("\"$LOSCHMIDT\" check - - <a.yaml").status == 64)
      #expect(try program.shell("\"$LOSCHMIDT\" check - </dev/null").status == 65)
    }
  }

  /// Neither a header nor a key moves the cursor, changes a colour or turns a line.
  @Test func namesOfOthersArePrinted() throws {
    try Program.inScratch { program in
      try program.put("a\u{1b}[31m,b\u{202e}c,y\n1,2,3\n", at: "d.csv")
      try program.put(
        scenario.replacing("{csv: d.csv}", with: "{csv: d.csv, x: {columns: [qqqqq]}}"), at: "a.yaml")
      let outcome = try program.run("check", "a.yaml")
      #expect(outcome.status == 65 && outcome.errors.contains("the headers are 'a [31m', 'b c', 'y'"))
      try program.put(
        scenario.replacing("data: {csv: d.csv}", with: "data: {\"\\e[2J\\u202E\": [1], y: [1]}"), at: "b.yaml")
      let other = try program.run("check", "b.yaml")
      #expect(other.status == 65)
      #expect(
        !(outcome.errors + other.errors + other.output).unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
    }
  }
}
