import LoschmidtNumerics
import Testing

@Suite("Eigenvalues of general matrices")
struct GeneralEigenvaluesTests {
  @Test("a rotation with a growth rate has a conjugate pair")
  func pair() throws {
    let eigen = try GeneralEigenvalues(matrix: [0.5, -2, 0, 2, 0.5, 0, 0, 0, -1], dimension: 3)
    #expect(eigen.real == [-1, 0.5, 0.5])  // blocks of known form: nothing is rounded
    #expect(eigen.imaginary == [0, -2, 2])
    #expect(eigen.spectralAbscissa == 0.5)
    #expect(abs(eigen.spectralRadius - 4.25.squareRoot()) <= 4 * Double.ulpOfOne)  // two squares, a sum and a root
  }

  @Test("the companion matrix of (x − 1)(x − 2)(x − 3)(x − 4)")
  func companion() throws {
    let eigen = try GeneralEigenvalues(
      matrix: [10, -35, 50, -24, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0], dimension: 4)
    for (value, exact) in zip(eigen.real, [1, 2, 3, 4.0]) {
      // The roots move by up to |A| ≈ 70 ulps times their condition, xᵏ/∏(x − xⱼ) ≤ 4³·4/2 ≈ 130.
      #expect(abs(value - exact) <= 70 * 130 * Double.ulpOfOne)
    }
    #expect(eigen.imaginary == [0, 0, 0, 0])
  }

  @Test("entries that are not finite are errors")
  func entries() {
    expectError("GSL_EDOM") { try GeneralEigenvalues(matrix: [1, .nan, 0, 1], dimension: 2) }
  }
}
