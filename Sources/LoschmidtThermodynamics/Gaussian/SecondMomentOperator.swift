import LoschmidtNumerics

/// How gradient descent with minibatches on a quadratic loss moves second moments: exact stationary laws at finite η.
///
/// With u = θ − θ* and A = 1 − ηΛH, E uuᵀ =: M moves as M ↦ T(M) + N,
/// T(M) = AMAᵀ + η²f Λ[mean H_iMH_i − HMH]Λ and N = η²f ΛC₀Λ plus further noise. The stationary mean of θ is θ*, and
/// its
/// covariance solves M = T(M) + N; it exists exactly when the spectral radius of T is below 1. Gaussian gradient noise
/// with the covariance of the minibatch at every θ has the same mean and covariance.
///
/// - Source: The theory of the thermodynamics, section 5.
public struct SecondMomentOperator: Sendable {
  /// How the batch is drawn, independently at every step.
  public enum Sampling: Sendable, Equatable {
    /// All samples: no noise of sampling, f = 0.
    case fullBatch
    /// B samples with replacement: f = 1/B.
    case withReplacement(batchSize: Int)
    /// B of the N samples without replacement within the batch: f = (N − B)/(B(N − 1)).
    case withoutReplacement(batchSize: Int)
  }

  /// The stationary mean and covariance of θ.
  public struct Moments: Sendable, Equatable {
    /// θ*.
    public let mean: [Double]
    /// The covariance of θ.
    public let covariance: DenseMatrix
    /// ½ tr(H Cov θ), the mean loss above its minimum.
    public let excessLoss: Double
  }

  /// The loss.
  public let samples: QuadraticSamples
  /// η.
  public let learningRate: Double
  /// Λ.
  public let preconditioner: DenseMatrix
  /// How batches are drawn.
  public let sampling: Sampling
  /// A = 1 − ηΛH.
  public let map: DenseMatrix

  /// Up to this dimension T is written out as a matrix on the d(d + 1)/2 entries of a symmetric matrix.
  static let largestWrittenDimension = 12

  /// The operator of gradient descent on these samples.
  ///
  /// - Parameters:
  ///   - samples: The loss.
  ///   - learningRate: η > 0.
  ///   - preconditioner: Λ, symmetric and positive definite; the identity where it is not given.
  ///   - sampling: How batches are drawn.
  public init(
    samples: QuadraticSamples, learningRate: Double, preconditioner: DenseMatrix? = nil, sampling: Sampling
  ) {
    self.samples = samples
    self.learningRate = learningRate
    self.preconditioner = preconditioner ?? .identity(samples.dimension)
    self.sampling = sampling
    map = DenseMatrix.identity(samples.dimension) - learningRate * (self.preconditioner * samples.hessian)
    switch sampling {
    case .fullBatch: break
    case .withReplacement(let size): precondition(size >= 1, "a batch has at least one sample")
    case .withoutReplacement(let size):
      precondition((1...samples.count).contains(size), "a batch without replacement has at most all samples")
    }
  }

  /// f, by which the covariance of one sample's gradient becomes that of the batch.
  public var samplingFactor: Double {
    let count = Double(samples.count)
    switch sampling {
    case .fullBatch: return 0
    case .withReplacement(let size): return 1 / Double(size)
    case .withoutReplacement(let size):
      return samples.count == size ? 0 : (count - Double(size)) / (Double(size) * (count - 1))
    }
  }

  /// How many samples a batch has.
  public var batchSize: Int {
    switch sampling {
    case .fullBatch: samples.count
    case .withReplacement(let size), .withoutReplacement(let size): size
    }
  }

  // MARK: Noise per step

  /// η²f ΛC₀Λ: the covariance of the step at θ* that comes from the choice of the batch.
  public var samplingNoise: DenseMatrix {
    gradientNoise(samplingFactor * samples.gradientCovariance)
  }

  /// η²ΛCΛ: further noise of the gradient with the constant covariance C.
  public func gradientNoise(_ covariance: DenseMatrix) -> DenseMatrix {
    (learningRate * learningRate) * (preconditioner * covariance * preconditioner)
  }

  /// Fresh noise of this variance on every label of the batch, for linear regression: η²τ²/B ΛHΛ.
  public func labelNoise(variance: Double) -> DenseMatrix {
    gradientNoise((variance / Double(batchSize)) * samples.hessian)
  }

  /// Langevin noise of a temperature: 2ηTΛ.
  public func langevinNoise(temperature: Double) -> DenseMatrix {
    (2 * learningRate * temperature) * preconditioner
  }

  // MARK: The operator

  /// T(M).
  public func applied(to matrix: DenseMatrix) -> DenseMatrix {
    map * matrix * map.transposed + multiplicative(matrix)
  }

  /// η²f Λ[mean H_iMH_i − HMH]Λ, positive for positive M.
  private func multiplicative(_ matrix: DenseMatrix) -> DenseMatrix {
    guard samplingFactor != 0 else { return .zero(matrix.rows) }
    var sum = DenseMatrix.zero(samples.dimension)
    for curvature in samples.curvatures {
      switch curvature {
      case .outer(let feature):
        sum = sum + matrix.form(feature, feature) * .outer(feature, feature)
      case .dense(let hessian): sum = sum + hessian * matrix * hessian
      }
    }
    let mean = (1 / Double(samples.count)) * sum - samples.hessian * matrix * samples.hessian
    return gradientNoise(samplingFactor * mean)
  }

  /// The spectral radius of T; the second moments are stationary exactly when it is below 1.
  ///
  /// Up to 12 dimensions from the eigenvalues of T; beyond, by iterating T on a positive matrix, which converges from
  /// there because T keeps positive matrices positive, until two estimates agree to 10⁻⁹.
  ///
  /// - Throws: `GaussianFailure.linearAlgebra`.
  public func spectralRadius() throws(GaussianFailure) -> Double {
    guard samples.dimension <= Self.largestWrittenDimension else { return iteratedRadius }
    return try SymmetricOperator(self).spectralRadius()
  }

  private var iteratedRadius: Double {
    var matrix = DenseMatrix.identity(samples.dimension)
    var radius = 0.0
    for _ in 0..<10_000 {
      let next = applied(to: matrix)
      let estimate = next.trace / matrix.trace
      let isSettled = abs(estimate - radius) <= 1e-9 * estimate
      radius = estimate
      if isSettled || estimate == 0 { break }
      matrix = (1 / next.trace) * next
    }
    return radius
  }

  // MARK: The stationary law

  /// The stationary moments with the noise of sampling and further noise.
  ///
  /// - Parameter extra: The sum of the covariances per step that come on top, such as `labelNoise` or `langevinNoise`.
  /// - Returns: Mean, covariance and excess loss at this learning rate.
  /// - Throws: `GaussianFailure.unstable` with the radius of T where it is not below 1.
  public func stationary(extra: DenseMatrix? = nil) throws(GaussianFailure) -> Moments {
    let noise = extra.map { samplingNoise + $0 } ?? samplingNoise
    let covariance =
      samples.dimension <= Self.largestWrittenDimension ? try solved(noise) : try iterated(noise)
    return Moments(
      mean: samples.minimum, covariance: covariance, excessLoss: 0.5 * samples.hessian.inner(covariance))
  }

  /// The chain with constant noise, for full batches: its entropy production is that of `GaussianChain`.
  ///
  /// - Throws: `GaussianFailure`, as `GaussianChain`.
  public func chain(noise: DenseMatrix) throws(GaussianFailure) -> GaussianChain {
    precondition(samplingFactor == 0, "the noise of a minibatch depends on θ and makes no Gaussian chain")
    let shift = Vectors.sum(samples.minimum, map.applied(to: samples.minimum), times: -1)
    return try GaussianChain(map: map, shift: shift, noise: noise)
  }

  private func solved(_ noise: DenseMatrix) throws(GaussianFailure) -> DenseMatrix {
    let written = SymmetricOperator(self)
    let radius = try written.spectralRadius()
    guard radius < 1 else { throw .unstable(spectralRadius: radius) }
    let equation = DenseMatrix.identity(written.size) - written.matrix
    do throws(GSLError) {
      return written.matrix(of: try LUFactorisation(equation).solve(written.coordinates(of: noise)))
    } catch { throw .linearAlgebra(error) }
  }

  /// M ← solution of M = AMAᵀ + N + (what the batch multiplies with M): converges exactly when T is stable.
  func iterated(_ noise: DenseMatrix) throws(GaussianFailure) -> DenseMatrix {
    var covariance = DenseMatrix.zero(samples.dimension)
    var first = 0.0
    for step in 0..<10_000 {
      let next: DenseMatrix
      do {
        next = try DiscreteLyapunov(map: map, noise: noise + multiplicative(covariance)).solution
      } catch { throw GaussianFailure(error) }
      let change = (next - covariance).largestEntry
      covariance = next
      if step == 0 { first = next.largestEntry }
      // The sum of the remaining changes is of the order of the last one over the gap of the radius to 1.
      if change <= 0x1p-50 * next.largestEntry { return covariance }
      if next.largestEntry > 1e12 * first { break }
    }
    throw .unstable(spectralRadius: iteratedRadius)
  }
}

/// T as a matrix on the entries (a ≤ b) of symmetric matrices.
private struct SymmetricOperator {
  let matrix: DenseMatrix
  private let dimension: Int
  private let pairs: [(Int, Int)]

  var size: Int { pairs.count }

  init(_ source: SecondMomentOperator) {
    let dimension = source.samples.dimension
    self.dimension = dimension
    pairs = (0..<dimension).flatMap { a in (a..<dimension).map { (a, $0) } }
    var sum = DenseMatrix.zero(pairs.count)
    Self.add(source.map, weight: 1, to: &sum, pairs: pairs)
    let factor = source.samplingFactor * source.learningRate * source.learningRate
    if factor != 0 {
      let count = Double(source.samples.count)
      Self.add(source.preconditioner * source.samples.hessian, weight: -factor, to: &sum, pairs: pairs)
      for curvature in source.samples.curvatures {
        Self.add(source.preconditioner * curvature.matrix, weight: factor / count, to: &sum, pairs: pairs)
      }
    }
    matrix = sum
  }

  func spectralRadius() throws(GaussianFailure) -> Double {
    do {
      return try GeneralEigenvalues(matrix: matrix.entries, dimension: size).spectralRadius
    } catch { throw .linearAlgebra(error) }
  }

  /// Adds M ↦ weight · B M Bᵀ.
  private static func add(_ map: DenseMatrix, weight: Double, to sum: inout DenseMatrix, pairs: [(Int, Int)]) {
    let (size, dimension) = (pairs.count, map.rows)
    sum.entries.withUnsafeMutableBufferPointer { target in
      map.entries.withUnsafeBufferPointer { map in
        for (row, (c, d)) in pairs.enumerated() {
          for (column, (a, b)) in pairs.enumerated() {
            let straight = map[c * dimension + a] * map[d * dimension + b]
            let crossed = a == b ? 0 : map[c * dimension + b] * map[d * dimension + a]
            target[row * size + column] += weight * (straight + crossed)
          }
        }
      }
    }
  }

  func coordinates(of matrix: DenseMatrix) -> [Double] {
    let symmetric = matrix.symmetrised
    return pairs.map { symmetric[$0.0, $0.1] }
  }

  func matrix(of coordinates: [Double]) -> DenseMatrix {
    var result = DenseMatrix.zero(dimension)
    for ((row, column), value) in zip(pairs, coordinates) {
      result[row, column] = value
      result[column, row] = value
    }
    return result
  }
}
