import Testing

@testable import LoschmidtNumerics

@Suite struct GraphTests {
  @Test func equalComputationsAreOneValue() {
    var graph = Graph()
    let x = graph.input(block: 0, offset: 0, shape: .vector(3))
    let again = graph.input(block: 0, offset: 0, shape: .vector(3))
    let other = graph.input(block: 0, offset: 3, shape: .vector(3))
    #expect(x == again && x != other)
    #expect(graph.unary(.exp, x) == graph.unary(.exp, again))
    #expect(graph.unary(.exp, x) != graph.unary(.exp, other))
    #expect(graph.shape(of: graph.unary(.exp, x)) == .vector(3))
  }

  @Test func constantsAreKnown() {
    var graph = Graph()
    let two = graph.constant(2)
    #expect(graph.constantValue(of: two) == 2 && graph.constant(2) == two)
    let (one, x) = (graph.unary(.exp, graph.constant(0)), graph.input(block: 0, offset: 0, shape: .scalar))
    #expect(graph.constantValue(of: one) == 1 && graph.constantValue(of: x) == nil)
  }
}
