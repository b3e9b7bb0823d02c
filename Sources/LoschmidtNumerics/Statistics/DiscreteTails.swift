/// Tails of the laws of counts.
public enum DiscreteTails {
  /// P(X ≤ k) of a Poisson law, 0 for a negative k; mean finite and not negative.
  public static func poissonAtMost(_ count: Int, mean: Double) throws(GSLError) -> Double {
    if count < 0 { return 0 }
    return try SpecialFunctions.upperIncompleteGamma(Double(count) + 1, mean)
  }

  /// P(X ≥ k) of a Poisson law, computed as itself; mean finite and not negative.
  public static func poissonAtLeast(_ count: Int, mean: Double) throws(GSLError) -> Double {
    if count <= 0 { return 1 }
    return try SpecialFunctions.lowerIncompleteGamma(Double(count), mean)
  }

  /// P(X ≤ k) of the number of successes in `trials` independent trials, each with `probability` in 0…1.
  public static func binomialAtMost(_ count: Int, trials: Int, probability: Double) throws(GSLError) -> Double {
    if count < 0 { return 0 }
    if count >= trials { return 1 }
    return try SpecialFunctions.incompleteBeta(Double(trials - count), Double(count) + 1, 1 - probability)
  }

  /// P(X ≥ k) of the number of successes in `trials` independent trials, computed as itself.
  public static func binomialAtLeast(_ count: Int, trials: Int, probability: Double) throws(GSLError) -> Double {
    if count <= 0 { return 1 }
    if count > trials { return 0 }
    return try SpecialFunctions.incompleteBeta(Double(count), Double(trials - count) + 1, probability)
  }

  /// The p-value against both sides, min(1, 2 min(P(X ≤ k), P(X ≥ k))).
  public static func twoSided(atMost: Double, atLeast: Double) -> Double { min(1, 2 * min(atMost, atLeast)) }
}
