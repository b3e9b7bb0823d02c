/// A level α that several tests share (Bonferroni): the probability that any true claim fails is at most α.
///
/// The number of tests is fixed before the run.
public struct SharedLevel: Sendable, Equatable {
  /// α, for all tests together.
  public let alpha: Double
  /// The number of tests.
  public let tests: Int

  /// Shares a level in 0…1, both ends excluded, among at least one test.
  public init(alpha: Double, tests: Int) {
    precondition(alpha > 0 && alpha < 1, "a level lies between 0 and 1")
    precondition(tests >= 1, "a level is shared among at least one test")
    self.alpha = alpha
    self.tests = tests
  }

  /// α divided by the number of tests: what each raw p-value is compared with.
  public var perTest: Double { alpha / Double(tests) }

  /// min(1, p × number of tests): to be compared with α.
  public func adjusted(_ pValue: Double) -> Double { min(1, pValue * Double(tests)) }
}
