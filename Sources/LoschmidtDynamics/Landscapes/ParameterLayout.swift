import LoschmidtNumerics

/// How named parameters, numbers and arrays, lie in the vector θ: in their order, arrays row by row.
public struct ParameterLayout: Sendable, Equatable {
  /// One parameter.
  public struct Entry: Sendable, Equatable {
    /// The name.
    public let name: String
    /// The shape.
    public let shape: Shape
    /// The first coordinate of θ that belongs to it.
    public let offset: Int
  }

  /// The parameters in order.
  public let entries: [Entry]
  /// The number of coordinates of θ.
  public let dimension: Int

  /// A layout of parameters in the order given.
  public init(_ parameters: [(name: String, shape: Shape)]) {
    var offset = 0
    entries = parameters.map { name, shape in
      defer { offset += shape.count }
      return Entry(name: name, shape: shape, offset: offset)
    }
    dimension = offset
  }

  /// The name of every coordinate: `u`, `b[3]`, `W[0,1]`, indices from 0.
  public var coordinateNames: [String] {
    entries.flatMap { entry -> [String] in
      let dimensions = entry.shape.dimensions
      switch dimensions.count {
      case 0: return [entry.name]
      case 1: return (0..<dimensions[0]).map { "\(entry.name)[\($0)]" }
      default:
        return (0..<dimensions[0]).flatMap { i in (0..<dimensions[1]).map { "\(entry.name)[\(i),\($0)]" } }
      }
    }
  }
}
