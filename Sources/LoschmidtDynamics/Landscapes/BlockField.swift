import CKernels
import LoschmidtNumerics

/// Evaluates the gradient field of a process on blocks of lanes, at the time that was set: the storage of one worker.
///
/// Nothing is allocated after the start and the first batch of a size. Blocks are coordinate-major, `dimension` × `lanes`;
/// not for two threads at once.
public final class BlockField {
  /// The compiled field.
  public let program: FieldProgram
  /// The number of lanes of every block, a multiple of 4.
  public let lanes: Int
  /// The number of coordinates of θ.
  public var dimension: Int { program.dimension }

  private let fused: TapeEvaluator?
  private let sampleGradient: TapeEvaluator?
  private let sampleLoss: TapeEvaluator?
  private let negativeForce: TapeEvaluator?
  let sample: LaneStorage
  let common: LaneStorage
  let part: LaneStorage
  /// For statistics of the samples: the gradient of the first one, and the mean of the others' differences from it.
  private lazy var origin = LaneStorage(dimension: dimension, lanes: lanes)
  private lazy var mean = LaneStorage(dimension: dimension, lanes: lanes)
  private let hasBatches: Bool
  private var batches: BatchEvaluator?
  private var time = Double.nan
  /// The derivatives, compiled when they are first asked for.
  lazy var derivatives = FieldDerivatives(program, lanes: lanes)

  /// Storage for a number of lanes; the time is 0.
  public init(_ program: FieldProgram, lanes: Int) {
    self.program = program
    self.lanes = lanes
    let landscape = program.landscape
    hasBatches = landscape != nil && program.sampleCount > 1
    fused = program.fused.map { TapeEvaluator($0, lanes: lanes) }
    sampleGradient = landscape.map { TapeEvaluator($0.function.gradientTape, lanes: lanes) }
    sampleLoss = landscape.map { TapeEvaluator($0.function.valueTape, lanes: lanes) }
    negativeForce = program.force.map { TapeEvaluator($0.negative.tape, lanes: lanes) }
    sample = LaneStorage(dimension: landscape?.samples.width ?? 0, lanes: lanes)
    common = LaneStorage(dimension: program.common.names.count, lanes: lanes)
    part = LaneStorage(dimension: max(1, program.dimension), lanes: lanes)
    setTime(0)
    setSample(0)
  }

  /// Sets the time t of everything that is evaluated from now on.
  public func setTime(_ t: Double) {
    if t == time { return }
    time = t
    common.broadcast(program.common.values(at: t))
  }

  // MARK: The full field

  /// G = ∇L − F with the mean over all samples.
  public func gradient(at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
    if let fused { return run(fused, theta, result) }
    if let linear = program.linear {
      lk_rows_multiply(linear.matrix, linear.constant, dimension, dimension, theta, result, lanes)
      return
    }
    beginMean(at: theta, result)
    let weight = 1 / Double(program.sampleCount)
    for i in 0..<program.sampleCount {
      gradient(ofSample: i, at: theta, into: part.pointer)
      lk_add_scaled(result, part.pointer, weight, dimension * lanes)
    }
  }

  /// G with the mean over a batch of samples, another one in every lane.
  ///
  /// - Parameters:
  ///   - batch: `size` rows of `lanes` numbers of samples.
  ///   - size: The number of samples in a batch.
  ///   - theta: θ.
  ///   - result: Receives G.
  public func gradient(
    ofBatch batch: UnsafePointer<Int32>, size: Int, at theta: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) {
    // The only sample there is makes every batch.
    guard hasBatches else { return gradient(at: theta, into: result) }
    let batches = batchEvaluator(size)
    var first = 0
    for index in batches.parts.indices {
      let piece = batches.parts[index]
      batches.gather(batch + first * lanes, piece.samples)
      first += piece.samples.count
      run(piece.tape, theta, sample: batches.sample, index == 0 ? result : part.pointer)
      if index > 0 { lk_add_scaled(result, part.pointer, 1, dimension * lanes) }
    }
  }

  /// G with the mean over a batch whose data are perturbed: noise of its own for every element and lane.
  ///
  /// - Parameters:
  ///   - batch: `size` rows of `lanes` numbers of samples.
  ///   - size: The number of samples in a batch.
  ///   - noise: What is added to the numbers `columns` of every element, `size` × `columns.count` rows of lanes.
  ///   - columns: Numbers of a sample, as they follow each other in the columns of the data.
  ///   - theta: θ.
  ///   - result: Receives G.
  public func gradient(
    ofBatch batch: UnsafePointer<Int32>, size: Int, adding noise: UnsafePointer<Double>, to columns: Range<Int>,
    at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    guard let sampleGradient, let landscape = program.landscape else { return gradient(at: theta, into: result) }
    beginMean(at: theta, result)
    landscape.sampleEntries.withUnsafeBufferPointer { table in
      guard let base = table.baseAddress else { preconditionFailure("data without columns have none to perturb") }
      for b in 0..<size {
        lk_gather(
          base, landscape.samples.width, landscape.samples.count, batch + b * lanes, sample.pointer, 1, lanes)
        lk_add_scaled(
          sample.row(columns.lowerBound), noise + b * columns.count * lanes, 1, columns.count * lanes)
        run(sampleGradient, theta, part.pointer)
        lk_add_scaled(result, part.pointer, 1 / Double(size), dimension * lanes)
      }
    }
  }

  private func batchEvaluator(_ size: Int) -> BatchEvaluator {
    if let batches, batches.size == size { return batches }
    let fresh = BatchEvaluator(size: size, of: program, lanes: lanes)
    batches = fresh
    return fresh
  }

  /// Sets the result to −F, the start of a mean over samples.
  private func beginMean(at theta: UnsafePointer<Double>, _ result: UnsafeMutablePointer<Double>) {
    if let negativeForce {
      run(negativeForce, theta, result)
    } else {
      result.update(repeating: 0, count: dimension * lanes)
    }
  }

  // MARK: Single samples

  /// ∇ℓ of one sample in every lane, without the force.
  public func gradient(
    ofSample i: Int, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    guard let sampleGradient else { return result.update(repeating: 0, count: dimension * lanes) }
    setSample(i)
    run(sampleGradient, theta, result)
  }

  /// −F in every lane.
  public func negativeForce(at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
    beginMean(at: theta, result)
  }

  // MARK: Statistics of the samples

  /// −F + Σ_i w_i ∇ℓ_i over all samples, with weights of its own in every lane.
  ///
  /// - Parameters:
  ///   - weights: w, a row of lanes for each sample. The mean over the samples has w_i = 1/N.
  ///   - theta: θ.
  ///   - result: Receives the sum.
  public func gradient(
    weights: UnsafePointer<Double>, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    beginMean(at: theta, result)
    for i in 0..<program.sampleCount {
      gradient(ofSample: i, at: theta, into: part.pointer)
      lk_add_weighted(result, part.pointer, weights + i * lanes, dimension, lanes)
    }
  }

  /// G and the covariance C of the gradients of single samples about their mean, mean (g_i − ḡ)(g_i − ḡ)ᵀ.
  ///
  /// - Parameters:
  ///   - theta: θ.
  ///   - result: Receives G.
  ///   - covariance: Receives C, packed by rows of its lower triangle, d(d + 1)/2 rows of lanes.
  public func gradient(
    at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>,
    covariance: UnsafeMutablePointer<Double>
  ) {
    covariance.update(repeating: 0, count: dimension * (dimension + 1) / 2 * lanes)
    let weight = 1 / Double(program.sampleCount)
    deviations(at: theta, into: result) {
      lk_add_outer(covariance, $0, weight, dimension, lanes)
    } finish: {
      lk_add_outer(covariance, $0, -1, dimension, lanes)
    }
  }

  /// G and the trace of C, one number a lane.
  public func gradient(
    at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>, trace: UnsafeMutablePointer<Double>
  ) {
    trace.update(repeating: 0, count: lanes)
    let weight = 1 / Double(program.sampleCount)
    deviations(at: theta, into: result) {
      lk_inner_products($0, $0, weight, trace, dimension, lanes)
    } finish: {
      lk_inner_products($0, $0, -1, trace, dimension, lanes)
    }
    // Rounding may leave a little less than nothing where all samples have the same gradient.
    for lane in 0..<lanes where trace[lane] < 0 { trace[lane] = 0 }
  }

  /// Goes through g_i − g_0 of all samples and then their mean, and leaves G in the result.
  ///
  /// Second moments about g_0 lose nothing where the samples agree, as those about 0 would.
  private func deviations(
    at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>,
    each: (UnsafePointer<Double>) -> Void, finish: (UnsafePointer<Double>) -> Void
  ) {
    let count = dimension * lanes
    gradient(ofSample: 0, at: theta, into: origin.pointer)
    mean.fill(0)
    for i in 1..<max(1, program.sampleCount) {
      gradient(ofSample: i, at: theta, into: part.pointer)
      lk_add_scaled(part.pointer, origin.pointer, -1, count)
      lk_add_scaled(mean.pointer, part.pointer, 1 / Double(program.sampleCount), count)
      each(part.pointer)
    }
    finish(mean.pointer)
    beginMean(at: theta, result)
    lk_add_scaled(result, origin.pointer, 1, count)
    lk_add_scaled(result, mean.pointer, 1, count)
  }

  // MARK: The loss

  /// L, the mean of the loss over the samples, one value a lane; 0 where there is no loss.
  public func loss(at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
    result.update(repeating: 0, count: lanes)
    guard let sampleLoss else { return }
    let weight = 1 / Double(program.sampleCount)
    for i in 0..<program.sampleCount {
      setSample(i)
      run(sampleLoss, theta, part.pointer)
      lk_add_scaled(result, part.pointer, weight, lanes)
    }
  }

  // MARK: Running tapes

  func setSample(_ i: Int) {
    guard let landscape = program.landscape else { return }
    landscape.sampleEntries.withUnsafeBufferPointer { table in
      for k in 0..<sample.dimension {
        let column = landscape.column(k)
        sample.row(k).update(repeating: table[column.first + column.step * i], count: lanes)
      }
    }
  }

  private func run(
    _ tape: TapeEvaluator, _ theta: UnsafePointer<Double>, sample: LaneStorage? = nil,
    _ result: UnsafeMutablePointer<Double>
  ) {
    let sample = sample ?? self.sample
    withUnsafeTemporaryAllocation(of: UnsafePointer<Double>.self, capacity: 3) { inputs in
      inputs.initializeElement(at: 0, to: theta)
      inputs.initializeElement(at: 1, to: UnsafePointer(sample.pointer))
      inputs.initializeElement(at: 2, to: UnsafePointer(common.pointer))
      withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Double>.self, capacity: 1) { outputs in
        outputs.initializeElement(at: 0, to: result)
        tape.run(inputs: UnsafeBufferPointer(inputs), outputs: UnsafeBufferPointer(outputs))
      }
    }
  }
}
