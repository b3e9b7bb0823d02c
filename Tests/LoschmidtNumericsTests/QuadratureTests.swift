import Foundation
import LoschmidtNumerics
import Testing

@Suite("Quadrature")
struct QuadratureTests {
  @Test("integrals with a closed form, by every rule")
  func closedForms() throws {
    let tolerance = 1e-10
    func expect(_ result: Quadrature, _ exact: Double, sourceLocation: SourceLocation = #_sourceLocation) {
      // GSL stops when its estimate, a bound in practice, is below the tolerance that is asked for.
      #expect(abs(result.value - exact) <= tolerance * abs(exact), sourceLocation: sourceLocation)
      #expect(result.errorEstimate <= tolerance * abs(result.value), sourceLocation: sourceLocation)
    }
    for points in [15, 21, 31, 41, 51, 61] {
      expect(try Quadrature.integrate(from: 0, to: 2, method: .plain(points: points)) { exp($0) }, exp(2.0) - 1)
    }
    expect(try Quadrature.integrate(from: 0, to: 1) { 1 / $0.squareRoot() }, 2)
    expect(try Quadrature.integrate(from: 1, to: 0) { log($0) }, 1)
    expect(try Quadrature.integrate(from: 0, to: .infinity) { exp(-$0) }, 1)
    expect(try Quadrature.integrate(from: -.infinity, to: 1) { exp($0) }, exp(1.0))
    expect(try Quadrature.integrate(from: -.infinity, to: .infinity) { exp(-$0 * $0) }, Double.pi.squareRoot())
    expect(try Quadrature.integrate(from: .infinity, to: 0) { exp(-$0) }, -1)
  }

  @Test("an interval without length has no integral and asks for no value")
  func emptyInterval() throws {
    let result = try Quadrature.integrate(from: 1, to: 1) { _ in .nan }
    #expect(result == Quadrature.zero)
  }

  @Test("what the integrand throws comes out, and ends the calls")
  func failingIntegrand() throws {
    let failure = try #require(throws: GSLError.self) { try SpecialFunctions.gamma(0) }
    var calls = 0
    let error = #expect(throws: GSLError.self) {
      try Quadrature.integrate(from: 0, to: 1) { _ throws(GSLError) in
        calls += 1
        throw failure
      }
    }
    #expect(error == failure)
    #expect(calls == 1)
  }

  @Test("a failure is an error")
  func failures() {
    expectError("GSL_EBADFUNC") { try Quadrature.integrate(from: 0, to: 1) { $0 > 0.5 ? .nan : 0 } }
    expectError("GSL_EMAXITER") {
      try Quadrature.integrate(from: 0, to: 1, maximumIntervals: 2, method: .plain(points: 15)) { sin(1000 * $0) }
    }
    #expect(throws: GSLError.self) { try Quadrature.integrate(from: 0, to: 1) { 1 / $0 } }
    expectError("GSL_EBADTOL") { try Quadrature.integrate(from: 0, to: 1, relativeTolerance: 0) { $0 } }
    expectError("GSL_EBADTOL") { try Quadrature.integrate(from: 0, to: 1, absoluteTolerance: -1) { $0 } }
    expectError("GSL_EINVAL") { try Quadrature.integrate(from: 0, to: 1, maximumIntervals: 0) { $0 } }
    expectError("GSL_EINVAL") { try Quadrature.integrate(from: 0, to: 1, method: .plain(points: 16)) { $0 } }
    expectError("GSL_EINVAL") { try Quadrature.integrate(from: 0, to: .infinity, method: .plain(points: 15)) { $0 } }
    expectError("GSL_EDOM") { try Quadrature.integrate(from: .nan, to: 1) { $0 } }
  }
}
