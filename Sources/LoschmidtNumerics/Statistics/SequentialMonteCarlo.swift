/// A Monte Carlo p-value that stops early where it is large (Besag and Clifford 1991).
///
/// Draws of the statistic under the hypothesis are made until h of them are at least as extreme as the observation,
/// and p = h/l after l draws; or n times with g < h such draws, and p = (g + 1)/(n + 1). Both are exact p-values,
/// P(p ≤ α) ≤ α, with no more than a few h draws unless p is small.
public struct SequentialMonteCarlo: Sendable, Equatable {
  /// The number h of extreme draws that ends the test.
  public let exceedances: Int
  /// The largest number n of draws.
  public let maximum: Int

  /// Creates the rule; both at least 1.
  public init(exceedances: Int, maximum: Int) {
    precondition(exceedances >= 1 && maximum >= 1, "a Monte Carlo test makes at least one draw")
    self.exceedances = exceedances
    self.maximum = maximum
  }

  /// A rule that can reject at `level`: (h − 1) extreme draws of n still give p < level.
  ///
  /// h is 10, fewer where 10/level draws would be more than 2 × 10⁵; a p-value near the level then varies more from
  /// seed to seed, but remains exact. The level lies in 10⁻⁹…1.
  public init(level: Double) {
    precondition(level >= 1e-9 && level <= 1, "a level below 1e-9 cannot be reached by counting")
    let exceedances = max(1, min(10, Int(2e5 * level)))
    self.init(exceedances: exceedances, maximum: Int((Double(exceedances) / level).rounded(.up)) + 1)
  }

  /// The outcome: the p-value, and how many draws it took.
  public struct Result: Sendable, Equatable {
    /// The p-value.
    public let pValue: Double
    /// The number of draws.
    public let draws: Int
  }

  /// Runs the test; `isExtreme` makes a draw and says whether it is at least as extreme as the observation.
  public func run(_ isExtreme: () -> Bool) -> Result {
    var extreme = 0
    for draw in 1...maximum where isExtreme() {
      extreme += 1
      if extreme == exceedances { return Result(pValue: Double(extreme) / Double(draw), draws: draw) }
    }
    return Result(pValue: Double(extreme + 1) / Double(maximum + 1), draws: maximum)
  }
}
