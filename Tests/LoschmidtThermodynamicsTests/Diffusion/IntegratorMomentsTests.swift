import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

/// The moments that the integrator of a modified equation has, which are not those of the equation.
@Suite struct IntegratorMomentsTests {
  private func process(
    _ order: ModifiedSDE.Order, _ interpretation: ModifiedSDE.Interpretation, substeps: Int, learningRate: Double = 0.3
  ) throws -> TrainingProcess {
    let columns: [SampleTable.Column] = [
      .init(name: "a", values: [1, -0.8, 1.5]), .init(name: "b", values: [0.5, 1.2, -1]),
      .init(name: "y", values: [1, -0.5, 0.3]),
    ]
    var process = try ProcessText(
      ["u", "w"], loss: "0.5*(u*a + w*b - y)^2", samples: SampleTable(count: 3, columns: columns)
    ).process(learningRate: Schedule(learningRate), temperature: .bath(0.1), gradient: Minibatch(size: 1))
    process.algorithm = ModifiedSDE(
      learningRate: Schedule(learningRate), order: order, interpretation: interpretation, substeps: substeps)
    return process
  }

  private func integrated(_ process: TrainingProcess) throws -> (mean: [Double], covariance: DenseMatrix)? {
    let moments = try #require(QuadraticMoments(try SimulationPlan(process, steps: 1)))
    return moments.integrated(try #require(process.algorithm as? ModifiedSDE))
  }

  /// Numbers of numpy: the algorithm written out with its stages, its second moments by Gauss–Hermite quadrature with five
  /// nodes for every normal number and a fit to 20 random points, and a linear solve.
  @Test func theAlgorithmWrittenOut() throws {
    func check(
      _ order: ModifiedSDE.Order, _ interpretation: ModifiedSDE.Interpretation, _ substeps: Int, _ wanted: [Double]
    ) throws {
      let found = try #require(try integrated(try process(order, interpretation, substeps: substeps)))
      let covariance = found.covariance
      let values = found.mean + [covariance[0, 0], covariance[0, 1], covariance[1, 1]]
      // The reference is a least-squares fit, good to about 1e-13.
      #expect(zip(values, wanted).allSatisfy { abs($0 - $1) <= 1e-11 }, "\(values)")
    }
    try check(
      .second, .ito, 2,
      [0.6330726569544, 0.3125539834015, 0.1367788275082, 0.0895330026288, 0.1916018110366])
    try check(
      .second, .stratonovich, 1,
      [0.6334219790328, 0.3122911005870, 0.1409251213309, 0.0871015046208, 0.1943267523194])
    try check(
      .first, .stratonovich, 2,
      [0.6710746398054, 0.3204156697257, 0.1872818030505, 0.1026231213051, 0.2549191760381])
  }

  /// One coordinate with heat alone, step by step on paper: v = R²(v + s) + s with s = ηT/m and R the polynomial of the
  /// drift; numbers of Python.
  @Test(
    arguments: zip(
      [0.3, 0.6, 0.9, 1.5], [0.08781804931558661, 0.0808036436269138, 0.0786429904106222, 0.08936659796499763]))
  func heatAlone(learningRate: Double, wanted: Double) throws {
    var process = try ProcessText(["x"], loss: "0.5*x^2").process(temperature: .bath(0.1))
    process.algorithm = ModifiedSDE(learningRate: Schedule(learningRate), order: .second)
    let found = try #require(try integrated(process))
    // A handful of roundings.
    #expect(abs(found.covariance[0, 0] - wanted) <= 1e-14)
  }

  /// With noise of several directions that do not commute the integrator is of the first order in the substep h: halving it
  /// divides the error by two, up to the next term.
  @Test(arguments: ModifiedSDE.Interpretation.allCases)
  func theEquationIsTheLimit(interpretation: ModifiedSDE.Interpretation) throws {
    let plan = try SimulationPlan(process(.second, interpretation, substeps: 1), steps: 1)
    let moments = try #require(QuadraticMoments(plan))
    let limit = try #require(moments.stationary(order: .second, interpretation: interpretation))
    let errors = try [32, 64, 128].map { substeps in
      let found = try #require(try integrated(try process(.second, interpretation, substeps: substeps)))
      return (found.covariance - limit.covariance).largestEntry
    }
    // The next term is a tenth of the first at h = η/32: the ratios are 1.90 and 1.95, and 1.41 or 4 for another order.
    #expect(abs(errors[0] / errors[1] - 2) < 0.2 && abs(errors[1] / errors[2] - 2) < 0.1, "\(errors)")
  }

  /// Near the edge the integrator may have no stationary state where the equation has one.
  @Test func coarseStepsHaveAnEdgeOfTheirOwn() throws {
    var process = try ProcessText(["x"], loss: "2*x^2").process(temperature: .bath(0.1))
    process.algorithm = ModifiedSDE(learningRate: Schedule(1), order: .second, substeps: 1)
    #expect(try integrated(process) == nil)
    process.algorithm = ModifiedSDE(learningRate: Schedule(1), order: .second, substeps: 20)
    #expect(try integrated(process) != nil)
  }

  /// Simulation up to near the edge of stability, within five standard errors.
  @Test(arguments: [0.1, 0.3, 0.5])
  func simulationAgrees(learningRate: Double) throws {
    let plan = try SimulationPlan(
      process(.second, .ito, substeps: 2, learningRate: learningRate), steps: 260)
    let exact = try StationaryMoments(plan, step: 0)
    let law = try plan.law(plan.clock.setting(0))
    let ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: StreamKey(seed: 5), trajectories: 4000, burnIn: 200, steps: 60)
    let common = plan.program.common
    let observables = try ObservableProgram([], parameters: plan.process.parameters, common: common)
    let question = StationaryQuestion(
      observables: observables, exactMean: exact.mean, origin: exact.mean, law: law, steps: 60,
      firstTrajectory: 0, correlatesLoss: false)
    let outcome = try ensemble.run(merge: { $0.merge($1) }) { StationaryObserver(question, lanes: ensemble.lanes) }
    let sample = try #require(outcome.partials.first)
    for ((i, j), product) in zip(question.pairs, sample.coordinates) {
      let deviation = abs(product.covariance - exact.covariance[i, j])
      #expect(deviation <= 5 * product.covarianceStandardError, "\(i) \(j) at \(learningRate)")
    }
  }
}
