import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@testable import LoschmidtExperiments

@Suite struct InlineDataTests {
  private func text(_ data: String, loss: String = "u*x") -> String {
    scenario(
      process: """
        parameters: {u: 1.3}
        loss: \(loss)
        data: \(data)
        algorithm: {gradient-descent: {learning-rate: 0.1}}
        """)
  }

  @Test func columns() throws {
    let samples = try good(text("{x: [1, \"2\", 3e0], p: [[1, 2], [3, 4], [5, 6]]}")).process.landscape?.samples
    #expect(
      samples
        == SampleTable(
          count: 3,
          columns: [
            .init(name: "x", values: [1, 2, 3]), .init(name: "p", shape: .vector(2), values: [1, 2, 3, 4, 5, 6]),
          ]))
  }

  /// The data begin in line 6, column 9.
  @Test(arguments: [
    ("{x: [1, 2], y: [3]}", "6:21", "the columns must be equally long, got 1 samples in 'y' and 2 in 'x'"),
    ("{x: []}", "6:13", "the column 'x' is empty; at least one sample is needed"),
    ("{x: 3}", "6:13", "the column 'x' must be a list of numbers, or of lists of numbers, got '3'"),
    ("{x: [1, two]}", "6:17", "sample 1 of 'x' must be a finite number, got 'two'"),
    ("{x: [1, .inf]}", "6:17", "sample 1 of 'x' must be a finite number, got '.inf'"),
    ("{x: [1, [2]]}", "6:17", "sample 1 of 'x' must be a finite number, got a list of 1"),
    ("{x: [[1, 2], [3]]}", "6:22", "sample 1 of 'x' must be a list of 2 numbers like the first, got a list of 1"),
    ("{x: [[1, 2], [3, z]]}", "6:26", "sample 1 of 'x' must be a finite number, got 'z'"),
    ("{x: [[]]}", "6:14", "sample 0 of the column 'x' is an empty list; at least one number is needed"),
    ("{x: [1], u: [1]}", "6:18", "the name 'u' stands for a parameter already and cannot be given to a column"),
    ("{x: [1], t: [1]}", "6:18", "the name 't' is reserved and cannot be given to a column; choose another"),
    ("[1, 2]", "6:9", "'data' must be a map: columns, 'csv' with a file, or 'generate', got a list of 2"),
    ("", "6:8", "'data' must be a map: columns, 'csv' with a file, or 'generate', got nothing"),
  ])
  func problems(data: String, place: String, message: String) {
    #expect(report(text(data)) == "s.yaml:\(place): error: \(message)")
  }
}
