import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct AlgorithmDecodingTests {
  private func text(_ settings: String) -> String {
    scenario(process: goodProcess.replacing("{learning-rate: 0.05}", with: settings))
  }

  private func rule(_ settings: String) throws -> GradientDescent {
    try #require(try good(text(settings)).process.algorithm as? GradientDescent)
  }

  @Test func learningRates() throws {
    #expect(try rule("{learning-rate: 0.05}").learningRate.constant == 0.05)
    #expect(try rule("{learning-rate: 1/16}").learningRate.constant == 0.0625)
    let schedule = try rule("{learning-rate: 0.1/(1 + step)}").learningRate
    #expect(schedule.constant == nil && schedule.text == "0.1/(1 + step)")
    #expect(schedule.value(at: 0) == 0.1 && schedule.value(at: 4) == 0.02)
    #expect(try rule("{learning-rate: \"0.1*min(step, 5)\"}").learningRate.value(at: 0) == 0)
  }

  @Test func preconditioners() throws {
    #expect(try rule("{learning-rate: 1}").preconditioner == .identity)
    #expect(try rule("{learning-rate: 1, preconditioner: [1, 0.5]}").preconditioner == .diagonal([1, 0.5]))
    #expect(try rule("{learning-rate: 1, preconditioner: 1/4}").preconditioner == .diagonal([0.25, 0.25]))
    #expect(try rule("{learning-rate: 1, preconditioner: {w: 3, u: 2}}").preconditioner == .diagonal([2, 3]))
    #expect(
      try rule("{learning-rate: 1, preconditioner: [[2, 1], [1, 2]]}").preconditioner
        == .matrix([2, 1, 1, 2], dimension: 2))
  }

  /// Columns count in line 7, `  algorithm: {gradient-descent: …}`, where the settings begin at column 33.
  @Test(arguments: [
    ("{learning-rate: 0}", 49, "'learning-rate' must be a number > 0 or an expression of 'step' that is >= 0, got '0'"),
    (
      "{learning-rate: -0.1}", 49,
      "'learning-rate' must be a number > 0 or an expression of 'step' that is >= 0, got '-0.1'"
    ),
    ("{learning-rate: .inf}", 49, "'learning-rate' must be a finite number, got '.inf'"),
    (
      "{learning-rate: 010}", 49,
      "'learning-rate' begins with a needless zero, got '010', which some readers of YAML take for an octal number; "
        + "write it without the zero"
    ),
    (
      "{learning-rate: 0.1*(step - 1)}", 49,
      "'learning-rate' must be a number > 0 or an expression of 'step' that is >= 0, got '0.1*(step - 1)', which is -0.1 "
        + "at step 0"
    ),
    ("{learning-rate: 0.1/stp}", 53, "in 'learning-rate': 'stp' is not a known name; did you mean 'step'?"),
    (
      "{learning-rate: [1]}", 49,
      "'learning-rate' must be a number > 0 or an expression of 'step' that is >= 0, got a list of 1"
    ),
    ("{}", 15, "'gradient-descent' needs the key 'learning-rate', which is missing"),
    (
      "{learning-rate: 1, preconditioner: -2}", 68, "'preconditioner' must be a number > 0, got '-2'"
    ),
    (
      "{learning-rate: 1, preconditioner: [1]}", 68,
      "'preconditioner' must have one entry for each of the 2 coordinates of the parameters, got 1"
    ),
    (
      "{learning-rate: 1, preconditioner: {u: 1}}", 68,
      "'preconditioner' needs a number for every parameter, and 'w' has none"
    ),
    ("{learning-rate: 1, preconditioner: [1, 0]}", 72, "'preconditioner' must be a number > 0, got '0'"),
    (
      "{learning-rate: 1, preconditioner: [[1, 2], [3, 4]]}", 78,
      "'preconditioner' must be symmetric, got 3.0 at [1,0] and 2.0 at [0,1]"
    ),
    (
      "{learning-rate: 1, preconditioner: [[1, 2], [2, 1]]}", 68,
      "'preconditioner' must be positive definite, got a matrix with an eigenvalue that is not > 0"
    ),
    (
      "{learning-rate: 1, preconditioner: [[1, 2], [2]]}", 77,
      "a row of 'preconditioner' must be a list of 2 numbers, got a list of 1"
    ),
  ])
  func problems(settings: String, column: Int, message: String) {
    #expect(report(text(settings)) == "s.yaml:7:\(column): error: \(message)")
  }

  @Test func algorithmsOfLaterVersions() {
    let later = goodProcess.replacing(
      "{gradient-descent: {learning-rate: 0.05}}", with: "{heavy-ball: {momentum: 0.9}}")
    #expect(
      report(scenario(process: later))
        == "s.yaml:7:15: error: the algorithm 'heavy-ball' is for a later version; this version runs gradient-descent, "
        + "modified-sde")
  }

  private func equation(_ settings: String) -> String {
    scenario(
      process: goodProcess.replacing("{gradient-descent: {learning-rate: 0.05}}", with: "{modified-sde: \(settings)}"))
  }

  @Test func modifiedEquations() throws {
    func rule(_ settings: String) throws -> ModifiedSDE {
      // The experiment that the other tests name is one that refuses the equation.
      let text = equation(settings).replacing(
        "potentials:\n      learning-rates: [0.1]", with: "relaxation: {trajectories: 4, steps: 3}")
      return try #require(try good(text).process.algorithm as? ModifiedSDE)
    }
    #expect(try rule("{learning-rate: 0.05}") == ModifiedSDE(learningRate: Schedule(0.05)))
    #expect(
      try rule("{learning-rate: 0.05, order: 1, interpretation: stratonovich, substeps: 3}")
        == ModifiedSDE(learningRate: Schedule(0.05), order: .first, interpretation: .stratonovich, substeps: 3))
    #expect(try rule("{learning-rate: 0.1/(1 + step)}").learningRate.value(at: 4) == 0.02)
  }

  /// Settings begin at column 29.
  @Test(arguments: [
    ("{}", 15, "'modified-sde' needs the key 'learning-rate', which is missing"),
    ("{learning-rate: 1, order: 3}", 55, "'order' must be a whole number, 1 … 2, got '3'"),
    (
      "{learning-rate: 1, interpretation: itoh}", 64,
      "'interpretation' must be one of ito, stratonovich, got 'itoh'; did you mean 'ito'?"
    ),
    ("{learning-rate: 1, substeps: 0}", 58, "'substeps' must be a whole number, 1 … 1000, got '0'"),
    ("{learning-rate: 1, preconditioner: [1, 2]}", 48, "unknown key 'preconditioner' in 'modified-sde'"),
  ])
  func problemsOfEquations(settings: String, column: Int, message: String) {
    let found = report(equation(settings))
    #expect(found.hasPrefix("s.yaml:7:\(column): error: \(message)"), "\(found)")
  }

  /// Batches that depend on each other have no equation.
  @Test func equationsNeedANoiseThatTheyKnow() {
    let process = """
      parameters: {u: 1}
      loss: 0.5*(u - a)^2
      data: {a: [1, 2]}
      gradient: {minibatch: {size: 1, sampling: reshuffle}}
      algorithm: {modified-sde: {learning-rate: 0.1}}
      """
    #expect(
      report(scenario(process: process)).contains(
        "error: 'modified-sde' needs noise with the covariance of independent batches or of a constant matrix, such as "
          + "'minibatch' or 'constant-covariance', got minibatch: {size: 1, sampling: reshuffle}"))
  }

  @Test func severalHeatBathsNeedADiagonalPreconditioner() {
    let process = goodProcess.replacing("0.05", with: "0.05, preconditioner: [[2, 1], [1, 2]]")
    #expect(
      report(scenario(process: process + "\ntemperature: {u: 1, w: 2}"))
        == "s.yaml:8:3: error: several heat baths need a diagonal 'preconditioner', got a matrix")
  }
}
