import Testing

@testable import LoschmidtNumerics

@Suite struct TapeEvaluatorTests {
  /// Lanes never mix, and a second run forgets the first.
  @Test(arguments: [4, 8, 20]) func lanesAreIndependent(lanes: Int) throws {
    var graph = Graph()
    let x = graph.input(block: 0, offset: 0, shape: .scalar)
    let y = graph.input(block: 1, offset: 0, shape: .scalar)
    let value = graph.add(graph.unary(.sin, graph.multiply(x, y)), graph.constant(1))
    let evaluator = TapeEvaluator(Tape(graph, outputs: [Tape.Output(value, block: 0)]), lanes: lanes)
    for shift in [0.0, 10] {
      let left = (0..<lanes).map { Double($0) + shift }
      let right = left.map { 1 / (1 + $0) }
      var result = [Double](repeating: .nan, count: lanes)
      left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer { right in
          result.withUnsafeMutableBufferPointer { result in
            guard let a = left.baseAddress, let b = right.baseAddress, let out = result.baseAddress else { return }
            evaluator.run(inputs: [a, b], outputs: [out])
          }
        }
      }
      let expected = zip(left, right).map { Kernel.value(of: .sin, at: $0 * $1) + 1 }
      #expect(result == expected)
    }
  }
}
