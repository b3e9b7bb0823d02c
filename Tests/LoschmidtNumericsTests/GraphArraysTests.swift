import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

@Suite struct GraphArraysTests {
  private func value(_ build: (inout Graph, Graph.Value) -> Graph.Value) -> [Double] {
    var graph = Graph()
    let matrix = graph.input(block: 0, offset: 0, shape: .matrix(2, 3))
    let result = build(&graph, matrix)
    let tape = Tape(graph, outputs: [Tape.Output(result, block: 0)])
    let input = Block(broadcasting: [1, 2, 3, 4, 5, 6], lanes: 1)
    return tape.evaluate([input], dimensions: [graph.shape(of: result).count])[0].entries
  }

  // Whole numbers: all sums and products are exact.

  @Test func sumsOverRowsColumnsAndBoth() {
    #expect(value { $0.sum($1, at: .matrix(2, 3)) } == [21])
    #expect(value { $0.reduce($1, from: .matrix(2, 3), to: .vector(3)) } == [5, 7, 9])
    #expect(value { $0.reduce($1, from: .matrix(2, 3), to: .matrix(2, 1)) } == [6, 15])
    // A number that stands for an array of six counts six times.
    #expect(value { graph, _ in graph.sum(graph.constant(2), at: .matrix(2, 3)) } == [12])
  }

  @Test func transposesAndRepetitions() {
    #expect(value { $0.transpose($1) } == [1, 4, 2, 5, 3, 6])
    #expect(value { graph, matrix in graph.transpose(graph.transpose(matrix)) } == [1, 2, 3, 4, 5, 6])
    #expect(
      value { graph, matrix in
        graph.expand(graph.reduce(matrix, from: .matrix(2, 3), to: .vector(3)), to: .matrix(2, 3))
      } == [5, 7, 9, 5, 7, 9])
  }

  @Test func productsWithTransposes() {
    #expect(value { $0.dot($1, $1) } == [91])
    let outer = value { graph, matrix in
      graph.contract(matrix, matrix, rows: 2, columns: 2, inner: 3, rightTransposed: true, shape: .matrix(2, 2))
    }
    #expect(outer == [14, 32, 32, 77])
    let inner = value { graph, matrix in
      graph.contract(matrix, matrix, rows: 3, columns: 3, inner: 2, leftTransposed: true, shape: .matrix(3, 3))
    }
    #expect(inner == [17, 22, 27, 22, 29, 36, 27, 36, 45])
    #expect(
      value { graph, matrix in
        graph.contract(matrix, graph.constant(0), rows: 2, columns: 1, inner: 3, shape: .vector(2))
      } == [0])
  }
}
