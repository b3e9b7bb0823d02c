import CKernels
import LoschmidtTestSupport
import Testing

@Suite struct PowerTests {
  @Test func errorStaysBelowOneUnit() throws {
    let rows = try ReferenceNumbers.decode(ElementaryReferences.self, from: "elementary.json").power
    let exponents = try #require(rows.y)
    let worst = rows.largestError(of: power(rows.x, exponents))
    #expect(worst.error <= 1, "at \(rows.x[worst.index]) to the power \(exponents[worst.index])")
  }

  /// Annex F.10.4.4 of the C standard: base, exponent, value.
  static let specialValues: [(Double, Double, Double)] = [
    (0, -3, .infinity), (-0.0, -3, -.infinity), (0, -2, .infinity), (-0.0, -2.5, .infinity),
    (-0.0, -.infinity, .infinity),
    (0, 3, 0), (-0.0, 3, -0.0), (-0.0, 2, 0), (-0.0, 0.5, 0), (-1, .infinity, 1), (-1, -.infinity, 1),
    (1, .nan, 1), (1, -.infinity, 1), (.nan, 0, 1), (.infinity, -0.0, 1), (.nan, 2, .nan), (2, .nan, .nan),
    (-8, 1.0 / 3, .nan), (-2, 3, -8), (-2, 4, 16), (0.5, -.infinity, .infinity), (-0.5, .infinity, 0),
    (2, -.infinity, 0), (-2, .infinity, .infinity), (-.infinity, -3, -0.0), (-.infinity, -2, 0),
    (-.infinity, 3, -.infinity), (-.infinity, 2.5, .infinity), (.infinity, -1, 0), (.infinity, 1, .infinity),
    (2, 1e300, .infinity), (2, -1e300, 0), (0.5, 1e300, 0), (0x1.fffffffffffffp-1, 1e300, 0), (-2, 1e300, .infinity),
    (2, -1074, 5e-324), (2, -1075, 0), (2, 1024, .infinity), (-2, 1025, -.infinity), (5e-324, 1, 5e-324),
    (3, 1e-320, 1),
  ]

  @Test func specialValues() {
    for (base, exponent, value) in Self.specialValues {
      let result = power([base], [exponent])[0]
      #expect(areIdentical(result, value), "\(base) to the power \(exponent) is \(result)")
    }
  }
}
