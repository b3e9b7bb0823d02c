import CGSL

/// The straight line, or the plane, y = a + b x (+ c z …) through points with known errors, by weighted least squares.
///
/// It minimises χ² = Σ ((y_i − a − b x_i − …)/σ_i)². With normal errors χ² has the χ² law with as many degrees of freedom
/// as there are more points than coefficients, if the model is right.
public struct WeightedRegression: Sendable, Equatable {
  /// The constant a first, then b, c, … in the order of the columns.
  public let coefficients: [Double]
  /// (XᵀWX)⁻¹ with W = diag(1/σ²), row-major: the covariance of the coefficients, the errors σ being taken as known.
  public let covariance: [Double]
  /// χ² at the minimum.
  public let chiSquared: Double
  /// The number of points minus that of coefficients.
  public let degreesOfFreedom: Int

  /// √ of the diagonal of the covariance.
  public var standardErrors: [Double] {
    coefficients.indices.map { covariance[$0 * (coefficients.count + 1)].squareRoot() }
  }

  /// Fits the coefficients.
  ///
  /// - Parameters:
  ///   - values: y, at least as many as coefficients.
  ///   - standardErrors: σ, each finite and above 0.
  ///   - columns: x, z, …, each with an entry for every point; a constant column is added in front.
  /// - Throws: `GSLError`: `GSL_EBADLEN` for lengths that do not fit or too few points, `GSL_EDOM` for an entry that is
  ///   not finite or an error that is not above 0, `GSL_ESING` where the columns are linearly dependent.
  public init(values: [Double], standardErrors: [Double], columns: [[Double]]) throws(GSLError) {
    let function = "gsl_multifit_wlinear_tsvd"
    GSLLibrary.prepare()
    let (points, size) = (values.count, columns.count + 1)
    guard points >= size, standardErrors.count == points, columns.allSatisfy({ $0.count == points }) else {
      throw GSLError(
        status: GSL_EBADLEN, function: function,
        detail: "\(points) values, \(standardErrors.count) errors and columns of \(columns.map(\.count)) entries; "
          + "all must have as many, at least \(size)")
    }
    guard values.allSatisfy(\.isFinite), columns.allSatisfy({ $0.allSatisfy(\.isFinite) }),
      standardErrors.allSatisfy({ $0.isFinite && $0 > 0 })
    else { throw .domain(function, "values and columns must be finite, errors finite and above 0") }
    var (design, right) = ([Double](), values)
    for point in 0..<points { design += [1] + columns.map { $0[point] } }
    // Only ratios of weights enter the solution: the largest is 1, so that none overflows.
    let smallest = standardErrors.min() ?? 1
    var weights = standardErrors.map { (smallest / $0) * (smallest / $0) }
    var solution = [Double](repeating: 0, count: size)
    var inverse = [Double](repeating: 0, count: size * size)
    var (square, rank) = (0.0, 0)
    let workspace = try GSLLibrary.allocated(gsl_multifit_linear_alloc(points, size), "gsl_multifit_linear_alloc")
    defer { gsl_multifit_linear_free(workspace) }
    let status = design.withUnsafeMutableBufferPointer { design in
      weights.withUnsafeMutableBufferPointer { weights in
        right.withUnsafeMutableBufferPointer { right in
          solution.withUnsafeMutableBufferPointer { solution in
            inverse.withUnsafeMutableBufferPointer { inverse in
              var matrix = gsl_matrix(
                size1: points, size2: size, tda: size, data: design.baseAddress, block: nil, owner: 0)
              var (weight, value) = (SquareMatrix.view(weights), SquareMatrix.view(right))
              var (result, covariance) = (SquareMatrix.view(solution), SquareMatrix.view(inverse, dimension: size))
              return gsl_multifit_wlinear_tsvd(
                &matrix, &weight, &value, 1e-12, &result, &covariance, &square, &rank, workspace)
            }
          }
        }
      }
    }
    try GSLLibrary.check(status, function)
    guard rank == size else {
      throw GSLError(status: GSL_ESING, function: function, detail: "the columns are linearly dependent")
    }
    coefficients = solution
    covariance = inverse.map { $0 * smallest * smallest }
    chiSquared = square / smallest / smallest
    degreesOfFreedom = points - size
  }

  /// The same coefficients beside the χ² of another fit.
  public func with(chiSquared: Double) -> WeightedRegression {
    WeightedRegression(self, chiSquared: chiSquared)
  }

  private init(_ other: WeightedRegression, chiSquared: Double) {
    (coefficients, covariance, self.chiSquared, degreesOfFreedom) = (
      other.coefficients, other.covariance, chiSquared, other.degreesOfFreedom
    )
  }

  /// P(χ² at least as large) if the model is right: small where it does not fit; 1 without degrees of freedom.
  public var pValue: Double {
    guard degreesOfFreedom > 0, chiSquared.isFinite else { return degreesOfFreedom > 0 ? 0 : 1 }
    do {
      return try TailProbabilities.chiSquaredTail(chiSquared, degreesOfFreedom: Double(degreesOfFreedom))
    } catch {
      preconditionFailure("a finite χ² with degrees of freedom has a tail probability: \(error)")
    }
  }

  /// The interval that contains a coefficient with the probability `coverage`, above 0 and below 1, by the normal law.
  ///
  /// - Throws: `GSLError`, `GSL_EDOM`, for another coverage.
  public func interval(of index: Int, coverage: Double) throws(GSLError) -> ClosedRange<Double> {
    guard coverage > 0, coverage < 1 else {
      throw .domain("gsl_cdf_ugaussian_Qinv", "coverage = \(coverage), allowed are numbers between 0 and 1")
    }
    let reach = try TailProbabilities.normalTailQuantile((1 - coverage) / 2) * standardErrors[index]
    return (coefficients[index] - reach)...(coefficients[index] + reach)
  }
}
