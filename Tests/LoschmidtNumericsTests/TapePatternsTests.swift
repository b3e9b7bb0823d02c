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
}
