import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct OneParameterGroupTests {
  private let layout = ParameterLayout([("u", .scalar), ("W", .matrix(2, 2)), ("v", .vector(2))])

  private func group(
    _ texts: [(parameter: String, expression: String)], constants: [String: Double] = [:]
  ) throws -> OneParameterGroup {
    try OneParameterGroup(
      name: "g", texts.map { ($0.parameter, try Expression(parsing: $0.expression)) }, parameters: layout,
      constants: constants)
  }

  @Test func scalarsAndArraysAreTransformed() throws {
    let group = try group([("W", "exp(c*s)*W"), ("u", "u + s")], constants: ["c": 2])
    let point = [0.5, 1, -2, 3, 4, 7, 8]
    let image = group.transformed(point, by: 0.25)
    let factor = exp(0.5)
    let expected = [0.75, factor, -2 * factor, 3 * factor, 4 * factor, 7, 8]
    // An exponential and a product.
    for (a, b) in zip(image, expected) { #expect(abs(a - b) <= 4 * Double.ulpOfOne * abs(b)) }
    #expect(group.generator(at: point) == [1, 2, -4, 6, 8, 0, 0])
    let jacobian = group.jacobian(at: point)
    #expect(jacobian.entries == (1...4).map { .init(row: $0, column: $0, value: 2) })
    // The translation is not linear.
    #expect(!group.isLinear)
  }

  /// Elements of an array one by one, and an element in the transform of a number: derivatives see both names of a coordinate.
  @Test func elementsAreTransformed() throws {
    let group = try group([("W[0,1]", "W[0,1]*exp(s)"), ("W[1,1]", "W[1,1] + s*W[0,0]"), ("v", "v + s*W[1,0]")])
    let point = [0.5, 1, -2, 3, 4, 7, 8]
    let factor = exp(0.25)
    let expected = [0.5, 1, -2 * factor, 3, 4.25, 7.75, 8.75]
    // An exponential and a product.
    for (a, b) in zip(group.transformed(point, by: 0.25), expected) {
      #expect(abs(a - b) <= 4 * Double.ulpOfOne * abs(b))
    }
    #expect(group.generator(at: point) == [0, 0, -2, 0, 1, 3, 3])
    let jacobian = group.jacobian(at: point).entries.map { [$0.row, $0.column] + [Int($0.value)] }
    #expect(Set(jacobian) == [[2, 2, 1], [4, 1, 1], [5, 3, 1], [6, 3, 1]] && group.isLinear)
  }

  @Test func lanesDoNotMix() throws {
    let group = try group([("u", "u*exp(s)"), ("v", "v*exp(-s)")])
    var random = TestRandom(seed: 5)
    let points = (0..<5).map { _ in random.vector(7) }
    var block = Block(dimension: 7, lanes: 5)
    for (lane, point) in points.enumerated() {
      for i in 0..<7 { block[i, lane] = point[i] }
    }
    let s = random.vector(5)
    let images = group.transformed(block, by: s)
    for (lane, point) in points.enumerated() {
      #expect(images.vector(lane: lane) == group.transformed(point, by: s[lane]))
    }
    // ∂_s G and ∂_θ G v against the images themselves: of a linear group both are multiples of coordinates.
    let velocity = group.velocity(at: block, s: s)
    let pushed = group.pushed(block, at: block, s: s)
    for lane in 0..<5 {
      let image = images.vector(lane: lane)
      for (i, sign) in [(0, 1.0), (5, -1), (6, -1)] {
        // A product and an exponential each.
        #expect(abs(velocity[i, lane] - sign * image[i]) <= 8 * Double.ulpOfOne * abs(image[i]))
        #expect(abs(pushed[i, lane] - image[i]) <= 8 * Double.ulpOfOne * abs(image[i]))
      }
      #expect((1...4).allSatisfy { velocity[$0, lane] == 0 })
    }
  }

  @Test func linearityIsSeenInTheStructure() throws {
    #expect(try group([("u", "u*exp(s)")]).isLinear)
    #expect(try group([("W", "cosh(s)*W + sinh(s)*transpose(W)")]).isLinear)
    #expect(try group([("v", "v*exp(s) + exp(s) - 1")]).isLinear == false)
    #expect(try group([("u", "u/(1 + s*u)")]).isLinear == false)
    #expect(try group([("u", "abs(u)*exp(s)")]).isLinear == false)
  }

  @Test func theJacobianOfANonlinearGroupDependsOnThePoint() throws {
    // x/(1 + s x) has ξ = −x² and K = −2x.
    let group = try group([("u", "u/(1 + s*u)")])
    for u in [0.5, -1.5] {
      let point = [u, 0, 0, 0, 0, 0, 0]
      #expect(group.generator(at: point)[0] == -u * u)
      #expect(group.jacobian(at: point).entries == [.init(row: 0, column: 0, value: -2 * u)])
    }
  }

  /// A second route to K: central differences of the generator.
  @Test func theJacobianIsTheDerivativeOfTheGenerator() throws {
    let group = try group([("W", "cos(s)*W + sin(s)*(W @ W)"), ("v", "v + s*(W @ v)")])
    var random = TestRandom(seed: 6)
    let point = random.vector(7)
    var jacobian = [[Double]](repeating: [Double](repeating: 0, count: 7), count: 7)
    for entry in group.jacobian(at: point).entries { jacobian[entry.row][entry.column] = entry.value }
    for j in 0..<7 {
      var (right, left) = (point, point)
      right[j] += 1e-4
      left[j] -= 1e-4
      let (above, below) = (group.generator(at: right), group.generator(at: left))
      for i in 0..<7 {
        // The generator is quadratic: the difference is exact but for rounding, 1e-16/1e-4.
        #expect(abs((above[i] - below[i]) / 2e-4 - jacobian[i][j]) < 1e-10)
      }
    }
  }

  @Test func manyCoordinatesTakeSeveralBlocks() throws {
    let wide = ParameterLayout([("a", .vector(70)), ("b", .vector(70))])
    let group = try OneParameterGroup(
      name: "g",
      [("a", try Expression(parsing: "cos(s)*a - sin(s)*b")), ("b", try Expression(parsing: "sin(s)*a + cos(s)*b"))],
      parameters: wide)
    let jacobian = group.jacobian(at: [Double](repeating: 1, count: 140))
    #expect(jacobian.entries.count == 140 && jacobian.isAntisymmetric)
    #expect(jacobian.entries[69] == .init(row: 69, column: 139, value: -1))
  }

  @Test func whatIsWrongIsNamed() {
    func fault(_ texts: [(parameter: String, expression: String)]) -> OneParameterGroup.Fault? {
      #expect(throws: OneParameterGroup.Fault.self) { try group(texts) }
    }
    #expect(fault([("u", "2*u")]) == .constant)
    let summed = fault([("u", "u*exp(s)"), ("W", "sum(W)*exp(s)")])
    #expect(summed == .shape(parameter: "W", expected: .matrix(2, 2), got: .scalar))
    #expect(fault([("v", "exp(s)*W")]) == .shape(parameter: "v", expected: .vector(2), got: .matrix(2, 2)))
    guard case .expression("v", let error) = fault([("v", "v*exp(s) + z")]) else {
      Issue.record("an unknown name was taken")
      return
    }
    #expect(error.position == 11 && error.message.contains("'z' is not a known name"))
  }
}
