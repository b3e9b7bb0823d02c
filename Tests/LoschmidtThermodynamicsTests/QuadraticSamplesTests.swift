import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct QuadraticSamplesTests {
  @Test func agreesWithTheReference() throws {
    let entry = ThermodynamicReference.entry("t5_linear_regression")
    let samples = try QuadraticSamples.leastSquares(
      features: entry["inputs"]["X"].rows, targets: entry["inputs"]["y"].doubles)
    let expected = entry["outputs"]
    #expect(samples.count == 8 && samples.dimension == 2)
    #expect(agrees(samples.minimum, with: expected["theta_star"].doubles, relative: 1e-14))
    #expect(agrees(samples.hessian.entries, with: expected["H"].rows.flatMap { $0 }, relative: 1e-14))
    #expect(
      agrees(samples.gradientCovariance.entries, with: expected["C0_grad_cov"].rows.flatMap { $0 }, relative: 1e-13))
    #expect(agrees(samples.minimumLoss, with: expected["loss_at_minimum"].double, relative: 1e-13))
  }

  @Test func denseCurvaturesAreTheSame() throws {
    let features = [[1.0, 0.5], [-0.8, 1.2], [0.3, -1]]
    let targets = [1.1, -0.3, 0.4]
    let regression = try QuadraticSamples.leastSquares(features: features, targets: targets)
    let dense = try QuadraticSamples(
      curvatures: features.map { .dense(.outer($0, $0)) }, pulls: regression.pulls, offsets: regression.offsets)
    #expect(agrees(dense.minimum, with: regression.minimum, relative: 1e-14))
    #expect(agrees(dense.minimumLoss, with: regression.minimumLoss, relative: 1e-13))
    let sum = regression.residualGradients.reduce([0, 0]) { Vectors.sum($0, $1) }
    #expect(sum.allSatisfy { abs($0) < 1e-15 })
  }

  @Test func refusesAFlatDirection() {
    #expect(throws: GaussianFailure.notPositiveDefinite("the mean curvature of the samples")) {
      try QuadraticSamples.leastSquares(features: [[1, 0], [2, 0]], targets: [1, 2])
    }
  }
}
