import Foundation
import Testing

@testable import LoschmidtThermodynamics

@Suite struct NewtonTailTests {
  private func bound(_ differences: [Double], _ index: Int, _ product: Double) -> Double {
    NewtonTail.bound(
      differences: (differences[index - 1], differences[index - 2], differences[index - 3]), index: index,
      rateTimesEigenvalue: product, rounding: 0)
  }

  /// d_k = x^k: what is left out is Σ_{k>K} x^k/k, from the closed form −ln(1 − x) less the sum.
  @Test(arguments: [0.1, 0.5, 0.8, 0.95, 0.999]) func geometric(x: Double) {
    let differences = (1...13).map { pow(x, Double($0)) }
    for index in 3...13 {
      let tail = -log1p(-x) - (1..<index).reduce(0) { $0 + pow(x, Double($1)) / Double($1) }
      let found = bound(differences, index, x)
      // The closed form loses digits where it cancels: 1e-14 of a sum of order 1 to 7.
      #expect(found >= tail - 1e-14, "\(x), \(index)")
      // And not much too large: of the last two k(1 − x) the smaller one.
      #expect(found <= pow(x, Double(index)) / Double(index - 2) / (1 - x) * 1.001)
    }
  }

  /// d_k = k!/(a(a+1)…(a+k)), the differences of 1/(a + j): Σ_{k≥1} d_k/k = 1/a², since −1/a² is the derivative of 1/a.
  @Test(arguments: [0.3, 1.25, 5, 12.5]) func algebraic(a: Double) {
    var differences: [Double] = []
    var value = 1 / a
    for k in 1...14 {
      value *= Double(k) / (a + Double(k))
      differences.append(value)
    }
    for index in 3...13 {
      let tail = 1 / (a * a) - (1..<index).reduce(0) { $0 + differences[$1 - 1] / Double($1) }
      // Rounding of a sum of order 1/a².
      #expect(bound(differences, index, 0) >= tail - 1e-14 / (a * a), "\(a), \(index)")
    }
  }

  @Test func termsThatDoNotFallHaveNoBound() {
    #expect(bound([1, 1, 1.2], 3, 0) == .infinity)
    #expect(bound([1, 0.5, 0.25], 3, 1) == .infinity)
    // Every other one vanishes: those two apart fall by 0.1.
    #expect(bound([1, 0, 0.1], 3, 0) == 0.1 / (3 * 0.9))
    // A term that rounding hides has no ratio.
    let hidden = NewtonTail.bound(
      differences: (3e-17, 2e-17, 1), index: 3, rateTimesEigenvalue: 0.5, rounding: 1e-15)
    #expect(hidden == 2e-17)
  }
}
