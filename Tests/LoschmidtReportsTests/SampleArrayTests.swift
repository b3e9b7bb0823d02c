import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct SampleArrayTests {
  private func run(_ samples: [SampleArray]) -> RunResult {
    var run = sampleRun()
    run.experiments = [ExperimentResult(kind: "fluctuation-theorem")]
    run.experiments[0].samples = samples
    return run
  }

  @Test func namesOfFiles() {
    #expect(SampleArray("R", unit: "nats", [1]).fileName(experiment: 3, kind: "stationary") == "3-stationary-R.npy")
    #expect(SampleArray("end[0]", unit: nil, []).fileName(experiment: 0, kind: "x") == "0-x-end_0_.npy")
  }

  @Test func resultsNameThemAndTheFolderHoldsThem() throws {
    let points = SampleArray("end[1]", unit: nil, shape: [2, 2], values: [1, 2, 3, 4])
    let result = run([SampleArray("R", unit: "nats", [0.5, -1]), points])
    let text = try ResultsJSON.document(result)
    #expect(text.contains("{\"name\": \"R\", \"unit\": \"nats\", \"shape\": [2]}"))
    #expect(text.contains("{\"name\": \"end[1]\", \"unit\": null, \"shape\": [2, 2]}"))
    let files = try RunDocuments(result, gnuplot: nil).files
    let file = try #require(files.first { $0.name == "0-fluctuation-theorem-end_1_.npy" })
    #expect(file.bytes == NPYFile.bytes(shape: [2, 2], values: [1, 2, 3, 4]))
    let report = try #require(files.first { $0.name == "report.html" })
    #expect(String(decoding: report.bytes, as: UTF8.self).contains("0-fluctuation-theorem-R.npy"))
  }

  /// Samples that are only named, as those of results that were read back, have no file made.
  @Test func samplesWithoutValuesHaveNoFile() throws {
    let files = try RunDocuments(run([SampleArray("R", unit: "nats", shape: [9], values: nil)]), gnuplot: nil).files
    #expect(!files.contains { $0.name.hasSuffix(".npy") })
  }

  @Test func numbersThatAreNotFiniteAreFaults() {
    #expect(throws: ResultFault.notFinite(place: "one of the samples R of experiment 0 (fluctuation-theorem)")) {
      try run([SampleArray("R", unit: "nats", [1, .nan])]).validate()
    }
    #expect(throws: ResultFault.repeatedName(place: "the samples R of experiment 0 (fluctuation-theorem)")) {
      try run([SampleArray("R", unit: nil, [1]), SampleArray("R", unit: nil, [1])]).validate()
    }
  }
}
