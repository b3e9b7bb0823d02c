import LoschmidtNumerics

/// Gradient descent: θ′ = θ − ηΛĝ + √(2ηTΛ) ζ with ζ ~ N(0, I).
///
/// With the full batch and T > 0 it is the unadjusted Langevin algorithm, with minibatches and T > 0 it is SGLD.
public struct GradientDescent: UpdateRule, Equatable {
  /// The name in scenarios.
  public static let name = "gradient-descent"

  /// η_k ≥ 0 as a function of the step.
  public let learningRate: Schedule
  /// Λ, symmetric and positive definite.
  public let preconditioner: Preconditioner

  /// A rule from its settings.
  public init(learningRate: Schedule, preconditioner: Preconditioner = .identity) {
    self.learningRate = learningRate
    self.preconditioner = preconditioner
  }

  /// The step itself.
  public var descent: PlainDescent? { PlainDescent(learningRate: learningRate, preconditioner: preconditioner) }

  /// M = ηΛ and Σ = 2ηTΛ + η²ΛCΛ; several heat baths need a diagonal Λ.
  public func stepLaw(
    _ setting: StepSetting, additiveCovariance: DenseMatrix?, dimension: Int
  ) throws(GSLError) -> StepLaw {
    let eta = setting.learningRate
    let baths = setting.temperatures
    let isDiagonal = additiveCovariance.map { Self.isDiagonal($0) } ?? true
    if let diagonal = preconditioner.diagonal(dimension: dimension), isDiagonal {
      let rates = diagonal.map { eta * $0 }
      let variances = (0..<dimension).map { i in
        let noise = additiveCovariance.map { $0[i, i] } ?? 0
        return 2 * rates[i] * baths[baths.count == 1 ? 0 : i] + rates[i] * noise * rates[i]
      }
      return StepLaw(rates: rates, variances: variances)
    }
    let entries = preconditioner.matrix(dimension: dimension).map { eta * $0 }
    let mobility = DenseMatrix(rows: dimension, columns: dimension, entries: entries)
    var covariance = DenseMatrix.zero(dimension)
    for i in 0..<dimension {
      // Several baths come only with a diagonal Λ, so that the order of the factors does not matter.
      for j in 0..<dimension { covariance[i, j] = 2 * baths[baths.count == 1 ? 0 : i] * mobility[i, j] }
    }
    if let additiveCovariance { covariance = covariance + mobility * additiveCovariance * mobility }
    return try StepLaw(mobility: mobility, covariance: covariance.symmetrised)
  }

  private static func isDiagonal(_ matrix: DenseMatrix) -> Bool {
    matrix == .diagonal((0..<matrix.rows).map { matrix[$0, $0] })
  }
}
