/// How the parameters move in one step: the algorithm of training.
public protocol UpdateRule: Sendable {
  /// The name in scenarios, such as `gradient-descent`.
  static var name: String { get }
}

extension UpdateRule {
  /// The name in scenarios.
  public var name: String { Self.name }
}
