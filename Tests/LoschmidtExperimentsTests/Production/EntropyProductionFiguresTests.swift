import LoschmidtDynamics
import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

@Suite struct EntropyProductionFiguresTests {
  private func result(_ text: String) throws -> ExperimentResult {
    try production(text).run(RunContext(seed: 3))
  }

  private static let names = [
    "per-step", "per-time", "medium", "boundary", "exact.per-step", "exact.continuum", "leading.per-step",
    "housekeeping", "excess", "tur.bound", "tur.estimate",
  ]

  @Test func namesUnitsAndRatios() throws {
    let process = "parameters: {x: \"normal(0, 1)\", y: \"normal(0, 1)\"}\nforce: {x: y - x, y: -x - y}\ntemperature: 1"
    let figures = try result(productionScenario(process)).figures
    #expect(figures.map(\.name) == Self.names + ["tur.bias"])
    let value = Dictionary(uniqueKeysWithValues: figures.map { ($0.name, $0.value) })
    let medium = try #require(value["medium"]?.value)
    // 10 steps of 0.1: each is one division, rounded once or twice.
    #expect(abs((value["per-step"]?.value ?? 0) - medium / 10) <= 2 * medium.magnitude.ulp)
    #expect(abs((value["per-time"]?.value ?? 0) - medium) <= 4 * medium.magnitude.ulp)
    #expect(value["per-time"]?.unit == "nats/time" && value["tur.estimate"]?.unit == "nats/time")
    #expect(value["per-step"]?.unit == "nats" && value["tur.bound"]?.unit == "nats")
    let parts = (value["housekeeping"]?.value ?? 0) + (value["excess"]?.value ?? 0)
    // The same forty numbers in another order of additions.
    #expect(abs(parts - medium / 10) < 1e-13 * 40)
  }

  @Test func timeOfAChangingLearningRate() throws {
    let process =
      "parameters: {x: \"normal(0, 1)\"}\nloss: x^2\ntemperature: 1\n"
      + "algorithm: {gradient-descent: {learning-rate: 0.1/(1 + step)}}"
    let figures = try result(productionScenario(process, steps: 3)).figures
    let value = Dictionary(uniqueKeysWithValues: figures.map { ($0.name, $0.value) })
    let elapsed = 0.1 + 0.05 + 0.1 / 3
    let medium = try #require(value["medium"]?.value)
    #expect(abs((value["per-time"]?.value ?? 0) - medium / elapsed) <= 8 * (medium / elapsed).magnitude.ulp)
    #expect(value["housekeeping"]?.reason?.contains("changes in time") == true)
    #expect(value["exact.per-step"]?.reason?.contains("changes in time") == true)
  }

  /// The uncertainty relation has the variance of a current; the entropy production has not.
  @Test func currentsOfHeavyTails() throws {
    let process =
      "parameters: {x: 0, y: 0}\nloss: x^2 + y^2\ngradient: {alpha-stable: {alpha: 1.5, scale: 0.1}}"
    let figures = try result(productionScenario(process)).figures
    #expect(figures.first { $0.name == "tur.bound" }?.value.reason?.contains("no moment of order 4") == true)
    #expect(figures.first { $0.name == "per-step" }?.value.value?.isFinite == true)
  }

  @Test func currentsOfOneAndOfManyCoordinates() throws {
    let one = try result(productionScenario("parameters: {x: 0}\nloss: x^2\ntemperature: 1")).figures
    #expect(one.first { $0.name == "tur.bound" }?.value.reason?.contains("single coordinate") == true)
    let process = "parameters: {x: {shape: [7], initial: 0}}\nloss: dot(x, x)\ntemperature: 1"
    let many = try result(productionScenario(process)).figures
    #expect(many.first { $0.name == "tur.estimate" }?.value.reason?.contains("at most 6 coordinates") == true)
  }

  @Test(
    arguments: [
      ("\"normal(0, 1)\"", "", nil), ("0", "", "a start at a point"), ("\"uniform(-1, 1)\"", "", "a uniform start"),
      ("\"normal(0, 1)\"", "burn-in: 2", "after 'burn-in'"),
    ] as [(String, String, String?)]) func boundary(start: String, settings: String, reason: String?) throws
  {
    let text = productionScenario("parameters: {x: \(start)}\nloss: x^2\ntemperature: 1", settings)
    let figure = try #require(try result(text).figures.first { $0.name == "boundary" }?.value)
    #expect((figure.value == nil) == (reason != nil))
    if let reason { #expect(figure.reason?.contains(reason) == true) }
  }

  /// Nothing is measured of a process without density, and the reasons say what to do.
  @Test(arguments: [
    ("parameters: {x: 1}\nloss: x^2", "set 'temperature' > 0", false),
    ("parameters: {x: 1}\nloss: h*x^2\ndata: {h: [1, 2]}\ngradient: minibatch", "set 'temperature' > 0", true),
    (
      "parameters: {x: 1}\nloss: h*x^2\ndata: {h: [1, 2]}\ntemperature: 1\n"
        + "gradient: {minibatch: {size: 1, sampling: cyclic}}", "cyclic order", true
    ),
    (
      "parameters: {x: 1, y: 1}\nloss: x^2 + y^2\ngradient: {constant-covariance: {matrix: [[1, 0], [0, 0]]}}",
      "set 'temperature' > 0", false
    ),
  ]) func withoutDensity(process: String, reason: String, hasBatches: Bool) throws {
    let result = try result(productionScenario(process))
    #expect(result.verdicts.isEmpty)
    #expect(result.figures.allSatisfy { $0.value.value == nil && $0.value.reason?.contains(reason) == true })
    let names = Set(result.figures.map(\.name))
    #expect(names == Set(Self.names + (hasBatches ? ["extended", "marginal", "exact.marginal"] : [])))
  }

  @Test func marginalIsRefusedWithItsReason() throws {
    let data = "parameters: {x: 0}\nloss: h*x^2\ntemperature: 1\ndata: {h: [1, 2, 3, 4]}\n"
    let reshuffled = try result(productionScenario(data + "gradient: {minibatch: {size: 2, sampling: reshuffle}}"))
    let figure = try #require(reshuffled.figures.first { $0.name == "marginal" }?.value)
    #expect(figure.value == nil && figure.reason?.contains("depend on each other") == true)
    #expect(reshuffled.figures.first { $0.name == "extended" }?.value.value != nil)
    #expect(!reshuffled.remarks.contains { $0.contains("Reshuffled") })
    let broken = try result(
      productionScenario(data + "gradient: {minibatch: {size: 2, sampling: reshuffle}}", steps: 9))
    #expect(broken.remarks.contains { $0.contains("an epoch has 2 steps") })
  }
}
