import CKernels

/// Runs a tape on blocks of a fixed number of lanes; it owns the storage that this needs.
///
/// Not for use by two threads at once: each makes its own.
public final class TapeEvaluator {
  /// The number of lanes of every block, a multiple of 4.
  public let lanes: Int

  /// Which slot takes the address of which block, plus a number of doubles.
  private struct Binding {
    let slot: Int
    let block: Int
    let offset: Int
  }

  // Plain memory, not arrays: a call of the interpreter costs no reference counts.
  private let program: UnsafeMutableBufferPointer<lk_instruction>
  private let inputBindings: UnsafeMutableBufferPointer<Binding>
  private let outputBindings: UnsafeMutableBufferPointer<Binding>
  private let storage: UnsafeMutablePointer<Double>
  private let pointers: UnsafeMutablePointer<UnsafeMutablePointer<Double>?>

  /// An evaluator with its storage.
  ///
  /// - Parameters:
  ///   - tape: What to run.
  ///   - lanes: How many lanes each block has, a multiple of 4.
  public init(_ tape: Tape, lanes: Int) {
    precondition(lanes > 0 && lanes % 4 == 0, "the number of lanes is a positive multiple of 4")
    self.lanes = lanes
    program = Self.copy(tape.program)
    let constants = tape.slots.reduce(0) { count, slot in
      if case .constant = slot { return count + 1 }
      return count
    }
    let bytes = max(64, (tape.scratchCount + constants) * lanes * MemoryLayout<Double>.stride)
    storage = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64).assumingMemoryBound(to: Double.self)
    pointers = .allocate(capacity: max(1, tape.slots.count))
    var (inputs, outputs): ([Binding], [Binding]) = ([], [])
    var next = storage + tape.scratchCount * lanes
    for (index, slot) in tape.slots.enumerated() {
      switch slot {
      case .scratch(let offset): (pointers + index).initialize(to: storage + offset * lanes)
      case .constant(let number):
        next.initialize(repeating: number, count: lanes)
        (pointers + index).initialize(to: next)
        next += lanes
      case .input(let block, let offset):
        (pointers + index).initialize(to: nil)
        inputs.append(Binding(slot: index, block: block, offset: offset * lanes))
      case .output(let block, let offset):
        (pointers + index).initialize(to: nil)
        outputs.append(Binding(slot: index, block: block, offset: offset * lanes))
      }
    }
    inputBindings = Self.copy(inputs)
    outputBindings = Self.copy(outputs)
  }

  private static func copy<Element>(_ elements: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = copy.initialize(from: elements)
    return copy
  }

  deinit {
    program.deallocate()
    inputBindings.deallocate()
    outputBindings.deallocate()
    pointers.deallocate()
    UnsafeMutableRawPointer(storage).deallocate()
  }

  /// Evaluates the tape.
  ///
  /// - Parameters:
  ///   - inputs: One pointer for each input block, coordinate-major with ``lanes`` lanes.
  ///   - outputs: One pointer for each output block, of the same layout; distinct from the inputs.
  public func run(inputs: [UnsafePointer<Double>], outputs: [UnsafeMutablePointer<Double>]) {
    inputs.withUnsafeBufferPointer { inputs in
      outputs.withUnsafeBufferPointer { run(inputs: inputs, outputs: $0) }
    }
  }

  /// Evaluates the tape, from buffers of pointers, without allocating anything.
  public func run(
    inputs: UnsafeBufferPointer<UnsafePointer<Double>>, outputs: UnsafeBufferPointer<UnsafeMutablePointer<Double>>
  ) {
    for binding in inputBindings {
      pointers[binding.slot] = UnsafeMutablePointer(mutating: inputs[binding.block]) + binding.offset
    }
    for binding in outputBindings { pointers[binding.slot] = outputs[binding.block] + binding.offset }
    lk_tape_run(program.baseAddress, program.count, pointers, lanes)
  }
}
