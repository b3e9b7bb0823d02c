/// The law of θ_0: independent coordinates, each a definite number or a distribution with known density.
public struct InitialLaw: Sendable, Equatable {
  /// The law of one coordinate.
  public enum Coordinate: Sendable, Equatable {
    /// A definite number.
    case point(Double)
    /// N(mean, standardDeviation²) with a standard deviation > 0.
    case normal(mean: Double, standardDeviation: Double)
    /// Uniform on (lower, upper) with lower < upper.
    case uniform(lower: Double, upper: Double)
  }

  /// One law for each coordinate of θ.
  public let coordinates: [Coordinate]

  /// A law from those of the coordinates.
  public init(_ coordinates: [Coordinate]) { self.coordinates = coordinates }

  /// θ_0, where all coordinates are definite numbers.
  public var point: [Double]? {
    var values: [Double] = []
    values.reserveCapacity(coordinates.count)
    for coordinate in coordinates {
      guard case .point(let value) = coordinate else { return nil }
      values.append(value)
    }
    return values
  }
}
