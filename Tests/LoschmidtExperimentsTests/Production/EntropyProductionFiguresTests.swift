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
    "housekeeping", "excess", "tur.bound", "tur.estimate", "tur.bias",
  ]

  @Test func namesUnitsAndRatios() throws {
    let process = "parameters: {x: \"normal(0, 1)\", y: \"normal(0, 1)\"}\nforce: {x: y - x, y: -x - y}\ntemperature: 1"
    let figures = try result(productionScenario(process, "burn-in: 60")).figures
    #expect(figures.map(\.name) == Self.names)
    let value = Dictionary(uniqueKeysWithValues: figures.map { ($0.name, $0.value) })
    let medium = try #require(value["medium"]?.value)
    // 10 steps of 0.1: each is one division, rounded once or twice.
    #expect(abs((value["per-step"]?.value ?? 0) - medium / 10) <= 2 * medium.magnitude.ulp)
    #expect(abs((value["per-time"]?.value ?? 0) - medium) <= 4 * medium.magnitude.ulp)
    #expect(value["per-time"]?.unit == "nats/time" && value["tur.estimate"]?.unit == "nats/time")
    #expect(value["tur.bias"]?.unit == "nats/time")
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
    let figures = try result(productionScenario(process, "burn-in: 5")).figures
    #expect(figures.first { $0.name == "tur.bound" }?.value.reason?.contains("no moment of order 4") == true)
    #expect(figures.first { $0.name == "per-step" }?.value.value?.isFinite == true)
  }

  @Test func currentsOfOneAndOfManyCoordinates() throws {
    // A parabola confines: both currents are changes of a function. So does a double well, whose law is on a grid.
    for loss in ["x^2", "(x^2 - 1)^2"] {
      let text = productionScenario("parameters: {x: 0}\nloss: \(loss)\ntemperature: 1", "burn-in: 5")
      let one = try result(text).figures
      #expect(one.first { $0.name == "tur.bound" }?.value.reason?.contains("single coordinate that has a") == true)
    }
    let process = "parameters: {x: {shape: [7], initial: 0}}\nloss: dot(x, x)\ntemperature: 1"
    let many = try result(productionScenario(process)).figures
    #expect(many.first { $0.name == "tur.estimate" }?.value.reason?.contains("at most 6 coordinates") == true)
  }

  /// A single coordinate on a washboard drifts for ever, and its displacements are stationary.
  ///
  /// The chain wrapped on a circle
  /// of 2000 points (numpy, 4000 steps of its transfer matrix) has E δ = 0.041944426351710, E δ² = 0.10518304989434 and
  /// produces 0.06710003899552 a step; ρ = 0.12933062592568 gives the bound 0.03364123131354.
  @Test func theCurrentOfAWashboard() throws {
    let process = "parameters: {x: 0}\nforce: {x: 0.8 - sin(x)}\ntemperature: 0.5"
    let figures = try result(productionScenario(process, "burn-in: 400", trajectories: 1600, steps: 1000)).figures
    let value = Dictionary(uniqueKeysWithValues: figures.map { ($0.name, $0.value) })
    for (name, expected) in [("per-step", 0.06710003899552), ("tur.bound", 0.03364123131354)] {
      let (found, error) = (try #require(value[name]?.value), try #require(value[name]?.standardError))
      // Five standard errors at a fixed seed; the control is 10 % off.
      #expect(abs(found - expected) < 5 * error, "\(name) \(found) ± \(error)")
      #expect(abs(found - 1.1 * expected) > 5 * error, "\(name) \(found) ± \(error)")
    }
  }

  /// What is on its way has no stationary current: too short a burn-in, or none.
  @Test func transientsHaveNoBound() throws {
    let process = "parameters: {x: 30, y: 0}\nforce: {x: y - x, y: -x - y}\ntemperature: 1"
    for (settings, reason) in [("burn-in: 1", "not stationary"), ("", "without 'burn-in'")] {
      let figures = try result(productionScenario(process, settings)).figures
      for name in ["tur.bound", "tur.estimate", "tur.bias"] {
        let value = try #require(figures.first { $0.name == name }?.value)
        #expect(value.value == nil && value.reason?.contains(reason) == true, "\(name): \(value)")
      }
    }
  }

  @Test(arguments: [2, 5]) func fewReplicasHaveNoBound(count: Int) throws {
    let process = "parameters: {x: 0, y: 0}\nforce: {x: y - x, y: -x - y}\ntemperature: 1"
    let figures = try result(productionScenario(process, "burn-in: 60", trajectories: count)).figures
    #expect(figures.first { $0.name == "tur.bound" }?.value.reason?.contains("20 trajectories") == true)
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
      "every direction needs noise, from 'temperature' or 'gradient'", false
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
