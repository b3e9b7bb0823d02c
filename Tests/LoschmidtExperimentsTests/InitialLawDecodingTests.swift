import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct InitialLawDecodingTests {
  /// A scenario with these parameters and a loss that names them.
  private func text(_ parameters: String, loss: String) -> String {
    scenario(
      process: """
        constants: {c: 2, half: 1/2}
        parameters: \(parameters)
        loss: \(loss)
        algorithm: {gradient-descent: {learning-rate: 0.1}}
        """, potentials: "points: []")
  }

  /// The initial law; the settings of the experiment are wrong on purpose, so that none is asked for a point.
  private func law(_ parameters: String, loss: String) throws -> InitialLaw {
    var decoder = ScenarioDecoder(
      problems: DiagnosticList(path: "s.yaml"), source: SourceText(Array(text(parameters, loss: loss).utf8)), folder: ""
    )
    let root = try #require(ScenarioTree(reading: decoder.source).root?.map)
    let read = decoder.process(root[2])
    let process = try #require(read)
    #expect(decoder.problems.all.isEmpty)
    return process.initialLaw
  }

  @Test func numbersDistributionsAndExpressions() throws {
    let law = try law(
      "\n    u: 1.5\n    v: normal(1.3, half)\n    w: uniform(-1, c)\n    p: sqrt(c)*pi\n    q: '3'", loss: "u*v*w*p*q")
    #expect(
      law.coordinates == [
        .point(1.5), .normal(mean: 1.3, standardDeviation: 0.5), .uniform(lower: -1, upper: 2),
        .point(2.0.squareRoot() * .pi), .point(3),
      ])
    #expect(law.point == nil)
  }

  @Test func arrays() throws {
    let law = try law(
      """
      {W: {shape: [2, 3], initial: "10*i + j"}, b: {shape: [2], initial: 0.1}, k: {shape: 3, initial: i^2}, \
      m: [[1, 2], [3, c]], n: {shape: [2], initial: [1, "normal(0, 1)"]}, o: {shape: [2], initial: "normal(0, 1)"}}
      """, loss: "sum(W) + sum(b) + sum(k) + sum(m) + sum(n) + sum(o)")
    let normal = InitialLaw.Coordinate.normal(mean: 0, standardDeviation: 1)
    #expect(
      law.coordinates
        == [0, 1, 2, 10, 11, 12, 0.1, 0.1, 0, 1, 4, 1, 2, 3, 2, 1].map { .point($0) } + [normal, normal, normal])
  }

  @Test(arguments: [
    ("{u: normal}", "5:19", "in 'u': 'normal' is a function and needs its arguments in parentheses"),
    (
      "{u: \"normal(0, -1)\"}", "5:19",
      "'u': the standard deviation of normal(mean, standard deviation) must be a finite number > 0, got 'normal(0, -1)'"
    ),
    (
      "{u: \"uniform(1, 1)\"}", "5:19",
      "'u': uniform(lower, upper) needs lower < upper, both finite, got 'uniform(1, 1)'"
    ),
    (
      "{u: \"1 + normal(0, 1)\"}", "5:24",
      "in 'u': 'normal' is a random number, which only parameters and generated data may use"
    ),
    (
      "{u: \"normal(normal(0, 1), 1)\"}", "5:19",
      "'u' is a distribution with random arguments, got 'normal(normal(0, 1), 1)'; allowed are numbers"
    ),
    ("{u: \"normal(0, sd)\"}", "5:30", "in 'u': 'sd' is not a known name; known here are c, half, pi, e"),
    ("{u: 1/0}", "5:19", "'u' must be a finite number, got '1/0' = inf"),
    ("{u: .nan}", "5:19", "'u' must be a finite number, got '.nan'"),
    ("{u: }", "5:19", "'u' must be a number, an expression or a distribution, got nothing"),
    ("{u: [[1, 2], [3]]}", "5:28", "'u' needs 2 entries for the shape [2], got 1"),
    ("{u: [[1, 2], 3]}", "5:28", "'u' needs a list of 2 numbers here, got '3'"),
    (
      "{u: {shape: [2], initial: j}}", "5:41", "in 'initial': 'j' is not a known name; known here are i, c, half, pi, e"
    ),
    ("{u: {shape: [2], initial: 1/i}}", "5:41", "'initial' must be a finite number, got '1/i' = inf at i = 0"),
    ("{u: {shape: [2], initial: [1, 2, 3]}}", "5:41", "'initial' needs 2 entries for the shape [2], got 3"),
  ])
  func problems(parameters: String, place: String, message: String) {
    let found = reading(text(parameters, loss: "u").replacing("points: []", with: "learning-rates: [0.1]"))
    #expect(found.diagnostics.map(\.description).contains("s.yaml:\(place): error: \(message)"))
    #expect(found.diagnostics.count <= 2)
  }
}
