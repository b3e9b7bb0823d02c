import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

@Suite struct GradientTests {
  private func gradient(_ loss: String, _ parameters: [(String, Shape)], at point: [Double]) throws -> [Double] {
    try DifferentiableFunction(loss, parameters: parameters.map { (name: $0.0, shape: $0.1) })
      .gradient(at: Block(broadcasting: point, lanes: 1)).entries
  }

  // Whole numbers: every product and sum is exact.

  @Test func broadcastsAreSummedBack() throws {
    let parameters = [("v", Shape.vector(3)), ("s", .scalar)]
    #expect(try gradient("sum(v*s)", parameters, at: [1, 2, 3, 4]) == [4, 4, 4, 6])
    #expect(try gradient("sum(s + 0*v)", parameters, at: [1, 2, 3, 4]) == [0, 0, 0, 3])
    #expect(
      try gradient("sum(W*v)", [("W", .matrix(2, 3)), ("v", .vector(3))], at: [1, 2, 3, 4, 5, 6, 7, 8, 9])
        == [7, 8, 9, 7, 8, 9, 5, 7, 9])
  }

  @Test func matrixProducts() throws {
    let parameters = [("W", Shape.matrix(2, 3)), ("v", .vector(3)), ("a", .vector(2))]
    // a·(Wv): a vᵀ, Wᵀa and Wv.
    let expected = [10.0, 20, 30, 20, 40, 60, 90, 120, 150, 14, 32]
    #expect(try gradient("dot(a, W@v)", parameters, at: [1, 2, 3, 4, 5, 6, 1, 2, 3, 10, 20]) == expected)
    #expect(try gradient("a@W@v", parameters, at: [1, 2, 3, 4, 5, 6, 1, 2, 3, 10, 20]) == expected)
    #expect(try gradient("v@transpose(W)@a", parameters, at: [1, 2, 3, 4, 5, 6, 1, 2, 3, 10, 20]) == expected)
  }

  /// A factor used twice, a power at 0, the exponent 0, and what does not depend on a parameter.
  @Test func specialCases() throws {
    #expect(try gradient("x*x*x", [("x", .scalar)], at: [2]) == [12])
    #expect(try gradient("x^n", [("x", .scalar), ("n", .scalar)], at: [0, 2]) == [0, 0])
    #expect(try gradient("x^n", [("x", .scalar), ("n", .scalar)], at: [0, 0])[0] == 0)
    #expect(try gradient("7", [("x", .vector(2))], at: [1, 2]) == [0, 0])
    #expect(try gradient("max(x, y) + 2*min(x, y)", [("x", .scalar), ("y", .scalar)], at: [3, 3]) == [3, 0])
  }
}
