import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

/// Losses that name elements of arrays, against the same losses with numbers in their place.
@Suite struct GradientPartsTests {
  /// W of shape [2, 2] between two numbers: coordinates a, W[0,0], W[0,1], W[1,0], W[1,1], b.
  private func function(
    _ loss: String, naming elements: [(name: String, offset: Int)]
  ) throws -> DifferentiableFunction {
    var inputs = DifferentiableFunction.Inputs()
    inputs.parameters = [("a", 0, .scalar), ("W", 1, .matrix(2, 2)), ("b", 5, .scalar)]
    inputs.elements = elements
    return try DifferentiableFunction(Expression(parsing: loss), inputs: inputs)
  }

  private let all = [("W[0,0]", 1), ("W[0,1]", 2), ("W[1,0]", 3), ("W[1,1]", 4)]

  /// The same loss with w00, w01, w10, w11 for the elements, of parameters a, w00, …, b.
  private func written(_ loss: String) throws -> DifferentiableFunction {
    var text = loss
    for (name, _) in all {
      text = text.replacing(name, with: "w" + name.filter(\.isNumber))
    }
    return try DifferentiableFunction(
      text,
      parameters: [
        ("a", .scalar), ("w00", .scalar), ("w01", .scalar), ("w10", .scalar), ("w11", .scalar), ("b", .scalar),
      ])
  }

  private func point(_ seed: UInt64) -> Block {
    var random = TestRandom(seed: seed)
    return Block(dimension: 6, lanes: 4) { entries in
      for k in entries.indices { entries[k] = random.next(in: 0.2...1.7) }
    }
  }

  private func joint(_ function: DifferentiableFunction, _ theta: Block) -> [Block] {
    function.valueAndGradientTape.evaluate(
      [theta, Block(dimension: 0, lanes: 1), Block(dimension: 0, lanes: 1)], dimensions: [1, 6])
  }

  private static let onlyElements = [
    "a*W[0,1]^2 + exp(W[1,0]*b) - W[0,1]*W[1,1]*a",
    "W[0,0]*W[1,1] - W[0,1]*W[1,0]",
    // Neither W[0,1] nor W[1,0] has a slope.
    "W[0,0] + W[1,1] + a*b",
    "sin(W[0,1])/(1 + W[1,1]^2) + a*b*W[0,0]",
  ]

  @Test(arguments: onlyElements)
  func elementsAreNumbersBitForBit(loss: String) throws {
    let (named, plain) = (try function(loss, naming: all.filter { loss.contains($0.0) }), try written(loss))
    let (theta, first, second) = (point(1), point(2), point(3))
    #expect(named.value(at: theta) == plain.value(at: theta))
    #expect(named.gradient(at: theta) == plain.gradient(at: theta))
    for directions in [[(first, 1)], [(first, 2)], [(first, 1), (second, 1)]] {
      let along = directions.map { (direction: $0.0, multiplicity: $0.1) }
      #expect(named.derivative(along: along, at: theta) == plain.derivative(along: along, at: theta))
    }
    // The tape of both shares terms in its own order, the same with names as without.
    let (both, other) = (joint(named, theta), joint(plain, theta))
    #expect(both[0].entries == other[0].entries && both[1] == other[1])
  }

  /// An element beside its array: Σ W² a + W[0,1]³ b + W[0,1] Σ W.
  private let mixed = "a*sum(W^2) + b*W[0,1]^3 + W[0,1]*sum(W)"
  private let mixedWritten =
    "a*(W[0,0]^2 + W[0,1]^2 + W[1,0]^2 + W[1,1]^2) + b*W[0,1]^3 + W[0,1]*(W[0,0] + W[0,1] + W[1,0] + W[1,1])"

  /// Sums of five numbers of order one in another order: a few roundings each.
  @Test func anElementBesideItsArrayHasBothSlopes() throws {
    let (named, plain) = (try function(mixed, naming: [("W[0,1]", 2)]), try written(mixedWritten))
    let (theta, first, second) = (point(4), point(5), point(6))
    func agree(_ a: Block, _ b: Block) -> Bool {
      deviation(of: a.entries, from: b.entries) <= 1e-14 * norm(of: b.entries)
    }
    #expect(agree(named.gradient(at: theta), plain.gradient(at: theta)))
    for directions in [[(first, 1)], [(first, 2)], [(first, 1), (second, 1)]] {
      let along = directions.map { (direction: $0.0, multiplicity: $0.1) }
      let (a, b) = (named.derivative(along: along, at: theta), plain.derivative(along: along, at: theta))
      #expect(agree(a, b) && norm(of: b.entries) > 1)
    }
  }

  /// Another route: central differences of the value, exact for cubics but for rounding, which is 1e-16/1e-4 of numbers of order
  /// ten, and h² = 1e-8 times the third derivative, below 10.
  @Test func slopesAreDifferencesOfTheValue() throws {
    let function = try function(mixed, naming: [("W[0,1]", 2)])
    let theta = point(7)
    let gradient = function.gradient(at: theta)
    for i in 0..<6 {
      var (up, down) = (theta, theta)
      for lane in 0..<4 {
        up[i, lane] += 1e-4
        down[i, lane] -= 1e-4
      }
      let (high, low) = (function.value(at: up), function.value(at: down))
      for lane in 0..<4 { #expect(abs((high[lane] - low[lane]) / 2e-4 - gradient[i, lane]) < 1e-7) }
    }
  }

  /// −F of forces on a whole array and on one element of it, and on elements alone; ℓ = a W[0,1].
  @Test func aForceOnAnElementStandsForThatOnItsArray() throws {
    var inputs = DifferentiableFunction.Inputs()
    inputs.parameters = [("a", 0, .scalar), ("W", 1, .matrix(2, 2)), ("b", 5, .scalar)]
    inputs.elements = [("W[0,1]", 2)]
    func values(_ whole: String?, _ element: String) throws -> Block {
      let forces = VectorFunction.Forces(
        [nil, try whole.map { try Expression(parsing: $0) }, nil],
        byElement: [(offset: 4, expression: try Expression(parsing: element))])
      let field = try VectorFunction(
        gradientOf: Expression(parsing: "a*W[0,1]"), minus: forces, inputs: inputs)
      let none = Block(dimension: 0, lanes: 1)
      return field.tape.evaluate([point(8), none, none], dimensions: [6])[0]
    }
    let theta = point(8)
    let (both, alone) = (try values("3*W", "b"), try values(nil, "b"))
    for lane in 0..<4 {
      let (a, w, b) = (theta[0, lane], (1...4).map { theta[$0, lane] }, theta[5, lane])
      #expect((0..<6).map { alone[$0, lane] } == [w[1], 0, a, 0, -b, 0])
      #expect((0..<6).map { both[$0, lane] }[0...1] == [w[1], -3 * w[0]])
      #expect(abs(both[2, lane] - (a - 3 * w[1])) <= 4 * max(a, 3 * w[1]).ulp)
      #expect((3..<6).map { both[$0, lane] } == [-3 * w[2], -b, 0])
    }
  }

  /// The terms of several samples in one tape are those of one after the other.
  @Test func elementsStandInSumsOverSamples() throws {
    var inputs = DifferentiableFunction.Inputs()
    inputs.parameters = [("W", 0, .matrix(1, 2))]
    inputs.elements = [("W[0,0]", 0), ("W[0,1]", 1)]
    inputs.sample = [("x", 0, .scalar)]
    let loss = try Expression(parsing: "(W[0,0]*x + W[0,1] - x^2)^2/2")
    let layout = SampleLayout(count: 3, of: loss, inputs: inputs)
    #expect(layout.isByColumn)
    let sum = try VectorFunction(
      gradientOf: loss, samples: layout, weight: 1, minus: .init([nil]), inputs: inputs)
    let (w, x) = ([0.5, -0.25], [1.0, 2, 3])
    let found = sum.tape.evaluate(
      [Block(broadcasting: w, lanes: 4), Block(broadcasting: x, lanes: 4), Block(dimension: 0, lanes: 1)],
      dimensions: [2])[0]
    // Dyadic numbers: exact.
    let residuals = x.map { w[0] * $0 + w[1] - $0 * $0 }
    #expect(found.vector(lane: 0) == [zip(residuals, x).map { $0 * $1 }.reduce(0, +), residuals.reduce(0, +)])
  }
}
