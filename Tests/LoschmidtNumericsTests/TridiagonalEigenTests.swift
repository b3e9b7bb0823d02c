import Foundation
import LoschmidtNumerics
import Testing

@Suite struct TridiagonalEigenTests {
  /// The second difference with n rows: 2 − 2 cos(kπ/(n+1)), with the components √(2/(n+1)) sin(ikπ/(n+1)).
  @Test(arguments: [1, 2, 5, 40]) func diagonalisesTheSecondDifference(count: Int) throws {
    let eigen = try #require(
      TridiagonalEigen(
        diagonal: [Double](repeating: 2, count: count), offDiagonal: [Double](repeating: -1, count: count - 1)))
    for k in 1...count {
      let angle = Double(k) * .pi / Double(count + 1)
      let component = (2 / Double(count + 1)).squareRoot() * sin(angle)
      // Backward stable: a few units in the last place of the norm 4 per row.
      #expect(abs(eigen.eigenvalues[k - 1] - (2 - 2 * cos(angle))) < 1e-15 * Double(4 + count))
      #expect(abs(abs(eigen.firstComponents[k - 1]) - component) < 1e-12)
      #expect(abs(abs(eigen.lastComponents[k - 1]) - component) < 1e-12)
    }
  }

  @Test func keepsADiagonalMatrix() throws {
    let eigen = try #require(TridiagonalEigen(diagonal: [3, -1, 2], offDiagonal: [0, 0]))
    #expect(eigen.eigenvalues == [-1, 2, 3])
    #expect(eigen.firstComponents == [0, 0, 1])
  }

  @Test func refusesWhatIsNotFinite() {
    #expect(TridiagonalEigen(diagonal: [1, .nan], offDiagonal: [0]) == nil)
    #expect(TridiagonalEigen(diagonal: [1, 1], offDiagonal: [.infinity]) == nil)
  }
}
