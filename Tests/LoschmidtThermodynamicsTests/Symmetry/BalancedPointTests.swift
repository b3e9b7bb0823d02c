import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct BalancedPointTests {
  private func balanced(
    _ test: SymmetryCase, _ scheme: DrawSet.Scheme = .withReplacement(size: 1), range: Double = 1
  ) throws -> BalancedPoint {
    let landscape = try test.landscape()
    return try BalancedPoint(
      onOrbitOf: test.point, try test.group(), landscape,
      law: DrawSet(scheme, sampleCount: landscape.samples.count, limit: 0), learningRate: 0.1, range: range)
  }

  /// Brent's method finds a minimum to the square root of rounding, 1.5e-8, and is asked for 1e-7.
  private let accuracy = 3e-7

  @Test(arguments: [(1.3, 0.4), (0.2, -3), (2, 2), (-0.01, 5)])
  func rescalingBalancesTheTwoWeights(u: Double, w: Double) throws {
    let test = SymmetryCase.product(inputs: [[1], [-0.5]], targets: [0.8, -0.1], at: [u, w])
    for range in [0.3, 1, 10] {
      let found = try balanced(test, range: range)
      #expect(abs(found.s - 0.5 * log(abs(w / u))) < accuracy * max(1, range))
      #expect(abs(found.residual) < accuracy * max(1, range))
      #expect(abs(abs(found.point[0]) - abs(found.point[1])) < 1e-5)
    }
  }

  /// A second route: where the average gᵀKg over enumerated draws changes its sign, by bisection.
  @Test func theGradientsAreBalanced() throws {
    let test = SymmetryCase.network
    let found = try balanced(test, .withoutReplacement(size: 2))
    func slope(_ s: Double) throws -> Double { try test.force(.withoutReplacement(size: 2), s: s).exact }
    var (left, right) = (-3.0, 3.0)
    #expect(try slope(left) < 0 && slope(right) > 0)
    for _ in 0..<60 {
      let middle = (left + right) / 2
      if try slope(middle) < 0 { left = middle } else { right = middle }
    }
    #expect(abs(found.s - left) < accuracy && abs(found.residual) < accuracy)
    #expect(try abs(found.potential / test.force(.withoutReplacement(size: 2), s: left).potential - 1) < 1e-12)
  }

  @Test func reasonsWhyThereIsNone() throws {
    func absence(_ test: SymmetryCase, range: Double = 1) -> BalancedPoint.Absence? {
      #expect(throws: BalancedPoint.Absence.self) { try balanced(test, range: range) }
    }
    #expect(absence(.circle) == .isometric)
    // Once exactly, and once but for the rounding of 1.3 · 0.4.
    #expect(absence(.product(inputs: [[1]], targets: [0.75], at: [1.5, 0.5])) == .vanishing)
    #expect(absence(.product(inputs: [[1]], targets: [0.52], at: [1.3, 0.4])) == .vanishing)
    let falling = SymmetryCase(
      ProcessText(["u", "w"], loss: "u*exp(w)"), [("u", "u*exp(s)"), ("w", "w - s")], at: [1, 0])
    // |g|² = e^{2w} (1 + u²) = e^{−2s} + 1, which has no minimum.
    #expect(absence(falling) == .falling(s: 16))
    let flat = SymmetryCase(ProcessText(["x", "y"], loss: "y^2"), [("x", "x*exp(s)")], at: [1, 1])
    #expect(absence(flat) == .flat)
    let ending = SymmetryCase(ProcessText(["x"], loss: "(2 - x)^1.5"), [("x", "x + s")], at: [1.5])
    // A translation is an isometry, whatever the loss.
    #expect(absence(ending) == .isometric)
    let wall = SymmetryCase(ProcessText(["x"], loss: "(2 - x)^1.5"), [("x", "x*exp(s)")], at: [1.5])
    guard case .notFinite(let s) = absence(wall) else {
      Issue.record("φ ends at x = 2")
      return
    }
    #expect(1.5 * exp(s) > 2)
  }
}
