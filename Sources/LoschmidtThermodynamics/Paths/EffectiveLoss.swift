import LoschmidtDynamics
import LoschmidtNumerics

/// The effective loss L + φ at finite η, φ = (η/4) E ĝᵀΛĝ over draws of the gradient, which the drift descends.
///
/// With f the factor by which batches shrink the covariance of one sample, E ĝᵀΛĝ = (1 − f) ḡᵀΛḡ + f mean g_iᵀΛg_i; for
/// batches in a fixed order it is the mean over the batches. A Gaussian noise of covariance C adds tr(ΛC). The
/// temperature does not enter. Unit: that of the loss. Owns storage; not for two threads at once.
public final class EffectiveLoss {
  /// L of every lane after the last evaluation.
  public let loss: LaneStorage
  /// L + φ of every lane after the last evaluation.
  public let effective: LaneStorage

  private let sampleCount: Int
  private let additive: DenseMatrix?
  /// f; `nil` where batches have a fixed order.
  private let factor: Double?
  private let batchSize: Int
  private let mean: LaneStorage
  private let single: LaneStorage

  /// The evaluator of a plan; `nil` where there is no loss, or a force acts besides it, which has no loss in general.
  ///
  /// For a modified equation of order 2 it is what Stratonovich's drift descends; that of order 1 has none besides L.
  public init?(_ plan: SimulationPlan, lanes: Int) {
    guard plan.process.landscape != nil, plan.process.force == nil else { return nil }
    if (plan.process.algorithm as? ModifiedSDE)?.order == .first { return nil }
    let d = plan.program.dimension
    sampleCount = plan.program.sampleCount
    additive = plan.process.gradient.additiveCovariance(dimension: d)
    let draws = plan.process.gradient.batchLaw(sampleCount: sampleCount, limit: 0)
    factor = draws.map(\.covarianceFactor) ?? 0
    if case .cyclic(let size) = draws?.scheme { batchSize = size } else { batchSize = 1 }
    loss = LaneStorage(dimension: 1, lanes: lanes)
    effective = LaneStorage(dimension: 1, lanes: lanes)
    mean = LaneStorage(dimension: d, lanes: lanes)
    single = LaneStorage(dimension: d, lanes: lanes)
  }

  /// Evaluates both.
  ///
  /// - Parameters:
  ///   - theta: θ, in lanes.
  ///   - field: The field at its time.
  ///   - law: The law of the step, for ηΛ.
  public func evaluate(at theta: UnsafePointer<Double>, _ field: BlockField, law: StepLaw) {
    let lanes = loss.lanes
    field.loss(at: theta, into: loss.pointer)
    effective.copy(loss)
    if factor != 1, factor != nil {
      field.gradient(at: theta, into: mean.pointer)
      law.addMobilityForm(0.25 * (1 - (factor ?? 0)), of: mean.pointer, lanes: lanes, to: effective.pointer)
    }
    if factor != 0 { addBatches(at: theta, field, law) }
    if let additive {
      let share = 0.25 * law.mobilityTrace(with: additive)
      for lane in 0..<lanes { effective.pointer[lane] += share }
    }
  }

  /// Adds f/4 times the mean of gᵀMg over single samples, or over the batches of a fixed order.
  private func addBatches(at theta: UnsafePointer<Double>, _ field: BlockField, _ law: StepLaw) {
    let share = 0.25 * (factor ?? 1) * Double(batchSize) / Double(sampleCount)
    for first in stride(from: 0, to: sampleCount, by: batchSize) {
      mean.fill(0)
      for sample in first..<first + batchSize {
        field.gradient(ofSample: sample, at: theta, into: single.pointer)
        for index in 0..<mean.count { mean.pointer[index] += single.pointer[index] / Double(batchSize) }
      }
      law.addMobilityForm(share, of: mean.pointer, lanes: loss.lanes, to: effective.pointer)
    }
  }
}
