import LoschmidtNumerics

/// The stationary Gaussian chain x′ = Ax + b + ξ, ξ ~ N(0, D), with positive definite D: exact path thermodynamics.
///
/// It is gradient descent with constant noise on a quadratic loss: A = 1 − ηH, b = ηh, D = η²C/B or 2ηT. Entropy is in
/// nats per step.
///
/// - Source: The theory of the thermodynamics, section 1.
public struct GaussianChain: Sendable {
  /// The density from which the reversed path starts at x_n.
  public enum ReverseInitial: Sendable, Equatable {
    /// The law of x_0 of the forward path.
    case same
    /// The stationary law.
    case stationary
    /// Another law.
    case given(GaussianLaw)
  }

  /// The kernel of one step.
  public let step: GaussianStep
  /// The stationary law π: mean (1 − A)⁻¹b, covariance Σ = AΣAᵀ + D.
  public let stationary: GaussianLaw
  /// The spectral radius of A, below 1.
  public let spectralRadius: Double

  /// The chain with these parts.
  ///
  /// - Parameters:
  ///   - map: A, square.
  ///   - shift: b; 0 where it is not given.
  ///   - noise: D.
  /// - Throws: `GaussianFailure`: `unstable` with the spectral radius of A where it is not below 1,
  ///   `notPositiveDefinite` for D.
  public init(map: DenseMatrix, shift: [Double]? = nil, noise: DenseMatrix) throws(GaussianFailure) {
    let step = try GaussianStep(map: map, shift: shift, noise: noise)
    let equation: DiscreteLyapunov
    do {
      equation = try DiscreteLyapunov(map: map, noise: noise)
    } catch { throw GaussianFailure(error) }
    let mean: [Double]
    do {
      mean = try LUFactorisation(DenseMatrix.identity(step.dimension) - map).solve(step.shift)
    } catch { throw .linearAlgebra(error) }
    self.step = step
    stationary = try GaussianLaw(mean: mean, covariance: equation.solution)
    spectralRadius = equation.spectralRadius
  }

  /// A.
  public var map: DenseMatrix { step.map }

  /// D.
  public var noise: DenseMatrix { step.noise }

  /// σ = tr[D⁻¹A(ΣAᵀ − AΣ)], the stationary entropy production per step in nats.
  ///
  /// It is a sum over the antisymmetric parts of D⁻¹A and AΣ, so that rounding cannot make a reversible chain produce
  /// more than rounding.
  public var entropyProductionPerStep: Double {
    let moved = map * stationary.covariance
    let current = moved.transposed - moved
    // tr(W K) with K antisymmetric: only the antisymmetric part of W = D⁻¹A counts.
    return 0.5 * step.area.transposed.inner(current)
  }

  /// ‖AD − DAᵀ‖ in Frobenius' norm; 0 exactly for detailed balance.
  public var detailedBalanceResidual: Double {
    let product = map * noise
    return (product - product.transposed).frobeniusNorm
  }

  /// R_n = ln p₀(x_0) Π K(x_{k+1}|x_k) − ln q(x_n) Π K(x_k|x_{k+1}) as a functional of the path, in nats.
  ///
  /// - Parameters:
  ///   - steps: n ≥ 1.
  ///   - initial: p₀; the stationary law where it is not given.
  ///   - reverseInitial: q.
  /// - Returns: The functional, with its boundary terms.
  public func logRatio(
    steps: Int, initial: GaussianLaw? = nil, reverseInitial: ReverseInitial = .same
  ) -> GaussianPath {
    let law = initial ?? stationary
    let end: GaussianLaw =
      switch reverseInitial {
      case .same: law
      case .stationary: stationary
      case .given(let other): other
      }
    // V(x) − V(x′) of every step adds up to a boundary term; only the area is left for each step. So nothing of the
    // size 1/η has to cancel between the steps.
    let potential = step.reversibleForm
    let form = StepForm(current: .zero(step.dimension), next: .zero(step.dimension), mixed: step.area)
    return GaussianPath(
      initial: law, first: law.logDensity + potential,
      segments: [GaussianPath.Segment(step: step, form: form, count: steps)],
      last: -1 * (end.logDensity + potential))
  }
}
