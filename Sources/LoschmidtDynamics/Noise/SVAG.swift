import LoschmidtNumerics

/// The stochastic variance amplified gradient: one step of the size η is l steps of η/l with
/// ĝ = ½(1 + √(2l − 1)) g₁ + ½(1 − √(2l − 1)) g₂ of two independent batches with replacement.
///
/// E ĝ = ∇L, and Cov ĝ = l C(θ)/B, so that the noise of l steps is that of one step with a batch, to leading order in
/// η. With l → ∞ the law of θ becomes that of the stochastic differential equation of the minibatch; l = 1 is the
/// minibatch itself.
///
/// - Source: Li, Malladi, Arora, On the validity of modeling SGD with stochastic differential equations (NeurIPS 2021).
public struct SVAG: GradientNoise, Equatable {
  /// The name in scenarios.
  public static let name = "svag"

  /// The number B ≥ 1 of samples in each of the two batches.
  public let size: Int
  /// l ≥ 1.
  public let substeps: Int

  /// A gradient from its settings.
  ///
  /// - Parameters:
  ///   - size: B.
  ///   - substeps: l.
  public init(size: Int = 1, substeps: Int) {
    precondition(size >= 1, "a batch has at least one sample")
    precondition(substeps >= 1, "a step is made of at least one")
    self.size = size
    self.substeps = substeps
  }

  /// A sampler that draws two batches for every trajectory and substep.
  public func sampler(_ program: FieldProgram, lanes: Int) -> any GradientSampler {
    SVAGSampler(self, sampleCount: program.sampleCount, dimension: program.dimension, lanes: lanes)
  }

  /// 2B for each substep.
  public func samplesPerGradient(sampleCount: Int) -> Int { 2 * size }

  /// The path contains the batches.
  public var randomness: GradientRandomness { .hidden }

  /// l C/B of the gradient of one substep.
  public func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance? {
    NoiseCovariance(samplingFactor: Double(substeps) / Double(size))
  }
}

/// Two batches for each trajectory of a block.
final class SVAGSampler: GradientSampler {
  private let noise: SVAG
  private let sampleCount: Int
  private let dimension: Int
  private let lanes: Int
  /// 2B rows of lanes, the second batch after the first; B rows where l = 1 and the second has no weight.
  private var batches: UnsafePointer<Int32>?
  private let part: LaneStorage

  init(_ noise: SVAG, sampleCount: Int, dimension: Int, lanes: Int) {
    self.noise = noise
    self.sampleCount = sampleCount
    self.dimension = dimension
    self.lanes = lanes
    part = LaneStorage(dimension: dimension, lanes: lanes)
  }

  func draw(step: Int, from source: any RandomSource) {
    batches = source.indices(below: sampleCount, count: (noise.substeps == 1 ? 1 : 2) * noise.size, step: step)
  }

  func evaluate(
    _ field: BlockField, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    guard let batches else { preconditionFailure("batches are drawn before a gradient is made of them") }
    field.gradient(ofBatch: batches, size: noise.size, at: theta, into: result)
    if noise.substeps == 1 { return }
    field.gradient(ofBatch: batches + noise.size * lanes, size: noise.size, at: theta, into: part.pointer)
    let amplification = Double(2 * noise.substeps - 1).squareRoot()
    for k in 0..<dimension * lanes {
      result[k] = 0.5 * ((1 + amplification) * result[k] + (1 - amplification) * part.pointer[k])
    }
  }
}
