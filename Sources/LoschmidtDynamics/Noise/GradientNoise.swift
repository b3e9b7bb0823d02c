/// How ∇L is estimated at each step: the noise model.
public protocol GradientNoise: Sendable {
  /// The name in scenarios, such as `minibatch`.
  static var name: String { get }
}

extension GradientNoise {
  /// The name in scenarios.
  public var name: String { Self.name }
}
