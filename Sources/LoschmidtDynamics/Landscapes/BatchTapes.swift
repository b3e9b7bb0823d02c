import CKernels
import LoschmidtNumerics
import Synchronization

/// Tapes that evaluate the gradient of a whole batch, made when its size is first asked for, and shared by all workers.
final class BatchTapes: Sendable {
  /// A tape for some elements of the batch; its output is their share of the mean, and that of the first part −F as well.
  struct Part: Sendable {
    /// How many elements of the batch it takes, and how they lie in the sample block.
    let samples: SampleLayout
    /// (1/B) Σ ∇ℓ over the elements.
    let tape: Tape
  }

  /// The most instructions that a tape of several samples has about: what is known of a batch as a whole, such as its
  /// weight and its sums, then costs next to nothing, and compilation remains quick.
  private static let instructions = 192
  /// The most entries of samples that lie ready at once, as far as one sample does not have more.
  private static let entries = 32

  private let tapes = Mutex<[Int: [Part]]>([:])

  /// The parts of a batch of `size` elements of a program with a loss, in their order.
  func parts(size: Int, of program: FieldProgram) -> [Part] {
    guard let landscape = program.landscape else { preconditionFailure("only a loss has batches") }
    return tapes.withLock { tapes in
      if let known = tapes[size] { return known }
      let width = max(1, landscape.samples.width)
      let most = min(Self.instructions / max(1, landscape.function.gradientTape.instructionCount), Self.entries / width)
      let parts = Self.compile(size: size, most: max(1, most), landscape, program)
      tapes[size] = parts
      return parts
    }
  }

  private static func compile(
    size: Int, most: Int, _ landscape: ExpressionLandscape, _ program: FieldProgram
  ) -> [Part] {
    let inputs = program.common.functionInputs(
      program.parameters, landscape.samples,
      elementsIn: [landscape.loss] + (program.force?.components.map(\.expression) ?? []))
    let none = ExpressionForce.none(on: program.parameters)
    func part(_ count: Int, minus forces: VectorFunction.Forces) -> Part {
      let samples = SampleLayout(count: count, of: landscape.loss, inputs: inputs)
      do {
        let function = try VectorFunction(
          gradientOf: landscape.loss, samples: samples, weight: 1 / Double(size), minus: forces, inputs: inputs)
        return Part(samples: samples, tape: function.tape)
      } catch {
        preconditionFailure("the loss and the force were compiled before: \(error)")
      }
    }
    var parts = [part(min(size, most), minus: program.force?.expressions ?? none)]
    var rest = size - parts[0].samples.count
    let middle = rest >= most ? part(most, minus: none) : nil
    while let middle, rest >= most {
      parts.append(middle)
      rest -= most
    }
    if rest > 0 { parts.append(part(rest, minus: none)) }
    return parts
  }
}

/// Evaluates the parts of a batch: the storage of one worker.
final class BatchEvaluator {
  /// The number of elements of a batch.
  let size: Int
  /// The parts in their order; those with one tape share its evaluator.
  let parts: [(samples: SampleLayout, tape: TapeEvaluator)]
  /// The samples of one part.
  let sample: LaneStorage
  private let lanes: Int
  private let width: Int
  private let count: Int
  /// The samples of the landscape, as it has them; the array is shared, not copied.
  private let table: [Double]

  /// Storage for a number of lanes.
  init(size: Int, of program: FieldProgram, lanes: Int) {
    self.size = size
    self.lanes = lanes
    width = program.landscape?.samples.width ?? 0
    count = program.sampleCount
    table = program.landscape?.sampleEntries ?? []
    let compiled = program.batchTapes.parts(size: size, of: program)
    var parts: [(samples: SampleLayout, tape: TapeEvaluator)] = []
    for (index, part) in compiled.enumerated() {
      // The first part has the force in it; of the others only the last may be smaller.
      let isKnown = index > 1 && compiled[index - 1].samples == part.samples
      parts.append((part.samples, isKnown ? parts[index - 1].tape : TapeEvaluator(part.tape, lanes: lanes)))
    }
    self.parts = parts
    sample = LaneStorage(dimension: (compiled.map(\.samples.count).max() ?? 0) * width, lanes: lanes)
  }

  /// Puts some samples into place, other ones in every lane.
  func gather(_ indices: UnsafePointer<Int32>, _ samples: SampleLayout) {
    table.withUnsafeBufferPointer { table in
      // A table without columns has no address, and nothing is gathered from it.
      guard let base = table.baseAddress else { return }
      for k in 0..<samples.count {
        let first = sample.row(samples.coordinate(ofSample: k, column: 0, width: width))
        lk_gather(base, width, count, indices + k * lanes, first, samples.columnStride, lanes)
      }
    }
  }
}
