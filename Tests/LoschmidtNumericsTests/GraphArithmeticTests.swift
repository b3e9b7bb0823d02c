import Testing

@testable import LoschmidtNumerics

@Suite struct GraphArithmeticTests {
  private var graph = Graph()
  private let x: Graph.Value
  private let y: Graph.Value

  init() {
    x = graph.input(block: 0, offset: 0, shape: .scalar)
    y = graph.input(block: 0, offset: 1, shape: .scalar)
  }

  @Test func neutralAndAbsorbingNumbersVanish() {
    var graph = graph
    let (zero, one) = (graph.constant(0), graph.constant(1))
    #expect(graph.add(x, zero) == x && graph.add(zero, x) == x && graph.subtract(x, zero) == x)
    #expect(graph.multiply(one, x) == x && graph.divide(x, one) == x && graph.multiply(x, zero) == zero)
    #expect(graph.power(x, zero) == one && graph.power(x, one) == x)
    #expect(graph.divide(zero, x) == zero)
  }

  @Test func signsAndFactorsMoveOutwards() {
    var graph = graph
    #expect(graph.negate(graph.negate(x)) == x)
    #expect(graph.subtract(x, graph.negate(y)) == graph.add(x, y))
    #expect(graph.negate(graph.subtract(x, y)) == graph.subtract(y, x))
    let (two, three, six) = (graph.constant(2), graph.constant(3), graph.constant(6))
    #expect(
      graph.multiply(graph.multiply(two, x), graph.multiply(three, y)) == graph.multiply(six, graph.multiply(x, y)))
    // A factor whose merger overflows stays apart: 1e200 (1e200 x) is finite for small x.
    let large = graph.constant(1e200)
    #expect(graph.multiply(large, graph.multiply(large, x)) != graph.multiply(graph.constant(.infinity), x))
  }

  @Test func orderDoesNotMatterWhereItMayNot() {
    var graph = graph
    #expect(graph.add(x, y) == graph.add(y, x) && graph.multiply(x, y) == graph.multiply(y, x))
    #expect(graph.subtract(x, y) != graph.subtract(y, x))
  }

  @Test func constantsAreFoldedAsATapeWould() {
    var graph = graph
    let (a, b) = (graph.constant(0.1), graph.constant(0.2))
    let folded = [
      graph.add(a, b), graph.divide(a, b), graph.power(graph.constant(-2), graph.constant(3)), graph.lessOrEqual(a, b),
      graph.greaterOrEqual(a, b),
    ]
    #expect(folded.map { graph.constantValue(of: $0) } == [0.1 + 0.2, 0.5, -8, 1, 0])
    let unknown = graph.lessOrEqual(a, graph.constant(.nan))
    #expect(graph.constantValue(of: unknown)?.isNaN == true)
    #expect(graph.select(graph.constant(1), x, y) == x && graph.select(graph.constant(0), x, y) == y)
    #expect(graph.select(x, y, y) == y)
  }
}
