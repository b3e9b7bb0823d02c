import Testing

@testable import LoschmidtExperiments

@Suite struct SymmetryDecodingTests {
  private let group = "{g: {u: u*exp(s), w: w*exp(-s)}}"

  private func settings(_ more: String) throws -> SymmetrySettings {
    try #require(try good(symmetryScenario(group, more: more)).experiments[0].settings as? SymmetrySettings)
  }

  @Test func defaults() throws {
    let settings = try settings("")
    #expect(settings.points == [[1.3, 0.4]] && !settings.numbersPoints && settings.range == 1)
    #expect(settings.trajectories == 100 && settings.steps == 100 && settings.title == nil && settings.claim == nil)
    #expect(settings.statisticalVerdicts == 0)
  }

  @Test func everythingSet() throws {
    let settings = try settings(
      "\n      points: [{u: 1}, {w: 2}]\n      range: 0.5\n      trajectories: 7\n      steps: 3"
        + "\n      title: T\n      claim: C"
    )
    #expect(settings.points == [[1, 0.4], [1.3, 2]] && settings.numbersPoints && settings.range == 0.5)
    #expect(settings.trajectories == 7 && settings.steps == 3 && settings.title == "T" && settings.claim == "C")
    #expect(try !self.settings("\n      at: {u: 2}").numbersPoints)
    #expect(try self.settings("\n      points: [{}]").numbersPoints)
  }

  @Test(arguments: [
    ("\n      range: 0", "'range' must be a number > 0, got '0'"),
    ("\n      trajectories: 1", "'trajectories' must be a whole number, 2 …"),
    ("\n      steps: 0", "'steps' must be a whole number, 1 …"),
    ("\n      at: {u: 1}\n      points: [{}]", "'at' and 'points' exclude each other"),
    ("\n      at: {v: 1}", "unknown parameter 'v'"),
    ("\n      alpha: 0.1", "unknown key 'alpha' in 'symmetry'"),
    ("\n      points: {u: {from: 0, to: 1, count: 1001}}", "'symmetry' looks at 1000 at most"),
  ])
  func badSettings(more: String, message: String) {
    #expect(report(symmetryScenario(group, more: more)).contains(message))
  }

  @Test func generatorsAreNeeded() {
    let text = scenario(process: rescalingProcess, experiment: "symmetry: {}")
    #expect(report(text).contains("'symmetry' needs the key 'generators', which is missing"))
  }

  @Test(arguments: [
    (
      "{gradient-descent: {learning-rate: 0.05}}", "{gradient-descent: {learning-rate: 0.05, preconditioner: [1, 2]}}",
      "needs 'gradient-descent' without a 'preconditioner'"
    ),
    (
      "gradient: minibatch", "gradient: {constant-covariance: {matrix: [[1, 0], [0, 1]]}}",
      "needs gradients of samples, 'full-batch' or 'minibatch', got 'constant-covariance'"
    ),
    ("gradient: minibatch", "force: {u: w}", "'force' cannot be combined with the experiment 'symmetry'"),
    (
      "parameters: {u: 1.3,", "parameters: {big: {shape: [5000], initial: 0}, u: 1.3,",
      "takes at most 4096 coordinates, got 5002"
    ),
    ("learning-rate: 0.05", "learning-rate: 0.05 - 0.001*step", "'symmetry' cannot run: 'learning-rate' is "),
  ])
  func processesThatTheTheoryDoesNotCover(piece: String, other: String, message: String) {
    #expect(report(symmetryScenario(group, process: rescalingProcess.replacing(piece, with: other))).contains(message))
  }
}
