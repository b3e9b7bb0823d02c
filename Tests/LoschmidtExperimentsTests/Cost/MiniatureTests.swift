import Testing

@testable import LoschmidtExperiments

@Suite struct MiniatureTests {
  @Test func stagesGrowAsTheirWork() {
    var scale = WorkScale()
    scale.trajectories = (10_000, 64)
    scale.steps = (500, 5)
    scale.points = (7, 1)
    scale.learningRates = (90, 6)
    scale.repetitions = (20, 1)
    // 157 blocks on two threads are 79 rounds; on more threads than blocks one.
    #expect(scale.factor([.blocks], threads: 2) == 79 && scale.factor([.paths], threads: 2) == 7900)
    #expect(scale.factor([.blocks], threads: 1000) == 1)
    #expect(scale.factor([.trajectories], threads: 2) == 156.25 && scale.factor([], threads: 2) == 1)
    #expect(scale.factor([.points, .learningRates], threads: 2) == 105)
    #expect(scale.factor([.paths, .repetitions], threads: 1) == 157 * 100 * 20)
    // 2048 points are compared, of which 512 are tried.
    #expect(scale.factor([.pairs], threads: 1) == 16)
    scale.trajectories = (256, 16)
    #expect(scale.factor([.pairs], threads: 1) == 1)
    #expect(scale.sampleFactor == 16)
    scale.samples = (100, 16)
    #expect(scale.sampleFactor == 6.25)
  }

  private func miniature(
    _ experiment: String, trajectories: Int, steps: Int
  ) throws -> (experiment: any Experiment, scale: WorkScale) {
    let scenario = try good(
      """
      loschmidt: 1
      seed: 1
      process:
        parameters: {x: "normal(0, 1)"}
        loss: 0.5*x^2
        gradient: full-batch
        algorithm: {gradient-descent: {learning-rate: 0.1}}
        temperature: 1
      experiments:
        - \(experiment)

      """)
    let whole = try scenario.experiments[0].settings.experiment(on: scenario.process)
    return try #require(whole as? any MiniatureExperiment).miniature(trajectories: trajectories, steps: steps)
  }

  /// A block and the steps that were asked for, at most half of them burn-in, and never more than there are.
  @Test(arguments: ["entropy-production", "stationary", "fluctuation-theorem"])
  func ensemblesAreCut(kind: String) throws {
    let theorems = kind == "fluctuation-theorem" ? ", theorems: [detailed]" : ""
    let burnIn = kind == "fluctuation-theorem" ? 0 : 100
    let text = "\(kind): {trajectories: 10000, steps: 900, burn-in: \(burnIn)\(theorems)}"
    let (_, scale) = try miniature(text, trajectories: 64, steps: 40)
    #expect(scale.trajectories == (10_000, 64) && scale.steps == (900 + burnIn, 40))
    let small = try miniature(text, trajectories: 1_000_000, steps: 1_000_000).scale
    #expect(small.trajectories == (10_000, 10_000) && small.steps == (900 + burnIn, 900 + burnIn))
  }

  /// Records are made in a miniature too, as long as an interval between them is not far longer.
  @Test func recordsAreTried() throws {
    let text = "relaxation: {trajectories: 1000, steps: 10000, every: 100}"
    #expect(try miniature(text, trajectories: 64, steps: 30).scale.steps == (10_000, 200))
    #expect(try miniature(text, trajectories: 64, steps: 550).scale.steps == (10_000, 500))
  }
}
