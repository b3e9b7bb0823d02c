import Foundation
import LoschmidtNumerics

/// Langevin steps with minibatch gradients on quadratic losses in one dimension, and the two entropies they produce.
///
/// At every step one of the batches is drawn uniformly; x′ = x − η(h_B x − c_B) + √(2ηT) N(0, 1). In the extended
/// picture the batch belongs to the path, and the reversed path uses the same batches; in the marginal picture the
/// kernel is the mixture over batches. The marginal entropy production is the smaller one, often by far.
///
/// - Source: The theory of the thermodynamics, section 6.
public struct MinibatchMixture1D: Sendable, Equatable {
  /// h_B of every batch.
  public let curvatures: [Double]
  /// c_B of every batch: its gradient is h_B x − c_B.
  public let pulls: [Double]
  /// η.
  public let learningRate: Double
  /// T > 0.
  public let temperature: Double

  /// The process with these batches.
  ///
  /// - Throws: `GaussianFailure.unstable` with the mean of (1 − ηh_B)² where it is 1 or more: there is no stationary
  ///   variance.
  public init(
    curvatures: [Double], pulls: [Double], learningRate: Double, temperature: Double
  ) throws(GaussianFailure) {
    precondition(!curvatures.isEmpty && curvatures.count == pulls.count, "every batch has a curvature and a pull")
    precondition(learningRate > 0 && temperature > 0, "a step with a density needs η > 0 and T > 0")
    self.curvatures = curvatures
    self.pulls = pulls
    self.learningRate = learningRate
    self.temperature = temperature
    let radius = contraction
    guard radius < 1 else { throw .unstable(spectralRadius: radius) }
  }

  /// E x.
  public var mean: Double { average { _, pull in pull } / average { curvature, _ in curvature } }

  /// E x².
  public var secondMoment: Double { secondMoment(temperature: temperature) }

  /// E ln K_B(x′|x)/K_B(x|x′) per step in nats, in the stationary state.
  ///
  /// For a batch it is −(1 − ηh_B/2) ΔU_B/T exactly, U_B = ½h_B x² − c_B x, whose mean is a function of two moments.
  public var extendedEntropyProduction: Double {
    temperatureTimesExtended(temperature: temperature) / temperature
  }

  /// T × the extended entropy production as T → 0 at fixed η: η E (1 − ηh_B/2)² g_B².
  ///
  /// It is not η E g_B², which it only tends to as η → 0 too.
  public var zeroTemperatureLimit: Double {
    let second = secondMoment(temperature: 0)
    return learningRate
      * average { curvature, pull in
        let half = 1 - 0.5 * learningRate * curvature
        return half * half * squaredGradient(curvature, pull, second)
      }
  }

  /// η E g_B² as T → 0, the limit that is often written.
  public var naiveZeroTemperatureLimit: Double {
    let second = secondMoment(temperature: 0)
    return learningRate * average { squaredGradient($0, $1, second) }
  }

  /// ln K(x′|x) of the mixture, in nats, by log-sum-exp.
  public func logDensity(of next: Double, given current: Double) -> Double {
    let variance = 2 * learningRate * temperature
    var exponents: [Double] = []
    exponents.reserveCapacity(curvatures.count)
    for (curvature, pull) in zip(curvatures, pulls) {
      let noise = next - current + learningRate * (curvature * current - pull)
      exponents.append(-0.5 * noise * noise / variance)
    }
    let largest = exponents.max() ?? 0
    let sum = exponents.reduce(0) { $0 + exp($1 - largest) }
    return largest + log(sum / Double(curvatures.count)) - 0.5 * log(2 * .pi * variance)
  }

  /// Whether every batch alone contracts, |1 − ηh_B| < 1: then the chain has an interval for a grid.
  public var isConfinedByEveryBatch: Bool { slowest < 1 }

  /// An interval outside of which the stationary law has nothing to speak of, 1e−22 at most.
  ///
  /// Without noise no batch leads out of the smallest interval that all of them map into itself; for batches that do not
  /// overshoot it reaches from the smallest of their fixed points to the largest, and else beyond both. The noise adds, for
  /// any order of batches, a Gaussian with at most the variance 2ηT/(1 − m²) of the slowest one: ten deviations of it.
  public var interval: ClosedRange<Double> {
    precondition(isConfinedByEveryBatch, "the interval of the grid needs every batch to contract")
    let deviation = (2 * learningRate * temperature).squareRoot()
    let margin = 10 * deviation / (1 - slowest * slowest).squareRoot()
    let fixed = zip(curvatures, pulls).map { $1 / $0 }
    var (lower, upper) = (fixed.min() ?? 0, fixed.max() ?? 0)
    // Each round comes closer by the factor of the slowest batch; what is left after a change is a geometric series.
    let tolerance = 1e-3 * deviation * (1 - slowest)
    var change = Double.infinity
    while change > tolerance {
      var (low, high) = (lower, upper)
      for (curvature, pull) in zip(curvatures, pulls) {
        let (factor, shift) = (1 - learningRate * curvature, learningRate * pull)
        // A batch that does not overshoot only leads towards its fixed point, which is inside.
        if factor >= 0 { continue }
        low = min(low, factor * upper + shift)
        high = max(high, factor * lower + shift)
      }
      change = max(lower - low, high - upper)
      (lower, upper) = (low, high)
    }
    return (lower - margin)...(upper + margin)
  }

  /// The mixture kernel on a grid: its `entropyProductionPerStep` is the marginal one.
  ///
  /// - Parameter pointsPerDeviation: Points per standard deviation √(2ηT) of the noise. The logarithm of a mixture has
  ///   singularities at the imaginary distance 2πηT/|difference of two means|, which the spacing has to resolve.
  /// - Returns: The mixture kernel with its stationary density.
  /// - Throws: `GSLError` where the kernel is not finite.
  public func marginal(pointsPerDeviation: Double = 8) throws(GSLError) -> TransferOperator {
    let (range, count) = (interval, pointCount(pointsPerDeviation))
    return try TransferOperator(lower: range.lowerBound, upper: range.upperBound, count: count) {
      logDensity(of: $0, given: $1)
    }
  }

  /// The marginal entropy production per step in nats, as far as two grids with different spacings agree about it.
  ///
  /// - Parameter largestWork: At most so many exponentials for a grid, and so many points to the power of 8/3.
  /// - Returns: `nil` where a batch does not contract, where a grid loses probability, or where no two grids that are
  ///   small enough agree to a relative 1e−7.
  public func marginalEntropyProduction(largestWork: Double) -> Double? {
    guard isConfinedByEveryBatch else { return nil }
    var coarser: Double?
    for density in [6.5, 8, 11, 16, 23] {
      let count = Double(pointCount(density))
      guard count * count * max(Double(curvatures.count), pow(count, 2.0 / 3)) <= largestWork else { return nil }
      guard let grid = try? marginal(pointsPerDeviation: density), grid.normalisationDefect < 1e-10 else { return nil }
      let value = grid.entropyProductionPerStep
      // The error falls geometrically: the finer one of two that agree is better by far. 1e−12 is rounding.
      if let coarser, abs(value - coarser) <= 1e-7 * abs(value) + 1e-12 { return value }
      coarser = value
    }
    return nil
  }

  /// Points of a grid.
  private func pointCount(_ pointsPerDeviation: Double) -> Int {
    let deviation = (2 * learningRate * temperature).squareRoot()
    return max(3, Int(((interval.upperBound - interval.lowerBound) / deviation * pointsPerDeviation).rounded(.up)) + 1)
  }

  /// The largest |1 − ηh_B|.
  private var slowest: Double { curvatures.reduce(0) { max($0, abs(1 - learningRate * $1)) } }

  private var contraction: Double {
    average { curvature, _ in (1 - learningRate * curvature) * (1 - learningRate * curvature) }
  }

  private func secondMoment(temperature: Double) -> Double {
    let cross = average { curvature, pull in (1 - learningRate * curvature) * pull }
    let squares = average { _, pull in pull * pull }
    let source =
      2 * learningRate * cross * mean + learningRate * learningRate * squares + 2 * learningRate * temperature
    return source / (1 - contraction)
  }

  /// T E ln K_B(x′|x)/K_B(x|x′) at a temperature that may be 0.
  private func temperatureTimesExtended(temperature: Double) -> Double {
    let second = secondMoment(temperature: temperature)
    return average { curvature, pull in
      let map = 1 - learningRate * curvature
      // E x′² and E x′ after a step with this batch.
      let shift = learningRate * pull
      let next = map * map * second + 2 * map * shift * mean + shift * shift + 2 * learningRate * temperature
      let change = 0.5 * curvature * (next - second) - pull * (map * mean + shift - mean)
      return -(1 - 0.5 * learningRate * curvature) * change
    }
  }

  private func squaredGradient(_ curvature: Double, _ pull: Double, _ second: Double) -> Double {
    curvature * curvature * second - 2 * curvature * pull * mean + pull * pull
  }

  private func average(_ term: (_ curvature: Double, _ pull: Double) -> Double) -> Double {
    zip(curvatures, pulls).reduce(0) { $0 + term($1.0, $1.1) } / Double(curvatures.count)
  }
}
