import CKernels
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

  /// Sums of products in one instruction, and what each is, rounded step by step as the instructions of its parts would round.
  @Test func polynomialsTakeFewInstructions() {
    var graph = graph
    let (two, three) = (graph.constant(2), graph.constant(3))
    let square = graph.multiply(x, x)
    let other = graph.multiply(y, y)
    let sum = graph.add(square, y)
    let product = graph.multiply(x, y)
    let cases: [(Graph.Value, lk_operation, (Double, Double, Double) -> Double)] = [
      (graph.subtract(sum, three), LK_OP_FMA_ADD_K, { x, y, _ in y.addingProduct(x, x) - 3 }),
      (
        graph.add(graph.multiply(two, product), graph.multiply(three, z)), LK_OP_FMA_K_MUL_K,
        { x, y, z in (x * y * 2).addingProduct(z, 3) }
      ),
      (graph.add(square, other), LK_OP_SQUARES, { x, y, _ in (x * x).addingProduct(y, y) }),
      (
        graph.add(square, graph.multiply(three, other)), LK_OP_K_SQUARES, { x, y, _ in (x * x).addingProduct(y * y, 3) }
      ),
    ]
    for (value, operation, expected) in cases {
      let tape = Tape(graph, outputs: [Tape.Output(value, block: 0)])
      #expect(tape.instructionCount == 1)
      #expect(tape.program[0].operation == operation.rawValue, "\(operation) \(tape.program[0].operation)")
      let inputs = LaneStorage(dimension: 3, lanes: 8)
      for k in 0..<24 { inputs.pointer[k] = 0.1 + 1 / Double(3 + k) }
      let output = LaneStorage(dimension: 1, lanes: 8)
      TapeEvaluator(tape, lanes: 8).run(inputs: [UnsafePointer(inputs.pointer)], outputs: [output.pointer])
      for lane in 0..<8 {
        #expect(output[0, lane] == expected(inputs[0, lane], inputs[1, lane], inputs[2, lane]), "\(operation)")
      }
    }
  }

  /// A value that is an output, or is read twice, has an instruction of its own.
  @Test func outputsAreNotAbsorbed() {
    var graph = graph
    let sum = graph.add(graph.multiply(x, x), y)
    let shifted = graph.subtract(sum, graph.constant(3))
    let tape = Tape(graph, outputs: [Tape.Output(sum, block: 0), Tape.Output(shifted, block: 0, offset: 1)])
    #expect(tape.program.map(\.operation) == [LK_OP_FMA.rawValue, LK_OP_ADD_K.rawValue])
  }
}
