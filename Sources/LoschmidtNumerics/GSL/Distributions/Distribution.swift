import CGSL

/// A law on the real line: a sampler and a log-density that share no code.
public protocol Distribution: Sendable {
  /// Where the density can be positive; a bound may be infinite.
  var support: ClosedRange<Double> { get }

  /// One draw.
  func sample(with generator: RandomGenerator) -> Double

  /// ln p(x), in nats; minus infinity where the density is 0, infinity where it has a pole.
  ///
  /// - Throws: `GSLError` where the density needs a special function or an integral that fails.
  func logDensity(of value: Double) throws(GSLError) -> Double
}

extension Distribution {
  /// Fills `values` with independent draws.
  public func fill(_ values: inout [Double], with generator: RandomGenerator) {
    for i in values.indices { values[i] = sample(with: generator) }
  }
}

/// Makes sure that a parameter is finite.
func requireFinite(_ value: Double, _ name: String, of function: String) throws(GSLError) {
  GSLLibrary.prepare()
  if !value.isFinite { throw .domain(function, "\(name) is \(value), allowed are finite numbers") }
}

/// Makes sure that a parameter is finite and positive.
func requirePositive(_ value: Double, _ name: String, of function: String) throws(GSLError) {
  GSLLibrary.prepare()
  if !(value > 0 && value.isFinite) {
    throw .domain(function, "\(name) is \(value), allowed are finite numbers above 0")
  }
}
