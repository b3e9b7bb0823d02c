import Foundation
import LoschmidtNumerics
import Testing

@Suite struct ConvergenceOrderTests {
  private let steps = (0..<12).map { 0.2 * pow(0.5, Double($0)) }

  @Test(arguments: [1.0, 2, 5]) func measuresAPower(order: Double) throws {
    let measured = ConvergenceOrder(
      remainders: steps.map { 7 * pow($0, order) * (1 + 3 * $0) }, roundingBounds: steps.map { _ in 1e-16 })
    let found = try #require(measured.order)
    // The last remainder counted is 100 rounding bounds, a slope of it is good to 1 %/ln 2, the extrapolation does better.
    #expect(abs(found - order) < 1e-3)
    #expect(measured.absence == nil)
  }

  @Test func leavesOutWhatIsRounding() throws {
    // Below 1e-10 the remainder is a constant: its slope would be 0.
    let measured = ConvergenceOrder(
      remainders: steps.map { pow($0, 3) + 1e-10 }, roundingBounds: steps.map { _ in 1e-10 })
    #expect(measured.slopes.count < 8)
    // At the last one counted, rounding is 1 % of the remainder.
    #expect(abs((try #require(measured.order)) - 3) < 0.03)
  }

  @Test func saysExactWhereNothingIsLeft() {
    let measured = ConvergenceOrder(remainders: steps.map { _ in 3e-17 }, roundingBounds: steps.map { _ in 1e-16 })
    #expect(measured.order == nil)
    #expect(measured.absence == .exact)
  }

  @Test func saysUnresolvedBetween() {
    let measured = ConvergenceOrder(remainders: steps.map { _ in 5e-15 }, roundingBounds: steps.map { _ in 1e-16 })
    #expect(measured.order == nil)
    #expect(measured.absence == .unresolved)
  }
}
