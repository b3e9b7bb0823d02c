import LoschmidtDynamics
import LoschmidtNumerics

/// The effective loss L + φ at finite η, φ = (η/4) E ĝᵀΛĝ over draws of the gradient, which the drift descends.
///
/// With Cov ĝ = f C(θ) + s tr C(θ) 1 + C_c + σ² mean v_iv_iᵀ it is
/// E ĝᵀΛĝ = (1 − f) ḡᵀΛḡ + f mean g_iᵀΛg_i + s tr Λ tr C(θ) + tr(ΛC_c) + σ² mean v_iᵀΛv_i; for batches in a fixed order
/// it is the mean over the batches. Of steps made of substeps it is that of a substep. The temperature does not enter.
/// Unit: that of the loss. Owns storage; not for two threads at once.
public final class EffectiveLoss {
  /// L of every lane after the last evaluation.
  public let loss: LaneStorage
  /// L + φ of every lane after the last evaluation.
  public let effective: LaneStorage
  /// φ of every lane after the last evaluation.
  public let potential: LaneStorage

  private let sampleCount: Int
  private let noise: NoiseCovariance
  /// Whether batches have a fixed order: then they are gone through, `batchSize` samples at a time.
  private let isFixedOrder: Bool
  private let batchSize: Int
  private let label: (response: LabelResponse, field: LabelResponseField, variance: Double)?
  private let mean: LaneStorage
  private let single: LaneStorage
  private let trace: LaneStorage

  /// The evaluator of a plan.
  ///
  /// `nil` where there is no loss, where a force acts besides it, which has no loss in general, where the covariance of
  /// the gradient is infinite, and where its noise is on a column that the gradient is not affine in. For a modified
  /// equation of order 2 it is what Stratonovich's drift descends; that of order 1 has none besides L, and other rules
  /// have others.
  public init?(_ plan: SimulationPlan, lanes: Int) {
    let gradient = plan.process.gradient
    guard let landscape = plan.process.landscape, plan.process.force == nil else { return nil }
    guard plan.descent != nil || (plan.process.algorithm as? ModifiedSDE)?.order == .second else { return nil }
    let d = plan.program.dimension
    sampleCount = plan.program.sampleCount
    if let covariance = gradient.covariance(sampleCount: sampleCount, dimension: d) {
      (noise, isFixedOrder, batchSize) = (covariance, false, 1)
    } else if let draws = gradient.batchLaw(sampleCount: sampleCount, limit: 0) {
      // One batch of an epoch taken alone.
      noise = NoiseCovariance(samplingFactor: draws.covarianceFactor ?? 0)
      isFixedOrder = draws.covarianceFactor == nil
      if case .cyclic(let size) = draws.scheme { batchSize = size } else { batchSize = 1 }
    } else {
      return nil
    }
    if let noise = noise.label {
      guard let response = LabelResponse(landscape, column: noise.column), response.isAffine else { return nil }
      label = (response, LabelResponseField(response, lanes: lanes), noise.variance)
    } else {
      label = nil
    }
    loss = LaneStorage(dimension: 1, lanes: lanes)
    effective = LaneStorage(dimension: 1, lanes: lanes)
    potential = LaneStorage(dimension: 1, lanes: lanes)
    mean = LaneStorage(dimension: d, lanes: lanes)
    single = LaneStorage(dimension: d, lanes: lanes)
    trace = LaneStorage(dimension: 1, lanes: lanes)
  }

  /// Evaluates both.
  ///
  /// - Parameters:
  ///   - theta: θ, in lanes.
  ///   - field: The field, set to the time.
  ///   - law: The law of the step, for ηΛ.
  ///   - time: The time of the field.
  public func evaluate(at theta: UnsafePointer<Double>, _ field: BlockField, law: StepLaw, time: Double) {
    field.loss(at: theta, into: loss.pointer)
    potential.fill(0)
    add(0.25, .mobility(law), at: theta, field, time, to: potential)
    for lane in 0..<loss.lanes { effective.pointer[lane] = loss.pointer[lane] + potential.pointer[lane] }
  }

  /// Adds `scale` E ĝᵀKĝ over draws of the gradient to every lane, by the formula that φ has with ηΛ in place of K.
  ///
  /// - Parameters:
  ///   - matrix: K, symmetric or not.
  ///   - scale: The factor.
  ///   - theta: θ, in lanes.
  ///   - field: The field, set to the time.
  ///   - time: The time of the field.
  ///   - result: What it is added to.
  public func addForm(
    of matrix: GeneratorMatrix, times scale: Double, at theta: UnsafePointer<Double>, _ field: BlockField,
    time: Double, to result: LaneStorage
  ) {
    add(scale, .generator(matrix), at: theta, field, time, to: result)
  }

  /// M in E ĝᵀMĝ.
  private enum Form {
    /// ηΛ.
    case mobility(StepLaw)
    /// K.
    case generator(GeneratorMatrix)

    func add(_ scale: Double, of g: LaneStorage, to result: LaneStorage) {
      switch self {
      case .mobility(let law): law.addMobilityForm(scale, of: g.pointer, lanes: g.lanes, to: result.pointer)
      case .generator(let matrix): matrix.addForm(scale, of: g.pointer, lanes: g.lanes, to: result.pointer)
      }
    }

    /// tr MC.
    func trace(with matrix: DenseMatrix) -> Double {
      switch self {
      case .mobility(let law): law.mobilityTrace(with: matrix)
      case .generator(let generator): generator.trace(with: matrix)
      }
    }
  }

  /// Adds `share` E ĝᵀMĝ.
  private func add(
    _ share: Double, _ form: Form, at theta: UnsafePointer<Double>, _ field: BlockField, _ time: Double,
    to result: LaneStorage
  ) {
    let lanes = loss.lanes
    let factor = isFixedOrder ? 1 : noise.samplingFactor
    if factor != 1 {
      field.gradient(at: theta, into: mean.pointer)
      form.add(share * (1 - factor), of: mean, to: result)
    }
    if factor != 0 { addBatches(share * factor, form, at: theta, field, to: result) }
    if noise.traceFactor != 0 {
      field.gradient(at: theta, into: mean.pointer, trace: trace.pointer)
      let factor = share * noise.traceFactor * form.trace(with: .identity(mean.dimension))
      for lane in 0..<lanes { result.pointer[lane] += factor * trace.pointer[lane] }
    }
    if let constant = noise.constant {
      let amount = share * form.trace(with: constant)
      for lane in 0..<lanes { result.pointer[lane] += amount }
    }
    if label != nil { addLabels(share, form, at: theta, time, to: result) }
  }

  /// Adds `share` times the mean of gᵀMg over single samples, or over the batches of a fixed order.
  private func addBatches(
    _ share: Double, _ form: Form, at theta: UnsafePointer<Double>, _ field: BlockField, to result: LaneStorage
  ) {
    for first in stride(from: 0, to: sampleCount, by: batchSize) {
      mean.fill(0)
      for sample in first..<first + batchSize {
        field.gradient(ofSample: sample, at: theta, into: single.pointer)
        for index in 0..<mean.count { mean.pointer[index] += single.pointer[index] / Double(batchSize) }
      }
      form.add(share * Double(batchSize) / Double(sampleCount), of: mean, to: result)
    }
  }

  /// Adds `share` σ² times the mean of vᵀMv.
  private func addLabels(
    _ share: Double, _ form: Form, at theta: UnsafePointer<Double>, _ time: Double, to result: LaneStorage
  ) {
    guard let label else { return }
    label.field.setTime(time)
    for sample in 0..<sampleCount {
      for entry in 0..<label.response.entryCount {
        label.field.evaluate(sample: sample, entry: entry, at: theta, into: single.pointer)
        form.add(share * label.variance / Double(sampleCount), of: single, to: result)
      }
    }
  }
}

extension GeneratorMatrix {
  /// Adds `scale` gᵀKg to every lane.
  fileprivate func addForm(
    _ scale: Double, of g: UnsafePointer<Double>, lanes: Int, to result: UnsafeMutablePointer<Double>
  ) {
    for entry in entries {
      let (left, right, weight) = (g + entry.row * lanes, g + entry.column * lanes, scale * entry.value)
      for lane in 0..<lanes { result[lane] += weight * left[lane] * right[lane] }
    }
  }

  /// tr KC.
  fileprivate func trace(with matrix: DenseMatrix) -> Double {
    entries.reduce(0) { $0 + $1.value * matrix[$1.column, $1.row] }
  }
}
