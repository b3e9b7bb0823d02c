import CKernels
import LoschmidtNumerics

/// The drift of a modified equation in Stratonovich's form, in which it is integrated; the storage of one worker.
///
/// That is b where the equation is read so, and b − ½ Σ_i (Dσ_i)σ_i where it is Ito's.
final class DiffusionDrift {
  /// η.
  var learningRate = 0.0

  private let order: ModifiedSDE.Order
  private let interpretation: ModifiedSDE.Interpretation
  /// f.
  private let factor: Double
  private let count: Int
  private let lanes: Int
  private let field: LaneStorage
  private let negativeForce: LaneStorage
  private let direction: LaneStorage
  private let product: LaneStorage

  init(_ rule: ModifiedSDE, samplingFactor: Double, _ program: FieldProgram, lanes: Int) {
    order = rule.order
    interpretation = rule.interpretation
    factor = samplingFactor
    count = program.sampleCount
    self.lanes = lanes
    func storage() -> LaneStorage { LaneStorage(dimension: program.dimension, lanes: lanes) }
    (field, negativeForce, direction, product) = (storage(), storage(), storage(), storage())
  }

  /// Writes the drift at θ.
  func evaluate(_ block: BlockField, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
    block.gradient(at: theta, into: field.pointer)
    result.update(repeating: 0, count: field.count)
    add(field, times: -1, to: result)
    let isIto = interpretation == .ito
    if order == .second {
      let share = isIto ? 1 : 1 - factor
      if share != 0 {
        block.derivative(along: field.pointer, at: theta, into: product.pointer)
        add(product, times: -0.5 * learningRate * share, to: result)
      }
      if !isIto, factor != 0 { addSquares(block, theta, to: result) }
    }
    if isIto, factor != 0 { addCorrection(block, theta, to: result) }
  }

  /// Adds −(ηf/2) mean D(g_i − F)(g_i − F).
  private func addSquares(
    _ block: BlockField, _ theta: UnsafePointer<Double>, to result: UnsafeMutablePointer<Double>
  ) {
    let share = -0.5 * learningRate * factor / Double(count)
    block.negativeForce(at: theta, into: negativeForce.pointer)
    for i in 0..<count {
      block.gradient(ofSample: i, at: theta, into: direction.pointer)
      add(negativeForce, times: 1, to: direction.pointer)
      block.derivative(ofSample: i, along: direction.pointer, at: theta, into: product.pointer)
      add(product, times: share, to: result)
      block.negativeForceDerivative(along: direction.pointer, at: theta, into: product.pointer)
      add(product, times: share, to: result)
    }
  }

  /// Adds −½ Σ (Dσ_i)σ_i = −(ηf/2) mean H_i (g_i − ḡ); the mean of H̄ (g_i − ḡ) is 0.
  private func addCorrection(
    _ block: BlockField, _ theta: UnsafePointer<Double>, to result: UnsafeMutablePointer<Double>
  ) {
    let share = -0.5 * learningRate * factor / Double(count)
    block.negativeForce(at: theta, into: negativeForce.pointer)
    for i in 0..<count {
      block.gradient(ofSample: i, at: theta, into: direction.pointer)
      // g_i − ḡ = g_i − F − G.
      add(negativeForce, times: 1, to: direction.pointer)
      add(field, times: -1, to: direction.pointer)
      block.derivative(ofSample: i, along: direction.pointer, at: theta, into: product.pointer)
      add(product, times: share, to: result)
    }
  }

  private func add(_ values: LaneStorage, times factor: Double, to result: UnsafeMutablePointer<Double>) {
    lk_add_scaled(result, values.pointer, factor, values.count)
  }
}
