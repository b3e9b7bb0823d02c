import LoschmidtDynamics
import LoschmidtNumerics

/// What of the start is left in means over the counted steps of a Gaussian chain, exact at finite η.
///
/// Mean and covariance of θ obey m′ = Am + b and C′ = ACAᵀ + D from any start with two moments; means of quadratic
/// functions need no more.
public struct GaussianTransient: Sendable, Equatable {
  /// The mean over the counted steps of E ln K(x′|x)/K(x|x′), less the stationary value, in nats per step.
  public let production: Double
  /// The mean over the points after the counted steps of E |θ − θ*|², less the stationary value tr Σ; θ* is the
  /// stationary mean.
  public let trace: Double
  /// The same about the mean of all counted steps: the trace of a covariance about what was measured as the mean.
  public let traceAboutMean: Double

  /// At most so many multiplications are spent.
  private static let largestWork = 5e8

  /// Follows the moments.
  ///
  /// - Parameters:
  ///   - chain: The process.
  ///   - start: The law of θ_0; its coordinates are independent.
  ///   - burnIn: The steps that are not counted.
  ///   - steps: The steps that are, at least 1.
  ///
  /// It is `nil` where that takes too long. Complexity: (burnIn + steps) d³, and no more steps than the relaxation has.
  public init?(_ chain: GaussianChain, start: InitialLaw, burnIn: Int, steps: Int) {
    precondition(steps >= 1 && burnIn >= 0, "some steps are counted")
    let (stationary, step) = (chain.stationary, chain.step)
    let form = step.logRatio
    var mean = start.coordinates.map(\.moments.mean)
    var covariance = DenseMatrix.diagonal(start.coordinates.map(\.moments.variance))
    let size = stationary.covariance.trace
    let produced = chain.entropyProductionPerStep
    let cube = Double(step.dimension * step.dimension * step.dimension)
    var (production, trace, work) = (CompensatedSum(), CompensatedSum(), 0.0)
    var shift = [Double](repeating: 0, count: step.dimension)
    for k in 0..<burnIn + steps {
      let next = step.propagate(mean: mean, covariance: covariance)
      if k >= burnIn {
        let cross = step.map * covariance
        let mixed =
          Vectors.inner(next.mean, form.mixed.applied(to: mean)) + form.mixed.inner(cross)
        production.add(
          form.current.expectation(mean: mean, covariance: covariance)
            + form.next.expectation(mean: next.mean, covariance: next.covariance) + mixed - produced)
        shift = Vectors.sum(shift, Vectors.sum(next.mean, stationary.mean, times: -1))
        trace.add(Self.square(next.mean, stationary.mean) + next.covariance.trace - size)
      }
      let distance =
        Self.square(mean, stationary.mean) + (covariance - stationary.covariance).frobeniusNorm
      (mean, covariance) = next
      // What remains is rounding: a unit in the last place of the variances.
      if distance <= 1e-15 * size { break }
      work += 4 * cube
      if work > Self.largestWork { return nil }
    }
    self.production = production.total / Double(steps)
    self.trace = trace.total / Double(steps)
    traceAboutMean = self.trace - Vectors.inner(shift, shift) / Double(steps) / Double(steps)
  }

  private static func square(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}

extension InitialLaw.Coordinate {
  /// Mean and variance.
  fileprivate var moments: (mean: Double, variance: Double) {
    switch self {
    case .point(let value): (value, 0)
    case .normal(let mean, let deviation): (mean, deviation * deviation)
    case .uniform(let lower, let upper): (0.5 * (lower + upper), (upper - lower) * (upper - lower) / 12)
    }
  }
}
