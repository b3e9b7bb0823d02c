import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

/// The moments that the integrator of a modified equation has, which are not those of the equation.
@Suite struct IntegratorMomentsTests {
  /// T of all processes here.
  private static let temperature = 0.1

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

  /// The integrator is of the first order in the substep h where the noise depends on θ.
  ///
  /// Over half a substep, with τ = h/2, Heun's method moves Z = E xxᵀ by 1 + τN + ¼τ²(SZS + K² + Σ F_aF_bZ(F_bF_a)ᵀ) in place
  /// of exp(τN). The difference is τ²E + …, twice in a substep, and nothing else is of the order h², since the composition
  /// is symmetric. So Z is off by −½h 𝒜⁻¹E Z + …, 𝒜 the generator of the equation.
  ///
  /// Numbers of mpmath with 50 digits: the equation's own covariance, that first term from the formula, the second one from
  /// the integrator written out once more at h = η/2³⁰, and the third, which is −0.00446, 0.00153 and −0.0039.
  @Test(arguments: ModifiedSDE.Interpretation.allCases)
  func theEquationIsTheLimit(interpretation: ModifiedSDE.Interpretation) throws {
    let plan = try SimulationPlan(process(.second, interpretation, substeps: 1), steps: 1)
    let moments = try #require(QuadraticMoments(plan))
    let limit = try #require(moments.stationary(order: .second, interpretation: interpretation)).covariance
    let exact = [0.135938890137136, 0.0901537491673406, 0.19121266229882]
    let first = [-0.00529112546479211, 0.00171428801541245, -0.00510342768886458]
    let second = [0.0730821190924, -0.0390958255178, 0.0517304264185]
    for substeps in [32, 64, 128] {
      let found = try #require(try integrated(try process(.second, interpretation, substeps: substeps))).covariance
      let h = 0.3 / Double(substeps)
      for (k, (i, j)) in [(0, 0), (0, 1), (1, 1)].enumerated() {
        // 15 digits of a number below one, and a few roundings of two linear solves.
        #expect(abs(limit[i, j] - exact[k]) <= 1e-13)
        // The third term, with a tenth more for the ones after it: the first is four thousand times as large or more.
        let rest = found[i, j] - limit[i, j] - first[k] * h - second[k] * h * h
        #expect(abs(rest) <= 0.005 * h * h * h + 1e-13, "\(substeps), \(i) \(j): \(rest)")
      }
    }
  }

  /// One coordinate, where the noise commutes: the order is the first here too.
  ///
  /// With t = Th, u = ½ησ²h = κh for σ² = 1, and E(1 + w + ½w²)² = g = 1 + 2u + ¾u², a substep is v′ = g²R²(v + t) + t, so that v = t(1 + g²R²)/(1 − g²R²).
  /// Its series is T/α(1 − (β/α)h + …) with α = b − κ, b the mean of h, β = 5κ²/4; the second coefficient has γ = −7κ³/6.
  @Test func noiseThatCommutesIsOfTheFirstOrderToo() throws {
    let (eta, temperature, b) = (0.3, Self.temperature, 1.5)
    let kappa = eta / 2
    let (alpha, beta, gamma) = (b - kappa, 1.25 * kappa * kappa, -7 * kappa * kappa * kappa / 6)
    let limit = temperature / alpha
    let first = -limit * beta / alpha
    let second = limit * (beta * beta / (alpha * alpha) - gamma / alpha) + temperature * alpha / 3
    for substeps in [1, 2, 4, 32, 64, 128] {
      var process = try ProcessText(
        ["x"], loss: "0.5*h*x^2", samples: SampleTable(count: 2, columns: [.init(name: "h", values: [0.5, 2.5])])
      ).process(learningRate: Schedule(eta), temperature: .bath(temperature), gradient: Minibatch(size: 1))
      process.algorithm = ModifiedSDE(
        learningRate: Schedule(eta), order: .first, interpretation: .ito, substeps: substeps)
      let found = try #require(try integrated(process)).covariance[0, 0]
      let h = eta / Double(substeps)
      let (u, z) = (kappa * h, -(b + kappa) * h)
      let g = 1 + 2 * u + 0.75 * u * u
      let drift = 1 + z * (1 + z / 2 * (1 + z / 3 * (1 + z / 4)))
      let factor = g * g * drift * drift
      let written = temperature * h * (1 + factor) / (1 - factor)
      // Roundings of 1 − g²R² ≈ 2.7h, over a solve.
      #expect(abs(found - written) <= 1e-15 / h, "\(substeps)")
      guard substeps >= 32 else { continue }
      // The third coefficient is 0.000892 by mpmath at h = η/1024, and 0.000893 at η/32.
      #expect(abs(found - limit - first * h - second * h * h) <= 0.0009 * h * h * h + 1e-15 / h, "\(substeps)")
    }
  }

  /// Noise that is added is of the second order: v = Th coth y with y = −ln R(h) = h − h⁵/120 + … for the loss ½x², which
  /// is T(1 + h²/3 − h⁴/72 + h⁵/144 + …).
  @Test func noiseThatIsAddedIsOfTheSecondOrder() throws {
    for substeps in [4, 8, 16] {
      var process = try ProcessText(["x"], loss: "0.5*x^2").process(temperature: .bath(Self.temperature))
      process.algorithm = ModifiedSDE(learningRate: Schedule(0.3), order: .first, substeps: substeps)
      let found = try #require(try integrated(process)).covariance[0, 0]
      let h = 0.3 / Double(substeps)
      let rest = found / Self.temperature - 1 - h * h / 3 + h * h * h * h / 72
      // The next term is h⁵/144 = 0.00694 h⁵, and 0.0071 h⁵ with those after it at h = 0.075; then rounding of 1 − R² ≈ 2h.
      #expect(abs(rest) <= 0.0075 * h * h * h * h * h + 1e-15 / h, "\(substeps): \(rest)")
    }
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
