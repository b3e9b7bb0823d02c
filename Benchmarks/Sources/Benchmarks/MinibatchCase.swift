import CHandwritten
import LoschmidtDynamics
import LoschmidtExperiments
import LoschmidtNumerics

/// Stochastic gradient descent as the text of a scenario, and as C written by hand: 64 samples, batches of 4.
struct MinibatchCase {
  let name: String
  let parameters: String
  let loss: String
  let handwritten: @Sendable (UInt64, UInt32) -> Double
  /// The largest ratio of the times of the engine and of the C code that we accept; none where it is only shown, since the
  /// limit is set by other programs.
  let limit: Double?
  let trajectories: Int
  let steps: Int

  static let all = [
    MinibatchCase(
      name: "linear regression, two coordinates", parameters: "{w: 0.5, b: -0.25}", loss: "0.5*(w*x + b - y)^2",
      handwritten: handwritten_regression, limit: nil, trajectories: 256 * 16, steps: 200),
    MinibatchCase(
      name: "tanh net, 8 units",
      parameters: """
        {a: {shape: [8], initial: "0.5*sin(2*i)"}, b: {shape: [8], initial: "0.5*sin(2*i + 1)"},
             c: {shape: [8], initial: "0.5*sin(2*i + 2)"}, d: 0}
        """,
      loss: "0.5*(dot(c, tanh(a*x + b)) + d - y)^2", handwritten: handwritten_minibatch_net, limit: 1.6,
      trajectories: 128 * 16, steps: 40),
  ]

  private struct Unreadable: Error { let messages: [String] }

  /// The ensemble that the text describes.
  func ensemble() throws -> Ensemble {
    let samples = (0..<64).map { i in
      var (x, y) = (0.0, 0.0)
      handwritten_sample(Int32(i), &x, &y)
      return (x: x, y: y)
    }
    let text = """
      loschmidt: 1
      seed: 42
      process:
        parameters: \(parameters)
        loss: \(loss)
        data:
          x: \(samples.map(\.x))
          y: \(samples.map(\.y))
        gradient: {minibatch: {size: 4}}
        algorithm: {gradient-descent: {learning-rate: 0.05}}
      experiments:
        - relaxation: {trajectories: \(trajectories), steps: \(steps)}
      """
    let reading = Scenario.read(bytes: Array(text.utf8), path: "benchmark.yaml")
    guard let scenario = reading.scenario else { throw Unreadable(messages: reading.diagnostics.map { "\($0)" }) }
    return Ensemble(
      try SimulationPlan(scenario.process, steps: steps), start: scenario.process.initialLaw,
      key: StreamKey(seed: scenario.seed), trajectories: trajectories, steps: steps)
  }
}

/// Keeps the last coordinate of θ of every trajectory at the end.
final class LastCoordinate: BlockObserver {
  func finish(_ block: TrajectoryBlock) -> [Double] {
    block.soundLanes.map { block.theta[block.dimension - 1, $0] }
  }
}
