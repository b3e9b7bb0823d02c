import LoschmidtNumerics

extension GaussianChain {
  /// The dual kernel K⁺(x′|x) = K(x|x′)π(x′)/π(x): A⁺ = ΣAᵀΣ⁻¹, D⁺ = Σ − A⁺ΣA⁺ᵀ, with the same stationary law.
  ///
  /// In discrete time D⁺ is another matrix than D in general.
  ///
  /// - Throws: `GaussianFailure.notPositiveDefinite` where rounding leaves no positive D⁺.
  public func dual() throws(GaussianFailure) -> GaussianStep {
    let covariance = stationary.covariance
    // A⁺ᵀ = Σ⁻¹AΣ.
    let map = stationary.factor.solve(self.map * covariance).transposed
    return try GaussianStep(
      map: map, shift: Vectors.sum(stationary.mean, map.applied(to: stationary.mean), times: -1),
      noise: covariance - map * covariance * map.transposed)
  }
}

/// The entropy production of a driven Gaussian chain and its split by the stationary laws, R = R_na + R_a.
///
/// The kernel of step k is that of chain k + 1 of the list chain 0, …, chain n; x_0 has the stationary law π_0 of chain
/// 0, and the reversed path starts from the law p_n of x_n. All four functionals fulfil E e^{−R} = 1.
///
/// - Source: The theory of the thermodynamics, section 2.
public struct EntropySplit: Sendable {
  /// R = ln p₀(x_0)/p_n(x_n) + Σ ln K(x_{k+1}|x_k)/K(x_k|x_{k+1}).
  public let total: GaussianPath
  /// R_na = ln p₀(x_0)/p_n(x_n) + Σ ln π_{k+1}(x_{k+1})/π_{k+1}(x_k).
  public let nonadiabatic: GaussianPath
  /// R_a = Σ ln K(x_{k+1}|x_k)/K⁺(x_{k+1}|x_k).
  public let adiabatic: GaussianPath
  /// Y = Σ φ_{k+1}(x_k) − φ_k(x_k) with φ = −ln π, the functional of Hatano and Sasa.
  public let hatanoSasa: GaussianPath

  /// The functionals of the chains 0, …, n, n ≥ 1.
  ///
  /// - Throws: `GaussianFailure.notPositiveDefinite` where rounding leaves no dual kernel.
  public init(chains: [GaussianChain]) throws(GaussianFailure) {
    precondition(chains.count >= 2, "a driven chain has at least one step")
    let initial = chains[0].stationary
    let final = chains.dropFirst().reduce(initial) { $1.step.propagate($0) }
    var forms: (total: [StepForm], nonadiabatic: [StepForm], adiabatic: [StepForm], jump: [StepForm]) = ([], [], [], [])
    for (previous, chain) in zip(chains, chains.dropFirst()) {
      let stationary = chain.stationary.logDensity
      forms.total.append(chain.step.logRatio)
      forms.nonadiabatic.append(.next(stationary) - .current(stationary))
      forms.adiabatic.append(chain.step.logDensity - (try chain.dual()).logDensity)
      forms.jump.append(.current(previous.stationary.logDensity - stationary))
    }
    func path(_ forms: [StepForm], boundary: Bool) -> GaussianPath {
      GaussianPath(
        initial: initial, first: boundary ? initial.logDensity : nil,
        segments: zip(chains.dropFirst(), forms).map { GaussianPath.Segment(step: $0.step, form: $1) },
        last: boundary ? -1 * final.logDensity : nil)
    }
    total = path(forms.total, boundary: true)
    nonadiabatic = path(forms.nonadiabatic, boundary: true)
    adiabatic = path(forms.adiabatic, boundary: false)
    hatanoSasa = path(forms.jump, boundary: false)
  }
}
