import LoschmidtNumerics

/// The process dx = −Hx dt + √(2𝒟) dW: the continuum limit of Gaussian chains.
///
/// - Source: The theory of the thermodynamics, sections 1 and 9.
public struct OrnsteinUhlenbeck: Sendable {
  /// H; all its eigenvalues have positive real parts.
  public let drift: DenseMatrix
  /// 𝒟, positive definite.
  public let diffusion: DenseMatrix
  /// Σ with HΣ + ΣHᵀ = 2𝒟.
  public let covariance: DenseMatrix

  /// The process with these parts.
  ///
  /// - Throws: `GaussianFailure`: `unstable` where H has an eigenvalue without positive real part (the radius is that
  /// of   its Cayley transform), `notPositiveDefinite` for 𝒟.
  public init(drift: DenseMatrix, diffusion: DenseMatrix) throws(GaussianFailure) {
    _ = try GaussianFailure.factor(diffusion, "the diffusion matrix")
    do {
      covariance = try ContinuousLyapunov(drift: drift, noise: 2 * diffusion).solution
    } catch { throw GaussianFailure(error) }
    self.drift = drift
    self.diffusion = diffusion.symmetrised
  }

  /// tr(Hᵀ𝒟⁻¹HΣ) − tr H, the entropy production per unit of time in nats.
  ///
  /// With HΣ = 𝒟 + K, K antisymmetric, it is tr(𝒟⁻¹KΣ⁻¹Kᵀ): evaluated in this form it cannot become negative.
  public var entropyProductionRate: Double {
    let moved = drift * covariance
    let circulation = 0.5 * (moved - moved.transposed)
    guard let noise = try? Cholesky(diffusion), let spread = try? Cholesky(covariance) else {
      preconditionFailure("diffusion and covariance were positive definite")
    }
    let whitened = spread.solveLower(noise.solveLower(circulation).transposed)
    return whitened.inner(whitened)
  }

  /// The chain of x(0), x(Δt), …: A = e^{−HΔt}, D = ∫ e^{−Hs} 2𝒟 e^{−Hᵀs} ds from 0 to Δt.
  ///
  /// Both come from Taylor series at a small time and doubling, A(2t) = A(t)², D(2t) = A(t)D(t)A(t)ᵀ + D(t), so that D
  /// keeps its relative accuracy where Σ − AΣAᵀ loses it.
  ///
  /// - Throws: `GaussianFailure`, where Δt is so long that D cannot be told from Σ by more than rounding, or so short
  ///   that the radius of A rounds to 1.
  public func sampled(every interval: Double) throws(GaussianFailure) -> GaussianChain {
    precondition(interval > 0 && interval.isFinite, "a sampling interval is positive")
    var doublings = 0
    var time = interval
    while time * drift.frobeniusNorm > 0.125 {
      time /= 2
      doublings += 1
    }
    var (map, noise) = short(time)
    for _ in 0..<doublings {
      noise = (map * noise * map.transposed + noise).symmetrised
      map = map * map
    }
    return try GaussianChain(map: map, noise: noise)
  }

  /// The Euler–Maruyama chain: A = 1 − HΔt, D = 2𝒟Δt.
  ///
  /// - Throws: `GaussianFailure.unstable` where the step is too long.
  public func eulerMaruyama(step: Double) throws(GaussianFailure) -> GaussianChain {
    precondition(step > 0, "a step is positive")
    return try GaussianChain(
      map: DenseMatrix.identity(drift.rows) - step * drift, noise: 2 * step * diffusion)
  }

  /// A(t) and D(t) for t‖H‖ ≤ 1/8, where 16 terms leave less than rounding (8⁻¹⁶/16! ≈ 10⁻²⁸, 4⁻¹⁶/17! ≈ 10⁻²⁴).
  private func short(_ time: Double) -> (map: DenseMatrix, noise: DenseMatrix) {
    var power = DenseMatrix.identity(drift.rows)
    var map = power
    var rate = 2 * time * diffusion
    var noise = rate
    for order in 1...16 {
      power = (-time / Double(order)) * (drift * power)
      map = map + power
      // d/ds of e^{−Hs}Qe^{−Hᵀs} is −HQ − QHᵀ.
      let moved = drift * rate
      rate = (-time / Double(order + 1)) * (moved + moved.transposed)
      noise = noise + rate
    }
    return (map, noise.symmetrised)
  }
}
