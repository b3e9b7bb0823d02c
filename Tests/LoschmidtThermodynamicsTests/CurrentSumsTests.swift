import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct CurrentSumsTests {
  /// Two trajectories of one step each in one coordinate: currents (δ, sδ).
  @Test func momentsOfTwoTrajectories() {
    var sums = CurrentSums(dimension: 1)
    sums.add(mean: [1, 2], second: [1, 2, 4])
    sums.add(mean: [3, 5], second: [9, 15, 25])
    #expect(sums.currents == 2 && sums.trajectories == 2)
    #expect(sums.mean == [2, 3.5])
    #expect(sums.covariance == DenseMatrix([[1, 1.5], [1.5, 2.25]]))
    // With one step each, the sample covariance of the mean: Σ(j − μ)(j − μ)ᵀ/(n (n − 1)).
    #expect(sums.meanCovariance == DenseMatrix([[1, 1.5], [1.5, 2.25]]))
  }

  @Test func blocksAddUp() {
    var (all, left, right) = (CurrentSums(dimension: 1), CurrentSums(dimension: 1), CurrentSums(dimension: 1))
    for k in 0..<8 {
      let (a, b) = (Double(k), Double(k * k - 3))
      all.add(mean: [a, b], second: [a * a, a * b, b * b])
      if k < 3 {
        left.add(mean: [a, b], second: [a * a, a * b, b * b])
      } else {
        right.add(mean: [a, b], second: [a * a, a * b, b * b])
      }
    }
    left.append(right)
    // Whole numbers: sums in any order are the same.
    #expect(left == all)
  }

  /// Currents that depend linearly on each other have no best combination.
  @Test func dependentCurrentsAreRefused() {
    var sums = CurrentSums(dimension: 1)
    for k in 0..<4 { sums.add(mean: [Double(k), 2 * Double(k)], second: [14, 28, 56]) }
    #expect(throws: GaussianFailure.self) { try sums.uncertainty(interval: 0.1, steps: 1) }
  }
}
