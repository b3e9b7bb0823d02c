import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

/// The observer against averages over paths that are replayed one by one.
@Suite struct StationaryObserverTests {
  private static let parameters = ParameterLayout([("u", .scalar), ("w", .scalar)])
  private static let rates = [2.0, 0.5]

  private func plan(
    _ gradient: any GradientNoise, temperature: Double, steps: Int
  ) throws -> SimulationPlan {
    let samples = SampleTable(
      count: 4,
      columns: [
        SampleTable.Column(name: "x", values: [1, -0.5, 2, 0.3]),
        SampleTable.Column(name: "y", values: [0.8, 0, 1.7, 0.4]),
      ])
    let landscape = try ExpressionLandscape(
      loss: Expression(parsing: "0.5*(u*x + w - y)^2"), parameters: Self.parameters, samples: samples)
    let process = TrainingProcess(
      parameters: Self.parameters,
      initialLaw: InitialLaw([.normal(mean: 1, standardDeviation: 0.2), .point(0.5)]), landscape: landscape,
      gradient: gradient,
      algorithm: GradientDescent(learningRate: Schedule(0.1), preconditioner: .diagonal(Self.rates)),
      temperature: .uniform(.constant(temperature)))
    return try SimulationPlan(process, steps: steps)
  }

  private func question(_ plan: SimulationPlan, _ ensemble: Ensemble, exactMean: [Double]? = nil) throws
    -> StationaryQuestion
  {
    let observables = try ObservableProgram(
      [("product", Expression(parsing: "u*w")), ("square", Expression(parsing: "u^2"))], parameters: Self.parameters,
      common: plan.program.common)
    return StationaryQuestion(
      observables: observables, exactMean: exactMean, origin: [0.3, -0.2], law: try plan.law(plan.clock.setting(0)),
      steps: ensemble.steps, firstTrajectory: ensemble.firstTrajectory, correlatesLoss: false)
  }

  private func run(_ ensemble: Ensemble, _ question: StationaryQuestion) throws -> StationarySample {
    let result = try ensemble.run(merge: { $0.merge($1) }) { StationaryObserver(question, lanes: ensemble.lanes) }
    #expect(result.partials.count == 1)
    return try #require(result.partials.first)
  }

  /// θ after burn-in, one list for each trajectory.
  private func paths(_ ensemble: Ensemble) throws -> [[[Double]]] {
    try (0..<ensemble.trajectories).map { number in
      var path: [[Double]] = []
      _ = try ensemble.replay(trajectory: number) { state in
        if state.step >= ensemble.burnIn { path.append(state.theta) }
      }
      return path
    }
  }

  @Test func averagesAreThoseOfTheReplayedPaths() throws {
    let plan = try plan(FullBatch(), temperature: 0.1, steps: 10)
    let ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: StreamKey(seed: 9), trajectories: 70, burnIn: 3, steps: 7)
    let sample = try run(ensemble, question(plan, ensemble, exactMean: [1, 0.25]))
    let paths = try paths(ensemble).map { Array($0.dropFirst()) }
    func average(_ value: (Double, Double) -> Double) -> [Double] {
      paths.map { path in path.reduce(0) { $0 + value($1[0], $1[1]) } / 7 }
    }
    // Seventy averages of numbers of order 1.
    let bound = 1e-13
    let products = Moments(average { $0 * $1 })
    #expect(abs(sample.observables[0].mean - products.mean) < bound)
    #expect(abs(sample.observables[0].meanStandardError - products.standardError) < bound)
    let (u, w, uw) = (Moments(average { u, _ in u }), Moments(average { $1 }), products.mean)
    #expect(abs(sample.coordinates[0].mean - u.mean) < bound)
    let scatter = zip(average { u, _ in u }, average { $1 }).reduce(0) { $0 + ($1.0 - u.mean) * ($1.1 - w.mean) }
    #expect(abs(sample.coordinates[1].covariance - (uw - u.mean * w.mean + scatter / (70 * 69))) < bound)
    let spread = Moments(average { ($0 - 1) * ($0 - 1) + ($1 - 0.25) * ($1 - 0.25) })
    #expect(abs(sample.spread.mean - spread.mean) < bound)
    // Three steps in the first half, four in the second.
    let drift = Moments(
      paths.map { path in
        path[3...].reduce(0) { $0 + $1[0] * $1[1] } / 4 - path[..<3].reduce(0) { $0 + $1[0] * $1[1] } / 3
      })
    #expect(abs(sample.drifts[0].mean - drift.mean) < bound)
    #expect(sample.drifts.count == 5 && sample.drifts[0].count == 70)
    #expect(sample.consecutive == paths.prefix(min(16, ensemble.lanes)).map { $0.map { $0[0] } })
    #expect(sample.thinned == sample.consecutive && sample.stride == 1)
  }

  /// Without temperature and other noise a step tells its gradient, ĝ = Λ⁻¹(θ − θ′)/η, whatever the batch was.
  @Test(arguments: [Minibatch.Sampling.withReplacement, .withoutReplacement, .reshuffle])
  func theRelationTakesTheGradientOfTheBatchThatWasDrawn(sampling: Minibatch.Sampling) throws {
    let plan = try plan(Minibatch(size: 2, sampling: sampling), temperature: 0, steps: 8)
    var ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: StreamKey(seed: 2), trajectories: 20, burnIn: 2, steps: 6)
    ensemble.firstTrajectory = 100
    let sample = try run(ensemble, question(plan, ensemble))
    var (left, right) = (Moments(), Moments())
    for path in try paths(ensemble) {
      var sums = (0.0, 0.0)
      for (theta, next) in zip(path, path.dropFirst()) {
        for i in 0..<2 {
          let gradient = (theta[i] - next[i]) / (0.1 * Self.rates[i])
          sums.0 += (theta[i] - [0.3, -0.2][i]) * gradient / 6
          sums.1 += 0.05 * Self.rates[i] * gradient * gradient / 6
        }
      }
      left.add(sums.0)
      right.add(sums.1)
    }
    // The difference of θ of order 1 is divided by ηΛ ≥ 0.05.
    #expect(abs(sample.dissipation.mean[0] - left.mean) < 1e-13)
    #expect(abs(sample.dissipation.mean[1] - right.mean) < 1e-13)
    #expect(sample.spread.count == 0)
  }

  @Test func noiseOfTheStepIsPartOfTheRightSide() throws {
    let covariance = DenseMatrix([[0.4, 0.1], [0.1, 0.2]])
    let plain = try plan(FullBatch(), temperature: 0, steps: 4)
    let noisy = try plan(ConstantCovariance(matrix: covariance), temperature: 0.3, steps: 4)
    let law = try noisy.law(noisy.clock.setting(0))
    // Σ T + (η/2) tr(ΛC), three roundings.
    #expect(abs(0.5 * law.noiseOverMobility - (0.6 + 0.05 * (2 * 0.4 + 0.5 * 0.2))) < 1e-14)
    #expect(try plain.law(plain.clock.setting(0)).noiseOverMobility == 0)
  }

  @Test func aGradientThatIsKeptForTwoStepsIsStillThatOfTheStep() throws {
    let plan = try plan(Minibatch(size: 1), temperature: 0.05, steps: 6)
    func sample(_ options: PathOptions) throws -> StationarySample {
      let ensemble = Ensemble(
        plan, start: plan.process.initialLaw, key: StreamKey(seed: 5), trajectories: 9, steps: 6, options: options)
      return try run(ensemble, question(plan, ensemble))
    }
    // The path ratio swaps the buffers of the gradients, and must not change what is seen.
    let (plain, extended) = (try sample(PathOptions()), try sample(PathOptions(extended: true)))
    #expect(plain.dissipation == extended.dissipation)
    #expect(plain.coordinates == extended.coordinates)
  }

  @Test func aSingleStepHasNoHalves() throws {
    let plan = try plan(FullBatch(), temperature: 0.1, steps: 1)
    let ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: StreamKey(seed: 5), trajectories: 5, steps: 1)
    let sample = try run(ensemble, question(plan, ensemble))
    #expect(sample.drifts.isEmpty && sample.autocorrelation == nil)
    #expect(sample.observables[0].count == 5)
  }
}
