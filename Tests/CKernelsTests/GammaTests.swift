import CKernels
import LoschmidtTestSupport
import Testing

@Suite struct GammaTests {
  @Test func polygammaErrorsStayBelowOneUnit() throws {
    let references = try ReferenceNumbers.decode(ElementaryReferences.self, from: "elementary.json").polygamma
    for (order, rows) in references.enumerated() {
      // The references hold the doubles next to the zero of digamma, where pairs of doubles leave an absolute error.
      let worst = rows.largestError(of: polygamma(order, of: rows.x), smallestUnit: order == 0 ? 0x1p-95 : 0)
      #expect(worst.error <= 1, "order \(order) at \(rows.x[worst.index])")
    }
    #expect(references.count == 9)
  }

  @Test func polygammaAtSpecialArguments() {
    for order in 0...8 {
      // At +infinity digamma grows, and the others vanish with the sign of (-1)^(order+1).
      let limit = order == 0 ? Double.infinity : order % 2 == 0 ? -0.0 : 0.0
      #expect(areIdentical(polygamma(order, of: [.infinity])[0], limit), "order \(order)")
      // Poles, and arguments where there is no limit.
      for x in [0, -0.0, -1, -7, -0x1p60, -.infinity, .nan] {
        #expect(polygamma(order, of: [x])[0].isNaN, "order \(order) at \(x)")
      }
      // Next to the pole 0 every order overflows, with the sign of -(-1/x)^(order+1).
      let sign: Double = order % 2 == 0 ? -1 : 1
      #expect(polygamma(order, of: [5e-324])[0] == sign * .infinity, "order \(order)")
      #expect(polygamma(order, of: [-5e-324])[0] == .infinity, "order \(order)")
    }
    #expect(polygamma(9, of: [1])[0].isNaN)
    #expect(polygamma(-1, of: [1])[0].isNaN)
  }
}
