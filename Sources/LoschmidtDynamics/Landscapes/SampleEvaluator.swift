import LoschmidtNumerics

/// Evaluates one tape of a landscape for pairs of a sample and a lane, a block of pairs at a time.
///
/// The pairs are gathered into the lanes of the tape, so that one draw of many samples and many draws of one sample
/// run equally full. Owns its storage; not for two threads at once.
final class SampleEvaluator {
  /// A sample, and the lane of the blocks that it is evaluated at.
  struct Item {
    let sample: Int
    let lane: Int
  }

  /// The number of pairs that run side by side, a multiple of 4.
  let lanes: Int

  private let landscape: ExpressionLandscape
  private let tape: TapeEvaluator
  private let common: Block
  private var samples: Block
  private var gathered: [Block]
  private var results: Block

  /// An evaluator with its storage.
  ///
  /// - Parameters:
  ///   - landscape: The loss with its samples.
  ///   - tape: A tape of the landscape's function.
  ///   - blocks: How many blocks it reads beside the samples: θ and the directions.
  ///   - outputs: The number of coordinates of its one output block.
  ///   - lanes: How many pairs run side by side, a multiple of 4.
  ///   - time: The time at which a loss that depends on time is taken.
  init(_ landscape: ExpressionLandscape, tape: Tape, blocks: Int, outputs: Int, lanes: Int, time: Double) {
    self.landscape = landscape
    self.lanes = lanes
    self.tape = TapeEvaluator(tape, lanes: lanes)
    common = Block(broadcasting: landscape.common.values(at: time), lanes: lanes)
    samples = Block(dimension: landscape.samples.width, lanes: lanes)
    gathered = (0..<blocks).map { _ in Block(dimension: landscape.dimension, lanes: lanes) }
    results = Block(dimension: outputs, lanes: lanes)
  }

  /// Evaluates all items in their order.
  ///
  /// - Parameters:
  ///   - items: The pairs.
  ///   - blocks: θ, then the directions; each `dimension` × any number of lanes.
  ///   - consume: Receives a range of items, and a block in whose first lanes their results stand.
  func evaluate(_ items: [Item], blocks: [Block], consume: (Range<Int>, Block) -> Void) {
    for start in stride(from: 0, to: items.count, by: lanes) {
      let range = start..<min(start + lanes, items.count)
      gatherSamples(items, range)
      for (index, block) in blocks.enumerated() where start == 0 || block.lanes > 1 {
        gather(block, into: &gathered[index], items, range)
      }
      results.entries.withUnsafeMutableBufferPointer { run(gathered, into: $0) }
      consume(range, results)
    }
  }

  /// Evaluates one item in each lane of blocks that have as many lanes as this evaluator; nothing is copied.
  func evaluate(_ samples: [Int], blocks: [Block]) -> Block {
    precondition(samples.count == lanes && blocks.allSatisfy { $0.lanes == lanes }, "every lane has one sample")
    gatherSamples(samples.indices.map { Item(sample: samples[$0], lane: $0) }, 0..<lanes)
    return Block(dimension: results.dimension, lanes: lanes) { run(blocks, into: $0) }
  }

  /// The item in a lane of a chunk; lanes beyond the last item repeat it.
  private func item(_ items: [Item], _ range: Range<Int>, _ lane: Int) -> Item {
    items[min(range.lowerBound + lane, range.upperBound - 1)]
  }

  private func gatherSamples(_ items: [Item], _ range: Range<Int>) {
    let chosen = (0..<lanes).map { item(items, range, $0).sample }
    landscape.sampleEntries.withUnsafeBufferPointer { source in
      samples.entries.withUnsafeMutableBufferPointer { target in
        chosen.withUnsafeBufferPointer { chosen in
          for i in 0..<landscape.samples.width {
            let (column, place) = (landscape.column(i), i * lanes)
            for lane in 0..<lanes { target[place + lane] = source[column.first + column.step * chosen[lane]] }
          }
        }
      }
    }
  }

  private func gather(_ block: Block, into target: inout Block, _ items: [Item], _ range: Range<Int>) {
    let columns = (0..<lanes).map { item(items, range, $0).lane }
    block.entries.withUnsafeBufferPointer { source in
      target.entries.withUnsafeMutableBufferPointer { target in
        columns.withUnsafeBufferPointer { columns in
          for i in 0..<block.dimension {
            let (row, place) = (i * block.lanes, i * lanes)
            for lane in 0..<lanes { target[place + lane] = source[row + columns[lane]] }
          }
        }
      }
    }
  }

  private func run(_ blocks: [Block], into output: UnsafeMutableBufferPointer<Double>) {
    guard let base = output.baseAddress else { return }
    var inputs: [UnsafePointer<Double>] = []
    func withInputs(_ rest: ArraySlice<Block>) {
      guard let first = rest.first else { return tape.run(inputs: inputs, outputs: [base]) }
      first.entries.withUnsafeBufferPointer { buffer in
        // An empty block is never read; any address stands for it.
        inputs.append(buffer.baseAddress ?? UnsafePointer(base))
        withInputs(rest.dropFirst())
      }
    }
    withInputs([blocks[0], samples, common] + blocks.dropFirst())
  }
}
