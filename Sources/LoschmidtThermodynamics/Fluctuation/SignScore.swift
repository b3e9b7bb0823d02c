import LoschmidtNumerics

/// The score test of the detailed theorem given the magnitudes: χ² = Uᵀ I⁻¹ U with h = (r, r²), U = Σ h (y − p),
/// I = Σ v h hᵀ, where y = 1 for R > 0, p = 1/(1 + e^−r) and v = p (1 − p).
///
/// It is the test against logit P(+) = r + β₁ r + β₂ r²: a slope that is not 1, and a bend. The statistic is computed
/// with r² − (I₁₂/I₁₁) r in place of r², which changes nothing but the rounding. Where all magnitudes are equal to
/// within 10⁻⁵, r² says nothing new, and one degree of freedom is left.
public struct SignScore: Sendable, Equatable {
  /// U.
  public let score: [Double]
  /// I, row-major.
  public let information: [Double]
  /// χ².
  public let statistic: Double
  /// 2, or 1, or 0 where no magnitude tells anything.
  public let degreesOfFreedom: Int
  let resampling: SignResampling

  /// Computes the statistic.
  public init(_ values: SignedMagnitudes) {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: 5)
    for index in values.magnitudes.indices {
      let (r, q) = (values.magnitudes[index], values.minorityProbabilities[index])
      let residual = values.isNegative[index] ? q - 1 : q
      let weight = q * (1 - q) * r * r
      for (slot, term) in [r * residual, r * r * residual, weight, weight * r, weight * r * r].enumerated() {
        sums[slot].add(term)
      }
    }
    let totals = sums.map(\.total)
    score = [totals[0], totals[1]]
    information = [totals[2], totals[3], totals[3], totals[4]]
    let mixing = totals[2] > 0 ? totals[3] / totals[2] : 0
    var bend = CompensatedSum()
    for (r, q) in zip(values.magnitudes, values.minorityProbabilities) {
      bend.add(q * (1 - q) * (r * r - mixing * r) * (r * r - mixing * r))
    }
    let isBent = bend.total > 1e-10 * totals[4]
    degreesOfFreedom = totals[2] > 0 ? (isBent ? 2 : 1) : 0
    resampling = SignResampling(
      values, mixing: mixing, slopeWeight: totals[2] > 0 ? 1 / totals[2] : 0,
      bendWeight: totals[2] > 0 && isBent ? 1 / bend.total : 0)
    statistic = resampling.observed
  }

  /// P(χ²_ν > statistic), the limit of many events; 1 without degrees of freedom.
  public var asymptoticPValue: Double {
    guard degreesOfFreedom > 0 else { return 1 }
    return (try? TailProbabilities.chiSquaredTail(statistic, degreesOfFreedom: Double(degreesOfFreedom))) ?? 0
  }

  /// The exact p-value given the magnitudes, by drawing signs.
  ///
  /// - Parameters:
  ///   - rule: When to stop.
  ///   - seed: The same seed gives the same p-value.
  /// - Returns: The p-value, and the number of draws.
  public func resampledPValue(_ rule: SequentialMonteCarlo, seed: UInt64) -> SequentialMonteCarlo.Result {
    // The same signs give the same bits; others with the same statistic in exact arithmetic must count as well.
    let threshold = statistic * (1 - 1e-9)
    var stream = ResamplingStream(seed: seed)
    return rule.run { resampling.draw(using: &stream) >= threshold }
  }
}
