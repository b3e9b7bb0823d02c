import CKernels

/// Runs a tape on blocks of a fixed number of lanes; it owns the storage that this needs.
///
/// Not for use by two threads at once: each makes its own.
public final class TapeEvaluator {
  /// The number of lanes of every block, a multiple of 4.
  public let lanes: Int

  private let tape: Tape
  private let storage: UnsafeMutablePointer<Double>
  private let pointers: UnsafeMutablePointer<UnsafeMutablePointer<Double>?>

  /// An evaluator with its storage.
  ///
  /// - Parameters:
  ///   - tape: What to run.
  ///   - lanes: How many lanes each block has, a multiple of 4.
  public init(_ tape: Tape, lanes: Int) {
    precondition(lanes > 0 && lanes % 4 == 0, "the number of lanes is a positive multiple of 4")
    self.tape = tape
    self.lanes = lanes
    let constants = tape.slots.reduce(0) { count, slot in
      if case .constant = slot { return count + 1 }
      return count
    }
    let bytes = max(64, (tape.scratchCount + constants) * lanes * MemoryLayout<Double>.stride)
    storage = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64).assumingMemoryBound(to: Double.self)
    pointers = .allocate(capacity: max(1, tape.slots.count))
    var next = storage + tape.scratchCount * lanes
    for (index, slot) in tape.slots.enumerated() {
      switch slot {
      case .scratch(let offset): (pointers + index).initialize(to: storage + offset * lanes)
      case .constant(let number):
        next.initialize(repeating: number, count: lanes)
        (pointers + index).initialize(to: next)
        next += lanes
      case .input, .output: (pointers + index).initialize(to: nil)
      }
    }
  }

  deinit {
    pointers.deallocate()
    UnsafeMutableRawPointer(storage).deallocate()
  }

  /// Evaluates the tape.
  ///
  /// - Parameters:
  ///   - inputs: One pointer for each input block, coordinate-major with ``lanes`` lanes.
  ///   - outputs: One pointer for each output block, of the same layout; distinct from the inputs.
  public func run(inputs: [UnsafePointer<Double>], outputs: [UnsafeMutablePointer<Double>]) {
    for (index, slot) in tape.slots.enumerated() {
      switch slot {
      case .input(let block, let offset):
        pointers[index] = UnsafeMutablePointer(mutating: inputs[block]) + offset * lanes
      case .output(let block, let offset): pointers[index] = outputs[block] + offset * lanes
      case .constant, .scratch: break
      }
    }
    tape.program.withUnsafeBufferPointer { program in
      lk_tape_run(program.baseAddress, program.count, pointers, lanes)
    }
  }
}
