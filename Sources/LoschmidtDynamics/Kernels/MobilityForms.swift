import LoschmidtNumerics

/// Quadratic forms of the mobility M = ηΛ, without a matrix where M is diagonal.
extension StepLaw {
  /// Adds s · gᵀMg to the result, one number a lane.
  ///
  /// - Parameters:
  ///   - scale: s.
  ///   - g: A vector in every lane, dimension × lanes.
  ///   - lanes: The number of lanes.
  ///   - result: One number a lane. Unit of gᵀMg for a gradient g: that of the loss.
  public func addMobilityForm(
    _ scale: Double, of g: UnsafePointer<Double>, lanes: Int, to result: UnsafeMutablePointer<Double>
  ) {
    switch form {
    case .diagonal(let rates, _, _):
      for (i, rate) in rates.enumerated() {
        let row = g + i * lanes
        let weight = scale * rate
        for lane in 0..<lanes { result[lane] += weight * row[lane] * row[lane] }
      }
    case .full(let mobility, _, _):
      for i in 0..<dimension {
        for j in 0..<dimension {
          let (left, right, weight) = (g + i * lanes, g + j * lanes, scale * mobility[i, j])
          for lane in 0..<lanes { result[lane] += weight * left[lane] * right[lane] }
        }
      }
    }
  }

  /// The trace of M⁻¹Σ.
  ///
  /// With Σ = 2ηTΛ + η²ΛCΛ it is 2 Σ_i T_i + η tr(ΛC). Unit: that of the loss.
  public var noiseOverMobility: Double {
    switch form {
    case .diagonal(let rates, let deviations, _):
      return zip(rates, deviations).reduce(0) { $0 + $1.1 * $1.1 / $1.0 }
    case .full(let mobility, let factor, _):
      // M is positive definite, since η > 0 and Λ is.
      guard let cholesky = try? Cholesky(mobility) else { return .nan }
      return cholesky.solve(factor * factor.transposed).trace
    }
  }

  /// tr(MC).
  public func mobilityTrace(with matrix: DenseMatrix) -> Double {
    switch form {
    case .diagonal(let rates, _, _):
      return rates.enumerated().reduce(0) { $0 + $1.element * matrix[$1.offset, $1.offset] }
    case .full(let mobility, _, _): return mobility.inner(matrix.transposed)
    }
  }
}
