import Foundation
import LoschmidtNumerics

/// Work of forward and of backward trajectories, pooled: W_F with the label 1 and −W_B with the label 0.
///
/// Crooks' theorem is logit P(forward | w) = M + b (w − ΔF)/T with b = 1 and M = ln(n_F/n_B). At b = 1 the maximum of
/// the likelihood in ΔF is Bennett's acceptance ratio. The numbers n_F and n_B are given, not random; so the score
/// U = Σ h (y − p) has the covariance I − c cᵀ (1/n_F + 1/n_B), c = Σ v h, v = p (1 − p), I = Σ v h hᵀ (Prentice and
/// Pyke 1979), which gives the error of Shirts, Bair, Hooker and Pande (2003) to ΔF.
public struct ForwardBackwardPairs: Sendable, Equatable {
  /// n_F.
  public let forwardCount: Int
  /// n_B.
  public let backwardCount: Int
  /// T.
  public let temperature: Double
  /// ΔF by Bennett's acceptance ratio, in the units of W.
  public let freeEnergy: Double
  /// T √(1/Σv − 1/n_F − 1/n_B) at that ΔF; infinite without overlap.
  ///
  /// Where the difference cancels it is T × ``deviation``/√(n_F + n_B).
  public let freeEnergyStandardError: Double
  /// Σ min(p, 1 − p): the expected number of trajectories that look more like the other direction.
  public let overlap: Double
  /// b fitted together with ΔF; `nil` where the directions are separated, or w has no spread.
  public let slope: Double?
  /// The standard error of b if it is 1; `nil` without information.
  public let slopeStandardError: Double?
  /// The largest minus the smallest of the pooled values.
  public let spread: Double
  /// The standard deviation of the pooled values, in units of T.
  public let deviation: Double
  private let pooled: [Double]

  /// Pools the values and solves for ΔF.
  ///
  /// - Parameters:
  ///   - forward: W of the forward trajectories, in the units of T.
  ///   - backward: W of the backward trajectories, done by the reversed protocol.
  ///   - temperature: T, positive.
  /// - Throws: `FluctuationInputError`: `empty` without values in one direction, `unusable` for a value that is not
  ///   finite; the index counts forward values first.
  public init(forward: [Double], backward: [Double], temperature: Double) throws(FluctuationInputError) {
    precondition(temperature > 0 && temperature.isFinite, "work is measured against a positive temperature")
    guard !forward.isEmpty && !backward.isEmpty else { throw .empty }
    let pooled = forward + backward.map { -$0 }
    if let index = pooled.firstIndex(where: { !$0.isFinite }) { throw .unusable(index: index, value: pooled[index]) }
    (forwardCount, backwardCount, self.temperature, self.pooled) = (
      forward.count, backward.count, temperature, pooled
    )
    spread = pooled.reduce(-.infinity, max) - pooled.reduce(.infinity, min)
    let variance = Moments(pooled).variance
    deviation = variance > 0 ? variance.squareRoot() / temperature : 0
    freeEnergy = Self.bennett(pooled, forward: forward.count, temperature: temperature)
    let sums = LogitSums(pooled, forward: forward.count, temperature: temperature, freeEnergy: freeEnergy)
    let inverse = 1 / Double(forward.count) + 1 / Double(backward.count)
    let excess = 1 / sums.information[0] - inverse
    // Work that hardly varies leaves the difference of two equal numbers; its error is then that of the mean of all.
    let isCancelled = !(excess > 1e-8 * inverse)
    freeEnergyStandardError =
      temperature * (isCancelled ? deviation / Double(pooled.count).squareRoot() : excess.squareRoot())
    overlap = sums.overlap
    let efficient = sums.information[2] - sums.information[1] * sums.information[1] / sums.information[0]
    let hasSpread = efficient > 1e-12 * sums.information[2]
    slopeStandardError = hasSpread ? 1 / efficient.squareRoot() : nil
    let freeEnergy = freeEnergy
    let distances = pooled.map { ($0 - freeEnergy) / temperature }
    let fit = try? LogisticRegression(
      features: [[Double](repeating: 1, count: pooled.count), distances],
      labels: pooled.indices.map { $0 < forward.count },
      start: [log(Double(forward.count) / Double(backward.count)), 1])
    slope = hasSpread ? fit?.coefficients[1] : nil
  }

  // MARK: Tests

  /// The score test of b = 1, with ΔF as fitted: χ² with one degree of freedom; `nil` without information.
  public var slopeTest: (statistic: Double, pValue: Double)? {
    guard let error = slopeStandardError else { return nil }
    let sums = LogitSums(pooled, forward: forwardCount, temperature: temperature, freeEnergy: freeEnergy)
    let efficient = sums.score[1] - sums.information[1] / sums.information[0] * sums.score[0]
    return Self.chiSquared(efficient * error * efficient * error, degreesOfFreedom: 1)
  }

  /// The joint score test of b = 1 and a known ΔF: χ² with two degrees of freedom; `nil` without information.
  public func jointTest(freeEnergy: Double) -> (statistic: Double, pValue: Double)? {
    let sums = LogitSums(pooled, forward: forwardCount, temperature: temperature, freeEnergy: freeEnergy)
    let (a, b, c) = (sums.information[0], sums.information[1], sums.information[2])
    let inverse = 1 / Double(forwardCount) + 1 / Double(backwardCount)
    let covariance = [a - a * a * inverse, b - a * b * inverse, b - a * b * inverse, c - b * b * inverse]
    guard let factor = try? Cholesky(matrix: covariance, dimension: 2),
      let whitened = try? factor.solveLower(sums.score)
    else { return nil }
    return Self.chiSquared(whitened[0] * whitened[0] + whitened[1] * whitened[1], degreesOfFreedom: 2)
  }

  private static func chiSquared(_ statistic: Double, degreesOfFreedom: Double) -> (Double, Double)? {
    guard let pValue = try? TailProbabilities.chiSquaredTail(statistic, degreesOfFreedom: degreesOfFreedom) else {
      return nil
    }
    return (statistic, pValue)
  }

  // MARK: Bennett's equation

  /// The root of U₀(ΔF) = 0, by Newton's method inside a bracket; U₀ increases with ΔF.
  private static func bennett(_ pooled: [Double], forward: Int, temperature: Double) -> Double {
    let mean = Moments(pooled).mean
    func score(_ freeEnergy: Double) -> LogitSums {
      LogitSums(pooled, forward: forward, temperature: temperature, freeEnergy: freeEnergy)
    }
    var (low, high, width) = (mean - temperature, mean + temperature, temperature)
    while score(low).score[0] > 0 && width.isFinite { (width, low) = (2 * width, low - 2 * width) }
    width = temperature
    while score(high).score[0] < 0 && width.isFinite { (width, high) = (2 * width, high + 2 * width) }
    var root = low + (high - low) / 2
    for _ in 0..<200 {
      let sums = score(root)
      if sums.score[0] == 0 { break }
      if sums.score[0] > 0 { high = root } else { low = root }
      let newton = root - temperature * sums.score[0] / sums.information[0]
      let next = newton > low && newton < high ? newton : low + (high - low) / 2
      if abs(next - root) <= 2 * max(root.ulp, temperature.ulp) { return next }
      root = next
    }
    return root
  }
}

/// Sums over the pooled values at b = 1 and one ΔF, with h = (1, (w − ΔF)/T).
struct LogitSums {
  /// U₀ and U₁.
  let score: [Double]
  /// I₀₀, I₀₁, I₁₁.
  let information: [Double]
  /// Σ min(p, 1 − p).
  let overlap: Double

  init(_ pooled: [Double], forward: Int, temperature: Double, freeEnergy: Double) {
    let shift = log(Double(forward) / Double(pooled.count - forward))
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: 6)
    sums.withUnsafeMutableBufferPointer { sums in
      for (index, work) in pooled.enumerated() {
        let distance = (work - freeEnergy) / temperature
        let logit = shift + distance
        let decay = exp(-abs(logit))
        let (rarer, commoner) = (decay / (1 + decay), 1 / (1 + decay))
        let residual = index < forward ? (logit > 0 ? rarer : commoner) : -(logit > 0 ? commoner : rarer)
        let variance = rarer * commoner
        sums[0].add(residual)
        sums[1].add(residual * distance)
        sums[2].add(variance)
        sums[3].add(variance * distance)
        sums[4].add(variance * distance * distance)
        sums[5].add(rarer)
      }
    }
    let totals = sums.map(\.total)
    score = [totals[0], totals[1]]
    information = [totals[2], totals[3], totals[4]]
    overlap = totals[5]
  }
}
