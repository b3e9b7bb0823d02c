/// What is wrong with an expression, and where.
public struct ExpressionError: Error, Hashable, Sendable {
  /// The place in the text, a 0-based offset in Unicode scalars.
  public var position: Int
  /// What is wrong, what was found and what is allowed, in one sentence without a full stop.
  public var message: String

  /// An error at a place.
  public init(at position: Int, _ message: String) {
    self.position = position
    self.message = message
  }
}
