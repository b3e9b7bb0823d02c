import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct DataReadingTests {
  @Test func noDataAreOneSampleWithoutColumns() throws {
    #expect(DataReading.none.samples == SampleTable.none && DataReading.none.columnNames == [])
    let process = goodProcess.replacing("data: {x: [1, 2], y: [3, 4]}\n", with: "").replacing("u*w*x - y", with: "u*w")
    #expect(try good(scenario(process: process)).process.landscape?.samples.count == 1)
  }

  @Test func everyColumnOfAnotherLengthIsReported() {
    let data = "{x: [1, 2], y: [3], z: [4, 5, 6]}"
    #expect(
      report(scenario(process: goodProcess.replacing("{x: [1, 2], y: [3, 4]}", with: data))) == """
        s.yaml:6:21: error: the columns must be equally long, got 1 samples in 'y' and 2 in 'x'
        s.yaml:6:29: error: the columns must be equally long, got 3 samples in 'z' and 2 in 'x'
        """)
  }
}
