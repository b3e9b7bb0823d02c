import Testing

@testable import LoschmidtExperiments

@Suite struct EntropyProductionDecodingTests {
  private let well = "parameters: {x: 0}\nloss: x^2\ntemperature: 1"

  private func settings(_ text: String) throws -> EntropyProductionSettings {
    try #require(try good(text).experiments[0].settings as? EntropyProductionSettings)
  }

  @Test func commonSettings() throws {
    let got = try settings(productionScenario(well, "burn-in: 5\nalpha: 0.01\nmargin: 0.1\ntitle: A\nclaim: B"))
    #expect(got.ensemble.burnIn == 5 && got.ensemble.alpha == 0.01 && got.ensemble.margin == 0.1)
    #expect(got.title == "A" && got.claim == "B" && got.hasExactValue)
  }

  /// Whether there will be a verdict is known before the run.
  @Test(arguments: [
    ("parameters: {x: 0}\nloss: x^2\ntemperature: 1", true),
    ("parameters: {x: 0}\nloss: x^2 + 2*exp(-x^2)\ntemperature: 1", true),
    ("parameters: {x: 0}\nloss: x^2\ntemperature: 1 + t", false),
    ("parameters: {x: 0}\nloss: x^2", false),
    ("parameters: {x: 0}\nloss: -x^2\ntemperature: 1", false),
    ("parameters: {x: 0, y: 0}\nloss: x^4 + y^2\ntemperature: 1", false),
    ("parameters: {x: 0}\nloss: h*x^2\ndata: {h: [1, 2]}\ngradient: minibatch\ntemperature: 1", true),
    ("parameters: {x: 0}\nloss: h*x^4\ndata: {h: [1, 2]}\ngradient: minibatch\ntemperature: 1", false),
    ("parameters: {x: 0}\nloss: h*x^2\ndata: {h: [1, 2]}\ngradient: minibatch", false),
  ]) func existenceOfAnExactValue(process: String, exists: Bool) throws {
    let got = try settings(productionScenario(process))
    #expect(got.hasExactValue == exists)
    #expect(got.statisticalVerdicts == (exists ? 1 : 0))
  }

  @Test(arguments: [
    ("observables: {a: x}", "unknown key 'observables' in 'entropy-production'"),
    ("burn-in: -1", "'burn-in' must be a whole number"),
    ("margin: 0", "'margin' must be a number > 0"),
    ("alpha: 0.7", "'alpha' must be a number between 0 and 0.5"),
  ]) func problems(settings: String, message: String) {
    let found = reading(productionScenario(well, settings)).diagnostics.map(\.message)
    #expect(found.count == 1 && found[0].contains(message), "\(found)")
  }

  @Test func numbersThatCannotBe() {
    let none = reading(productionScenario(well, trajectories: 1)).diagnostics.map(\.message)
    #expect(none.count == 1 && none[0].contains("'trajectories' must be a whole number"))
    let noSteps = reading(productionScenario(well, steps: 0)).diagnostics.map(\.message)
    #expect(noSteps.count == 1 && noSteps[0].contains("'steps' must be a whole number"))
    let process = "parameters: {x: 0}\nloss: x^2\ntemperature: 1 - step"
    let negative = reading(productionScenario(process)).diagnostics.map(\.message)
    #expect(negative.count == 1 && negative[0].contains("'temperature' is -1.0 at step 2"), "\(negative)")
  }
}
