import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

@Suite struct SelectionReportTests {
  private func run(_ process: String, _ settings: String) throws -> ExperimentResult {
    let result = try Run(try good(scenario(process: process, experiment: "relaxation: " + settings)), bytes: [])
      .result()
    try result.validate()
    return result.experiments[0]
  }

  private static let settings =
    "{trajectories: 400, burn-in: 50, steps: 1800, every: 20, selects: {rescaling: {u: u*exp(s), w: w*exp(-s)}}}"

  @Test func trajectoriesGoToTheBalancedPoint() throws {
    let result = try run(SelectionDecodingTests.valley, Self.settings)
    #expect(result.verdicts.map(\.name) == ["selection.rescaling", "balanced.rescaling"])
    #expect(result.verdicts.map(\.status) == [.pass, .pass], "\(result.verdicts)")
    let names = result.tables[0].table.rows.prefix(6).map { $0[2] }
    #expect(names.suffix(3) == ["potential", "charge.rescaling", "charge-drift.rescaling"].map { .text($0) })
  }

  /// Too short a run is not balanced, and says so.
  @Test func aRunThatStopsOnTheWayIsNotBalanced() throws {
    let result = try run(SelectionDecodingTests.valley, Self.settings.replacing("steps: 1800", with: "steps: 400"))
    #expect(result.verdicts.map(\.status) == [.pass, .fail], "\(result.verdicts)")
  }

  @Test func withoutGradientsOnTheValleyNothingIsSelected() throws {
    let process = SelectionDecodingTests.valley.replacing("[1.5, 0.4, 0.6, -0.5]", with: "[0.8, -0.4, 1.2, 0.24]")
      .replacing("{minibatch: {size: 1}}", with: "full-batch")
    let result = try run(process, Self.settings)
    #expect(result.verdicts.map(\.status) == [.undecided, .undecided], "\(result.verdicts)")
  }

  @Test func aRotationIsPreserved() throws {
    let process = """
      parameters: {x: "normal(1.2, 0.2)", y: -0.7}
      loss: 0.25*(x^2 + y^2 - a)^2
      data: {a: [0.8, 1.1, 1.5]}
      gradient: {minibatch: {size: 1}}
      algorithm: {gradient-descent: {learning-rate: 0.05}}
      """
    let selects = "rotation: {x: cos(s)*x - sin(s)*y, y: sin(s)*x + cos(s)*y}"
    let result = try run(
      process, "{trajectories: 1000, burn-in: 100, steps: 100, every: 5, selects: {\(selects)}}")
    #expect(result.verdicts.map(\.name) == ["selection.rotation", "balanced.rotation"])
    #expect(result.verdicts.map(\.status) == [.pass, .pass], "\(result.verdicts)")
    #expect(!result.tables[0].table.rows.contains { $0[2] == .text("charge.rotation") })
  }
}
