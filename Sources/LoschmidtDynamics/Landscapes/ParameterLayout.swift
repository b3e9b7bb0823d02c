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

  /// The coordinate of an element such as `W[0,1]`; `nil` where the name is no element of a parameter.
  public func coordinate(ofElement name: String) -> Int? {
    let parts = name.split(separator: "[", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].hasSuffix("]"), let entry = entries.first(where: { $0.name == parts[0] }) else {
      return nil
    }
    let indices = parts[1].dropLast().split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    let extents = entry.shape.dimensions
    guard !extents.isEmpty, indices.count == extents.count,
      zip(indices, extents).allSatisfy({ index, extent in index.map { 0..<extent ~= $0 } ?? false })
    else { return nil }
    return entry.offset + zip(indices, extents).reduce(0) { $0 * $1.1 + ($1.0 ?? 0) }
  }

  /// The elements that expressions name, each once, with their coordinates.
  public func elements(namedIn expressions: [Expression]) -> [(name: String, offset: Int)] {
    var seen: Set<String> = []
    return expressions.flatMap { $0.names() }.compactMap { item in
      guard item.name.contains("["), seen.insert(item.name).inserted else { return nil }
      return coordinate(ofElement: item.name).map { (item.name, $0) }
    }
  }
}
