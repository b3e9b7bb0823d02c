import Foundation
import LoschmidtNumerics

/// The Gaussian law of one step, given the gradient field G: θ′ = θ − MG(θ) + N(0, Σ) with the mobility M = ηΛ.
///
/// Σ = 2ηTΛ + η²ΛCΛ: the heat baths, and a gradient noise of constant covariance C. Unit of Σ: [θ]², per step. Where M and Σ
/// are diagonal nothing of the size d² is made.
public struct StepLaw: Sendable {
  /// M and Σ with what sampling and the density need of them.
  enum Form: Sendable {
    /// M_ii, √Σ_ii, and M_ii/Σ_ii.
    case diagonal(rates: [Double], deviations: [Double], weights: [Double])
    /// M, a factor L with Σ = LLᵀ, and L⁻¹ with L⁻¹M, `nil` where Σ is singular.
    case full(mobility: DenseMatrix, factor: DenseMatrix, whitening: Whitening?)
  }

  /// L⁻¹ and L⁻¹M.
  struct Whitening: Sendable {
    let inverseFactor: DenseMatrix
    let mobility: DenseMatrix
  }

  /// The number of coordinates d.
  public let dimension: Int
  /// Half the logarithm of det(2πΣ), in nats; infinite where Σ is singular.
  public let logNormalisation: Double
  let form: Form

  /// The law with a diagonal mobility and diagonal noise.
  ///
  /// - Parameters:
  ///   - rates: M_ii > 0.
  ///   - variances: Σ_ii ≥ 0.
  public init(rates: [Double], variances: [Double]) {
    precondition(rates.count == variances.count, "every coordinate has a rate and a variance")
    dimension = rates.count
    form = .diagonal(
      rates: rates, deviations: variances.map { $0.squareRoot() },
      weights: zip(rates, variances).map { $1 > 0 ? $0 / $1 : .infinity })
    logNormalisation =
      variances.allSatisfy { $0 > 0 } ? variances.reduce(0) { $0 + 0.5 * log(2 * .pi * $1) } : .infinity
  }

  /// The law with a mobility and a covariance; the covariance is symmetric and positive semidefinite.
  ///
  /// - Throws: `GSLError` where the covariance has no factor.
  public init(mobility: DenseMatrix, covariance: DenseMatrix) throws(GSLError) {
    dimension = mobility.rows
    if let cholesky = try? Cholesky(covariance) {
      let inverse = Self.inverse(ofLower: cholesky.lowerMatrix)
      form = .full(
        mobility: mobility, factor: cholesky.lowerMatrix,
        whitening: Whitening(inverseFactor: inverse, mobility: inverse * mobility))
      logNormalisation = 0.5 * (Double(mobility.rows) * log(2 * .pi) + cholesky.logDeterminant)
    } else {
      let eigen = try SymmetricEigen(matrix: covariance.entries, dimension: dimension)
      var factor = DenseMatrix.zero(dimension)
      for (j, value) in eigen.eigenvalues.enumerated() {
        let length = max(0, value).squareRoot()
        for (i, entry) in eigen.eigenvector(j).enumerated() { factor[i, j] = length * entry }
      }
      form = .full(mobility: mobility, factor: factor, whitening: nil)
      logNormalisation = .infinity
    }
  }

  /// Whether no coordinate has any noise.
  public var isDeterministic: Bool {
    switch form {
    case .diagonal(_, let deviations, _): deviations.allSatisfy { $0 == 0 }
    case .full(_, let factor, _): factor.entries.allSatisfy { $0 == 0 }
    }
  }

  /// Whether the step has a density: Σ is positive definite.
  public var hasDensity: Bool { logNormalisation.isFinite }

  /// Whether some noise is so small that M/Σ or 1/Σ exceeds the range of numbers.
  private var isBelowRange: Bool {
    switch form {
    case .diagonal(_, let deviations, let weights):
      return zip(deviations, weights).contains { $0 > 0 && !((1 / ($0 * $0)).isFinite && $1.isFinite) }
    case .full(_, _, let whitening):
      return whitening.map { !$0.inverseFactor.entries.allSatisfy { ($0 * $0).isFinite } } ?? false
    }
  }

  /// Why the Gaussian step has no density; `nil` where it has one.
  public var missingDensity: MissingDensity? {
    if isBelowRange { return .noiseBelowRange }
    if isDeterministic { return .deterministicStep }
    return hasDensity ? nil : .singularNoise
  }

  /// Σ.
  public var covariance: DenseMatrix {
    switch form {
    case .diagonal(_, let deviations, _): .diagonal(deviations.map { $0 * $0 })
    case .full(_, let factor, _): factor * factor.transposed
    }
  }

  /// M.
  public var mobility: DenseMatrix {
    switch form {
    case .diagonal(let rates, _, _): .diagonal(rates)
    case .full(let mobility, _, _): mobility
    }
  }

  /// The law with Σ multiplied by a factor: a wrong model of the noise.
  func scalingNoise(by factor: Double) -> StepLaw {
    switch form {
    case .diagonal(let rates, let deviations, _):
      return StepLaw(rates: rates, variances: deviations.map { $0 * $0 * factor })
    case .full(let mobility, _, _):
      guard let law = try? StepLaw(mobility: mobility, covariance: factor * covariance) else {
        preconditionFailure("a covariance that was factored can be factored again")
      }
      return law
    }
  }

  private static func inverse(ofLower lower: DenseMatrix) -> DenseMatrix {
    let d = lower.rows
    var inverse = DenseMatrix.zero(d)
    for j in 0..<d {
      for i in j..<d {
        let known = (j..<i).reduce(i == j ? 1.0 : 0) { $0 - lower[i, $1] * inverse[$1, j] }
        inverse[i, j] = known / lower[i, i]
      }
    }
    return inverse
  }
}
