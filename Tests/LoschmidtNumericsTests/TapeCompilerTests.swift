import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

@Suite struct TapeCompilerTests {
  /// A chain of n functions needs the storage of one link, whatever n is.
  @Test func storageIsReused() {
    func storage(_ links: Int) -> Int {
      var graph = Graph()
      let x = graph.input(block: 0, offset: 0, shape: .vector(5))
      let end = (0..<links).reduce(x) { value, _ in graph.unary(.sin, value) }
      let total = graph.sum(end, at: .vector(5))
      return Tape(graph, outputs: [Tape.Output(total, block: 0)]).storageCount
    }
    #expect(storage(1) == 5 && storage(40) <= 10)
  }

  /// tanh and its derivative come from one instruction, in whichever order they are built.
  @Test(arguments: [true, false]) func pairsAreComputedTogether(tanhFirst: Bool) {
    var graph = Graph()
    let x = graph.input(block: 0, offset: 0, shape: .scalar)
    let functions: [UnaryFunction] = tanhFirst ? [.tanh, .squaredSech] : [.squaredSech, .tanh]
    let values = functions.map { graph.unary($0, x) }
    let tape = Tape(graph, outputs: values.enumerated().map { Tape.Output($1, block: 0, offset: $0) })
    #expect(tape.instructionCount == 1)
    let found = tape.evaluate([Block(broadcasting: [0.3], lanes: 1)], dimensions: [2])[0].entries
    #expect(found == functions.map { Kernel.value(of: $0, at: 0.3) })
  }

  /// Values that die in the instruction that writes over them, with operands in every layout, against plain loops.
  @Test func broadcastsInEveryLayout() throws {
    let function = try DifferentiableFunction(
      "sum((W*v + s)*(transpose(U) - s)) + sum(W@U*m)",
      parameters: [
        ("W", .matrix(2, 3)), ("U", .matrix(3, 2)), ("v", .vector(3)), ("s", .scalar), ("m", .matrix(2, 2)),
      ])
    let theta = (0..<20).map { Double(($0 * 7) % 11) - 5 }
    let (w, u, v) = (Array(theta[0..<6]), Array(theta[6..<12]), Array(theta[12..<15]))
    let (s, m) = (theta[15], Array(theta[16..<20]))
    var expected = 0.0
    for i in 0..<2 {
      for j in 0..<3 { expected += (w[3 * i + j] * v[j] + s) * (u[2 * j + i] - s) }
      for k in 0..<2 { expected += m[2 * i + k] * (0..<3).reduce(0.0) { $0 + w[3 * i + $1] * u[2 * $1 + k] } }
    }
    // Whole numbers: every order of summation gives the same.
    #expect(function.value(at: Block(broadcasting: theta, lanes: 1)) == [expected])
  }
}
