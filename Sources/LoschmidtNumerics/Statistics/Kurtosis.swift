/// The kurtosis E(x − m)⁴/Var², 3 for a normal law, with an error from independent groups of values.
///
/// The error is the jackknife's, √((G − 1)/G Σ (k_g − k̄)²) over the kurtoses k_g without group g: it needs no moments
/// beyond the fourth of the values, and groups may be correlated inside, such as replicas over time. It asks for many
/// groups, and for an eighth moment. Unit: none.
public struct Kurtosis: Sendable, Equatable {
  /// m4/m2² of all values together.
  public let value: Double
  /// The standard error.
  public let standardError: Double

  /// The kurtosis of the values of all groups; O(G).
  ///
  /// `nil` with fewer than two groups that are not empty, and where all values are equal, also without any one group.
  public init?(_ groups: [Moments]) {
    let groups = groups.filter { $0.count > 0 }
    guard groups.count >= 2 else { return nil }
    // What comes after each group, so that leaving one out is one merge of two parts.
    var after = [Moments](repeating: Moments(), count: groups.count + 1)
    for index in groups.indices.reversed() {
      after[index] = groups[index]
      after[index].merge(after[index + 1])
    }
    var before = Moments()
    var without = Moments()
    for (index, group) in groups.enumerated() {
      var rest = before
      rest.merge(after[index + 1])
      guard rest.kurtosis.isFinite else { return nil }
      without.add(rest.kurtosis)
      before.merge(group)
    }
    guard before.kurtosis.isFinite else { return nil }
    value = before.kurtosis
    let count = Double(groups.count)
    standardError = ((count - 1) / count * without.secondCentralSum).squareRoot()
  }
}
