import CKernels
import LoschmidtNumerics

/// Integrates a modified equation over the time η; the storage of one worker.
///
/// Each of m intervals of h = η/m is the symmetric composition of additive noise and the noise of the samples over h/2,
/// the drift over h, and both noises again in the opposite order over h/2: of second weak order. The drift is carried
/// by the classical method of Runge and Kutta, of the fourth order. The noise of the samples moves θ along the one
/// field Σ_i σ_i ΔW_i for unit time, by Heun's method, which is Stratonovich's integral; its fields do not commute, but
/// what that costs is of the order σ⁴h² a substep, and σ² is η. So the weak error over a fixed time is
/// O(η³/m + (η/m)⁴), one order below the difference between SGD and the equation of order 2. With a heat bath
/// it is O(T(η/m)²).
final class DiffusionIntegrator: StepIntegrator {
  private let substeps: Int
  private let factor: Double
  private let drift: DiffusionDrift
  private let program: FieldProgram
  private let lanes: Int
  private var learningRate = 0.0
  /// The additive noise of half a substep, a step without gradient.
  private var additive: GaussianKernel?
  private var isAdditive = false
  /// N rows; empty without noise of the samples.
  private let weights: LaneStorage
  private let mean: LaneStorage
  private let zero: LaneStorage
  private let probe: LaneStorage
  private let slope: LaneStorage
  private let sum: LaneStorage
  private let part: LaneStorage

  init(_ rule: ModifiedSDE, _ noise: NoiseCovariance, _ program: FieldProgram, lanes: Int) {
    substeps = rule.substeps
    factor = noise.samplingFactor
    drift = DiffusionDrift(rule, samplingFactor: factor, program, lanes: lanes)
    self.program = program
    self.lanes = lanes
    func storage(_ rows: Int) -> LaneStorage { LaneStorage(dimension: rows, lanes: lanes) }
    let d = program.dimension
    weights = storage(factor == 0 ? 0 : program.sampleCount)
    mean = storage(1)
    (zero, probe, slope, sum, part) = (storage(d), storage(d), storage(d), storage(d), storage(d))
  }

  func prepare(_ law: StepLaw, learningRate: Double) {
    self.learningRate = learningRate
    drift.learningRate = learningRate
    isAdditive = !law.isDeterministic
    let half = law.scalingNoise(by: 0.5 / Double(substeps))
    if let additive { additive.setLaw(half) } else { additive = GaussianKernel(half, lanes: lanes) }
  }

  func advance(
    _ theta: UnsafePointer<Double>, _ field: BlockField, step: Int, from source: any RandomSource,
    into next: UnsafeMutablePointer<Double>
  ) -> Bool {
    next.update(from: theta, count: probe.count)
    for part in 0..<2 * substeps {
      let draw = 2 * substeps * step + part
      if part.isMultiple(of: 2) {
        addNoise(next, draw, source)
        moveAlongNoise(next, field, draw, source)
        moveAlongDrift(next, field)
      } else {
        moveAlongNoise(next, field, draw, source)
        addNoise(next, draw, source)
      }
    }
    return lk_any_not_finite(next, probe.count) == 0
  }

  private func addNoise(_ theta: UnsafeMutablePointer<Double>, _ draw: Int, _ source: any RandomSource) {
    guard isAdditive, let additive else { return }
    probe.pointer.update(from: theta, count: probe.count)
    _ = additive.advance(probe.pointer, gradient: zero.pointer, step: draw, from: source, into: theta)
  }

  // MARK: The noise of the samples

  /// θ + ½(V(θ) + V(θ + V(θ))) with V = −Σ w_i g_i and w_i = √(ηf h/2N) (z_i − z̄): as −ηĝ has the noise −Σ w_i g_i.
  private func moveAlongNoise(
    _ theta: UnsafeMutablePointer<Double>, _ field: BlockField, _ draw: Int, _ source: any RandomSource
  ) {
    if factor == 0 { return }
    let count = program.sampleCount
    source.normals(.gradientNoise, step: draw, into: weights.pointer, dimension: count)
    mean.fill(0)
    for i in 0..<count { lk_add_scaled(mean.pointer, weights.row(i), 1 / Double(count), lanes) }
    let scale = learningRate * (factor / Double(2 * substeps * count)).squareRoot()
    for i in 0..<count {
      let row = weights.row(i)
      for lane in 0..<lanes { row[lane] = -scale * (row[lane] - mean.pointer[lane]) }
    }
    evaluateNoise(field, at: theta, into: slope)
    probe.pointer.update(from: theta, count: probe.count)
    lk_add_scaled(probe.pointer, slope.pointer, 1, probe.count)
    evaluateNoise(field, at: probe.pointer, into: sum)
    lk_add_scaled(theta, slope.pointer, 0.5, probe.count)
    lk_add_scaled(theta, sum.pointer, 0.5, probe.count)
  }

  private func evaluateNoise(_ field: BlockField, at theta: UnsafePointer<Double>, into result: LaneStorage) {
    result.fill(0)
    for i in 0..<program.sampleCount {
      field.gradient(ofSample: i, at: theta, into: part.pointer)
      lk_add_weighted(result.pointer, part.pointer, weights.row(i), program.dimension, lanes)
    }
  }

  // MARK: The drift

  private func moveAlongDrift(_ theta: UnsafeMutablePointer<Double>, _ field: BlockField) {
    let h = learningRate / Double(substeps)
    sum.fill(0)
    // The points of the stages are θ + a h k with the slope k of the stage before; b are their weights.
    for (a, b) in [(0.0, 1.0), (0.5, 2), (0.5, 2), (1, 1)] {
      probe.pointer.update(from: theta, count: probe.count)
      if a != 0 { lk_add_scaled(probe.pointer, slope.pointer, a * h, probe.count) }
      drift.evaluate(field, at: probe.pointer, into: slope.pointer)
      lk_add_scaled(sum.pointer, slope.pointer, b / 6, probe.count)
    }
    lk_add_scaled(theta, sum.pointer, h, probe.count)
  }
}
