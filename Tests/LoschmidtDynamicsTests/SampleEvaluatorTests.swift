import LoschmidtNumerics
import Testing

@testable import LoschmidtDynamics

@Suite struct SampleEvaluatorTests {
  private let landscape: ExpressionLandscape

  init() throws {
    landscape = try ExpressionLandscape(
      loss: Expression(parsing: "u*x + w*x^2"), parameters: ParameterLayout([("u", .scalar), ("w", .scalar)]),
      samples: SampleTable(count: 5, columns: [SampleTable.Column(name: "x", values: [1, 2, 3, 4, 5])]))
  }

  private func evaluator() -> SampleEvaluator {
    SampleEvaluator(
      landscape, tape: landscape.function.valueTape, blocks: 1, outputs: 1, lanes: 4, time: 0)
  }

  /// More pairs than lanes, in any order, with points of their own: the chunks are consumed in order and hold no others.
  @Test func pairsAreEvaluatedInTheirOrder() {
    var points = Block(dimension: 2, lanes: 2)
    points.entries = [1, 10, 100, 1000]
    let items = [(4, 0), (0, 1), (2, 0), (2, 1), (1, 1), (3, 0)].map { SampleEvaluator.Item(sample: $0, lane: $1) }
    var ranges: [Range<Int>] = []
    var values: [Double] = []
    evaluator().evaluate(items, blocks: [points]) { range, results in
      ranges.append(range)
      values += results.entries.prefix(range.count)
    }
    #expect(ranges == [0..<4, 4..<6])
    // u x + w x² with (u, w) = (1, 100) in lane 0 and (10, 1000) in lane 1: whole numbers.
    #expect(values == [2505, 1010, 903, 9030, 4020, 1604])
  }

  @Test func oneSampleInEachLane() {
    let result = evaluator().evaluate([3, 0, 0, 4], blocks: [Block(broadcasting: [1, 2], lanes: 4)])
    #expect(result.entries == [36, 3, 3, 55])
  }
}
