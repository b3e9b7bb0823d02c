import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct CurrentMomentsTests {
  /// Each current is a quadratic functional of one step: the dense matrix gives its mean and its variance.
  @Test func agreesWithTheDenseMatrix() throws {
    let (map, noise) = ([[0.8, 0.15], [-0.1, 0.7]], [[0.5, 0.1], [0.1, 0.3]])
    let chain = try GaussianChain(map: DenseMatrix(map), noise: DenseMatrix(noise))
    let moments = CurrentMoments(of: chain)
    func oracle(_ weights: [Double]) -> DensePathOracle {
      DensePathOracle(
        mean: [0, 0], covariance: chain.stationary.covariance.rowVectors, steps: [(map, [0, 0], noise)]
      ) { x in
        (0..<4).reduce(0) { sum, index in
          let (a, b) = (index / 2, index % 2)
          return sum + weights[index] * 0.5 * (x[0][a] + x[1][a]) * (x[1][b] - x[0][b])
        }
      }
    }
    for weights in [[1.0, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1], [1, -2, 0.5, 3], [0.3, 1, 1, -1]] {
      let expected = oracle(weights)
      // Polarisation takes differences of values of order 10.
      #expect(agrees(Vectors.inner(weights, moments.mean), with: expected.mean, absolute: 1e-14))
      #expect(agrees(moments.covariance.form(weights, weights), with: expected.variance, relative: 1e-13))
    }
  }
}
