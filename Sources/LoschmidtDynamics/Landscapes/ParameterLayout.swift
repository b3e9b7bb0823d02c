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

  /// What a name of coordinates stands for.
  public enum Reference: Sendable, Equatable {
    /// A whole parameter.
    case parameter(Entry)
    /// One element of an array.
    case element(of: Entry, coordinate: Int)
    /// An element that the parameter does not have.
    case noElement(of: Entry)
    /// No parameter of this name.
    case unknown(String)
  }

  /// Reads a name of coordinates: a parameter, or an element of an array such as `W[0,1]`, blanks in it left out.
  ///
  /// All names of coordinates in scenarios are read here, and what is printed of them is read back as what it stands for.
  public func reference(_ text: String) -> Reference {
    let parts = text.split(separator: "[", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(Self.trimmed) ?? ""
    guard let entry = entries.first(where: { $0.name == name }) else { return .unknown(name) }
    guard parts.count == 2 else { return .parameter(entry) }
    let inside = Self.trimmed(parts[1])
    let extents = entry.shape.dimensions
    let indices = inside.dropLast().split(separator: ",", omittingEmptySubsequences: false).map { Self.index($0) }
    guard inside.hasSuffix("]"), !extents.isEmpty, indices.count == extents.count,
      zip(indices, extents).allSatisfy({ index, extent in index.map { $0 < extent } ?? false })
    else { return .noElement(of: entry) }
    return .element(of: entry, coordinate: entry.offset + zip(indices, extents).reduce(0) { $0 * $1.1 + ($1.0 ?? 0) })
  }

  /// The coordinate of an element such as `W[0,1]`; `nil` where the name is no element of a parameter.
  public func coordinate(ofElement name: String) -> Int? {
    guard name.contains("["), case .element(_, let coordinate) = reference(name) else { return nil }
    return coordinate
  }

  /// The name of coordinates that begin at `offset`: of a whole parameter of that shape, or of one element.
  public func name(of coordinates: (offset: Int, shape: Shape)) -> String {
    if let whole = entries.first(where: { $0.offset == coordinates.offset && $0.shape == coordinates.shape }) {
      return whole.name
    }
    guard let entry = entries.last(where: { $0.offset <= coordinates.offset }) else { return "" }
    let place = coordinates.offset - entry.offset
    let columns = entry.shape.columns
    return "\(entry.name)[\(entry.shape.rank == 2 ? "\(place / columns),\(place % columns)" : "\(place)")]"
  }

  /// The elements that expressions name, each once, with their coordinates, in the order of the coordinates.
  public func elements(namedIn expressions: [Expression]) -> [(name: String, offset: Int)] {
    var seen: Set<String> = []
    return expressions.flatMap { $0.names() }.compactMap { item -> (name: String, offset: Int)? in
      guard item.name.contains("["), seen.insert(item.name).inserted else { return nil }
      return coordinate(ofElement: item.name).map { (item.name, $0) }
    }.sorted { $0.offset < $1.offset }
  }

  /// A whole number of digits only, blanks around it left out.
  private static func index(_ text: Substring) -> Int? {
    let digits = trimmed(text)
    guard !digits.isEmpty, digits.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
    return Int(digits)
  }

  private static func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
