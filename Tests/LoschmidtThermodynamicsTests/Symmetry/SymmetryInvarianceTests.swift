import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct SymmetryInvarianceTests {
  private func invariance(_ test: SymmetryCase, range: Double = 1) throws -> SymmetryInvariance {
    SymmetryInvariance(of: try test.group(), try test.landscape(), at: test.point, range: range)
  }

  @Test(arguments: [
    SymmetryCase.network, .circle,
    .product(inputs: [[1, -0.5], [2, 3]], targets: [0.8, 1.7], at: [1.3, 0.4, -0.2]),
  ])
  func symmetriesHoldToRounding(test: SymmetryCase) throws {
    for range in [0.1, 1, 4] {
      let invariance = try invariance(test, range: range)
      #expect(invariance.isInvariant && invariance.rows.count == 20)
      #expect(invariance.rows.first?.s == -range && invariance.rows.last?.s == range)
      // Residuals of a hundredth of the outputs lose two digits, and the loss is their square.
      #expect(invariance.largest.change < 1e-10)
    }
  }

  /// A loss that fits a sample exactly has there a value that is all rounding.
  @Test func exactFitsAreNotHeldAgainstASymmetry() throws {
    let test = SymmetryCase.product(inputs: [[0.3], [0.7]], targets: [0.39, 1], at: [1.3, 1])
    let invariance = try invariance(test, range: 2)
    // The sample that is not fitted has a residual of a tenth of its output, which costs a digit; more near the point.
    #expect(invariance.isInvariant && invariance.largest.change < 1e-12)
  }

  /// Controls: small terms that a symmetry does not leave alone.
  @Test(arguments: [1e-2, 1e-6, 1e-11])
  func weightDecayBreaksRescaling(decay: Double) throws {
    var test = SymmetryCase.product(inputs: [[1, -0.5], [2, 3]], targets: [0.8, 1.7], at: [1.3, 0.4, -0.2])
    test.text.constants = ["decay": decay]
    test.text.loss = "0.5*(u*dot(w, x) - y)^2 + decay*u^2"
    let invariance = try invariance(test)
    #expect(!invariance.isInvariant && invariance.worst.excess > 1)
    // u² grows the most towards s = 1.
    #expect(invariance.worst.s == 1 && invariance.largest.s == 1)
  }

  @Test func theLargestChangeIsWhereItIs() throws {
    var test = SymmetryCase.product(inputs: [[1], [2], [3]], targets: [1, 1, 1], at: [1, 1])
    // At θ = (1, 1) the second sample alone changes, by e^{2s} − 1 to e^{−2} of it or e².
    test.text.loss = "2 + (x - 1)*(3 - x)*u^2"
    let largest = try invariance(test).largest
    #expect(largest.s == 1 && largest.sample == 1)
    // Relative to the larger one: 1 − (2 + u²)/(2 + e² u²), with u somewhere in 0.5 … 1.5.
    #expect(largest.change > 0.5 && largest.change < 1)
  }

  @Test func lossesThatEndOnTheOrbitBreakIt() throws {
    let test = SymmetryCase(ProcessText(["x"], loss: "log(3 - x)"), [("x", "x + s")], at: [2.5])
    let invariance = try invariance(test)
    #expect(!invariance.isInvariant && invariance.largest.change == .infinity && invariance.largest.s >= 0.5)
  }

  /// Near the point the loss need not exist, and a transformation that leaves it for large s only is found out.
  @Test func domainsMayEndNearThePoint() throws {
    let test = SymmetryCase(
      ProcessText(["x", "y"], loss: "sqrt(x*y)"), [("x", "x*exp(s)"), ("y", "y*exp(-s)")], at: [1e-3, 5])
    #expect(try invariance(test).isInvariant)
  }
}
