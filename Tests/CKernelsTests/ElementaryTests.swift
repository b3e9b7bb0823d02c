import CKernels
import LoschmidtTestSupport
import Testing

@Suite struct ElementaryTests {
  @Test func errorsStayBelowTheirBounds() throws {
    let references = try ReferenceNumbers.decode(ElementaryReferences.self, from: "elementary.json")
    for kernel in unaryKernels {
      let rows = try #require(references.unary[kernel.name])
      let worst = rows.largestError(of: apply(kernel.function, to: rows.x))
      #expect(worst.error <= kernel.bound, "\(kernel.name) at \(rows.x[worst.index])")
    }
  }

  /// Special arguments and values, by Annex F of the C standard and by the limits of the other functions.
  static let specialValues: [(name: String, function: lk_function, pairs: [(Double, Double)])] = [
    ("exp", LK_EXP, [(0, 1), (-0.0, 1), (.infinity, .infinity), (-.infinity, 0), (709.782712893385, .infinity)]),
    ("exp", LK_EXP, [(-745.1332191019411, 5e-324), (-745.1332191019412, 0), (1e300, .infinity), (-1e300, 0)]),
    ("log", LK_LOG, [(0, -.infinity), (-0.0, -.infinity), (1, 0), (.infinity, .infinity), (-1, .nan)]),
    ("log", LK_LOG, [(-5e-324, .nan), (-.infinity, .nan), (5e-324, -744.4400719213812)]),
    ("sqrt", LK_SQRT, [(-0.0, -0.0), (.infinity, .infinity), (-5e-324, .nan)]),
    ("sin", LK_SIN, [(0, 0), (-0.0, -0.0), (.infinity, .nan), (-.infinity, .nan), (5e-324, 5e-324)]),
    ("cos", LK_COS, [(0, 1), (-0.0, 1), (.infinity, .nan), (5e-324, 1)]),
    ("tan", LK_TAN, [(0, 0), (-0.0, -0.0), (.infinity, .nan), (-5e-324, -5e-324)]),
    ("tanh", LK_TANH, [(0, 0), (-0.0, -0.0), (.infinity, 1), (-.infinity, -1), (-5e-324, -5e-324), (20, 1)]),
    ("sinh", LK_SINH, [(0, 0), (-0.0, -0.0), (.infinity, .infinity), (-.infinity, -.infinity), (711, .infinity)]),
    ("cosh", LK_COSH, [(0, 1), (-.infinity, .infinity), (-711, .infinity)]),
    ("atan", LK_ATAN, [(0, 0), (-0.0, -0.0), (.infinity, 0x1.921fb54442d18p0), (-.infinity, -0x1.921fb54442d18p0)]),
    ("erf", LK_ERF, [(0, 0), (-0.0, -0.0), (.infinity, 1), (-.infinity, -1), (6, 1)]),
    ("softplus", LK_SOFTPLUS, [(.infinity, .infinity), (-.infinity, 0), (-800, 0), (800, 800)]),
    ("sigmoid", LK_SIGMOID, [(0, 0.5), (-0.0, 0.5), (.infinity, 1), (-.infinity, 0), (-800, 0)]),
    ("logcosh", LK_LOGCOSH, [(0, 0), (-0.0, 0), (.infinity, .infinity), (-.infinity, .infinity)]),
    ("sech2", LK_SECH2, [(0, 1), (-0.0, 1), (.infinity, 0), (-.infinity, 0), (1e308, 0)]),
    ("dsigmoid", LK_DSIGMOID, [(0, 0.25), (-0.0, 0.25), (.infinity, 0), (-.infinity, 0)]),
    ("gauss", LK_GAUSS, [(0, 1), (-0.0, 1), (.infinity, 0), (-.infinity, 0), (1e300, 0)]),
    ("expm1", LK_EXPM1, [(0, 0), (-0.0, -0.0), (.infinity, .infinity), (-.infinity, -1), (5e-324, 5e-324)]),
    ("log1p", LK_LOG1P, [(0, 0), (-0.0, -0.0), (-1, -.infinity), (.infinity, .infinity), (-1.5, .nan)]),
    ("lgamma", LK_LGAMMA, [(1, 0), (2, 0), (0, .infinity), (-3, .infinity), (-.infinity, .infinity)]),
    ("lgamma", LK_LGAMMA, [(.infinity, .infinity), (1e308, .infinity), (-1e300, .infinity)]),
  ]

  @Test func specialValues() {
    for (name, function, pairs) in Self.specialValues {
      for (argument, value) in pairs {
        #expect(areIdentical(apply(function, to: [argument])[0], value), "\(name) at \(argument)")
      }
    }
    for kernel in unaryKernels { #expect(apply(kernel.function, to: [.nan])[0].isNaN, "\(kernel.name)") }
  }

  /// Neighbours in a vector must not matter: an ordinary lane keeps its bits next to special ones.
  @Test func lanesAreIndependent() {
    for kernel in unaryKernels {
      let alone = apply(kernel.function, to: [0.7])[0]
      for special in [0, -3, 5e-324, 1e300, .infinity, .nan] {
        #expect(apply(kernel.function, to: [special, 0.7, special, special])[1] == alone, "\(kernel.name), \(special)")
      }
    }
  }
}
