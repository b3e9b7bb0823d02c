import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtDynamics

@Suite struct DiffusionDriftTests {
  private static let lanes = 8
  private static let eta = 0.2
  private static let text = ProcessText(
    ["u", "w"], loss: "0.25*(u - a)^4 + 0.5*b*u*w + exp(a*w)", forces: [("u", "u*w"), ("w", "-u")],
    samples: SampleTable(
      count: 3,
      columns: [.init(name: "a", values: [0.5, -1, 0.75]), .init(name: "b", values: [1, 0.25, -2])]))

  private func drift(
    _ order: ModifiedSDE.Order, _ interpretation: ModifiedSDE.Interpretation, factor: Double,
    text: ProcessText = Self.text, at theta: LaneStorage
  ) throws -> LaneStorage {
    let rule = ModifiedSDE(learningRate: Schedule(Self.eta), order: order, interpretation: interpretation)
    let program = try text.program()
    let drift = DiffusionDrift(rule, samplingFactor: factor, program, lanes: Self.lanes)
    drift.learningRate = Self.eta
    let result = LaneStorage(dimension: 2, lanes: Self.lanes)
    drift.evaluate(BlockField(program, lanes: Self.lanes), at: theta.pointer, into: result.pointer)
    return result
  }

  private var theta: LaneStorage {
    var random = TestRandom(seed: 11)
    return LaneStorage(dimension: 2, lanes: Self.lanes, random: &random)
  }

  /// Numbers below 100, sums of fewer than 32 terms.
  private static let rounding = 32 * 100 * Double.ulpOfOne

  /// −G − (η/2) DG G less the correction by deviations from the mean, against −G − (η/2) E[Dĝ ĝ] of squares.
  @Test(arguments: [1.0, 0.5, 0.25, 0]) func bothReadingsOfOrderTwoAreOneProcess(factor: Double) throws {
    let theta = theta
    let ito = try drift(.second, .ito, factor: factor, at: theta)
    let other = try drift(.second, .stratonovich, factor: factor, at: theta)
    #expect(zip(ito.entries, other.entries).allSatisfy { abs($0 - $1) <= Self.rounding })
    // Without the correction the two differ by far more.
    let plain = try drift(.second, .ito, factor: 0, at: theta)
    let difference = zip(plain.entries, other.entries).map { abs($0 - $1) }.max() ?? 0
    #expect(factor == 0 ? difference <= Self.rounding : difference > 0.01)
  }

  /// Of order 1 the two differ by the correction, which is the difference of the drifts of order 2 without and with it.
  @Test func theReadingsOfOrderOneDifferByTheCorrection() throws {
    let theta = theta
    let ito = try drift(.first, .ito, factor: 0.5, at: theta)
    let other = try drift(.first, .stratonovich, factor: 0.5, at: theta)
    let with = try drift(.second, .ito, factor: 0.5, at: theta)
    let without = try drift(.second, .ito, factor: 0, at: theta)
    for k in 0..<ito.count {
      let correction = with.pointer[k] - without.pointer[k]
      #expect(abs(ito.pointer[k] - other.pointer[k] - correction) <= Self.rounding)
    }
  }

  /// ℓ = a u²/2 + w with a = 2, −1: −(1 + ηE a/2…) by hand, for which E a = ½, E a² = 5/2.
  @Test func valuesByHand() throws {
    let text = ProcessText(
      ["u", "w"], loss: "0.5*a*u^2 + w", samples: SampleTable(count: 2, columns: [.init(name: "a", values: [2, -1])]))
    let theta = theta
    let expected: [(ModifiedSDE.Order, ModifiedSDE.Interpretation, Double)] = [
      (.first, .stratonovich, 0.5),
      // Less ½ Σ (Dσ)σ = (η/2) Var a u, with Var a = 9/4.
      (.first, .ito, 0.5 + Self.eta / 2 * 2.25),
      (.second, .stratonovich, 0.5 + Self.eta / 2 * 2.5),
      (.second, .ito, 0.5 + Self.eta / 2 * (0.25 + 2.25)),
    ]
    for (order, interpretation, rate) in expected {
      let found = try drift(order, interpretation, factor: 1, text: text, at: theta)
      for lane in 0..<Self.lanes {
        // A handful of roundings of numbers below 1.
        #expect(abs(found[0, lane] + rate * theta[0, lane]) <= 8 * Double.ulpOfOne)
        #expect(abs(found[1, lane] + 1) <= 8 * Double.ulpOfOne)
      }
    }
  }
}
