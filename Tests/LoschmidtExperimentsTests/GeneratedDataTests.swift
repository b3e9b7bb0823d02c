import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct GeneratedDataTests {
  private func text(_ generate: String, loss: String = "u*x") -> String {
    scenario(
      process: """
        constants: {k: 0.5}
        parameters: {u: 1.3}
        loss: \(loss)
        data: {generate: \(generate)}
        algorithm: {gradient-descent: {learning-rate: 0.1}}
        """)
  }

  private func samples(_ generate: String, loss: String = "u*x") throws -> SampleTable {
    try #require(try good(text(generate, loss: loss)).process.landscape?.samples)
  }

  /// The first numbers of the Mersenne Twister, as NumPy's MT19937 gives them for the seed 3441277365, which is what
  /// the documented hash makes of 7: generated data are the same for ever.
  @Test func theNumbersAreThoseOfTheMersenneTwister() throws {
    let samples = try samples("{count: 4, seed: 7, x: \"uniform(0, 1)\"}")
    #expect(
      samples.columns[0].values == [0.9157271613366902, 0.18538457807153463, 0.5910176690667868, 0.9894684059545398])
  }

  @Test func columnsMayUseThoseBefore() throws {
    let samples = try samples(
      "{count: 3, seed: 1, x: \"normal(0, 1)\", v: {shape: [2], value: \"uniform(-1, 1)\"}, y: \"k*x + 1\"}",
      loss: "u*x + sum(v) + y")
    #expect(samples.columns.map(\.name) == ["x", "v", "y"])
    #expect(samples.columns[1].values.count == 6 && Set(samples.columns[1].values).count == 6)
    #expect(samples.columns[2].values == samples.columns[0].values.map { 0.5 * $0 + 1 })
  }

  @Test func theGeneratorOfTheProcessDoesNotMatter() throws {
    let generate = "{count: 3, seed: 1, x: \"normal(0, 1)\"}"
    let other = text(generate).replacing("  loss:", with: "  generator: taus2\n  loss:")
    let values = try good(other).process.landscape?.samples
    #expect(values == (try samples(generate)))
  }

  /// Mean and variance of 10⁵ standard normal numbers, within 5 standard errors.
  @Test func normalNumbers() throws {
    let values = try samples("{count: 1e5, seed: 3, x: \"normal(0, 1)\"}").columns[0].values
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + $1 * $1 } / n - mean * mean
    #expect(abs(mean) < 5 / n.squareRoot())
    #expect(abs(variance - 1) < 5 * (2 / n).squareRoot())
  }

  /// `generate` begins in line 7, column 20.
  @Test(arguments: [
    ("{count: 0, seed: 1, x: 1}", "7:28", "'count' must be a whole number, 1 … 10000000, got '0'"),
    ("{seed: 1, x: 1}", "7:10", "'generate' needs the key 'count', which is missing"),
    ("{count: 2, x: 1}", "7:10", "'generate' needs the key 'seed', which is missing"),
    ("{count: 2, seed: -1, x: 1}", "7:37", "'seed' must be a whole number, 0 … 18446744073709551615, got '-1'"),
    ("{count: 2, seed: 1}", "7:10", "'generate' makes no columns; at least one is needed"),
    ("{count: 2, seed: 1, x: 2*z}", "7:45", "in 'x': 'z' is not a known name; known here are k, pi, e"),
    ("{count: 2, seed: 1, x: y, y: 1}", "7:43", "in 'x': 'y' is not a known name; known here are k, pi, e"),
    (
      "{count: 2, seed: 1, x: \"normal(0, -1)\"}", "7:43",
      "the column 'x' must be finite, got 'normal(0, -1)' = nan in sample 0"
    ),
    ("{count: 1e7, seed: 1, x: 1, y: 1}", "7:10", "'generate' would make more than 10000000 numbers"),
    (
      "{count: 2, seed: 1, x: normal(0, 1)}", "7:53",
      "inside braces and brackets a comma ends a value, so 'normal(0, 1)' falls apart here; quote it: "
        + "x: \"normal(0, 1)\""
    ),
  ])
  func problems(generate: String, place: String, message: String) {
    let found = reading(text(generate)).diagnostics.filter { $0.severity == .error }.map(\.description)
    #expect(found.contains("s.yaml:\(place): error: \(message)"), "\(found)")
  }

  @Test func nothingMayStandBesideGenerate() {
    let beside = text("{count: 2, seed: 1, x: 1}").replacing("data: {", with: "data: {z: [1], ")
    #expect(
      report(beside)
        == "s.yaml:7:10: error: 'z' stands beside 'generate'; move it into 'generate', which makes all columns")
  }
}
