/// What a test decided: three outcomes, never a Bool.
public enum VerdictStatus: String, Sendable, CaseIterable {
  /// The claim holds within the stated margin: an equivalence statement.
  case pass
  /// The claim is excluded.
  case fail
  /// The evidence decides neither way; the reason says what would.
  case undecided
}

/// A decision about one claim, with the numbers that it rests on.
public struct Verdict: Sendable, Equatable {
  /// The name under which results list it, such as `limit.TA[0]`.
  public var name: String
  /// One sentence that begins with the name.
  public var claim: String
  /// The outcome.
  public var status: VerdictStatus
  /// The test statistic, where there is one.
  public var statistic: Double?
  /// The raw p-value, where the test has one.
  public var pValue: Double?
  /// The p-value after the correction for several tests.
  public var adjustedPValue: Double?
  /// What the claim predicts.
  public var expected: Double?
  /// What was measured.
  public var estimate: Double?
  /// The standard error of the estimate; `nil` where it is exact.
  public var standardError: Double?
  /// The largest deviation that still counts as agreement.
  public var margin: Double?
  /// Why the status is what it is, in one sentence.
  public var reason: String
  /// The user's own claim, shown beside the verdict.
  public var note: String?

  /// Creates a verdict; numbers that do not exist stay `nil`.
  public init(
    name: String, claim: String, status: VerdictStatus, statistic: Double? = nil, pValue: Double? = nil,
    adjustedPValue: Double? = nil, expected: Double? = nil, estimate: Double? = nil, standardError: Double? = nil,
    margin: Double? = nil, reason: String, note: String? = nil
  ) {
    self.name = name
    self.claim = claim
    self.status = status
    self.statistic = statistic
    self.pValue = pValue
    self.adjustedPValue = adjustedPValue
    self.expected = expected
    self.estimate = estimate
    self.standardError = standardError
    self.margin = margin
    self.reason = reason
    self.note = note
  }
}
