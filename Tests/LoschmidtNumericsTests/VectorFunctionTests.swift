import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct VectorFunctionTests {
  private static let lanes = 4

  private func inputs() -> DifferentiableFunction.Inputs {
    var inputs = DifferentiableFunction.Inputs()
    inputs.parameters = [("x", 0, .scalar), ("v", 1, .vector(2))]
    inputs.sample = [("d", 0, .scalar)]
    inputs.common = ["t"]
    inputs.constants = ["k": 3]
    return inputs
  }

  /// Runs a tape on θ, a sample, the time and directions, all with other numbers in every lane.
  private func run(_ tape: Tape, dimension: Int, directions: Int = 0) -> [Double] {
    var random = TestRandom(seed: 8)
    let blocks = [3, 1, 1] + [Int](repeating: 3, count: directions)
    let storage = blocks.map { count -> LaneStorage in
      let storage = LaneStorage(dimension: count, lanes: Self.lanes)
      for k in 0..<storage.count { storage.pointer[k] = random.next(in: 0.2...1.7) }
      return storage
    }
    let output = LaneStorage(dimension: dimension, lanes: Self.lanes)
    TapeEvaluator(tape, lanes: Self.lanes).run(
      inputs: storage.map { UnsafePointer($0.pointer) }, outputs: [output.pointer])
    return output.block.entries
  }

  private func gradient(_ loss: String, minus forces: [String?] = [nil, nil]) throws -> VectorFunction {
    try VectorFunction(
      gradientOf: Expression(parsing: loss), minus: .init(forces.map { try $0.map { try Expression(parsing: $0) } }),
      inputs: inputs())
  }

  private let loss = "exp(x*d)*sum(v^2) + k*sin(x + mean(v)*t) + x^3*sum(v)"

  /// The same graph by two doors, value and derivatives: the same instructions in another order at most, each rounding 1 ulp.
  @Test func derivativesAreThoseOfTheLoss() throws {
    let function = try DifferentiableFunction(Expression(parsing: loss), inputs: inputs())
    let field = try gradient(loss)
    #expect(field.dimension == 3)
    for (own, other, directions) in [
      (field.tape, function.gradientTape, 0),
      (field.derivativeTape(multiplicities: [1]), function.derivativeTape(multiplicities: [1]), 1),
      (field.derivativeTape(multiplicities: [2]), function.derivativeTape(multiplicities: [2]), 1),
      (field.derivativeTape(multiplicities: [2, 1]), function.derivativeTape(multiplicities: [2, 1]), 2),
    ] {
      let a = run(own, dimension: 3, directions: directions)
      let b = run(other, dimension: 3, directions: directions)
      #expect(deviation(of: a, from: b) <= 1e-14 * norm(of: b) && norm(of: b) > 1)
    }
  }

  @Test func aForceIsSubtracted() throws {
    let plain = run(try gradient(loss).tape, dimension: 3)
    let forced = run(try gradient(loss, minus: ["x*t", "k*v"]).tape, dimension: 3)
    let force = run(
      try VectorFunction(
        [(Expression(parsing: "x*t"), .scalar), (Expression(parsing: "k*v"), .vector(2))], inputs: inputs()
      ).tape, dimension: 3)
    // One rounding each of the product and of the difference.
    for k in plain.indices {
      #expect(abs(forced[k] - (plain[k] - force[k])) <= 2 * max(abs(plain[k]), abs(force[k])).ulp)
    }
  }

  @Test func aForceAloneIsNegative() throws {
    let force = try VectorFunction(
      gradientOf: nil, minus: .init([Expression(parsing: "x*t"), nil]), inputs: inputs())
    let values = run(force.tape, dimension: 3)
    let positive = run(
      try VectorFunction([(Expression(parsing: "x*t"), .scalar)], inputs: inputs()).tape, dimension: 1)
    #expect(Array(values[..<4]) == positive.map { -$0 } && values[4...].allSatisfy { $0 == 0 })
  }

  /// ∇ℓ of ℓ = ½d²x² + d v·v by x and v; by d it is (2dx, 2v), and once more (2x, 0).
  @Test func derivativesByAnArrayOfTheSample() throws {
    func varied(_ loss: String, includesParameters: Bool = false) throws -> VectorFunction {
      try VectorFunction(
        gradientOf: Expression(parsing: loss), varying: "d", includesParameters: includesParameters, inputs: inputs())
    }
    let function = try varied("0.5*d^2*x^2 + d*sum(v^2)")
    let theta = LaneStorage(dimension: 3, lanes: Self.lanes)
    let (sample, time) = (LaneStorage(dimension: 1, lanes: Self.lanes), LaneStorage(dimension: 1, lanes: Self.lanes))
    let (direction, output) = (
      LaneStorage(dimension: 1, lanes: Self.lanes), LaneStorage(dimension: 3, lanes: Self.lanes)
    )
    theta.broadcast([2, 3, 5])
    sample.broadcast([0.5])
    direction.broadcast([7])
    func value(_ order: Int) -> [Double] {
      TapeEvaluator(function.derivativeTape(multiplicities: [order]), lanes: Self.lanes).run(
        inputs: [theta, sample, time, direction].map { UnsafePointer($0.pointer) }, outputs: [output.pointer])
      return output.vector(lane: 1)
    }
    // Products of small whole numbers and powers of two.
    let (first, second): ([Double], [Double]) = ([14, 42, 70], [196, 0, 0])
    #expect(value(1) == first)
    #expect(value(2) == second)
    #expect(!function.vanishes(order: 2))
    #expect(
      try varied("d*exp(x)").vanishes(order: 2) && !varied("d*exp(x)", includesParameters: true).vanishes(order: 2))
    #expect(try varied("0.5*(x - d)^2", includesParameters: true).vanishes(order: 2))
    #expect(try !varied("x*relu(d)").vanishes(order: 2))
  }

  /// A number stands for an array of equal entries.
  @Test func aNumberFillsAnArray() throws {
    let function = try VectorFunction([(Expression(parsing: "2*k"), .vector(2))], inputs: inputs())
    #expect(run(function.tape, dimension: 2) == [Double](repeating: 6, count: 8))
  }

  @Test func errorsHavePositions() throws {
    #expect(throws: ExpressionError.self) {
      try VectorFunction([(Expression(parsing: "v"), .scalar)], inputs: inputs())
    }
    let error = #expect(throws: ExpressionError.self) {
      try VectorFunction([(Expression(parsing: "x + unknown"), .scalar)], inputs: inputs())
    }
    #expect(error?.position == 4)
  }

  @Test(arguments: [
    ("x^2/2 + k*x*mean(v) - sum(v)", true), ("(x - d)^2 + sum(v^2)", true), ("x*t + 1", true),
    ("0.5*(x*d - sum(v))^2", true), ("x*t^2*mean(v)", true), ("x^3", false), ("x^2*sum(v)", false), ("relu(x)", false),
    ("abs(x) + x^2", false),
    ("exp(x)", false), ("x^4/4 - x^2/2", false),
  ])
  func whatIsQuadratic(loss: String, isQuadratic: Bool) throws {
    #expect(try gradient(loss).vanishes(order: 2) == isQuadratic)
  }

  @Test func theOrderCounts() throws {
    let cubic = try gradient("x^3")
    #expect(!cubic.vanishes(order: 1) && !cubic.vanishes(order: 2) && cubic.vanishes(order: 3))
    #expect(try gradient("x*d").vanishes(order: 1))
  }
}
