/// What random numbers are drawn for; numbers of different purposes are independent.
///
/// Raw values are below 32 and never change, because results depend on them.
public enum RandomPurpose: UInt8, Sendable, CaseIterable {
  /// The noise of the heat bath.
  case thermal = 0
  /// The noise of the gradient where it is modelled by a law.
  case gradientNoise = 1
  /// The point at which a trajectory starts.
  case initialPoint = 2
  /// The samples of a minibatch, drawn with replacement.
  case batch = 3
  /// Orders of samples.
  case permutation = 4
  /// Resampling of results.
  case resampling = 5
  /// Anything else.
  case auxiliary = 6
}
