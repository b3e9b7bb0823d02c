import LoschmidtDynamics
import LoschmidtNumerics

extension QuadraticMoments {
  /// At most so many coordinates; the second moments are then 78 unknowns.
  public static let largestStationaryDimension = 12

  /// Mean and covariance of θ in the stationary state of a modified equation.
  ///
  /// Bm = −c, and BV + VBᵀ − ηf mean D_iVD_iᵀ = ηf mean (D_im + r_i)(D_im + r_i)ᵀ + Σ₀/η for the covariance V, a linear
  /// system on symmetric matrices. It is stationary exactly when all eigenvalues of that system have positive real
  /// parts.
  ///
  /// - Parameters:
  ///   - order: The order of the equation.
  ///   - interpretation: Its reading.
  /// - Returns: `nil` where there is no stationary state, or there are too many coordinates.
  public func stationary(
    order: ModifiedSDE.Order, interpretation: ModifiedSDE.Interpretation
  ) -> (mean: [Double], covariance: DenseMatrix)? {
    let d = dimension
    guard d <= Self.largestStationaryDimension else { return nil }
    let drift = itoDrift(order, interpretation)
    guard let factored = try? LUFactorisation(matrix: drift.slope.entries, dimension: d),
      let solved = try? factored.solve(drift.constant)
    else { return nil }
    let mean = Vectors.scaled(solved, by: -1)
    let pairs = (0..<d).flatMap { i in (0...i).map { (i, $0) } }
    var system = DenseMatrix.zero(pairs.count)
    for (column, (i, j)) in pairs.enumerated() {
      var unit = DenseMatrix.zero(d)
      (unit[i, j], unit[j, i]) = (1, 1)
      let image = relaxation(of: unit, drift.slope)
      for (row, (k, l)) in pairs.enumerated() { system[row, column] = image[k, l] }
    }
    let noise = noise(at: mean)
    guard let eigen = try? GeneralEigenvalues(matrix: system.entries, dimension: pairs.count),
      eigen.real.allSatisfy({ $0 > 0 }),
      let values = try? LUFactorisation(matrix: system.entries, dimension: pairs.count).solve(
        pairs.map { noise[$0.0, $0.1] })
    else { return nil }
    var covariance = DenseMatrix.zero(d)
    for ((i, j), value) in zip(pairs, values) { (covariance[i, j], covariance[j, i]) = (value, value) }
    return (mean, covariance)
  }

  /// BV + VBᵀ − ηf mean D_iVD_iᵀ.
  private func relaxation(of covariance: DenseMatrix, _ slope: DenseMatrix) -> DenseMatrix {
    let pull = slope * covariance
    var image = pull + pull.transposed
    for deviation in deviations {
      let share = learningRate * factor / Double(deviations.count)
      image = image - share * (deviation.slope * covariance * deviation.slope.transposed)
    }
    return image
  }

  /// ηf mean (D_im + r_i)(D_im + r_i)ᵀ + Σ₀/η.
  private func noise(at mean: [Double]) -> DenseMatrix {
    deviations.reduce((1 / learningRate) * additive) { sum, deviation in
      let value = deviation.applied(to: mean)
      return sum + (learningRate * factor / Double(deviations.count)) * .outer(value, value)
    }
  }
}
