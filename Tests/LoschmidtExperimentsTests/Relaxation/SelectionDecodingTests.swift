import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct SelectionDecodingTests {
  static let valley = """
    parameters: {u: "normal(2, 0.1)", w: 0.4}
    loss: 0.5*(u*w*x - y)^2
    data: {x: [1, -0.5, 1.5, 0.3], y: [1.5, 0.4, 0.6, -0.5]}
    gradient: {minibatch: {size: 1}}
    algorithm: {gradient-descent: {learning-rate: 0.1}}
    """

  private func settings(_ selects: String, rest: String = "") -> String {
    "relaxation: {trajectories: 10, steps: 40, every: 1, selects: {\(selects)}\(rest)}"
  }

  private static let rescaling = "rescaling: {u: u*exp(s), w: w*exp(-s)}"

  @Test func aRescalingHasAChargeAndTwoVerdicts() throws {
    let scenario = try good(scenario(process: Self.valley, experiment: settings(Self.rescaling)))
    let settings = try #require(scenario.experiments[0].settings as? RelaxationSettings)
    #expect(settings.selects.map(\.name) == ["rescaling"] && settings.statisticalVerdicts == 2)
    #expect(settings.selectionNames == ["charge.rescaling", "charge-drift.rescaling"])
  }

  @Test(arguments: [
    ("grow: {u: u*exp(s), w: w*exp(s)}", "the loss changes under the generator 'grow'"),
    ("bad: {u: u*exp(2*s), w: w*exp(-s)}", "the loss changes under the generator 'bad'"),
    ("none: {u: u + s^2}", "is not a group"),
  ])
  func generatorsThatDoNotFit(selects: String, message: String) {
    #expect(report(scenario(process: Self.valley, experiment: settings(selects))).contains(message))
  }

  @Test(arguments: [
    ("gradient: {minibatch: {size: 1}}", "gradient: {minibatch: {size: 1, sampling: reshuffle}}", "independent"),
    ("gradient: {minibatch: {size: 1}}", "gradient: {svag: {size: 1, l: 2}}", "independent"),
    ("rate: 0.1}}", "rate: 0.1}}\ntemperature: 0.1", "'temperature' 0"),
    ("rate: 0.1}}", "rate: 0.1, preconditioner: [1, 2]}}", "preconditioner"),
    ("rate: 0.1}}", "rate: 0.1}}\nforce: {u: -u}", "without a 'force'"),
  ])
  func processesThatMoveChargesOtherwise(old: String, new: String, message: String) {
    let text = scenario(
      process: Self.valley.replacing(old, with: new), experiment: settings(Self.rescaling))
    #expect(report(text).contains(message))
  }

  @Test func fewRecordsAndNamesThatAreTaken() {
    let few = settings(Self.rescaling).replacing("every: 1", with: "every: 4")
    #expect(report(scenario(process: Self.valley, experiment: few)).contains("needs 20 records after the first"))
    let taken = settings(Self.rescaling, rest: ", observables: {charge.rescaling: u}")
    #expect(report(scenario(process: Self.valley, experiment: taken)).contains("comes with 'selects'"))
  }
}
