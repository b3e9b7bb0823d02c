import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtDynamics

@Suite struct BatchTapesTests {
  private static let lanes = 20
  private static let samples = 11

  /// A nonlinear regression, with a force if asked for.
  private func text(force: Bool = false) -> ProcessText {
    var random = TestRandom(seed: 31)
    let columns = ["a", "b", "y"].map { SampleTable.Column(name: $0, values: random.vector(Self.samples)) }
    return ProcessText(
      ["u", "w"], loss: "0.5*(sin(u*a) + w*b - y)^2", forces: force ? [("w", "u*w + 1")] : [],
      samples: SampleTable(count: Self.samples, columns: columns))
  }

  @Test func partsMakeTheWholeBatch() throws {
    let program = try text().program()
    for size in [1, 2, 9, 10, 11, 25, 100] {
      let parts = program.batchTapes.parts(size: size, of: program)
      #expect(parts.reduce(0) { $0 + $1.samples.count } == size && parts.allSatisfy { $0.samples.count >= 1 })
      // Three columns: ten samples have 30 entries, and a tape of so many is still short.
      #expect(parts.count == (size + 9) / 10)
    }
  }

  /// A sample of many entries is taken alone, so that few of them lie ready at once.
  @Test func wideSamplesAreTakenOneByOne() throws {
    let columns = [SampleTable.Column(name: "x", shape: .vector(40), values: [Double](repeating: 1, count: 80))]
    let wide = ProcessText(["u"], loss: "u^2*sum(x)", samples: SampleTable(count: 2, columns: columns))
    let program = try wide.program()
    #expect(program.batchTapes.parts(size: 3, of: program).map(\.samples.count) == [1, 1, 1])
    #expect(BatchEvaluator(size: 3, of: program, lanes: 4).sample.dimension == 40)
  }

  /// Against the mean of the gradients of single samples, and the force once.
  @Test(arguments: [1, 3, 10, 11, 27], [false, true]) func batchesAreMeans(size: Int, force: Bool) throws {
    let field = BlockField(try text(force: force).program(), lanes: Self.lanes)
    var random = TestRandom(seed: 5)
    let theta = LaneStorage(dimension: 2, lanes: Self.lanes, random: &random)
    let result = LaneStorage(dimension: 2, lanes: Self.lanes)
    let batch = (0..<size * Self.lanes).map { Int32(($0 * $0 + 3 * $0) % Self.samples) }
    field.gradient(ofBatch: batch, size: size, at: theta.pointer, into: result.pointer)
    var gradients: [LaneStorage] = []
    for i in 0..<Self.samples {
      let one = LaneStorage(dimension: 2, lanes: Self.lanes)
      field.gradient(ofSample: i, at: theta.pointer, into: one.pointer)
      gradients.append(one)
    }
    for lane in 0..<Self.lanes {
      let pull = force ? [0, theta[0, lane] * theta[1, lane] + 1] : [0, 0]
      for k in 0..<2 {
        let sum = (0..<size).reduce(0.0) { $0 + gradients[Int(batch[$1 * Self.lanes + lane])][k, lane] }
        // Each of the terms, below 10, is rounded a few times, and so is each sum.
        #expect(abs(result[k, lane] - (sum / Double(size) - pull[k])) <= Double(size + 6) * 10 * Double.ulpOfOne)
      }
    }
  }

  /// The size may change from call to call.
  @Test func sizesAlternate() throws {
    let field = BlockField(try text().program(), lanes: 4)
    let theta = LaneStorage(columns: [[0.3, -0.4], [1, 2], [0, 1], [-1, 0.5]])
    let (first, other) = (LaneStorage(dimension: 2, lanes: 4), LaneStorage(dimension: 2, lanes: 4))
    let batch = [Int32](repeating: 7, count: 8)
    field.gradient(ofBatch: batch, size: 2, at: theta.pointer, into: first.pointer)
    field.gradient(ofBatch: batch, size: 1, at: theta.pointer, into: other.pointer)
    // Two halves of the same number are exactly that number, up to the rounding of the weight of each.
    #expect(zip(first.entries, other.entries).allSatisfy { abs($0 - $1) <= 4 * max($0.ulp, $1.ulp) })
    field.gradient(ofBatch: batch, size: 2, at: theta.pointer, into: other.pointer)
    #expect(first.entries == other.entries)
  }
}
