import LoschmidtDynamics
import LoschmidtNumerics

/// How gradient descent with a noisy gradient on a quadratic loss moves second moments: exact stationary laws at finite
/// η.
///
/// With u = θ − θ* and A = 1 − ηΛH, E uuᵀ =: M moves as M ↦ T(M) + N. For noise of the covariance
/// f C(θ) + s tr C(θ) 1 + C_c + σ² mean v_iv_iᵀ,
/// T(M) = AMAᵀ + η²Λ[f K(M) + s tr K(M) 1]Λ with K(M) = mean H_iMH_i − HMH, and
/// N = η²Λ[f C₀ + s tr C₀ 1 + C_c + σ² mean v_iv_iᵀ]Λ plus further noise. The stationary mean of θ is θ*, and its
/// covariance solves M = T(M) + N; it exists exactly when the spectral radius of T is below 1. Only the covariance of
/// the noise enters: minibatches drawn with replacement and Gaussian noise that matches them have the same moments.
///
/// - Source: The theory of the thermodynamics, section 5.
public struct SecondMomentOperator: Sendable {
  /// The stationary mean and covariance of θ.
  public struct Moments: Sendable, Equatable {
    /// E θ.
    public let mean: [Double]
    /// The covariance of θ.
    public let covariance: DenseMatrix
    /// ½ tr(H E uuᵀ), the mean loss above its minimum.
    public let excessLoss: Double
  }

  /// The loss.
  public let samples: QuadraticSamples
  /// η.
  public let learningRate: Double
  /// Λ.
  public let preconditioner: DenseMatrix
  /// The covariance of the gradient.
  public let noise: NoiseCovariance
  /// mean v_iv_iᵀ of the column of the label noise; `nil` without.
  public let labelResponse: DenseMatrix?
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
  ///   - noise: The covariance of the gradient; by default none.
  ///   - labelResponse: mean v_iv_iᵀ, the same at every θ; needed where the noise has a label. For linear regression it
  ///     is H.
  public init(
    samples: QuadraticSamples, learningRate: Double, preconditioner: DenseMatrix? = nil,
    noise: NoiseCovariance = NoiseCovariance(), labelResponse: DenseMatrix? = nil
  ) {
    precondition(noise.label == nil || labelResponse != nil, "noise on a label needs the response to the label")
    self.samples = samples
    self.learningRate = learningRate
    self.preconditioner = preconditioner ?? .identity(samples.dimension)
    self.noise = noise
    self.labelResponse = labelResponse
    map = DenseMatrix.identity(samples.dimension) - learningRate * (self.preconditioner * samples.hessian)
  }

  /// Whether the noise depends on θ.
  public var isMultiplicative: Bool { noise.samplingFactor != 0 || noise.traceFactor != 0 }

  // MARK: Noise per step

  /// The covariance of the step at θ* that the noise of the gradient makes: N without further noise.
  public var noiseAtMinimum: DenseMatrix {
    let sampled = samples.gradientCovariance
    var sum = noise.samplingFactor * sampled
    if noise.traceFactor != 0 {
      sum = sum + (noise.traceFactor * sampled.trace) * .identity(samples.dimension)
    }
    if let constant = noise.constant { sum = sum + constant }
    if let label = noise.label, let labelResponse { sum = sum + label.variance * labelResponse }
    return gradientNoise(sum)
  }

  /// η²ΛCΛ: what noise of the gradient with the covariance C makes of a step.
  public func gradientNoise(_ covariance: DenseMatrix) -> DenseMatrix {
    (learningRate * learningRate) * (preconditioner * covariance * preconditioner)
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

  /// η²Λ[f K(M) + s tr K(M) 1]Λ, positive for positive M.
  private func multiplicative(_ matrix: DenseMatrix) -> DenseMatrix {
    guard isMultiplicative else { return .zero(matrix.rows) }
    var sum = DenseMatrix.zero(samples.dimension)
    for curvature in samples.curvatures {
      switch curvature {
      case .outer(let feature):
        sum = sum + matrix.form(feature, feature) * .outer(feature, feature)
      case .dense(let hessian): sum = sum + hessian * matrix * hessian
      }
    }
    let mean = (1 / Double(samples.count)) * sum - samples.hessian * matrix * samples.hessian
    var covariance = noise.samplingFactor * mean
    if noise.traceFactor != 0 {
      covariance = covariance + (noise.traceFactor * mean.trace) * .identity(samples.dimension)
    }
    return gradientNoise(covariance)
  }

  /// T as a matrix on the entries of symmetric matrices.
  private func written(on space: SymmetricSpace) -> DenseMatrix {
    var sum = DenseMatrix.zero(space.size)
    space.add(congruence: map, to: &sum)
    let square = learningRate * learningRate
    let count = Double(samples.count)
    let (sampling, trace) = (square * noise.samplingFactor, square * noise.traceFactor)
    if sampling != 0 {
      space.add(congruence: preconditioner * samples.hessian, weight: -sampling, to: &sum)
      for curvature in samples.curvatures {
        space.add(congruence: preconditioner * curvature.matrix, weight: sampling / count, to: &sum)
      }
    }
    if trace != 0 {
      // tr K(M) = tr((mean H_i² − H²)M).
      var squares = DenseMatrix.zero(samples.dimension)
      for curvature in samples.curvatures { squares = squares + curvature.matrix * curvature.matrix }
      let spread = (1 / count) * squares - samples.hessian * samples.hessian
      space.add(functional: spread, times: trace * (preconditioner * preconditioner), to: &sum)
    }
    return sum
  }

  /// The spectral radius of T; the second moments are stationary exactly when it is below 1.
  ///
  /// Up to 12 dimensions from the eigenvalues of T; beyond, by iterating T on a positive matrix, which converges from
  /// there because T keeps positive matrices positive, until two estimates agree to 10⁻⁹.
  ///
  /// - Throws: `GaussianFailure.linearAlgebra`.
  public func spectralRadius() throws(GaussianFailure) -> Double {
    guard samples.dimension <= Self.largestWrittenDimension else { return iteratedRadius }
    return try written(on: SymmetricSpace(dimension: samples.dimension)).spectralRadius()
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

  /// The stationary moments with the noise of the gradient and further noise.
  ///
  /// - Parameter extra: The sum of the covariances per step that come on top, such as `langevinNoise`.
  /// - Returns: Mean, covariance and excess loss at this learning rate.
  /// - Throws: `GaussianFailure.unstable` with the radius of T where it is not below 1.
  public func stationary(extra: DenseMatrix? = nil) throws(GaussianFailure) -> Moments {
    let noise = extra.map { noiseAtMinimum + $0 } ?? noiseAtMinimum
    let covariance =
      samples.dimension <= Self.largestWrittenDimension ? try solved(noise) : try iterated(noise)
    return Moments(
      mean: samples.minimum, covariance: covariance, excessLoss: 0.5 * samples.hessian.inner(covariance))
  }

  /// The chain with constant noise: its entropy production is that of `GaussianChain` where the noise is normal.
  ///
  /// - Throws: `GaussianFailure`, as `GaussianChain`.
  public func chain(extra: DenseMatrix? = nil) throws(GaussianFailure) -> GaussianChain {
    precondition(!isMultiplicative, "noise that depends on θ makes no Gaussian chain")
    let shift = Vectors.sum(samples.minimum, map.applied(to: samples.minimum), times: -1)
    return try GaussianChain(map: map, shift: shift, noise: extra.map { noiseAtMinimum + $0 } ?? noiseAtMinimum)
  }

  private func solved(_ noise: DenseMatrix) throws(GaussianFailure) -> DenseMatrix {
    let space = SymmetricSpace(dimension: samples.dimension)
    let matrix = written(on: space)
    let radius = try matrix.spectralRadius()
    guard radius < 1 else { throw .unstable(spectralRadius: radius) }
    let equation = DenseMatrix.identity(space.size) - matrix
    do throws(GSLError) {
      return space.matrix(of: try LUFactorisation(equation).solve(space.coordinates(of: noise)))
    } catch { throw .linearAlgebra(error) }
  }

  /// M ← solution of M = AMAᵀ + N + (what the noise multiplies with M): converges exactly when T is stable.
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
