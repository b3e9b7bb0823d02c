import LoschmidtDynamics
import LoschmidtExperiments
import LoschmidtNumerics
import Testing

@Suite struct ProcessTextTests {
  private func line(_ key: String, of process: TrainingProcess) -> String? {
    process.resolved.first { $0.key == key }?.value
  }

  private func process(temperature: Temperature = .zero) throws -> TrainingProcess {
    let layout = ParameterLayout([("u", .scalar), ("W", Shape([1, 2])), ("v", .vector(9))])
    let samples = SampleTable(
      count: 2,
      columns: [.init(name: "x", values: [1, 2]), .init(name: "z", shape: .vector(2), values: [1, 2, 3, 4])])
    let landscape = try ExpressionLandscape(
      loss: try Expression(parsing: "k*u^2*x + sum(W*z) + sum(v)*a"), parameters: layout, samples: samples,
      constants: ["k": 0.5], protocols: [("a", try Expression(parsing: "1 + t"))])
    let law: [InitialLaw.Coordinate] =
      [.point(1.3)] + [.normal(mean: 0, standardDeviation: 0.5), .normal(mean: 0, standardDeviation: 0.5)]
      + (0..<9).map { .point(Double($0)) }
    return TrainingProcess(
      parameters: layout, initialLaw: InitialLaw(law), landscape: landscape, gradient: Minibatch(size: 2),
      algorithm: GradientDescent(learningRate: Schedule(0.05)), temperature: temperature)
  }

  @Test func everyKeyIsThereInOrder() throws {
    let resolved = try process().resolved.map { "\($0.key): \($0.value)" }
    #expect(
      resolved == [
        "parameters: u = 1.3, W [1, 2] = normal(0, 0.5), v [9] = [0, 1, 2, 3, 4, 5, 6, 7, … (9)] (12 coordinates)",
        "loss: k*u^2*x + sum(W*z) + sum(v)*a",
        "data: 2 samples of x, z [2]",
        "constants: k = 0.5",
        "protocol: a = 1 + t",
        "gradient: minibatch: {size: 2, sampling: with-replacement}",
        "algorithm: gradient-descent: {learning-rate: 0.05, preconditioner: identity}",
        "temperature: 0",
        "generator: philox",
      ])
  }

  @Test func temperatures() throws {
    let cooling = Temperature.Value.expression(try Expression(parsing: "1/(1 + t)"), constants: [:])
    #expect(line("temperature", of: try process(temperature: .uniform(cooling))) == "1/(1 + t)")
    let baths = Temperature.perParameter([.constant(1), .constant(0.5), cooling])
    #expect(line("temperature", of: try process(temperature: baths)) == "u: 1, W: 0.5, v: 1/(1 + t)")
  }

  @Test func aForceWithoutLoss() throws {
    let layout = ParameterLayout([("x", .scalar)])
    let force = try ExpressionForce([("x", try Expression(parsing: "-x"))], parameters: layout, common: CommonInputs())
    let process = TrainingProcess(
      parameters: layout, initialLaw: InitialLaw([.uniform(lower: -1, upper: 1)]), landscape: nil, force: force,
      algorithm: GradientDescent(learningRate: Schedule(try Expression(parsing: "0.1/(1 + step)"))))
    #expect(line("loss", of: process) == nil)
    #expect(line("parameters", of: process) == "x = uniform(-1, 1) (1 coordinate)")
    #expect(line("force", of: process) == "x: -x")
    #expect(line("gradient", of: process) == "full-batch")
    #expect(line("algorithm", of: process)?.contains("learning-rate: 0.1/(1 + step)") == true)
  }
}
