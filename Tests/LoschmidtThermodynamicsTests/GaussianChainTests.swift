import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct GaussianChainTests {
  static func chains() throws -> [(GaussianChain, ReferenceEntry)] {
    try ThermodynamicReference.entries("t1_gaussian_chain").map { entry in
      let chain = try GaussianChain(
        map: DenseMatrix(entry["inputs"]["A"].rows), noise: DenseMatrix(entry["inputs"]["D"].rows))
      return (chain, entry["outputs"])
    }
  }

  @Test func agreesWithTheReference() throws {
    for (chain, expected) in try Self.chains() {
      #expect(
        agrees(
          chain.stationary.covariance.entries, with: expected["stationary_cov"].rows.flatMap { $0 }, relative: 1e-13))
      #expect(agrees(chain.entropyProductionPerStep, with: expected["ep_per_step"].double, relative: 1e-12))
      #expect(agrees(chain.detailedBalanceResidual, with: expected["db_residual_fro"].double, relative: 1e-13))
      #expect(expected["finite_n"].list.count == 4)
      for row in expected["finite_n"].list {
        let path = chain.logRatio(steps: Int(row["n"].double))
        #expect(agrees(path.mean, with: row["mean_R"].double, relative: 1e-11))
        #expect(agrees(path.variance, with: row["var_R"].double))
        #expect(agrees(path.kDivergence, with: row["k_divergence"].double))
        for point in row["G"].list {
          let value = path.cumulantGenerating(point["k"].double)
          // The reference subtracts log-determinants of 40 and more: it has 5.7e-14 where G is 0.
          #expect(agrees(value, with: point["G"].double, absolute: 2e-13), "k = \(point["k"].double)")
        }
      }
    }
  }

  @Test func agreesWithTheReferenceOfGradientDescent() throws {
    let entry = ThermodynamicReference.entry("t1_sgd_to_ou_limit")
    let hessian = DenseMatrix(entry["inputs"]["H"].rows)
    let noise = DenseMatrix(entry["inputs"]["C"].rows)
    #expect(entry["outputs"]["discrete"].list.count == 3)
    for row in entry["outputs"]["discrete"].list {
      let eta = row["eta"].double
      let chain = try GaussianChain(
        map: DenseMatrix.identity(2) - eta * hessian, noise: (eta * eta) * noise)
      // At η = 10⁻³ the stationary covariance has a condition of 10³.
      #expect(
        agrees(
          chain.entropyProductionPerStep / eta, with: row["ep_per_step_over_eta"].double, relative: 1e-11))
    }
    // η²C per step is 2𝒟η with 𝒟 = ηC/2; the rate does not depend on the scale of 𝒟.
    let limit = try OrnsteinUhlenbeck(drift: hessian, diffusion: noise).entropyProductionRate
    #expect(agrees(limit, with: entry["outputs"]["ou_limit_rate"].double, relative: 1e-13))
  }

  /// With means and any three laws, against the dense matrix.
  @Test(arguments: 0...2) func logRatiosAgreeWithTheDenseMatrix(choice: Int) throws {
    let (map, shift) = ([[0.8, 0.15], [-0.1, 0.7]], [0.3, -0.2])
    let noise = [[0.5, 0.1], [0.1, 0.3]]
    let chain = try GaussianChain(map: DenseMatrix(map), shift: shift, noise: DenseMatrix(noise))
    let start = try GaussianLaw(mean: [1, 0.5], covariance: DenseMatrix([[0.8, 0.1], [0.1, 0.4]]))
    let other = try GaussianLaw(mean: [-0.3, 0.2], covariance: DenseMatrix([[1.2, 0.2], [0.2, 0.6]]))
    let reverse: GaussianChain.ReverseInitial = [.same, .stationary, .given(other)][choice]
    let end = [start, chain.stationary, other][choice]
    let path = chain.logRatio(steps: 4, initial: start, reverseInitial: reverse)
    func logStep(_ next: [Double], _ current: [Double]) -> Double {
      let center = Vectors.sum(DenseMatrix(map).applied(to: current), shift)
      return DensePathOracle.logDensity(of: next, mean: center, covariance: noise)
    }
    let oracle = DensePathOracle(
      mean: start.mean, covariance: start.covariance.rowVectors,
      steps: [(map: [[Double]], shift: [Double], noise: [[Double]])](repeating: (map, shift, noise), count: 4)
    ) { x in
      let boundary =
        DensePathOracle.logDensity(of: x[0], mean: start.mean, covariance: start.covariance.rowVectors)
        - DensePathOracle.logDensity(of: x[4], mean: end.mean, covariance: end.covariance.rowVectors)
      return (0..<4).reduce(boundary) { $0 + logStep(x[$1 + 1], x[$1]) - logStep(x[$1], x[$1 + 1]) }
    }
    // Polarisation takes differences of values up to 50.
    #expect(agrees(path.mean, with: oracle.mean, relative: 1e-12, absolute: 1e-12))
    #expect(agrees(path.variance, with: oracle.variance, relative: 1e-12))
    #expect(agrees(path.kDivergence, with: oracle.kDivergence, relative: 1e-11))
    for argument in [-0.1, 0.5, 1, 1.2] {
      #expect(
        agrees(
          path.cumulantGenerating(argument), with: oracle.cumulantGenerating(argument), relative: 1e-11,
          absolute: 1e-12))
    }
    // E e^{−R} = 1 for every normalised q; the symmetric theorem for q = p₀ only.
    #expect(abs(path.cumulantGenerating(1)) < 1e-13)
    let isSymmetric = abs(path.cumulantGenerating(0.2) - path.cumulantGenerating(0.8)) < 1e-13
    #expect(isSymmetric == (choice == 0))
  }

  /// σ is what one step adds to the mean of R, and 0 exactly where A D is symmetric.
  @Test func theEntropyOfAStepIsTheSlopeOfTheMean() throws {
    for (chain, _) in try Self.chains() {
      let slope = chain.logRatio(steps: 7).mean - chain.logRatio(steps: 6).mean
      // Means up to 2 are subtracted.
      #expect(agrees(slope, with: chain.entropyProductionPerStep, absolute: 1e-14))
    }
    let noise = DenseMatrix([[0.5, 0.1], [0.1, 0.3]])
    let reversible = try GaussianChain(map: 0.5 * .identity(2) + 0.25 * noise, noise: noise)
    #expect(reversible.detailedBalanceResidual < 1e-16)
    #expect(abs(reversible.entropyProductionPerStep) < 1e-16)
  }

  @Test func temperatureDoesNotEnter() throws {
    let (chain, _) = try Self.chains()[0]
    let hot = try GaussianChain(map: chain.map, noise: 1000 * chain.noise)
    #expect(agrees(hot.entropyProductionPerStep, with: chain.entropyProductionPerStep, relative: 1e-13))
  }

  /// 10⁴ steps in 11 dimensions: the generating function by the recursion, with its symmetry as the check.
  @Test func longChainsAreQuick() throws {
    var random = TestRandom(seed: 3)
    let raw = DenseMatrix(rows: 11, columns: 11, entries: random.vector(121))
    let chain = try GaussianChain(map: (0.9 / raw.frobeniusNorm) * raw, noise: .identity(11))
    let path = chain.logRatio(steps: 10_000)
    let values = [path.cumulantGenerating(0.2), path.cumulantGenerating(0.8)]
    #expect(values[0] < -10)
    // Increments of one step are repeated 10⁴ times with their rounding, 10⁻¹⁵ each.
    #expect(agrees(values[0], with: values[1], relative: 1e-12, absolute: 1e-10))
    #expect(abs(path.cumulantGenerating(1)) < 1e-10)
  }

  @Test func refusesWhatHasNoStationaryLaw() {
    #expect(throws: GaussianFailure.unstable(spectralRadius: 1.5)) {
      try GaussianChain(map: DenseMatrix([[-1.5]]), noise: .identity(1))
    }
  }
}
