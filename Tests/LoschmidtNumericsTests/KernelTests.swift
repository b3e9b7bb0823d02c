import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

@Suite struct KernelTests {
  /// What is folded while a graph is built is what the tape would compute.
  @Test func singleValuesAreThoseOfBlocks() {
    let functions: [UnaryFunction] = [
      .exp, .log, .sqrt, .sin, .cos, .tan, .tanh, .sinh, .cosh, .atan, .abs, .relu, .softplus, .sigmoid, .logcosh, .erf,
      .lgamma, .squaredSech, .sigmoidSlope, .gaussian, .polygamma(1), .sign, .step,
    ]
    for function in functions {
      var graph = Graph()
      let x = graph.input(block: 0, offset: 0, shape: .scalar)
      let result = graph.unary(function, x)
      let tape = Tape(graph, outputs: [Tape.Output(result, block: 0)])
      let value = tape.evaluate([Block(broadcasting: [0.7], lanes: 1)], dimensions: [1])[0].entries[0]
      #expect(Kernel.value(of: function, at: 0.7) == value, "\(function)")
    }
  }

  @Test func comparisonsAndPowers() {
    #expect([-2.0, 0, 3].map { Kernel.value(of: .sign, at: $0) } == [-1, 0, 1])
    #expect([-2.0, 0, 3].map { Kernel.value(of: .step, at: $0) } == [0, 0, 1])
    #expect([-2.0, 0, 3].map { Kernel.value(of: .relu, at: $0) } == [0, 0, 3])
    for function in [UnaryFunction.sign, .step, .relu, .abs, .exp] {
      #expect(Kernel.value(of: function, at: .nan).isNaN)
    }
    #expect(Kernel.power(-2, 3) == -8 && Kernel.power(9, 0.5) == 3 && Kernel.power(-2, 0.5).isNaN)
  }
}
