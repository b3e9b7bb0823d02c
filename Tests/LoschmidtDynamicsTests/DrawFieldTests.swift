import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct DrawFieldTests {
  private static let x = [1.0, -0.5, 2, 0.25]
  private static let y = [0.5, -0.25, 1, 0.75]

  /// ℓ = (uwx − y)²/2.
  private func landscape() throws -> ExpressionLandscape {
    try ExpressionLandscape(
      loss: Expression(parsing: "0.5*(u*w*x - y)^2"), parameters: ParameterLayout([("u", .scalar), ("w", .scalar)]),
      samples: SampleTable(
        count: 4,
        columns: [SampleTable.Column(name: "x", values: Self.x), SampleTable.Column(name: "y", values: Self.y)]))
  }

  private let draws = [Draw(batch: [0]), Draw(batch: [0, 2]), Draw(batch: [1, 1, 3, 3]), Draw(batch: [0, 1, 2, 3])]

  /// The points differ from lane to lane.
  private var point: Block {
    var point = Block(dimension: 2, lanes: 4)
    point.entries = [1.5, 1, -0.5, 2, 0.5, 0.25, 1, -1]
    return point
  }

  private func gradientByHand(_ sample: Int, _ u: Double, _ w: Double) -> [Double] {
    let residual = u * w * Self.x[sample] - Self.y[sample]
    return [residual * w * Self.x[sample], residual * u * Self.x[sample]]
  }

  @Test func gradientsAreTheWeightedMeansOfTheDraws() throws {
    let gradient = DrawField(try landscape(), draws: draws).gradient(at: point)
    for (lane, batch) in [[0], [0, 2], [1, 1, 3, 3], [0, 1, 2, 3]].enumerated() {
      let all = batch.map { gradientByHand($0, point[0, lane], point[1, lane]) }
      for i in 0...1 {
        let expected = all.reduce(0) { $0 + $1[i] } / Double(batch.count)
        // Short binary fractions: at most the last of the sums is rounded.
        #expect(abs(gradient[i, lane] - expected) <= 2 * .ulpOfOne * abs(expected))
      }
    }
  }

  @Test func thePreconditionerMultipliesTheGradientAndItsDerivatives() throws {
    let metric = PositiveMatrix.diagonal([4, 0.5])
    let plain = DrawField(try landscape(), draws: draws)
    let scaled = DrawField(try landscape(), draws: draws, preconditioner: metric)
    #expect(scaled.evaluate(at: point) == metric.multiply(plain.gradient(at: point)))
    #expect(scaled.gradient(at: point) == plain.gradient(at: point))
    let along = [(direction: point, multiplicity: 1)]
    #expect(
      scaled.derivative(along: along, at: point) == metric.multiply(plain.gradientDerivative(along: along, at: point)))
  }

  /// D²g[a, b] does not depend on the order of its directions, and the gradient of degree 3 has D³g[a³] = 6 × its cubic part.
  @Test func derivativesOfHigherOrder() throws {
    let field = DrawField(try landscape(), draws: [Draw(batch: [2])])
    let at = Block(broadcasting: [1.5, 0.5], lanes: 1)
    let (a, b) = (Block(broadcasting: [1, 2], lanes: 1), Block(broadcasting: [-1, 0.5], lanes: 1))
    #expect(
      field.derivative(along: [(a, 1), (b, 2)], at: at) == field.derivative(along: [(b, 2), (a, 1)], at: at))
    // g = (u w² x² − w x y, u² w x² − u x y), x = 2: D³g[a³] = 6 x² (a₁a₂², a₁²a₂).
    #expect(field.derivative(along: [(a, 3)], at: at).entries == [96, 48])
  }

  /// A long batch is summed as well as a short one: 10⁴ terms that cancel but for one part in 10⁶.
  @Test func sumsOverLargeBatchesAreCompensated() throws {
    let count = 10_000
    let values = (0..<count).map { ($0 % 2 == 0 ? 1.0 : -1.0) + ($0 == 0 ? 0.01 : 0) }
    let landscape = try ExpressionLandscape(
      loss: Expression(parsing: "u*x"), parameters: ParameterLayout([("u", .scalar)]),
      samples: SampleTable(count: count, columns: [SampleTable.Column(name: "x", values: values)]))
    let field = DrawField(landscape, draws: [Draw(batch: Array(0..<count)), Draw(batch: [0])])
    let gradient = field.gradient(at: Block(broadcasting: [1], lanes: 2))
    // Σ x = 0.01 up to the rounding of 1.01; the weights 1e-4 add a rounding for each term, whose sum is compensated but
    // whose errors, at most 2^-67 each, have opposite signs for the terms 1e-4 and −1e-4.
    #expect(abs(gradient[0, 0] - 1e-6) < 1e-19)
    #expect(gradient[0, 1] == 1.01)
  }
}
