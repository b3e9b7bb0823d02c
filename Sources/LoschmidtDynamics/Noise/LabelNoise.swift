import LoschmidtNumerics

/// A minibatch with replacement of perturbed data: ĝ = (1/B) Σ ∇ℓ(θ; y_i + sε) over the batch, with fresh ε ~ N(0, 1)
/// on one column y for every element of every batch.
///
/// E ĝ = ∇L where the gradient of a sample is affine in y, as in a squared error (f(θ) − y)²; elsewhere ĝ is the
/// unbiased gradient of the loss averaged over the noise, and its covariance is the stated one to second order in s
/// only.
public struct LabelNoise: GradientNoise, Equatable {
  /// The name in scenarios.
  public static let name = "label-noise"

  /// The name of the column y, of numbers or arrays; every entry of an array gets noise of its own.
  public let column: String
  /// s > 0.
  ///
  /// Unit: that of the column.
  public let standardDeviation: Double
  /// The number B ≥ 1 of samples in a batch.
  public let size: Int

  /// Noise on a column, which the data of the process have.
  public init(column: String, standardDeviation: Double, size: Int = 1) {
    precondition(standardDeviation > 0 && standardDeviation.isFinite, "a noise has a positive deviation")
    precondition(size >= 1, "a batch has at least one sample")
    self.column = column
    self.standardDeviation = standardDeviation
    self.size = size
  }

  /// A sampler that draws a batch and its noise for every trajectory and step.
  public func sampler(_ program: FieldProgram, lanes: Int) -> any GradientSampler {
    guard let numbers = program.landscape?.samples.numbers(of: column) else {
      preconditionFailure("the data have no column '\(column)' to perturb")
    }
    return LabelNoiseSampler(self, numbers: numbers, sampleCount: program.sampleCount, lanes: lanes)
  }

  /// B.
  public func samplesPerGradient(sampleCount: Int) -> Int { size }

  /// The path contains the batches with their noise.
  public var randomness: GradientRandomness { .hidden }

  /// C/B + s²/B mean v_iv_iᵀ with v_i = ∂g_i/∂y.
  public func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance? {
    NoiseCovariance(
      samplingFactor: 1 / Double(size),
      label: .init(column: column, variance: standardDeviation * standardDeviation / Double(size)))
  }
}

extension SampleTable {
  /// The places of a column among the numbers that a sample has in all its columns; `nil` where there is no such
  /// column.
  func numbers(of column: String) -> Range<Int>? {
    var first = 0
    for candidate in columns {
      if candidate.name == column { return first..<first + candidate.shape.count }
      first += candidate.shape.count
    }
    return nil
  }
}

/// Batches of a block of trajectories with the noise of their elements.
final class LabelNoiseSampler: GradientSampler {
  private let noise: LabelNoise
  private let numbers: Range<Int>
  private let sampleCount: Int
  /// B rows of lanes, in the buffer of the source.
  private var batch: UnsafePointer<Int32>?
  /// B times as many rows as the column has numbers.
  private let labels: LaneStorage

  init(_ noise: LabelNoise, numbers: Range<Int>, sampleCount: Int, lanes: Int) {
    self.noise = noise
    self.numbers = numbers
    self.sampleCount = sampleCount
    labels = LaneStorage(dimension: noise.size * numbers.count, lanes: lanes)
  }

  func draw(step: Int, from source: any RandomSource) {
    batch = source.indices(below: sampleCount, count: noise.size, step: step)
    source.normals(.gradientNoise, step: step, into: labels.pointer, dimension: labels.dimension)
    for k in 0..<labels.count { labels.pointer[k] *= noise.standardDeviation }
  }

  func evaluate(
    _ field: BlockField, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    guard let batch else { preconditionFailure("a batch is drawn before a gradient is made of it") }
    field.gradient(
      ofBatch: batch, size: noise.size, adding: labels.pointer, to: numbers, at: theta, into: result)
  }
}
