import LoschmidtNumerics

/// The stochastic modified equation of SGD: a step is its solution over the time η.
///
/// With the field G = ∇L − F, the noise of the gradient f C(θ) + C₀ and σ_i = √(ηf/N) (g_i − ḡ) for the N samples,
///
///     dθ = b(θ) dt + Σ_i σ_i(θ) dW_i + √(ηC₀) dW + √(2T) dB.
///
/// | order | interpretation | b |
/// |---|---|---|
/// | 1 | either | −G |
/// | 2 | Ito | −G − (η/2) DG G = −∇(L + (η/4)\|∇L\|²) without a force |
/// | 2 | Stratonovich | −G − (η/2) E[Dĝ ĝ] = −∇(L + (η/4) E\|ĝ\|²) over batches, without a force |
///
/// The two readings of order 2 are the same process, because the Stratonovich correction of these σ_i is
/// ½ Σ_i (Dσ_i)σ_i = (ηf/2) mean (H_i − H̄)(g_i − ḡ) = (η/4) f ∇tr C. Other fields σ of the same σσᵀ have another
/// correction; those of order 1 differ by a drift of the order η. The weak error against SGD over a fixed time is
/// O(η^order) at T = 0; with heat baths it is O(η) at either order, since the bath is left as it is.
///
/// - Source: Li, Tai and E, Stochastic modified equations and dynamics of stochastic gradient algorithms I, JMLR 20
///   (2019).
public struct ModifiedSDE: UpdateRule, Equatable {
  /// The name in scenarios.
  public static let name = "modified-sde"

  /// The power of η that the weak error against SGD has over a fixed time.
  public enum Order: Int, Sendable, CaseIterable {
    /// The drift −G.
    case first = 1
    /// The drift corrected by −(η/2) DG G.
    case second = 2
  }

  /// What the stochastic integral is.
  public enum Interpretation: String, Sendable, CaseIterable {
    /// Of Ito: the noise is that of the beginning of an interval.
    case ito
    /// Of Stratonovich: the noise is that in the middle of an interval.
    case stratonovich
  }

  /// The substeps of a step unless others are given.
  ///
  /// For a noisy linear regression at ηλ ≈ 0.3 their weak error is at most some hundredths of the difference from SGD, where
  /// that of one substep is an eighth of it.
  public static let usualSubsteps = 2
  /// At most so many substeps are taken from a scenario.
  public static let largestSubsteps = 1000

  /// η_k > 0 as a function of the step.
  public let learningRate: Schedule
  /// The order of the drift.
  public let order: Order
  /// The reading of the integral.
  public let interpretation: Interpretation
  /// m ≥ 1, the number of intervals of η/m in which a step is integrated.
  public let substeps: Int

  /// A rule from its settings.
  public init(
    learningRate: Schedule, order: Order = .second, interpretation: Interpretation = .ito,
    substeps: Int = Self.usualSubsteps
  ) {
    precondition(substeps >= 1, "a step has at least one substep")
    self.learningRate = learningRate
    self.order = order
    self.interpretation = interpretation
    self.substeps = substeps
  }

  /// The noise of the equation: f and C₀ alone; `nil` for noises of which no fields σ_i are known.
  ///
  /// That is noise of infinite or dependent covariance, of another shape than that of batches or of a constant matrix,
  /// and noise that makes a step of several ones.
  public static func noise(
    of gradient: any GradientNoise, sampleCount: Int, dimension: Int
  ) -> NoiseCovariance? {
    guard gradient.substeps == 1,
      let noise = gradient.covariance(sampleCount: sampleCount, dimension: dimension),
      noise.traceFactor == 0, noise.label == nil
    else { return nil }
    return noise
  }

  /// The solution over a time is no step of gradient descent.
  public var descent: PlainDescent? { nil }

  /// Gradients and products with a Hessian of single samples.
  ///
  /// An interval has four evaluations of the drift: the field, its derivative for order 2, and both of every sample again
  /// for the correction or the squares; and four of the noise of the samples.
  public func sampleGradients(_ gradient: any GradientNoise, sampleCount: Int, dimension: Int) -> Int {
    let noise = Self.noise(of: gradient, sampleCount: sampleCount, dimension: dimension)
    let isNoisy = noise.map { $0.samplingFactor != 0 } ?? false
    let again = isNoisy && (interpretation == .ito || order == .second)
    let drift = 1 + (order == .second ? 1 : 0) + (again ? 2 : 0)
    return 4 * substeps * sampleCount * (drift + (isNoisy ? 1 : 0))
  }

  /// The law of the step of gradient descent: M = η, and Σ = 2ηT + η²C₀ is the noise that does not depend on θ.
  public func stepLaw(
    _ setting: StepSetting, additiveCovariance: DenseMatrix?, dimension: Int
  ) throws(GSLError) -> StepLaw {
    try GradientDescent(learningRate: learningRate).stepLaw(
      setting, additiveCovariance: additiveCovariance, dimension: dimension)
  }

  /// The transition density over a step is not known.
  public var missingDensity: MissingDensity? { .continuousTime }

  /// The integrator of the equation.
  public func integrator(
    _ program: FieldProgram, gradient: any GradientNoise, lanes: Int
  ) -> (any StepIntegrator)? {
    let noise = Self.noise(of: gradient, sampleCount: program.sampleCount, dimension: program.dimension)
    guard let noise else { preconditionFailure("the modified equation of '\(gradient.name)' is not known") }
    return DiffusionIntegrator(self, noise, program, lanes: lanes)
  }
}
