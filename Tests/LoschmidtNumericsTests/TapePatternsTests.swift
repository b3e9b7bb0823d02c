import CKernels
import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

@Suite struct TapePatternsTests {
  private var graph = Graph()
  private let x: Graph.Value
  private let y: Graph.Value
  private let z: Graph.Value

  init() {
    x = graph.input(block: 0, offset: 0, shape: .scalar)
    y = graph.input(block: 0, offset: 1, shape: .scalar)
    z = graph.input(block: 0, offset: 2, shape: .scalar)
  }

  @Test func productsAreAbsorbedBySums() {
    var graph = graph
    let product = graph.multiply(x, y)
    let two = graph.constant(2)
    let scaled = graph.multiply(two, x)
    let cases: [(Graph.Value, lk_operation, Int)] = [
      (graph.add(product, z), LK_OP_FMA, 1), (graph.subtract(z, product), LK_OP_FNMA, 1),
      (graph.subtract(product, z), LK_OP_FMS, 1), (graph.add(scaled, z), LK_OP_FMA_K, 1),
      (graph.add(scaled, graph.constant(3)), LK_OP_FMA_KK, 1), (graph.multiply(two, product), LK_OP_MUL_MUL_K, 1),
      (graph.multiply(product, z), LK_OP_MUL_MUL, 1), (graph.add(x, two), LK_OP_ADD_K, 0),
      (graph.divide(two, x), LK_OP_K_DIV, 0), (graph.subtract(two, x), LK_OP_K_SUB, 0),
    ]
    for (value, operation, absorbed) in cases {
      let pattern = graph.pattern(for: value) { _ in true }
      #expect(pattern.operation == operation && pattern.absorbed.count == absorbed, "\(pattern)")
    }
  }

  @Test func whatOthersReadIsNotAbsorbed() {
    var graph = graph
    let sum = graph.add(graph.multiply(x, y), z)
    let pattern = graph.pattern(for: sum) { _ in false }
    #expect(pattern.operation == LK_OP_ADD && pattern.absorbed.isEmpty && pattern.operands.count == 2)
  }

  /// A value that is an output, or is read twice, has an instruction of its own.
  @Test func outputsAreNotAbsorbed() {
    var graph = graph
    let sum = graph.add(graph.multiply(x, x), y)
    let shifted = graph.subtract(sum, graph.constant(3))
    let tape = Tape(graph, outputs: [Tape.Output(sum, block: 0), Tape.Output(shifted, block: 0, offset: 1)])
    #expect(tape.program.map(\.operation) == [LK_OP_FMA.rawValue, LK_OP_ADD_K.rawValue])
  }

  /// An expression of x, y, z, the only instruction that it becomes, and its arithmetic one operation at a time.
  struct Fusion: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let operation: lk_operation
    let plain: @Sendable (_ x: Double, _ y: Double, _ z: Double) -> Double
  }

  static let fusions: [Fusion] = [
    Fusion(testDescription: "x*y + z - 11", operation: LK_OP_FMA_ADD_K) { x, y, z in z.addingProduct(x, y) - 11 },
    Fusion(testDescription: "0.3 + (x*y + z)", operation: LK_OP_FMA_ADD_K) { x, y, z in z.addingProduct(x, y) + 0.3 },
    Fusion(testDescription: "2.1*z + 4.3*(x*y)", operation: LK_OP_MUL_FMA_KK) { x, y, z in
      (2.1 * z).addingProduct(4.3, x * y)
    },
    Fusion(testDescription: "2.1*z - 4.3*(x*y)", operation: LK_OP_MUL_FMA_KK) { x, y, z in
      (2.1 * z).addingProduct(-4.3, x * y)
    },
    Fusion(testDescription: "4.3*(x*y) + 2.1*z", operation: LK_OP_FMA_K_MUL_K) { x, y, z in
      (4.3 * (x * y)).addingProduct(2.1, z)
    },
    Fusion(testDescription: "4.3*(x*y) - 2.1*z", operation: LK_OP_FMA_K_MUL_K) { x, y, z in
      (4.3 * (x * y)).addingProduct(-2.1, z)
    },
    Fusion(testDescription: "4.3*(x*y) + z", operation: LK_OP_MUL_FMA_KK) { x, y, z in z.addingProduct(4.3, x * y) },
    Fusion(testDescription: "z - 4.3*(x*y)", operation: LK_OP_MUL_FMA_KK) { x, y, z in z.addingProduct(-4.3, x * y) },
    Fusion(testDescription: "4.3*(x*y) - z", operation: LK_OP_MUL_FMA_KK) { x, y, z in
      (-z).addingProduct(4.3, x * y)
    },
    Fusion(testDescription: "2.1*((x - 1.7)*y)", operation: LK_OP_ADD_K_MUL_K) { x, y, _ in (x - 1.7) * y * 2.1 },
    Fusion(testDescription: "y*(1.7 + x)", operation: LK_OP_ADD_K_MUL_K) { x, y, _ in (1.7 + x) * y },
    Fusion(testDescription: "x^2 + y^2", operation: LK_OP_SQUARES) { x, y, _ in (x * x).addingProduct(y, y) },
    Fusion(testDescription: "2.1*x^2 + y^2", operation: LK_OP_SQUARES) { x, y, _ in
      (2.1 * (x * x)).addingProduct(y, y)
    },
    Fusion(testDescription: "x^2 + 2.1*y^2", operation: LK_OP_K_SQUARES) { x, y, _ in
      (x * x).addingProduct(2.1, y * y)
    },
    Fusion(testDescription: "x^2 - 2.1*y^2", operation: LK_OP_K_SQUARES) { x, y, _ in
      (x * x).addingProduct(-2.1, y * y)
    },
  ]

  /// A rounding more or less would show in some of the lanes.
  @Test(arguments: fusions) func fusedInstructionsRoundAsTheirParts(fusion: Fusion) throws {
    let names = [("x", Shape.vector(3)), ("y", .vector(3)), ("z", .vector(3))]
    var inputs = DifferentiableFunction.Inputs()
    for (index, name) in names.enumerated() { inputs.parameters.append((name.0, 3 * index, name.1)) }
    var graph = Graph()
    let value = try Expression(parsing: fusion.testDescription).build(
      in: &graph, symbols: inputs.symbols(in: &graph).named)
    let tape = Tape(graph, outputs: [Tape.Output(value, block: 0)])
    #expect(tape.program.map(\.operation) == [fusion.operation.rawValue])
    var random = TestRandom(seed: 5)
    var point = Block(dimension: 9, lanes: 60)
    for i in 0..<9 {
      for (lane, number) in random.vector(60, in: -3...3).enumerated() { point[i, lane] = number }
    }
    let found = tape.evaluate([point], dimensions: [3])[0]
    for i in 0..<3 {
      for lane in 0..<60 {
        #expect(found[i, lane] == fusion.plain(point[i, lane], point[i + 3, lane], point[i + 6, lane]))
      }
    }
  }

  /// A value over which the result is written, and operands that are repeated for every element of the others.
  @Test func fusedInstructionsInEveryLayout() throws {
    let function = try DifferentiableFunction(
      "sum((exp(0*W)*v + s*W - 2)*((W - s)^2 + 3*v^2))",
      parameters: [("W", .matrix(2, 3)), ("v", .vector(3)), ("s", .scalar)])
    let theta: [Double] = [1, -2, 3, 4, -5, 6, 2, 3, -4, 7]
    var expected = 0.0
    for i in 0..<2 {
      for j in 0..<3 {
        let (w, v, s) = (theta[3 * i + j], theta[6 + j], theta[9])
        expected += (v + s * w - 2) * ((w - s) * (w - s) + 3 * v * v)
      }
    }
    // Whole numbers: nothing is rounded.
    #expect(function.value(at: Block(broadcasting: theta, lanes: 1)) == [expected])
  }

  /// What is asked for itself has the bits that it has alone, and the rest is the same up to the rounding of a product.
  @Test(arguments: fusions) func whatIsAnOutputTooIsNotFused(fusion: Fusion) throws {
    var graph = Graph()
    var inputs = DifferentiableFunction.Inputs()
    inputs.parameters = [("x", 0, .scalar), ("y", 1, .scalar), ("z", 2, .scalar)]
    let value = try Expression(parsing: fusion.testDescription).build(
      in: &graph, symbols: inputs.symbols(in: &graph).named)
    let (x, y, z) = (1.1, -0.7, 2.3)
    for inner in graph.node(value).operands where !graph.node(inner).operands.isEmpty {
      let outputs = [Tape.Output(value, block: 0), Tape.Output(inner, block: 0, offset: 1)]
      let tape = Tape(graph, outputs: outputs)
      #expect(tape.instructionCount > 1)
      let found = tape.evaluate([Block(broadcasting: [x, y, z], lanes: 1)], dimensions: [2])[0]
      let alone = Tape(graph, outputs: [Tape.Output(inner, block: 0)])
      #expect(found[1, 0] == alone.evaluate([Block(broadcasting: [x, y, z], lanes: 1)], dimensions: [1])[0][0, 0])
      // Two roundings of terms below 16 may be others.
      #expect(abs(found[0, 0] - fusion.plain(x, y, z)) <= 2 * (16.0).ulp)
    }
  }

  /// A product and its multiple, in either order of the outputs and with repeated rows.
  @Test func productsMakeTheirMultiples() throws {
    for (expression, shape) in [("W*v", Shape.matrix(2, 3)), ("v*v", .vector(3))] {
      var graph = Graph()
      var inputs = DifferentiableFunction.Inputs()
      inputs.parameters = [("W", 0, .matrix(2, 3)), ("v", 6, .vector(3))]
      let symbols = inputs.symbols(in: &graph).named
      let product = try Expression(parsing: expression).build(in: &graph, symbols: symbols)
      let multiple = graph.multiply(graph.constant(0.3), product)
      let theta = [1.1, -0.7, 2.3, 0.3, -1.9, 0.7, 0.9, 1.3, -0.1]
      let tape = Tape(graph, outputs: [Tape.Output(multiple, block: 0), Tape.Output(product, block: 1)])
      #expect(tape.program.map(\.operation) == [LK_OP_MUL_AND_K.rawValue])
      let found = tape.evaluate([Block(broadcasting: theta, lanes: 1)], dimensions: [shape.count, shape.count])
      for k in 0..<shape.count {
        let plain = (shape.count == 6 ? theta[k] : theta[6 + k]) * theta[6 + k % 3]
        #expect(found[1][k, 0] == plain && found[0][k, 0] == 0.3 * plain)
      }
    }
  }

  /// Instructions for the value and the gradient of polynomials.
  @Test(arguments: [
    ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", ["x", "y"], 5), ("(1 - x)^2 + 100*(y - x^2)^2", ["x", "y"], 5),
    // Half the square is read by the value and by the gradient, so that neither absorbs it.
    ("x^4/4 - x^2/2", ["x"], 3),
  ]) func polynomialsAreFewInstructions(text: String, names: [String], count: Int) throws {
    let function = try DifferentiableFunction(text, parameters: names.map { ($0, .scalar) })
    #expect(function.valueAndGradientTape.instructionCount == count)
  }
}
