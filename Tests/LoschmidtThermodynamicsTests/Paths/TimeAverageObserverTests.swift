import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@testable import LoschmidtThermodynamics

@Suite struct TimeAverageObserverTests {
  private func plan() throws -> SimulationPlan {
    let parameters = ParameterLayout([("u", .scalar)])
    let landscape = try ExpressionLandscape(loss: Expression(parsing: "0.5*u^2"), parameters: parameters)
    return try SimulationPlan(
      TrainingProcess(
        parameters: parameters, initialLaw: InitialLaw([.normal(mean: 1, standardDeviation: 0.3)]),
        landscape: landscape, algorithm: GradientDescent(learningRate: Schedule(0.1)),
        temperature: .uniform(.constant(0.2))), steps: 23)
  }

  private func program(_ plan: SimulationPlan) throws -> ObservableProgram {
    try ObservableProgram(
      [("a", Expression(parsing: "u^2 + t"))], parameters: plan.process.parameters, common: plan.program.common)
  }

  @Test("averages of the replayed paths", arguments: [1, 3, 20])
  func replayedPaths(every: Int) throws {
    let plan = try plan()
    let ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: StreamKey(seed: 8), trajectories: 40, burnIn: 3, steps: 20)
    let program = try program(plan)
    let result = try ensemble.run(merge: { $0.merge($1) }) {
      TimeAverageObserver(program, every: every, steps: 20, lanes: ensemble.lanes)
    }
    let sample = try #require(result.partials.first)
    var (means, squares, drifts) = (Moments(), Moments(), Moments())
    let records = 20 / every
    // Far from the mean, so that the origin is seen not to matter; the drift is about the origin of the block.
    for number in 0..<40 {
      var values: [Double] = []
      _ = try ensemble.replay(trajectory: number) { state in
        let step = state.step - 3
        if step > 0, step % every == 0 { values.append(state.theta[0] * state.theta[0] + state.time) }
      }
      #expect(values.count == records)
      means.add(Moments(values).mean)
      squares.add(Moments(values.map { $0 * $0 }).mean)
      if records > 1 {
        let half = records / 2
        drifts.add(Moments(values[half...]).mean - Moments(values[..<half]).mean)
      }
    }
    #expect(sample.product.count == 40 && sample.drift.count == drifts.count)
    // Numbers of order 1, sums of at most 800 terms.
    #expect(abs(sample.product.mean - means.mean) < 1e-13)
    #expect(abs(sample.product.meanStandardError - means.standardError) < 1e-13)
    let variance = squares.mean - means.mean * means.mean + means.variance / 40
    #expect(abs(sample.product.covariance - variance) < 1e-12)
  }

  @Test("the drift of the squares is found where the state relaxes, and not where it is stationary")
  func drift() throws {
    let plan = try plan()
    let program = try program(plan)
    func drift(_ start: InitialLaw, _ expression: String) throws -> Moments {
      let observable = try ObservableProgram(
        [("a", Expression(parsing: expression))], parameters: plan.process.parameters, common: plan.program.common)
      let ensemble = Ensemble(plan, start: start, key: StreamKey(seed: 9), trajectories: 400, steps: 20)
      let result = try ensemble.run(merge: { $0.merge($1) }) {
        TimeAverageObserver(observable, every: 1, steps: 20, lanes: ensemble.lanes)
      }
      return try #require(result.partials.first).drift
    }
    #expect(program.names == ["a"])
    // The stationary variance 2ηT/(1 − (1 − η)²).
    let width = (0.04 / 0.19).squareRoot()
    let stationary = try drift(InitialLaw([.normal(mean: 0, standardDeviation: width)]), "u")
    #expect(abs(stationary.mean) < 5 * stationary.standardError)
    let relaxing = try drift(InitialLaw([.normal(mean: 0, standardDeviation: 3)]), "u")
    #expect(abs(relaxing.mean) > 5 * relaxing.standardError)
  }

  @Test func noReplicas() {
    var sample = TimeAverageSample()
    #expect(sample.product.mean.isNaN)
    sample.merge(TimeAverageSample(origin: 2))
    #expect(sample.product.count == 0)
  }
}
