import Foundation
import LoschmidtNumerics

/// The average of e^−R with all that says how far it can be trusted.
///
/// By log-sum-exp: no magnitude of R overflows. The standard error assumes that the weights have a variance, which
/// `effectiveSampleSize`, `largestShare` and `tail` are there to doubt.
public struct ExponentialAverage: Sendable, Equatable {
  /// The number of values.
  public let count: Int
  /// ln of the mean of e^−R.
  public let logMean: Double
  /// The standard error over the mean, s/(mean √n); NaN for fewer than two values.
  public let relativeError: Double
  /// (Σ w)²/Σ w², the number of equal weights that would be worth as much.
  public let effectiveSampleSize: Double
  /// The largest weight over the sum of all.
  public let largestShare: Double
  /// The fit to the largest weights; `nil` where too few differ.
  public let tail: ParetoTail?
  /// The largest k with E e^{−kR} finite, where it is known.
  public let divergence: Double?
  /// The share of the average that belongs to values below all that were found, as far as reversed paths show it; 0 where
  /// there are none.
  public let unseenShare: Double

  /// The mean of e^−R, infinite where it is beyond the largest double.
  public var mean: Double { exp(logMean) }
  /// The standard error of the mean.
  public var standardError: Double { mean * relativeError }

  /// Averages e^−R.
  ///
  /// - Parameters:
  ///   - values: R of each independent trajectory, or (W − ΔF)/T; infinities are allowed.
  ///   - divergence: The largest k with E e^{−kR} finite, where it is known exactly.
  ///   - reversed: −R of independent reversed paths, from e^{−U_n/T}/Z_n backwards; empty where there are none. Their law is
  ///     that of the values times e^{−R}, so that as many of them lie below all values as of the average is not seen.
  /// - Throws: `FluctuationInputError` for no values or NaN.
  public init(
    _ values: [Double], divergence: Double? = nil, reversed: [Double] = []
  ) throws(FluctuationInputError) {
    guard let smallest = values.min() else { throw .empty }
    if let index = values.firstIndex(where: \.isNaN) { throw .unusable(index: index, value: .nan) }
    // ∞ − ∞ has no value; equal exponents have the weight 1.
    let weights = values.map { $0 == smallest ? 1 : exp(smallest - $0) }
    var squares = CompensatedSum()
    for weight in weights { squares.add(weight * weight) }
    let moments = Moments(weights)
    let sum = moments.mean * Double(weights.count)
    count = values.count
    logMean = log(moments.mean) - smallest
    relativeError = moments.standardError / moments.mean
    effectiveSampleSize = sum * sum / squares.total
    largestShare = 1 / sum
    tail = ParetoTail(upperTailOf: weights)
    self.divergence = divergence
    let unseen = reversed.count { $0 < smallest }
    unseenShare = reversed.isEmpty ? 0 : Double(unseen) / Double(reversed.count)
  }

  /// Whether the average agrees with its expectation 1, as the integral theorem says.
  ///
  /// Fail: mean > 1/level, which by Markov's inequality has a probability below the level for any number of values.
  /// The outcome carries no error where there are doubts. Nothing else refutes: a mean below 1 is what a heavy tail looks
  /// like before its largest weights come. Undecided:
  /// an effective sample size below 200, k̂ > 0.5, a share above 5 %, seen or not, or a known divergence at k ≤ 2. Else pass
  /// where |mean − 1| + q standard errors ≤ margin, q of Student's t with the number of values less one.
  public func outcome(level: Double, margin: Double = 0.05) -> VerdictOutcome {
    precondition(level > 0 && level < 1, "a level lies between 0 and 1")
    precondition(margin > 0, "equivalence needs a margin")
    let doubts = doubts
    var outcome = VerdictOutcome(
      status: .undecided, reasons: [.noEstimate], pValue: min(1, exp(-logMean)), expected: 1, estimate: mean,
      standardError: doubts.isEmpty && standardError.isFinite ? standardError : nil, margin: margin)
    if logMean > -log(level) {
      outcome.status = .fail
      outcome.reasons = [.exponentialAverageTooLarge(mean: mean, limit: 1 / level)]
      return outcome
    }
    let freedom = Double(max(1, count - 1))
    let reach = abs(mean - 1) + RequiredTrajectories.equivalenceQuantile(degreesOfFreedom: freedom) * standardError
    if doubts.isEmpty && reach <= margin {
      outcome.status = .pass
      outcome.reasons = [.withinMargin(reach: reach, margin: margin, degreesOfFreedom: freedom)]
      return outcome
    }
    outcome.reasons = doubts.isEmpty ? [.beyondMargin(reach: reach, margin: margin, degreesOfFreedom: freedom)] : doubts
    outcome.trajectoriesToDecide = trajectoriesToDecide(margin: margin)
    return outcome
  }

  /// What speaks against the standard error.
  public var doubts: [VerdictReason] {
    var reasons: [VerdictReason] = []
    if let divergence, divergence <= 2 { reasons.append(.infiniteVariance(divergence: divergence)) }
    if let tail, tail.shape > 0.5 { reasons.append(.heavyTail(shape: tail.shape, allowed: 0.5)) }
    if !(effectiveSampleSize >= 200) {
      reasons.append(.smallEffectiveSampleSize(size: effectiveSampleSize, required: 200))
    }
    if largestShare > 0.05 { reasons.append(.largeShare(share: largestShare, allowed: 0.05)) }
    if unseenShare > 0.05 { reasons.append(.unseenShare(share: unseenShare, allowed: 0.05)) }
    return reasons
  }

  /// The number that would decide; `nil` where the weights seem to have no variance.
  ///
  /// Their average does not settle as 1/√n then. Where the mean is off by more than its error, only more values can
  /// tell whether that lasts.
  private func trajectoriesToDecide(margin: Double) -> Int? {
    if let divergence, divergence <= 2 { return nil }
    if let tail, tail.shape > 0.5 { return nil }
    // How rare what was not seen is, nobody knows.
    guard standardError.isFinite, unseenShare <= 0.05 else { return nil }
    let numbers = [
      RequiredTrajectories.toPass(
        current: count, standardError: standardError, margin: margin,
        degreesOfFreedom: Double(max(1, count - 1))),
      RequiredTrajectories.scaled(count, by: (200 / effectiveSampleSize).squareRoot()),
      RequiredTrajectories.scaled(count, by: (largestShare / 0.05).squareRoot()),
    ]
    guard let largest = numbers.compactMap(\.self).max(), !numbers.contains(nil) else { return nil }
    return largest > count ? largest : 2 * count
  }
}
