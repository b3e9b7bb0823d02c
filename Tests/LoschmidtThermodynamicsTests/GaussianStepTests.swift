import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct GaussianStepTests {
  private let map = [[0.8, 0.15], [-0.1, 0.7]]
  private let shift = [0.3, -0.2]
  private let noise = [[0.5, 0.1], [0.1, 0.3]]

  @Test(arguments: 1...4) func formsAreTheDensities(seed: Int) throws {
    var random = TestRandom(seed: UInt64(seed))
    let step = try GaussianStep(map: DenseMatrix(map), shift: shift, noise: DenseMatrix(noise))
    let (point, next) = (random.vector(2, in: -2...2), random.vector(2, in: -2...2))
    func logDensity(_ next: [Double], _ current: [Double]) -> Double {
      let center = Vectors.sum(DenseMatrix(map).applied(to: current), shift)
      return DensePathOracle.logDensity(of: next, mean: center, covariance: noise)
    }
    let forward = logDensity(next, point)
    let ratio = forward - logDensity(point, next)
    // Quadratic terms up to 50 cancel.
    #expect(abs(step.logDensity.value(current: point, next: next) - forward) < 1e-13)
    #expect(abs(step.logRatio.value(current: point, next: next) - ratio) < 1e-13)
    let difference = step.logDensity - step.logDensity.swapped
    #expect(abs(difference.value(current: point, next: next) - ratio) < 1e-13)
  }

  /// `ula_quadratic`: Langevin in ½kx², from a point.
  @Test func agreesWithTheReferenceForLangevinFromAPoint() throws {
    let entry = ReferenceEntry.expansions(ofKind: "ula_quadratic")[0]
    let (k, eta, temperature) = (entry["k"].double, entry["eta"].double, entry["Temp"].double)
    let chain = try GaussianChain(
      map: DenseMatrix([[1 - eta * k]]), noise: DenseMatrix([[2 * eta * temperature]]))
    let variance = entry["stationary_variance"].double
    #expect(agrees(chain.stationary.covariance[0, 0], with: variance, relative: 1e-14))
    var state = (mean: [entry["x0"].double], covariance: DenseMatrix.zero(1))
    for _ in 0..<Int(entry["n"].double) {
      state = chain.step.propagate(mean: state.mean, covariance: state.covariance)
    }
    #expect(agrees(state.mean[0], with: entry["mean_n"].double, relative: 1e-13))
    #expect(agrees(state.covariance[0, 0], with: entry["variance_n_from_point"].double, relative: 1e-13))
    #expect(chain.entropyProductionPerStep == entry["stationary_entropy_production_per_step"].double)
  }

  @Test func refusesAStepWithoutDensity() {
    #expect(throws: GaussianFailure.notPositiveDefinite("the noise of a step")) {
      try GaussianStep(map: .identity(2), noise: DenseMatrix([[1, 0], [0, 0]]))
    }
  }
}
