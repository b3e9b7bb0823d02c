import CKernels

/// A straight-line program that evaluates chosen values of a graph on blocks of lanes.
///
/// Made once from a ``Graph``; run by a ``TapeEvaluator``. What is not needed for the outputs is left out, products and
/// sums are merged to fused multiply-adds, functions and their derivatives that share work are computed together,
/// and storage is reused as soon as a value has been read for the last time.
public struct Tape: Sendable {
  /// A value of the graph and where its elements go.
  public struct Output: Sendable {
    /// The value.
    public let value: Graph.Value
    /// The number of the output block.
    public let block: Int
    /// The first coordinate of the block that belongs to the value.
    public let offset: Int

    /// An output.
    public init(_ value: Graph.Value, block: Int, offset: Int = 0) {
      self.value = value
      self.block = block
      self.offset = offset
    }
  }

  /// Where the lanes of an array live.
  enum Slot: Sendable, Equatable {
    case input(block: Int, offset: Int)
    case output(block: Int, offset: Int)
    case constant(Double)
    case scratch(offset: Int)
  }

  let program: [lk_instruction]
  let slots: [Slot]
  /// Elements of scratch storage a lane, without constants.
  let scratchCount: Int

  /// The number of instructions.
  public var instructionCount: Int { program.count }
  /// The number of doubles a lane that live between instructions at most.
  public var storageCount: Int { scratchCount }

  /// Compiles the values that are asked for.
  public init(_ graph: Graph, outputs: [Output]) {
    var compiler = TapeCompiler(graph, outputs: outputs)
    compiler.compile()
    program = compiler.program
    slots = compiler.slots
    scratchCount = compiler.scratchCount
  }
}
