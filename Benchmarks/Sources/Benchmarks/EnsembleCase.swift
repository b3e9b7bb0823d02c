import CHandwritten
import LoschmidtDynamics
import LoschmidtExperiments
import LoschmidtNumerics

/// An ensemble as the text of a scenario, and as C written by hand, which starts from one point; so nearly does the text.
struct EnsembleCase {
  let name: String
  let process: String
  let handwritten: @Sendable (UInt64, UInt32) -> Double

  /// The largest ratio of the times of the engine and of the C code that we accept.
  static let limit = 1.5
  static let steps = 200
  /// Sixteen blocks of the 256 lanes of the C code: a run of four milliseconds, which a busy machine often leaves in peace.
  static let trajectories = 256 * 16

  static let all = [
    EnsembleCase(
      name: "double well, Langevin, one coordinate",
      process: """
          parameters: {x: 'normal(1, 0.001)'}
          loss: x^4/4 - x^2/2
          temperature: 0.3
        """, handwritten: handwritten_double_well),
    EnsembleCase(
      name: "two heat baths, two coordinates",
      process: """
          parameters: {x: 'normal(0, 0.001)', y: 'normal(0, 0.001)'}
          loss: 0.5*(x^2 + x*y + y^2)
          temperature: {x: 0.3, y: 0.6}
        """, handwritten: handwritten_heat_baths),
  ]

  private struct Unreadable: Error { let messages: [String] }

  /// The ensemble that the text describes, with the log-ratio of its paths.
  func ensemble(trajectories: Int, steps: Int) throws -> Ensemble {
    let text = """
      loschmidt: 1
      seed: 42
      process:
      \(process)
        gradient: full-batch
        algorithm: {gradient-descent: {learning-rate: 0.01}}
      experiments:
        - fluctuation-theorem: {trajectories: \(trajectories), steps: \(steps)}
      """
    let reading = Scenario.read(bytes: Array(text.utf8), path: "benchmark.yaml")
    guard let scenario = reading.scenario else { throw Unreadable(messages: reading.diagnostics.map { "\($0)" }) }
    return Ensemble(
      try SimulationPlan(scenario.process, steps: steps), start: scenario.process.initialLaw,
      key: StreamKey(seed: scenario.seed), trajectories: trajectories, steps: steps,
      options: PathOptions(extended: true))
  }
}
