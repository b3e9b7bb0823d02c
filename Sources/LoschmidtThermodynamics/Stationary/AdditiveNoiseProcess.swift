import LoschmidtDynamics
import LoschmidtNumerics

/// Gradient descent in a quadratic loss with a noise that has the same law at every θ: x′ = Ax + b + ξ.
///
/// The gradients of single samples differ by the same vectors at every θ where all samples have one curvature, so that
/// noise with their covariance is additive. A linear force may act beside the loss.
public struct AdditiveNoiseProcess: Sendable {
  /// A = 1 − M(H + K).
  public let map: DenseMatrix
  /// b.
  public let shift: [Double]
  /// M Cov ĝ M, the part of Cov ξ that the gradient brings; `nil` where it is infinite.
  public let gradientNoise: DenseMatrix?
  /// The part of Cov ξ that the heat baths bring.
  public let thermalNoise: DenseMatrix
  private let gradient: any GradientNoise

  /// Reads the process of one step of a plan.
  ///
  /// `nil` for other steps than those of plain gradient descent, where the field is not linear, the noise depends on θ, a
  /// batch is drawn, or a step is made of several.
  public init?(_ plan: SimulationPlan, step: Int) {
    let gradient = plan.process.gradient
    let setting = plan.clock.setting(step)
    guard plan.descent != nil, gradient.randomness == .integrated, gradient.substeps == 1,
      let quadratic = QuadraticProcess(
        plan.process.landscape, plan.process.force, plan.process.parameters, time: setting.time),
      let law = try? plan.law(setting)
    else { return nil }
    let covariance = gradient.covariance(sampleCount: plan.program.sampleCount, dimension: quadratic.dimension)
    if let covariance {
      guard let constant = quadratic.constantCovariance(covariance) else { return nil }
      gradientNoise = law.mobility * constant * law.mobility
    } else {
      gradientNoise = nil
    }
    let field = quadratic.meanGradient
    let slope = DenseMatrix(rows: field.dimension, columns: field.dimension, entries: field.matrix)
    map = DenseMatrix.identity(field.dimension) - law.mobility * slope
    shift = Vectors.scaled(law.mobility.applied(to: field.constant), by: -1)
    thermalNoise = law.covariance
    self.gradient = gradient
  }

  /// Whether ξ is normal.
  public var isGaussian: Bool { gradient.isGaussian && gradientNoise != nil }

  /// Whether the spectral radius of A is below 1, so that there is a stationary law.
  public var isStable: Bool { spectralRadius.map { $0 < 1 } ?? false }

  /// The spectral radius of A; `nil` where its eigenvalues do not converge.
  public var spectralRadius: Double? { try? map.spectralRadius() }

  /// The chain of normal noise; `nil` where the noise is another, is singular, or the process is unstable.
  public var gaussianChain: GaussianChain? {
    guard isGaussian, let gradientNoise else { return nil }
    return try? GaussianChain(map: map, shift: shift, noise: gradientNoise + thermalNoise)
  }

  /// The chain of one coordinate with a heavy-tailed noise.
  ///
  /// `nil` for several coordinates, other noise or none, heat beside it, since the sum then has neither law, and where
  /// the
  /// process is unstable.
  public var heavyTailedChain: HeavyTailedChain? {
    guard let tail = gradient.heavyTail, map.rows == 1, thermalNoise[0, 0] == 0 else { return nil }
    if let gradientNoise, gradientNoise[0, 0] == 0 { return nil }
    return try? HeavyTailedChain(map: map[0, 0], noise: tail)
  }
}

extension QuadraticProcess {
  /// The covariance of the gradient where it is the same at every θ; `nil` where it depends on it, or has a label.
  fileprivate func constantCovariance(_ noise: NoiseCovariance) -> DenseMatrix? {
    guard noise.label == nil else { return nil }
    var sum = noise.constant ?? .zero(dimension)
    guard noise.samplingFactor != 0 || noise.traceFactor != 0 else { return sum }
    // The same instructions on the same numbers give the same bits.
    guard let first = hessians.first, hessians.allSatisfy({ $0 == first }) else { return nil }
    let share = 1 / Double(linearTerms.count)
    let mean = linearTerms.reduce([Double](repeating: 0, count: dimension)) { Vectors.sum($0, $1, times: share) }
    let spread = linearTerms.reduce(DenseMatrix.zero(dimension)) { sum, term in
      let deviation = Vectors.sum(term, mean, times: -1)
      return sum + share * .outer(deviation, deviation)
    }
    sum = sum + noise.samplingFactor * spread
    return sum + (noise.traceFactor * spread.trace) * .identity(dimension)
  }
}
