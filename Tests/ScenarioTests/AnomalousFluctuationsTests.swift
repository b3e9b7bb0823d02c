import Foundation
import Loschmidt
import Testing

/// The numbers of scenarios/anomalous-fluctuations.yaml at full size, with the command that `make build` builds for speed.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["LOSCHMIDT_LONG_TESTS"] == "1"))
struct AnomalousFluctuationsTests {
  private struct Results: Decodable {
    struct Experiment: Decodable {
      struct Figure: Decodable { var value: Double? }
      struct Table: Decodable { var rows: [[Double]] }
      var figures: [String: Figure]
      var tables: [String: Table]
    }
    var experiments: [Experiment]
  }

  private func results() throws -> Results {
    let root = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let command = root.appending(path: ".build/release/loschmidt").path
    try #require(FileManager.default.isExecutableFile(atPath: command), "make build comes before")
    let scenario = root.appending(path: "scenarios/anomalous-fluctuations.yaml").path
    var results = Results(experiments: [])
    try Program.inScratch { (program: Program) throws in
      let outcome = try program.shell("'\(command)' run '\(scenario)' --output out --format json", seconds: 900)
      results = try JSONDecoder().decode(Results.self, from: Data(outcome.output.utf8))
    }
    return results
  }

  @Test func exponentsAndTheLimitOfTheVariance() throws {
    let results = try results()
    for (experiment, exponent) in zip(results.experiments, [2.0, 1.0]) {
      let lower = try #require(experiment.figures["exponent.lower"]?.value)
      let upper = try #require(experiment.figures["exponent.upper"]?.value)
      #expect(lower <= exponent && exponent <= upper && upper - lower < 0.15, "\(lower) … \(upper)")
    }
    // Var Q/η² = a + bη + cη², so that what is left out is of the third order.
    let rows = results.experiments[0].tables["scan"]?.rows ?? []
    try #require(rows.count == 5)
    let fit = try WeightedRegression(
      values: rows.map { $0[1] / ($0[0] * $0[0]) }, standardErrors: rows.map { $0[2] / ($0[0] * $0[0]) },
      columns: [rows.map { $0[0] }, rows.map { $0[0] * $0[0] }])
    let theory = StationaryCharge(inputs: 2, noiseVariance: 0.49).varianceCoefficient
    let (limit, error) = (fit.coefficients[0], fit.standardErrors[0])
    #expect(abs(limit - theory) < 5 * error, "\(limit) ± \(error), and \(theory) in theory")
    // Twice the theory would be seen: the error is not too large to tell.
    #expect(abs(limit - 2 * theory) > 5 * error)
  }
}
