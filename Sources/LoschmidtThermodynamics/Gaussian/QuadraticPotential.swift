import Foundation
import LoschmidtNumerics

/// The potential U(x) = ½ xᵀHx − hᵀx + c at a temperature T, with its Langevin step of learning rate η.
///
/// The step is x′ = x − η∇U(x) + √(2ηT) N(0, 1). It obeys detailed balance exactly, not for U, but for the shadow
/// potential Ũ = U − (η/4)|∇U|².
///
/// - Source: The theory of the thermodynamics, section 2.
public struct QuadraticPotential: Sendable, Equatable {
  /// H, symmetric and positive definite.
  public let curvature: DenseMatrix
  /// h.
  public let pull: [Double]
  /// c.
  public let offset: Double

  /// ½ xᵀHx − hᵀx + c.
  ///
  /// - Throws: `GaussianFailure.notPositiveDefinite` for another H: e^{−U/T} would have no integral.
  public init(curvature: DenseMatrix, pull: [Double], offset: Double = 0) throws(GaussianFailure) {
    precondition(curvature.rows == pull.count && curvature.columns == pull.count, "the parts of a potential fit")
    self.curvature = curvature.symmetrised
    self.pull = pull
    self.offset = offset
    _ = try GaussianFailure.factor(curvature, "the curvature of a potential")
  }

  /// ½κ(x − λ)², a trap in one dimension.
  ///
  /// - Throws: `GaussianFailure.notPositiveDefinite` unless κ > 0.
  public static func trap(stiffness: Double, center: Double) throws(GaussianFailure) -> QuadraticPotential {
    try QuadraticPotential(
      curvature: .diagonal([stiffness]), pull: [stiffness * center], offset: 0.5 * stiffness * center * center)
  }

  /// U as a form.
  public var form: QuadraticForm {
    QuadraticForm(matrix: curvature, linear: Vectors.scaled(pull, by: -1), constant: offset)
  }

  /// Ũ = U − (η/4)|∇U|², for which the step with this learning rate obeys detailed balance.
  ///
  /// - Throws: `GaussianFailure.notPositiveDefinite` unless η < 2/λ_max(H).
  public func shadow(learningRate: Double) throws(GaussianFailure) -> QuadraticPotential {
    let moved = curvature.applied(to: pull)
    return try QuadraticPotential(
      curvature: curvature - (0.5 * learningRate) * (curvature * curvature),
      pull: Vectors.sum(pull, moved, times: -0.5 * learningRate),
      offset: offset - 0.25 * learningRate * Vectors.inner(pull, pull))
  }

  /// The kernel of one Langevin step.
  ///
  /// - Throws: `GaussianFailure.notPositiveDefinite` unless ηT > 0.
  public func step(learningRate: Double, temperature: Double) throws(GaussianFailure) -> GaussianStep {
    let identity = DenseMatrix.identity(pull.count)
    return try GaussianStep(
      map: identity - learningRate * curvature, shift: Vectors.scaled(pull, by: learningRate),
      noise: (2 * learningRate * temperature) * identity)
  }

  /// The law e^{−U/T}/Z.
  public func boltzmann(temperature: Double) throws(GaussianFailure) -> GaussianLaw {
    let factor = try GaussianFailure.factor(curvature, "the curvature of a potential")
    return try GaussianLaw(mean: minimum(factor), covariance: temperature * factor.inverse)
  }

  /// F = −T ln Z with Z = ∫ e^{−U/T} dx.
  public func freeEnergy(temperature: Double) throws(GaussianFailure) -> Double {
    let factor = try GaussianFailure.factor(curvature, "the curvature of a potential")
    let depth = offset - 0.5 * Vectors.inner(pull, minimum(factor))
    let entropy = Double(pull.count) * log(2 * .pi * temperature) - factor.logDeterminant
    return depth - 0.5 * temperature * entropy
  }

  private func minimum(_ factor: Cholesky) -> [Double] {
    factor.solve(DenseMatrix(rows: pull.count, columns: 1, entries: pull)).entries
  }
}
