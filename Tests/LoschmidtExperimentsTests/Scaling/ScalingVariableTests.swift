import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct ScalingVariableTests {
  private func process(_ more: String, rate: String = "0.1") throws -> TrainingProcess {
    try good(
      scenario(
        process: """
          parameters: {u: 1}
          loss: 0.5*h*u^2
          data: {h: [1, 2, 3, 4]}
          algorithm: {gradient-descent: {learning-rate: \(rate), preconditioner: [2]}}
          \(more)
          """, experiment: "relaxation: {trajectories: 2, steps: 2}")
    ).process
  }

  @Test func oneSettingIsReplacedAndNothingElse() throws {
    let process = try process("gradient: {minibatch: {size: 2, sampling: reshuffle}}\ntemperature: 0.3")
    let slow = ScalingVariable.learningRate.process(process, with: 0.025)
    #expect(
      slow.algorithm as? GradientDescent
        == GradientDescent(learningRate: Schedule(0.025), preconditioner: .diagonal([2])))
    #expect(slow.temperature == process.temperature)
    let large = ScalingVariable.batchSize.process(process, with: 4)
    #expect(large.gradient as? Minibatch == Minibatch(size: 4, sampling: .reshuffle, dropsLast: true))
    #expect(large.algorithm as? GradientDescent == process.algorithm as? GradientDescent)
    let hot = ScalingVariable.temperature.process(process, with: 2)
    #expect(hot.temperature == .uniform(.constant(2)))
    #expect(hot.gradient as? Minibatch == process.gradient as? Minibatch)
  }

  @Test func obstacles() throws {
    let batches = try process("gradient: {minibatch: {size: 2}}")
    for variable in [ScalingVariable.learningRate, .batchSize, .temperature] {
      #expect(variable.obstacle(in: batches) == nil)
    }
    #expect(
      ScalingVariable.amplification.obstacle(in: batches)?.contains("needs a gradient with the setting 'l'") == true)
    let full = try process("temperature: 0.1 + t", rate: "0.1/(step + 1)")
    #expect(ScalingVariable.learningRate.obstacle(in: full)?.contains("the schedule '0.1/(step + 1)'") == true)
    #expect(ScalingVariable.batchSize.obstacle(in: full)?.contains("such as 'minibatch', got 'full-batch'") == true)
    #expect(ScalingVariable.temperature.obstacle(in: full)?.contains("one temperature that is constant") == true)
  }

  @Test func values() throws {
    let with = try process("gradient: {minibatch: {size: 2}}")
    let without = try process("gradient: {minibatch: {size: 2, sampling: reshuffle}}")
    func problem(_ value: Double, _ process: TrainingProcess, _ variable: ScalingVariable = .batchSize) -> String? {
      variable.problem(of: value, in: process, sampleCount: 4)
    }
    // Reshuffled epochs leave out what makes no whole batch.
    #expect(problem(3, with) == nil && problem(4, without) == nil && problem(3, without) == nil)
    let cyclic = try process("gradient: {minibatch: {size: 2, sampling: cyclic}}")
    #expect(problem(3, cyclic)?.contains("divides the number of samples, 4") == true)
    #expect(problem(5, with)?.contains("1 … 4") == true)
    #expect(problem(1.5, with) == "a whole number >= 1" && problem(0, with) == "a whole number >= 1")
    #expect(problem(0.1, with, .temperature) == nil && problem(0, with, .learningRate) == "a number > 0")
  }
}
