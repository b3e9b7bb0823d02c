import Foundation
import LoschmidtNumerics

extension GaussianChain {
  /// The scaled cumulant generating function λ(k) = lim G_n(k)/n; infinity outside of its open domain.
  ///
  /// λ(k) = −½ ln det D − (1/4π) ∫ ln det[(1 − k)F(ω) + kF(−ω)] dω with F(ω) = (1 − Ae^{−iω})⁺D⁻¹(1 − Ae^{−iω}). The
  /// trapezoidal rule converges geometrically for the periodic integrand; the number of points is doubled until two
  /// results agree to 10⁻¹³, or to 2¹⁶ points, which is what the last digits near the end of the domain would need.
  public func scaledCumulantGenerating(_ argument: Double) -> Double {
    let spectrum = Spectrum(self)
    let integral = Self.periodicMean { spectrum.logDeterminant(at: $0, argument: argument) }
    return -0.5 * step.factor.logDeterminant - 0.5 * integral
  }

  /// The second derivative of λ at 0: lim Var(R_n)/n, which does not depend on the boundary terms.
  ///
  /// It is (1/4π) ∫ tr[(F(ω)⁻¹(F(−ω) − F(ω)))²] dω.
  public var asymptoticVarianceRate: Double {
    let spectrum = Spectrum(self)
    return 0.5 * Self.periodicMean { spectrum.squaredAsymmetry(at: $0) }
  }

  /// The mean of an even periodic function over [0, 2π].
  private static func periodicMean(_ function: (Double) -> Double) -> Double {
    var points = 16
    var mean = (0..<points).reduce(0) { $0 + function(2 * .pi * Double($1) / 16) } / 16
    while points < 1 << 16 && mean.isFinite {
      let between = (0..<points).reduce(0) { sum, index in
        sum + function(2 * .pi * (Double(index) + 0.5) / Double(points))
      }
      let next = 0.5 * (mean + between / Double(points))
      points *= 2
      // At 64 points and more two rules that agree by accident are not to be expected.
      let isSettled = points > 64 && abs(next - mean) <= 1e-13 * max(1, abs(next))
      mean = next
      if isSettled { break }
    }
    return mean
  }
}

/// The spectral density matrix of the chain, as real matrices of twice the dimension.
private struct Spectrum {
  private let map: DenseMatrix
  private let precision: DenseMatrix
  private let weighted: DenseMatrix
  private let dimension: Int

  init(_ chain: GaussianChain) {
    map = chain.map
    precision = chain.step.factor.inverse
    weighted = precision * map
    dimension = map.rows
  }

  /// Real and imaginary part of F(ω): P + AᵀPA − cos ω (PA + AᵀP) and sin ω (PA − AᵀP).
  private func parts(at frequency: Double) -> (real: DenseMatrix, imaginary: DenseMatrix) {
    let transposed = weighted.transposed
    let real = precision + map.transposed * weighted - cos(frequency) * (weighted + transposed)
    return (real, sin(frequency) * (weighted - transposed))
  }

  /// [[X, −Y], [Y, X]] for X + iY.
  private func embedded(_ real: DenseMatrix, _ imaginary: DenseMatrix) -> DenseMatrix {
    var matrix = DenseMatrix.zero(2 * dimension)
    for row in 0..<dimension {
      for column in 0..<dimension {
        matrix[row, column] = real[row, column]
        matrix[row + dimension, column + dimension] = real[row, column]
        matrix[row, column + dimension] = -imaginary[row, column]
        matrix[row + dimension, column] = imaginary[row, column]
      }
    }
    return matrix
  }

  /// ln det[(1 − k)F(ω) + kF(−ω)]; minus infinity where the matrix is not positive definite.
  func logDeterminant(at frequency: Double, argument: Double) -> Double {
    let (real, imaginary) = parts(at: frequency)
    // F(−ω) is the complex conjugate.
    guard let factor = try? Cholesky(embedded(real, (1 - 2 * argument) * imaginary)) else { return -.infinity }
    return 0.5 * factor.logDeterminant
  }

  /// tr[(F(ω)⁻¹(F(−ω) − F(ω)))²].
  func squaredAsymmetry(at frequency: Double) -> Double {
    let (real, imaginary) = parts(at: frequency)
    guard let factor = try? Cholesky(embedded(real, imaginary)) else {
      preconditionFailure("the spectral density of a stable chain is positive definite")
    }
    let ratio = factor.solve(embedded(.zero(dimension), -2 * imaginary))
    // The trace of the real matrix counts every complex one twice.
    return 0.5 * ratio.inner(ratio.transposed)
  }
}
