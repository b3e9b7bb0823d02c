import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

@Suite struct TapeTests {
  @Test func onlyWhatIsAskedForIsComputed() {
    var graph = Graph()
    let x = graph.input(block: 0, offset: 0, shape: .scalar)
    let wanted = graph.unary(.exp, x)
    _ = graph.unary(.sin, graph.unary(.tan, x))
    #expect(Tape(graph, outputs: [Tape.Output(wanted, block: 0)]).instructionCount == 1)
    #expect(Tape(graph, outputs: []).instructionCount == 0)
  }

  /// Outputs of several blocks, of one value in two places, of an input and of a constant.
  @Test func outputsGoWhereTheyAreSent() {
    var graph = Graph()
    let x = graph.input(block: 0, offset: 0, shape: .vector(2))
    let double = graph.multiply(graph.constant(2), x)
    let outputs = [
      Tape.Output(double, block: 0, offset: 1), Tape.Output(double, block: 1), Tape.Output(x, block: 1, offset: 2),
      Tape.Output(graph.constant(9), block: 0),
    ]
    let found = Tape(graph, outputs: outputs).evaluate([Block(broadcasting: [3, 4], lanes: 1)], dimensions: [3, 4])
    #expect(found[0].entries == [9, 6, 8] && found[1].entries == [6, 8, 3, 4])
  }
}
