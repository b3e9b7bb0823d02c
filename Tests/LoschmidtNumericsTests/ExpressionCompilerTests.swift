import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

@Suite struct ExpressionCompilerTests {
  private func shape(_ text: String) throws -> Shape {
    var graph = Graph()
    let symbols = [
      "W": graph.input(block: 0, offset: 0, shape: .matrix(2, 3)),
      "v": graph.input(block: 0, offset: 6, shape: .vector(3)),
      "a": graph.input(block: 0, offset: 9, shape: .vector(2)), "s": graph.input(block: 0, offset: 11, shape: .scalar),
    ]
    let value = try Expression(parsing: text).build(in: &graph, symbols: symbols)
    return graph.shape(of: value)
  }

  @Test(arguments: [
    ("W@v", Shape.vector(2)), ("a@W", .vector(3)), ("v@v", .scalar), ("W@transpose(W)", .matrix(2, 2)),
    ("W*v", .matrix(2, 3)), ("v + s", .vector(3)), ("0*W", .matrix(2, 3)), ("W^0", .matrix(2, 3)), ("sum(W)", .scalar),
    ("mean(v)", .scalar), ("dot(v, v)", .scalar), ("min(W, v)", .matrix(2, 3)), ("pi*e", .scalar),
  ]) func shapes(text: String, expected: Shape) throws {
    #expect(try shape(text) == expected, "\(text)")
  }

  @Test(arguments: [
    ("W + a", 2, "cannot combine shapes [2, 3] and [2]"), ("s*(W@a)", 4, "must equal the extent of the right, 2"),
    ("1 + s@v", 5, "for numbers write '*'"), ("dot(W, v)", 0, "two arrays of one shape"), ("s + w", 4, "did you mean"),
    ("s + normal(0, 1)", 4, "random number"), ("max(a, v)", 0, "'max' cannot combine"),
  ]) func mistakes(text: String, position: Int, message: String) {
    do {
      _ = try shape(text)
      Issue.record("\(text) is wrong")
    } catch let error as ExpressionError {
      #expect(error.position == position && error.message.contains(message), "\(text): \(error)")
    } catch { Issue.record("\(error)") }
  }

  /// An array of equal elements counts all of them.
  @Test func numbersThatStandForArraysKeepTheirSize() throws {
    let function = try DifferentiableFunction("sum(0*v + 2) + mean(1 + 0*v)", parameters: [("v", .vector(3))])
    #expect(function.value(at: Block(broadcasting: [5, 6, 7], lanes: 1)) == [7])
  }

  /// The product of a column and a row has the product of their extents: at the limit it is allowed, above it is not.
  @Test func elementsOfArraysAreLimited() throws {
    func shape(_ rows: Int) throws -> Shape {
      var graph = Graph()
      let symbols = [
        "u": graph.input(block: 0, offset: 0, shape: .matrix(rows, 1)),
        "v": graph.input(block: 0, offset: rows, shape: .matrix(1, 10_000)),
      ]
      // The graph is read after it has grown.
      let product = try Expression(parsing: "u@v").build(in: &graph, symbols: symbols)
      return graph.shape(of: product)
    }
    #expect(Expression.elementLimit == 10_000_000)
    #expect(try shape(1000) == .matrix(1000, 10_000))
    do {
      _ = try shape(1001)
      Issue.record("it has 10000 elements too many")
    } catch let error as ExpressionError {
      #expect(error.position == 1)
      #expect(error.message.contains("makes an array of 10010000 elements, and at most 10000000 are allowed"))
    }
  }
}
