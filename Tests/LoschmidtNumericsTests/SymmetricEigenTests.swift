import Foundation
import LoschmidtNumerics
import Testing

@Suite("Eigenvalues and eigenvectors of symmetric matrices")
struct SymmetricEigenTests {
  /// The second difference with fixed ends; λₖ = 2 − 2 cos(π(k + 1)/(n + 1)).
  static func secondDifference(_ dimension: Int) -> [Double] {
    (0..<dimension * dimension).map { index in
      switch abs(index / dimension - index % dimension) {
      case 0: 2
      case 1: -1
      default: 0
      }
    }
  }

  @Test("the second difference has its known spectrum, ascending", arguments: [1, 2, 7, 50])
  func spectrum(dimension: Int) throws {
    let eigen = try SymmetricEigen(matrix: Self.secondDifference(dimension), dimension: dimension)
    for (k, value) in eigen.eigenvalues.enumerated() {
      let exact = 2 - 2 * cos(Double.pi * Double(k + 1) / Double(dimension + 1))
      // QR moves an eigenvalue by about dimension ulps of |A| ≤ 4.
      #expect(abs(value - exact) <= 4 * Double(dimension) * Double.ulpOfOne)
    }
  }

  @Test("the vectors are orthonormal, belong to the values and point the agreed way")
  func vectors() throws {
    let dimension = 12
    let matrix = Self.secondDifference(dimension)
    let eigen = try SymmetricEigen(matrix: matrix, dimension: dimension)
    let allowed = 4 * Double(dimension) * Double.ulpOfOne  // as for the values
    for k in 0..<dimension {
      let vector = eigen.eigenvector(k)
      for (image, entry) in zip(multiply(matrix, vector), vector) {
        #expect(abs(image - eigen.eigenvalues[k] * entry) <= allowed)
      }
      for other in 0...k {
        let product = zip(vector, eigen.eigenvector(other)).reduce(0) { $0 + $1.0 * $1.1 }
        #expect(abs(product - (k == other ? 1 : 0)) <= allowed)
      }
      let largest = vector.max { abs($0) < abs($1) } ?? 0
      #expect(largest > 0)
    }
  }

  @Test("only the lower triangle is read, and entries that are not finite are errors")
  func entries() throws {
    #expect(try SymmetricEigen(matrix: [1, 99, 0, 2], dimension: 2).eigenvalues == [1, 2])
    expectError("GSL_EDOM") { try SymmetricEigen(matrix: [1, 0, .nan, 1], dimension: 2) }
  }
}
