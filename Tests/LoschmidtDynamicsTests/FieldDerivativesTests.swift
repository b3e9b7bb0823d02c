import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtDynamics

@Suite struct FieldDerivativesTests {
  private static let lanes = 8
  private static let samples = SampleTable(count: 3, columns: [.init(name: "a", values: [0.5, -1, 2])])

  private func storage(_ seed: UInt64) -> LaneStorage {
    var random = TestRandom(seed: seed)
    return LaneStorage(dimension: 2, lanes: Self.lanes, random: &random)
  }

  /// ℓ = a u³w, whose Hessian is a (6uw, 3u²; 3u², 0); and −F = −(u w², u).
  @Test func productsAreThoseOfTheHessianAndTheForce() throws {
    let text = ProcessText(
      ["u", "w"], loss: "a*u^3*w", forces: [("u", "u*w^2"), ("w", "u")], samples: Self.samples)
    let field = BlockField(try text.program(), lanes: Self.lanes)
    let (theta, v) = (storage(1), storage(2))
    let (one, all, force) = (storage(3), storage(3), storage(3))
    field.derivative(ofSample: 2, along: v.pointer, at: theta.pointer, into: one.pointer)
    field.derivative(along: v.pointer, at: theta.pointer, into: all.pointer)
    field.negativeForceDerivative(along: v.pointer, at: theta.pointer, into: force.pointer)
    // All numbers are below 20, and a product takes fewer than 16 roundings.
    let bound = 16 * 20 * Double.ulpOfOne
    for lane in 0..<Self.lanes {
      let (u, w, p, q) = (theta[0, lane], theta[1, lane], v[0, lane], v[1, lane])
      let hessian = (6 * u * w * p + 3 * u * u * q, 3 * u * u * p)
      let pull = (-(w * w * p + 2 * u * w * q), -p)
      #expect(abs(one[0, lane] - 2 * hessian.0) <= bound && abs(one[1, lane] - 2 * hessian.1) <= bound)
      #expect(abs(force[0, lane] - pull.0) <= bound && abs(force[1, lane] - pull.1) <= bound)
      // The mean of a is ½.
      #expect(abs(all[0, lane] - 0.5 * hessian.0 - pull.0) <= bound)
      #expect(abs(all[1, lane] - 0.5 * hessian.1 - pull.1) <= bound)
    }
  }

  /// The product with the mean matrix of a linear field against the sum over its samples.
  @Test func theLinearPathIsTheSum() throws {
    let text = ProcessText(
      ["u", "w"], loss: "0.5*(a*u + w)^2", forces: [("u", "w"), ("w", "-u")], samples: Self.samples)
    let program = try text.program()
    #expect(program.linear != nil)
    let field = BlockField(program, lanes: Self.lanes)
    let (theta, v, fast, part, slow) = (storage(4), storage(5), storage(6), storage(6), storage(6))
    field.derivative(along: v.pointer, at: theta.pointer, into: fast.pointer)
    field.negativeForceDerivative(along: v.pointer, at: theta.pointer, into: slow.pointer)
    for i in 0..<3 {
      field.derivative(ofSample: i, along: v.pointer, at: theta.pointer, into: part.pointer)
      for k in 0..<part.count { slow.pointer[k] += part.pointer[k] / 3 }
    }
    // Sums of a dozen numbers below 10.
    #expect(zip(fast.entries, slow.entries).allSatisfy { abs($0 - $1) <= 12 * 10 * Double.ulpOfOne })
  }

  /// The fields (1, 0), (0, 1) and the same turned by the angle u have one covariance, the unit matrix, but the
  /// corrections ½ Σ (Dσ_k)σ_k of Stratonovich are (0, 0) and (0, ½): they belong to the fields, not to the covariance.
  @Test func theCorrectionBelongsToTheFrame() throws {
    let frame = [["cos(u)", "sin(u)"], ["-sin(u)", "cos(u)"]]
    let theta = storage(7)
    let sums = (LaneStorage(dimension: 2, lanes: Self.lanes), LaneStorage(dimension: 2, lanes: Self.lanes))
    for (turned, straight) in zip(frame, [["1", "0"], ["0", "1"]]) {
      for (parts, sum) in [(turned, sums.0), (straight, sums.1)] {
        let forces = [("u", parts[0]), ("w", parts[1])]
        let field = BlockField(
          try ProcessText(["u", "w"], loss: nil, forces: forces).program(), lanes: Self.lanes)
        let (sigma, product) = (storage(8), storage(8))
        field.negativeForce(at: theta.pointer, into: sigma.pointer)
        field.negativeForceDerivative(along: sigma.pointer, at: theta.pointer, into: product.pointer)
        for k in 0..<product.count { sum.pointer[k] += 0.5 * product.pointer[k] }
      }
    }
    for lane in 0..<Self.lanes {
      // Two products of sine and cosine, each good to 1 ulp.
      #expect(abs(sums.0[0, lane]) <= 4 * Double.ulpOfOne && abs(sums.0[1, lane] - 0.5) <= 4 * Double.ulpOfOne)
      #expect(sums.1[0, lane] == 0 && sums.1[1, lane] == 0)
    }
  }
}
