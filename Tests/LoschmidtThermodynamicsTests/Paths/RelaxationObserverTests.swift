import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@testable import LoschmidtThermodynamics

@Suite struct RelaxationObserverTests {
  private func plan(temperature: Double) throws -> SimulationPlan {
    let parameters = ParameterLayout([("u", .scalar)])
    let landscape = try ExpressionLandscape(
      loss: Expression(parsing: "0.5*k*u^2"), parameters: parameters,
      protocols: [("k", try Expression(parsing: "1 + t"))])
    let process = TrainingProcess(
      parameters: parameters, initialLaw: InitialLaw([.normal(mean: 1, standardDeviation: 0.3)]),
      landscape: landscape, algorithm: GradientDescent(learningRate: Schedule(0.1)),
      temperature: .uniform(.constant(temperature)))
    return try SimulationPlan(process, steps: 12)
  }

  private func run(_ ensemble: Ensemble, every: Int) throws -> RelaxationSample {
    let observables = try ObservableProgram(
      [("late", Expression(parsing: "t*u"))], parameters: ensemble.plan.process.parameters,
      common: ensemble.plan.program.common)
    let result = try ensemble.run(merge: { $0.merge($1) }) {
      RelaxationObserver(
        ensemble.plan, observables: observables, every: every, burnIn: ensemble.burnIn, steps: ensemble.steps,
        lanes: ensemble.lanes)
    }
    return try #require(result.partials.first)
  }

  @Test func recordsAreThoseOfTheReplayedPaths() throws {
    let plan = try plan(temperature: 0.2)
    let ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: StreamKey(seed: 6), trajectories: 50, burnIn: 2, steps: 10,
      options: PathOptions(extended: true))
    let sample = try run(ensemble, every: 4)
    #expect(sample.moments.count == 3 * 5)
    var expected = RelaxationSample(records: 3, quantities: 5)
    for number in 0..<50 {
      var last = 0.0
      _ = try ensemble.replay(trajectory: number) { state in
        guard state.step >= 2, (state.step - 2) % 4 == 0 else { return }
        let (record, u, k) = ((state.step - 2) / 4, state.theta[0], 1 + state.time)
        let medium = try #require(state.medium)
        expected[record, 0].add(0.5 * k * u * u)
        expected[record, 1].add(0.5 * k * u * u + 0.025 * k * u * k * u)
        if record > 0 { expected[record, 2].add((medium - last) / 0.4) }
        expected[record, 3].add(0.025 * k * u * k * u)
        expected[record, 4].add(state.time * u)
        last = medium
      }
    }
    for (measured, wanted) in zip(sample.moments, expected.moments) {
      #expect(measured.count == wanted.count)
      // Fifty terms of up to 10, each good to some ulps; times are sums of learning rates.
      if wanted.count > 0 {
        #expect(abs(measured.mean - wanted.mean) < 1e-12)
        #expect(abs(measured.standardError - wanted.standardError) < 1e-12)
      }
    }
  }

  @Test func withoutDensityThereIsNoRate() throws {
    let plan = try plan(temperature: 0)
    let ensemble = Ensemble(plan, start: plan.process.initialLaw, key: StreamKey(seed: 6), trajectories: 8, steps: 12)
    let sample = try run(ensemble, every: 5)
    #expect(sample.moments.map(\.count) == [8, 8, 0, 8, 8, 8, 8, 0, 8, 8, 8, 8, 0, 8, 8])
  }
}
