import LoschmidtReports
import Testing

@Suite struct SampleArrayTests {
  @Test func whatIsNotFiniteIsLeftOutAndCounted() {
    let samples = SampleArray("R", about: "R.", unit: "nats", [1, .infinity, 2, .nan], diverged: 3)
    #expect(samples.values == [1, 2] && samples.shape == [2] && samples.leftOut == 5)
  }

  @Test func theFileIsNamedLikeATable() {
    #expect(SampleArray.fileName(experiment: 2, kind: "a/b", name: "R") == "2-a_b-R.npy")
  }

  @Test func theFileIsInTheFolderAndItsShapeInTheResults() throws {
    var run = sampleRun()
    run.experiments[0].samples = [SampleArray("R", about: "R.", unit: "nats", [1, 2], diverged: 1)]
    let files = try RunDocuments(run, gnuplot: nil).files
    let file = try #require(files.first { $0.name == "0-potentials-R.npy" })
    #expect(file.bytes == NPYArray.document([1, 2], shape: [2]))
    let text = try ResultsJSON.document(run)
    #expect(
      text.contains(
        #"{"name": "R", "file": "0-potentials-R.npy", "about": "R.", "unit": "nats", "shape": [2], "left_out": 1}"#))
    let again = try ResultsJSON.read(Array(text.utf8), file: "results.json")
    #expect(try ResultsJSON.document(again) == text)
    #expect(again.experiments[0].samples[0].values == nil)
    #expect(throws: ResultsProblem.self) {
      try ResultsJSON.read(Array(text.replacing("0-potentials-R.npy", with: "../x.npy").utf8), file: "results.json")
    }
  }

  @Test func aNumberThatIsNotFiniteIsAFault() {
    var run = sampleRun()
    run.experiments[0].samples = [
      SampleArray(name: "R", about: "R.", unit: nil, shape: [1], leftOut: 0, values: [.nan])
    ]
    #expect(throws: ResultFault.self) { try run.validate() }
  }
}
