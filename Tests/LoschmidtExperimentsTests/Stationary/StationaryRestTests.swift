import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

/// Samples with one minimum: every trajectory ends there, and what is left is rounding.
@Suite struct StationaryRestTests {
  private func result(
    _ gradient: String, burnIn: Int = 3000, factor: Double = 1, y: String = "[1, 1]", rate: Double = 0.3
  ) throws -> ExperimentResult {
    let process = """
      parameters: {x: "normal(0, 1)"}
      loss: 0.5*a*(x - y)^2
      data: {a: [0.5, 3.0], y: \(y)}
      gradient: \(gradient)
      algorithm: {gradient-descent: {learning-rate: \(rate)}}
      temperature: 0
      """
    let settings = "stationary: {burn-in: \(burnIn), steps: 30, trajectories: 40, observables: {x: x, s: x^2 - 3*x}}"
    let read = try good(scenario(process: process, experiment: settings))
    let experiment = try #require(
      try read.experiments[0].settings.experiment(on: read.process) as? StationaryExperiment)
    var context = RunContext(seed: 3)
    context.expectedFactor = factor
    return try experiment.run(context)
  }

  @Test(arguments: [
    ("{minibatch: {size: 1}}", "[1, 1]"), ("{gaussian: {size: 1}}", "[1, 1]"), ("{minibatch: {size: 1}}", "[0.3, 0.3]"),
    ("{minibatch: {size: 2, sampling: without-replacement}}", "[0.3, 0.7]"),
    ("{minibatch: {size: 2, sampling: reshuffle}}", "[0.3, 0.7]"), ("full-batch", "[0.3, 0.7]"),
  ])
  func aStateThatRestsFailsNothing(gradient: String, y: String) throws {
    let result = try result(gradient, y: y)
    let shown = result.verdicts.map { "\($0.name) \($0.status): \($0.reason)" }
    #expect(result.verdicts.allSatisfy { $0.status != .fail }, "\(shown)")
    let ratio = try #require(result.figures.first { $0.name == "fdr.ratio" }).value
    #expect(ratio.value == nil && ratio.reason?.isEmpty == false)
    for name in ["variance.x", "covariance"] {
      guard let verdict = result.verdicts.first(where: { $0.name == name }) else { continue }
      #expect(verdict.status == .pass && verdict.expected == 0, "\(shown)")
    }
  }

  /// The controls: a mean that is off by a tenth, and trajectories that are still on their way.
  @Test func whatIsNotRoundingIsTold() throws {
    let wrong = try result("{minibatch: {size: 1}}", factor: 1.1)
    #expect(wrong.verdicts.first { $0.name == "mean.x" }?.status == .fail)
    let moving = try result("{minibatch: {size: 1}}", burnIn: 20)
    #expect(moving.verdicts.first { $0.name == "variance.x" }?.status != .pass)
    #expect(moving.figures.first { $0.name == "fdr.ratio" }?.value.value != nil)
  }

  @Test func stepsBelowTheRoundingOfThetaMoveNothing() throws {
    let result = try result("{minibatch: {size: 1}}", burnIn: 0, y: "[1, 2]", rate: 1e-20)
    #expect(result.figures.first { $0.name == "fdr.ratio" }?.value.reason?.hasPrefix("nothing moves") == true)
    #expect(result.verdicts.first { $0.name == "stationary" }?.status == .undecided)
  }
}
