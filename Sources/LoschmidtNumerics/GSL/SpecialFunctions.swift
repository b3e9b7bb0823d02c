import CGSL

/// The special functions.
public enum SpecialFunctions {
  /// ln x, the one of the C library.
  static func logarithm(_ x: Double) -> Double { log(x) }
}
