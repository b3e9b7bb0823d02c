import CKernels
import LoschmidtNumerics

/// The step θ′ = θ − MG(θ) + N(0, Σ) of a block of trajectories: sampler, density and path ratio; the storage of one worker.
///
/// The sampler does not use the density, nor the density the sampler's noise: what connects them is only the law. Given the
/// batch that the sampler of the gradient has drawn, this is the kernel of the extended path.
public final class GaussianKernel {
  /// The number of coordinates.
  public let dimension: Int
  /// The number of lanes, a multiple of 4.
  public let lanes: Int
  /// The law of the step that is made next.
  public private(set) var law: StepLaw

  /// Rates, deviations and weights of a diagonal law, a row each: to reach into the law costs reference counts.
  private let coefficients: LaneStorage
  private var isDiagonal = false
  private var isDeterministic = false
  private let normals: LaneStorage
  private let difference: LaneStorage
  private let sum: LaneStorage
  private let transformed: LaneStorage

  /// A kernel with its storage.
  public init(_ law: StepLaw, lanes: Int) {
    self.law = law
    self.lanes = lanes
    dimension = law.dimension
    normals = LaneStorage(dimension: law.dimension, lanes: lanes)
    difference = LaneStorage(dimension: law.dimension, lanes: lanes)
    sum = LaneStorage(dimension: law.dimension, lanes: lanes)
    transformed = LaneStorage(dimension: law.dimension, lanes: lanes)
    coefficients = LaneStorage(dimension: 3, lanes: (law.dimension + 3) / 4 * 4)
    readLaw()
  }

  /// Changes the law of the steps from now on.
  public func setLaw(_ law: StepLaw) {
    precondition(law.dimension == dimension, "a kernel keeps its dimension")
    self.law = law
    readLaw()
  }

  private func readLaw() {
    isDeterministic = law.isDeterministic
    guard case .diagonal(let rates, let deviations, let weights) = law.form else {
      isDiagonal = false
      return
    }
    isDiagonal = true
    for (row, values) in [rates, deviations, weights].enumerated() {
      for (i, value) in values.enumerated() { coefficients[row, i] = value }
    }
  }

  // MARK: Sampler

  /// Makes a step.
  ///
  /// - Parameters:
  ///   - theta: θ.
  ///   - gradient: G(θ).
  ///   - step: The index of the step, which chooses the random numbers.
  ///   - source: Where they come from.
  ///   - next: Receives θ′.
  /// - Returns: Whether all of θ′ is finite.
  public func advance(
    _ theta: UnsafePointer<Double>, gradient: UnsafePointer<Double>, step: Int, from source: any RandomSource,
    into next: UnsafeMutablePointer<Double>
  ) -> Bool {
    if !isDeterministic {
      source.normals(.thermal, step: step, into: normals.pointer, dimension: dimension)
    }
    if isDiagonal {
      let noise = isDeterministic ? nil : UnsafePointer(normals.pointer)
      return lk_step_advance(
        theta, gradient, noise, coefficients.row(0), coefficients.row(1), next, dimension, lanes) == 0
    }
    switch law.form {
    case .diagonal: preconditionFailure("a diagonal law was read as such")
    case .full(let mobility, let factor, _):
      lk_rows_multiply(mobility.entries, nil, dimension, dimension, gradient, difference.pointer, lanes)
      lk_rows_multiply(factor.entries, nil, dimension, dimension, normals.pointer, transformed.pointer, lanes)
      next.update(from: theta, count: dimension * lanes)
      lk_add_scaled(next, difference.pointer, -1, dimension * lanes)
      lk_add_scaled(next, transformed.pointer, 1, dimension * lanes)
      return lk_any_not_finite(next, dimension * lanes) == 0
    }
  }

  // MARK: Density

  /// Adds ln K(θ′ | θ)/K(θ | θ′) of a step to one number a lane, in nats.
  ///
  /// With s = M(G + G′) and D = θ′ − θ it is −(D − ½M(G′ − G))ᵀ Σ⁻¹ s: the normalisations and the squares cancel. Σ must
  /// be positive definite.
  public func addLogRatio(
    from theta: UnsafePointer<Double>, gradient: UnsafePointer<Double>, to next: UnsafePointer<Double>,
    nextGradient: UnsafePointer<Double>, into ratio: UnsafeMutablePointer<Double>
  ) {
    if isDiagonal {
      lk_step_log_ratio(
        theta, next, gradient, nextGradient, coefficients.row(0), coefficients.row(2), ratio, dimension, lanes)
      return
    }
    switch law.form {
    case .diagonal: preconditionFailure("a diagonal law was read as such")
    case .full(_, _, let whitening):
      guard let whitening else { preconditionFailure("a step with singular noise has no density") }
      // L⁻¹D − ½ L⁻¹M(G′ − G), times L⁻¹M(G + G′).
      subtract(nextGradient, gradient, into: difference.pointer)
      multiply(whitening.mobility, difference.pointer, into: transformed.pointer)
      subtract(next, theta, into: difference.pointer)
      multiply(whitening.inverseFactor, difference.pointer, into: sum.pointer)
      lk_add_scaled(sum.pointer, transformed.pointer, -0.5, dimension * lanes)
      difference.pointer.update(from: nextGradient, count: dimension * lanes)
      lk_add_scaled(difference.pointer, gradient, 1, dimension * lanes)
      multiply(whitening.mobility, difference.pointer, into: transformed.pointer)
      lk_inner_products(sum.pointer, transformed.pointer, -1, ratio, dimension, lanes)
    }
  }

  /// Writes ln K(θ′ | θ) in nats, one number a lane, given G(θ).
  public func logDensity(
    of next: UnsafePointer<Double>, given theta: UnsafePointer<Double>, gradient: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) {
    subtract(next, theta, into: difference.pointer)
    result.update(repeating: -law.logNormalisation, count: lanes)
    switch law.form {
    case .diagonal(let rates, let deviations, _):
      for i in 0..<dimension {
        let row = difference.row(i)
        for lane in 0..<lanes {
          let deviation = (row[lane] + rates[i] * gradient[i * lanes + lane]) / deviations[i]
          result[lane] -= 0.5 * deviation * deviation
        }
      }
    case .full(_, _, let whitening):
      guard let whitening else { preconditionFailure("a step with singular noise has no density") }
      multiply(whitening.inverseFactor, difference.pointer, into: sum.pointer)
      multiply(whitening.mobility, gradient, into: transformed.pointer)
      lk_add_scaled(sum.pointer, transformed.pointer, 1, dimension * lanes)
      lk_inner_products(sum.pointer, sum.pointer, -0.5, result, dimension, lanes)
    }
  }

  /// Adds rᵀΣ⁻¹r with r = θ′ − θ + MG(θ), whose law is χ² of d degrees of freedom, one number a lane.
  ///
  /// - Parameters:
  ///   - theta: θ.
  ///   - gradient: G(θ).
  ///   - next: θ′.
  ///   - sums: Two rows of lanes: rᵀΣ⁻¹r, and the same of a bound of the rounding of r.
  public func addResidual(
    from theta: UnsafePointer<Double>, gradient: UnsafePointer<Double>, to next: UnsafePointer<Double>,
    into sums: UnsafeMutablePointer<Double>
  ) {
    subtract(next, theta, into: difference.pointer)
    for k in 0..<dimension * lanes { transformed.pointer[k] = residualRounding(theta[k], next[k]) }
    switch law.form {
    case .diagonal:
      for i in 0..<dimension {
        let (row, errors, force) = (difference.row(i), transformed.row(i), gradient + i * lanes)
        let (rate, precision) = (coefficients[0, i], 1 / coefficients[1, i])
        for lane in 0..<lanes {
          let residual = (row[lane] + rate * force[lane]) * precision
          let error = errors[lane] * precision
          sums[lane] += residual * residual
          sums[lanes + lane] += error * error
        }
      }
    case .full(_, _, let whitening):
      guard let whitening else { preconditionFailure("a step with singular noise has no density") }
      addRounding(whitening.inverseFactor, into: sums + lanes)
      multiply(whitening.inverseFactor, difference.pointer, into: sum.pointer)
      multiply(whitening.mobility, gradient, into: transformed.pointer)
      lk_add_scaled(sum.pointer, transformed.pointer, 1, dimension * lanes)
      lk_inner_products(sum.pointer, sum.pointer, 1, sums, dimension, lanes)
    }
  }

  /// Adds Σ_i (Σ_j |L⁻¹_ij| e_j)² of the errors e that `transformed` holds.
  private func addRounding(_ inverse: DenseMatrix, into result: UnsafeMutablePointer<Double>) {
    for i in 0..<dimension {
      for lane in 0..<lanes {
        var size = 0.0
        for j in 0...i { size += abs(inverse[i, j]) * transformed[j, lane] }
        result[lane] += size * size
      }
    }
  }

  private func subtract(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    result.update(from: a, count: dimension * lanes)
    lk_add_scaled(result, b, -1, dimension * lanes)
  }

  private func multiply(
    _ matrix: DenseMatrix, _ input: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    lk_rows_multiply(matrix.entries, nil, dimension, dimension, input, result, lanes)
  }
}
