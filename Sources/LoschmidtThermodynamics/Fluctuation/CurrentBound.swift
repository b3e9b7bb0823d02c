import Foundation
import LoschmidtNumerics

/// A lower bound on the entropy production of a step from one current, chosen on one half of the data and measured on the
/// other.
///
/// For every antisymmetric d(x, x′) = −d(x′, x) of one step, σ ≥ ρ ln((1 + ρ)/(1 − ρ)) with ρ = |E d|/√E d². The combination
/// of the currents with the largest ρ is M⁻¹μ, with μ = E j and M = E jjᵀ. Chosen and measured on the same data it would lie
/// above the truth by about the number of currents over that of independent steps; here each half of the trajectories
/// chooses for the other, and both results are averaged. What is left of the bias, since ρ is squared, is subtracted.
///
/// - Source: The theory of the thermodynamics, section 9.
public struct CurrentBound: Sendable, Equatable {
  /// The bound, in nats per step; it may be negative by chance where there is no current.
  public let value: Double
  /// Its standard error, from groups of trajectories, up to the second order in the error of ρ.
  public let standardError: Double
  /// What was subtracted, in nats per step.
  public let bias: Double

  /// At least so many trajectories: with fewer the error of a half is hardly known.
  public static let leastTrajectories = 20

  /// ρ ln((1 + ρ)/(1 − ρ)), the least production of a step with |E d|/√E d² = ρ; infinite at 1.
  public static func leastProduction(ratio: Double) -> Double { 2 * ratio * atanh(ratio) }

  /// The largest ρ² of combinations of currents with mean μ and covariance Ξ, q/(1 + q) with q = μᵀΞ⁻¹μ.
  ///
  /// - Throws: `GaussianFailure.notPositiveDefinite` where the currents are linearly dependent.
  public static func largestSquaredRatio(
    mean: [Double], covariance: DenseMatrix
  ) throws(GaussianFailure) -> Double {
    let factor = try GaussianFailure.factor(covariance, "the covariance of the currents")
    let weights = factor.solve(DenseMatrix(rows: mean.count, columns: 1, entries: mean)).entries
    let quality = Vectors.inner(weights, mean)
    return quality / (1 + quality)
  }

  /// The bound from the currents at some places.
  ///
  /// `nil` with fewer than ``leastTrajectories``, and where the current is the same at every step to rounding, which no
  /// finite production allows.
  ///
  /// - Throws: `GaussianFailure.notPositiveDefinite` where the currents are linearly dependent.
  public init?(_ sums: CurrentSums, of chosen: [Int]) throws(GaussianFailure) {
    guard sums.trajectories >= Self.leastTrajectories else { return nil }
    let halves = [0, 1].map { parity in sums.groups.indices.filter { $0 % 2 == parity } }
    var parts: [Part] = []
    for (choosing, measuring) in [(halves[0], halves[1]), (halves[1], halves[0])] {
      let weights = try Self.best(sums, chosen, over: choosing)
      guard let part = Part(sums, chosen, weights, over: measuring) else { return nil }
      parts.append(part)
    }
    value = (parts[0].value + parts[1].value) / 2
    bias = (parts[0].bias + parts[1].bias) / 2
    // Where there is a current, each half measures it by itself. Where there is none, both halves see the same product of
    // their means, so that the errors of second order are one error.
    let second = (parts[0].secondOrder + parts[1].secondOrder) / 2
    standardError =
      (0.25 * (parts[0].firstOrder * parts[0].firstOrder + parts[1].firstOrder * parts[1].firstOrder)
      + second * second).squareRoot()
  }

  /// M⁻¹μ over some groups.
  private static func best(
    _ sums: CurrentSums, _ chosen: [Int], over places: [Int]
  ) throws(GaussianFailure) -> [Double] {
    let total = sums.total(over: places)
    guard total.count > 0 else { throw .notPositiveDefinite("the covariance of the currents") }
    let count = Double(total.count)
    let mean = chosen.map { total.means[$0] / count }
    var covariance = DenseMatrix.zero(chosen.count)
    for (i, a) in chosen.enumerated() {
      for (j, b) in chosen.enumerated() {
        covariance[i, j] = total.second[sums.place(a, b)] / count - mean[i] * mean[j]
      }
    }
    // Ξ⁻¹μ has the direction of M⁻¹μ.
    let factor = try GaussianFailure.factor(covariance, "the covariance of the currents")
    return factor.solve(DenseMatrix(rows: mean.count, columns: 1, entries: mean)).entries
  }

  /// The bound from one current that was chosen elsewhere.
  private struct Part {
    let value: Double
    let bias: Double
    /// The errors of first and of second order in that of ρ.
    let firstOrder: Double
    let secondOrder: Double

    init?(_ sums: CurrentSums, _ chosen: [Int], _ weights: [Double], over places: [Int]) {
      // n, Σ d and Σ d² of each group.
      let groups = places.filter { sums.groups[$0].count > 0 }.map { g -> (n: Double, d: Double, square: Double) in
        let group = sums.groups[g]
        let first = zip(chosen, weights).reduce(0) { $0 + $1.1 * group.means[$1.0] }
        var second = 0.0
        for (a, left) in zip(chosen, weights) {
          for (b, right) in zip(chosen, weights) { second += left * right * group.second[sums.place(a, b)] }
        }
        return (Double(group.count), first, second)
      }
      let count = groups.reduce(0) { $0 + $1.n }
      let (mean, square) = (groups.reduce(0) { $0 + $1.d } / count, groups.reduce(0) { $0 + $1.square } / count)
      // What the sum of squares of deviations is divided by, for the variance of the mean of all.
      let divisor = (count - groups.reduce(0) { $0 + $1.n * $1.n } / count) * count
      let ratio = mean / square.squareRoot()
      guard groups.count >= 2, divisor > 0, square > 0, 1 - abs(ratio) > 1e-9 else { return nil }
      var (varianceOfMean, mixed, varianceOfSquare) = (0.0, 0.0, 0.0)
      for group in groups {
        let (u, v) = (group.d - group.n * mean, group.square - group.n * square)
        varianceOfMean += u * u / divisor
        mixed += u * v / divisor
        varianceOfSquare += v * v / divisor
      }
      // The derivatives of ρ = J V^(−½), and of f = ρ ln((1 + ρ)/(1 − ρ)).
      let (byMean, bySquare) = (1 / square.squareRoot(), -0.5 * ratio / square)
      let variance =
        byMean * byMean * varianceOfMean + 2 * byMean * bySquare * mixed + bySquare * bySquare * varianceOfSquare
      let curvature =
        -byMean / square * mixed + 0.75 * ratio / (square * square) * varianceOfSquare
      let rest = 1 - ratio * ratio
      let (slope, bend) = (2 * atanh(ratio) + 2 * ratio / rest, 4 / rest + 4 * ratio * ratio / (rest * rest))
      bias = 0.5 * (bend * variance + slope * curvature)
      value = CurrentBound.leastProduction(ratio: ratio) - bias
      firstOrder = abs(slope) * max(0, variance).squareRoot()
      secondOrder = 0.5.squareRoot() * bend * max(0, variance)
    }
  }
}
