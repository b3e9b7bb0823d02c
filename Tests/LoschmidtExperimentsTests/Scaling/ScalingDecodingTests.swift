import Testing

@testable import LoschmidtExperiments

@Suite struct ScalingDecodingTests {
  private static let batches = """
    parameters: {u: 1}
    loss: 0.5*h*u^2
    data: {h: [1, 2, 3, 4]}
    algorithm: {gradient-descent: {learning-rate: 0.1}}
    gradient: {minibatch: {size: 2, sampling: reshuffle}}
    """

  private func settings(_ text: String, process: String = quadraticWell) throws -> ScalingSettings {
    let scenario = try good(scenario(process: process, experiment: "scaling: {trajectories: 10, steps: 20, \(text)}"))
    return try #require(scenario.experiments[0].settings as? ScalingSettings)
  }

  @Test func defaultsAndEverythingSet() throws {
    let plain = try settings("over: learning-rate, values: [0.1, 0.2, 0.4], statistic: variance, observable: u + w")
    #expect(plain.variable == .learningRate && plain.values == [0.1, 0.2, 0.4] && plain.statistic == .variance)
    #expect(plain.observable?.text == "u + w" && plain.expected == nil && plain.correction == .none)
    let full = try settings(
      "burn-in: 5, margin: 0.1, title: T, claim: C, over: temperature, values: {from: 1, to: 8, count: 4}, "
        + "statistic: entropy-production, expected: -1/2, correction: linear")
    #expect(full.ensemble.burnIn == 5 && full.ensemble.margin == 0.1 && full.title == "T" && full.claim == "C")
    // Logarithms and exponentials of a few, each good to an ulp.
    for (value, wanted) in zip(full.values, [1.0, 2, 4, 8]) { #expect(abs(value - wanted) < 1e-14) }
    #expect(full.expected == -0.5 && full.correction == .linear && full.observable == nil)
    let sizes = try settings(
      "over: batch-size, values: {from: 1, to: 4, count: 3}, statistic: mean, observable: u", process: Self.batches)
    #expect(sizes.values == [1, 2, 4])
  }

  /// A fit is weighted by errors, which the noise must leave.
  @Test func errorsMustExist() throws {
    func errors(_ gradient: String, _ statistic: String) -> [String] {
      let process = Self.batches.replacing("{minibatch: {size: 2, sampling: reshuffle}}", with: gradient)
      let experiment =
        "scaling: {trajectories: 10, steps: 20, over: learning-rate, values: [0.1, 0.2, 0.3], statistic: \(statistic)}"
      let reading = Scenario.read(
        bytes: Array(scenario(process: process, experiment: experiment).utf8), path: "s.yaml")
      return reading.diagnostics.map(\.description)
    }
    let stable = "{alpha-stable: {alpha: 1.5, scale: 0.1}}"
    for statistic in ["mean, observable: u", "variance, observable: u"] {
      let found = errors(stable, statistic)
      #expect(found.count == 1 && found.allSatisfy { $0.contains("has no standard error: the noise has no moment") })
    }
    #expect(errors(stable, "variance, observable: tanh(u)") == [])
    #expect(errors("{student-t: {degrees-of-freedom: 3}}", "variance, observable: u").count == 1)
    #expect(errors("{student-t: {degrees-of-freedom: 3}}", "mean, observable: u") == [])
    #expect(errors("{student-t: {degrees-of-freedom: 5}}", "variance, observable: u") == [])
  }

  @Test(arguments: [
    (
      "over: eta, values: [1, 2, 3], statistic: mean, observable: u", "9:50: error: 'over' must be one of learning-rate"
    ),
    ("over: temperature, values: [1, 2], statistic: mean, observable: u", "'values' must have 3 … 1000 entries"),
    (
      "over: temperature, values: [1, 2, 3], statistic: mean, observable: u, correction: linear",
      "'values' must have 4 … 1000 entries with 'correction: linear', got 3"
    ),
    ("over: temperature, values: [1, -2, 3], statistic: mean, observable: u", "'values' must be a number > 0"),
    ("over: learning-rate, values: [0.1, 0, 3], statistic: mean, observable: u", "'values' must be a number > 0"),
    ("over: temperature, values: [1, 2, 1], statistic: mean, observable: u", "'values' has 1.0 twice"),
    ("over: temperature, values: 3, statistic: mean, observable: u", "'values' must be a list"),
    ("over: temperature, values: [1, 2, 3], statistic: median, observable: u", "'statistic' must be one of mean"),
    ("over: temperature, values: [1, 2, 3], statistic: mean", "'statistic: mean' needs an 'observable'"),
    ("over: temperature, values: [1, 2, 3], statistic: mean, observable: v", "'v' is not a known name"),
    ("over: temperature, values: [1, 2, 3], statistic: variance, observable: t*u", "changes in time by itself"),
    (
      "over: temperature, values: [1, 2, 3], statistic: entropy-production, observable: u",
      "'observable' has no meaning with 'statistic: entropy-production'"
    ),
    ("over: temperature, values: [1, 2, 3], statistic: mean, observable: u, expected: x", "'x'"),
    ("over: temperature, values: [1, 2, 3], statistic: mean, observable: u, time: true", "unknown key 'time'"),
    ("over: batch-size, values: [1, 2, 4], statistic: mean, observable: u", "needs a gradient with a 'size'"),
    ("over: l, values: [1, 2, 4], statistic: mean, observable: u", "needs a gradient with the setting 'l'"),
  ])
  func badInput(text: String, message: String) {
    let got = report(
      scenario(process: quadraticWell, experiment: "scaling: {trajectories: 10, steps: 20, \(text)}"))
    #expect(got.contains(message), "\(got)")
    #expect(got.hasPrefix("s.yaml:9:") || got.hasPrefix("s.yaml:10:"), "\(got)")
  }

  @Test(arguments: [
    ("[1, 2, 3]", "steps: 22", "'steps' and 'burn-in' must be multiples of an epoch, which has 4 steps at 1"),
    ("[1, 2, 8]", "steps: 20", "'values' must hold a batch size of 1 … 4, the number of samples, got 8"),
    ("[1, 1.5, 2]", "steps: 20", "'values' must hold a whole number >= 1, got 1.5"),
    ("[1, 2, 4]", "steps: 22", "'steps' and 'burn-in' must be multiples of an epoch, which has 4 steps at 1"),
    ("[1, 2, 4]", "steps: 20, burn-in: 2", "multiples of an epoch"),
  ])
  func badBatches(values: String, steps: String, message: String) {
    let got = report(
      scenario(
        process: Self.batches,
        experiment: "scaling: {trajectories: 10, \(steps), over: batch-size, values: \(values), statistic: mean, "
          + "observable: u}"))
    #expect(got.contains(message), "\(got)")
  }

  @Test func batchesInAFixedOrderDivideTheData() {
    let settings = "over: batch-size, values: [1, 2, 3], statistic: mean, observable: u"
    func got(_ process: String) -> String {
      report(scenario(process: process, experiment: "scaling: {trajectories: 10, steps: 20, \(settings)}"))
    }
    #expect(got(Self.batches) == "")
    let cyclic = Self.batches.replacing("reshuffle", with: "cyclic")
    #expect(got(cyclic).contains("'values' must hold a batch size that divides the number of samples, 4"))
  }

  @Test func processesThatDoNotFit() {
    func got(_ process: String, _ settings: String) -> String {
      report(scenario(process: process, experiment: "scaling: {trajectories: 10, steps: 20, \(settings)}"))
    }
    let mean = "values: [0.1, 0.2, 0.4], statistic: mean, observable: u"
    let scheduled = quadraticWell.replacing("learning-rate: 0.1", with: "learning-rate: 0.1/(step + 1)")
    #expect(got(scheduled, "over: learning-rate, " + mean).contains("the schedule '0.1/(step + 1)'"))
    let warming = quadraticWell.replacing("temperature: 0.1", with: "temperature: 0.1 + t")
    #expect(got(warming, "over: temperature, " + mean).contains("'over: temperature' replaces one temperature"))
    #expect(
      got(warming, "over: learning-rate, values: [0.1, 0.2, 0.4], statistic: variance, observable: u")
        .contains("the learning rate or the temperature changes"))
    let cold = quadraticWell.replacing("temperature: 0.1", with: "temperature: 0")
    #expect(
      got(cold, "over: learning-rate, values: [0.1, 0.2, 0.4], statistic: entropy-production")
        .contains("'statistic: entropy-production' cannot be measured: a step has no noise of its own"))
  }
}
