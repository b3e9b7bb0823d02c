import Foundation
import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@Suite struct ResultsReaderTests {
  private func read(_ text: String) throws -> RunResult { try ResultsJSON.read(Array(text.utf8), file: "results.json") }

  /// A run with everything that a results.json can hold.
  private var full: RunResult {
    var run = sampleRun()
    run.overrides = ["a=1"]
    run.isInterrupted = true
    run.subject = RunSubject(
      formulas: [
        .init(label: "step", mathML: "<mrow><mi>θ</mi><mo form=\"prefix\">(</mo><mspace width=\"1em\"/></mrow>")
      ],
      settings: [.init(key: "z", value: "1"), .init(key: "a", value: "2")], topics: ["philox"])
    var table = Table(columns: [.init("x"), .init("n")])
    for x in [0.1 + 0.2, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e15, 1, 1e16] {
      table.append([.real(x), .integer(.max)])
    }
    run.experiments[1].tables = [("z", table), ("a", table)]
    return run
  }

  @Test func whatWasWrittenIsReadAndWrittenToTheByte() throws {
    for run in [sampleRun(), full] {
      let text = try ResultsJSON.document(run)
      let again = try read(text)
      #expect(try ResultsJSON.document(again) == text)
      #expect(again.seed == run.seed && again.title == run.title && again.subject == run.subject)
      #expect(again.experiments.map(\.verdicts) == run.experiments.map(\.verdicts))
      #expect(again.experiments[0].tables[0].table == run.experiments[0].tables[0].table)
      for (one, other) in zip(again.experiments, run.experiments) {
        #expect(one.tables.map(\.name) == other.tables.map(\.name))
        for (a, b) in zip(one.tables, other.tables) {
          #expect(CSVTable.document(a.table) == CSVTable.document(b.table))
        }
      }
    }
  }

  @Test func everyFileOfTheFolderIsTheSameAfterReading() throws {
    let run = full
    let again = try read(try ResultsJSON.document(run))
    let files = try RunDocuments(run, gnuplot: nil).files
    #expect(try RunDocuments(again, gnuplot: nil).files == files)
    #expect(files.count > 4)
  }

  @Test func theVersionThatDidTheRunStays() throws {
    let text = try ResultsJSON.document(sampleRun()).replacingOccurrences(of: "\"0.1.0\"", with: "\"0.0.9\"")
    #expect(try ResultsJSON.document(try read(text)) == text)
  }

  @Test(arguments: [
    (
      "\"format\": 1", "\"format\": 2",
      "results.json: error: format is 2, and this version reads results of format 1 only"
    ),
    ("\"format\": 1", "\"format\": \"1\"", "format must be a whole number of 1 or more, and is the text '1'"),
    ("  \"threads\": 2,\n", "", "threads is missing"),
    ("\"threads\": 2", "\"threads\": 2.5", "threads must be a whole number of 1 or more, and is 2.5"),
    ("\"threads\": 2", "\"thread\": 2", "thread is not a member that this version knows"),
    ("18446744073709551615", "-1", "seed must be a whole number between 0 and 18446744073709551615, and is -1"),
    (
      "\"value\": 1.00002", "\"value\": \"1\"",
      "experiments[0].figures[\"limit.DE[0]\"].value must be a number or null, and is the text '1'"
    ),
    (
      "\"status\": \"pass\"", "\"status\": \"good\"",
      "experiments[0].verdicts[0].status must be pass, fail or undecided, and is 'good'"
    ),
    (
      "[0, 0.1, \"W[0,1]\", -0.011]", "[0, 0.1, \"W[0,1]\"]",
      "experiments[0].tables.forces.rows[0] has 3 cells for 4 columns"
    ),
    (
      "[0, 0.1, \"W[0,1]\", -0.011]", "[0, 0.1, \"W[0,1]\", null]",
      "experiments[0].tables.forces.rows[0][3] is null, and 'reasons' does not say why"
    ),
    (
      "[0, 0.01, \"W[0,1]\", null]", "[0, 0.01, \"W[0,1]\", 1]",
      "experiments[0].tables.forces.rows[1][3] has a value, and 'reasons' says that it has none"
    ),
    (
      "[0, 0.1, \"W[0,1]\", -0.011]", "[true, 0.1, \"W[0,1]\", -0.011]",
      "experiments[0].tables.forces.rows[0][0] must be a number, a text or null, and is true"
    ),
    ("\"row\": 1", "\"row\": 7", "experiments[0].tables.forces.rows[1][3] is null"),
    ("\"units\": [null, null, null, \"1/θ\"]", "\"units\": [null]", "units has 1 entries for 4 columns"),
    ("\"reason\": \"a critical point\"", "\"reason\": null", "has no value and no reason"),
    ("\"threads\": 2", "\"threads\": 2,,", "results.json:8:16: error: a key in quotation marks"),
  ])
  func whatIsWrongIsSaidWithItsPlace(old: String, new: String, message: String) throws {
    let text = try ResultsJSON.document(sampleRun())
    #expect(text.contains(old))
    let problem = #expect(throws: ResultsProblem.self) { try read(text.replacingOccurrences(of: old, with: new)) }
    #expect(problem?.description.contains(message) == true, "\(String(describing: problem))")
  }

  @Test func aFormulaBringsNothingElse() throws {
    let text = try ResultsJSON.document(full).replacingOccurrences(of: "<mi>θ</mi>", with: "<script>x</script>")
    let problem = #expect(throws: ResultsProblem.self) { try read(text) }
    #expect(problem?.description.contains("process.formulas[0].mathml is not a formula") == true)
  }
}
