import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct GaussianGeneratingFunctionTests {
  @Test(arguments: 1...8) func agreesWithTheDenseMatrix(seed: Int) throws {
    let random = try RandomPath(seed: 50 + seed, dimension: 1 + seed % 3, steps: 1 + seed % 4)
    for argument in [-0.3, -0.05, 0, 0.05, 0.3, 1] {
      let expected = random.oracle.cumulantGenerating(argument)
      let value = random.path.cumulantGenerating(argument)
      // Polarisation takes differences of values up to 30; nothing here is close to a divergence.
      #expect(agrees(value, with: expected, relative: 1e-11, absolute: 1e-12), "k = \(argument)")
    }
    #expect(agrees(random.path.kDivergence, with: random.oracle.kDivergence, relative: 1e-11))
  }

  @Test func aSquareHasTheGeneratingFunctionOfChiSquared() throws {
    let step = try GaussianStep(map: .zero(1), noise: .identity(1))
    let half = QuadraticForm(matrix: .identity(1), linear: [0])
    let path = GaussianPath(
      initial: try GaussianLaw(mean: [0], covariance: .identity(1)), first: half,
      segments: [GaussianPath.Segment(step: step, form: .next(half), count: 9)])
    // R = ½ Σ z², ten terms: G = −5 ln(1 + k), diverging below k = −1 only.
    for argument in [-0.9, 0.5, 3] {
      #expect(agrees(path.cumulantGenerating(argument), with: -5 * log1p(argument), relative: 1e-14))
    }
    #expect(path.cumulantGenerating(-1) == .infinity)
    #expect(path.kDivergence == .infinity)
    #expect(path.mean == 5 && path.variance == 5)
  }

  /// The early end of the recursion changes nothing but the last digits.
  @Test func longSegmentsEndEarlyWithTheSameResult() throws {
    let chain = try GaussianChain(
      map: DenseMatrix([[0.8, 0.15], [-0.1, 0.7]]), noise: DenseMatrix([[0.5, 0.1], [0.1, 0.3]]))
    let whole = chain.logRatio(steps: 400)
    let single = whole.segments[0]
    let split = GaussianPath(
      initial: whole.initial, first: whole.first,
      segments: [GaussianPath.Segment](
        repeating: GaussianPath.Segment(step: single.step, form: single.form), count: 400), last: whole.last)
    for argument in [0.3, 1.2] {
      // 400 roundings of increments of order 0.1.
      #expect(
        agrees(
          whole.cumulantGenerating(argument), with: split.cumulantGenerating(argument), relative: 1e-13,
          absolute: 1e-13))
    }
  }
}
