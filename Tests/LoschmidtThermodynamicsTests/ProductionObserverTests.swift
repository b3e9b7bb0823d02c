import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct ProductionObserverTests {
  /// dx = −(x + a y) dt + √2 dW, dy = −(−a x + 2y) dt + dW at η = 0.1; the reference has a = 0.8.
  private func plan(coupling: Double, steps: Int) throws -> SimulationPlan {
    let parameters = ParameterLayout([("x", .scalar), ("y", .scalar)])
    let common = CommonInputs(constants: ["a": coupling])
    let force = try ExpressionForce(
      [("x", try Expression(parsing: "-x - a*y")), ("y", try Expression(parsing: "a*x - 2*y"))], parameters: parameters,
      common: common)
    return try SimulationPlan(
      TrainingProcess(
        parameters: parameters,
        initialLaw: InitialLaw([
          .normal(mean: 0, standardDeviation: 0.9), .normal(mean: 0, standardDeviation: 0.5),
        ]), landscape: nil, force: force, algorithm: GradientDescent(learningRate: Schedule(0.1)),
        temperature: .perParameter([.constant(1), .constant(0.5)])), steps: steps)
  }

  private func sums(coupling: Double, trajectories: Int = 512, burnIn: Int = 60, steps: Int = 600) throws
    -> ProductionSums
  {
    let plan = try plan(coupling: coupling, steps: burnIn + steps)
    let law = try #require(LinearProcess(plan)?.chain(0)?.stationary)
    let ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: StreamKey(seed: 9, experiment: 0), trajectories: trajectories,
      burnIn: burnIn, steps: steps, options: PathOptions(extended: true))
    let outcome = try ensemble.run(RunWatch(threads: 2)) {
      ProductionObserver(boundary: nil, stationary: law, countsCurrents: true, steps: steps)
    }
    var sums = ProductionSums()
    for partial in outcome.partials { sums.append(partial) }
    return sums
  }

  @Test func theEstimatorOfTheEulerMaruyamaChain() throws {
    let golden = ThermodynamicReference.entry("t9_ou_tur")["outputs"]["estimators"].list[1]
    #expect(golden["kind"].text == "Euler-Maruyama" && golden["dt"].double == 0.1)
    let currents = try #require(try sums(coupling: 0.8).currents)
    let estimate = try currents.uncertainty(interval: 0.1, steps: 600)
    let expected = golden["tur_ep_rate"].double
    #expect(abs(estimate.rate - estimate.bias - expected) < 5 * estimate.standardError)
    // The currents j_x, j_y come first, then j_xx, j_xy, j_yx, j_yy.
    let mean = golden["mean_current"].doubles
    for k in 0..<4 {
      #expect(abs(currents.mean[2 + k] - mean[k]) < 5 * currents.meanCovariance[2 + k, 2 + k].squareRoot())
    }
    // The control: the same estimator on a chain that is stirred less must be told apart.
    let weaker = try #require(try sums(coupling: 0.6).currents).uncertainty(interval: 0.1, steps: 600)
    #expect(abs(weaker.rate - weaker.bias - expected) > 5 * weaker.standardError)
  }

  /// ln π at the ends against the law of the chain: a start in π has E ln π(x_n)/π(x_0) = 0.
  @Test func theExcessVanishesInTheSteadyState() throws {
    let sums = try sums(coupling: 0.8)
    let excess = Moments(sums.relaxation)
    #expect(sums.relaxation.count == 512 && sums.ratios.extended.count == 512)
    #expect(abs(excess.mean) < 5 * excess.standardError)
    // Without burn-in the start, which is another law, has E ln π(x_n)/π(x_0) ≠ 0; the exact value by propagation.
    let early = try self.sums(coupling: 0.8, trajectories: 20_000, burnIn: 0, steps: 2)
    let plan = try plan(coupling: 0.8, steps: 2)
    let process = try #require(LinearProcess(plan))
    let law = try #require(process.chain(0)?.stationary)
    let start = try GaussianLaw(mean: [0, 0], covariance: .diagonal([0.81, 0.25]))
    let end = try #require(process.propagated(start, from: 0, count: 2))
    func expectation(_ other: GaussianLaw) -> Double {
      let form = law.logDensity
      return 0.5 * (form.matrix * other.covariance).trace + form.constant
    }
    let moments = Moments(early.relaxation)
    let expected = expectation(end) - expectation(start)
    #expect(abs(moments.mean - expected) < 5 * moments.standardError)
    #expect(abs(expected) > 5 * moments.standardError)
  }
}
