/// The shape of an array in an expression: a scalar, a vector or a matrix.
///
/// Elements are stored row-major. For elementwise arithmetic a vector of n counts as one row, 1 × n, as in NumPy.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The extents: none for a scalar, one for a vector, rows and columns for a matrix.
  public let dimensions: [Int]

  /// A shape of at most two extents, each at least 1.
  public init(_ dimensions: [Int]) {
    precondition(dimensions.count <= 2, "an array has at most two dimensions")
    precondition(dimensions.allSatisfy { $0 >= 1 }, "every extent of an array is at least 1")
    self.dimensions = dimensions
  }

  /// The shape of a number.
  public static let scalar = Shape([])
  /// The shape of a vector of n entries.
  public static func vector(_ n: Int) -> Shape { Shape([n]) }
  /// The shape of a matrix.
  public static func matrix(_ rows: Int, _ columns: Int) -> Shape { Shape([rows, columns]) }

  /// The number of dimensions: 0, 1 or 2.
  public var rank: Int { dimensions.count }
  /// The number of elements.
  public var count: Int { dimensions.reduce(1, *) }
  /// The number of rows when laid out as a matrix; 1 for vectors and scalars.
  public var rows: Int { rank == 2 ? dimensions[0] : 1 }
  /// The number of columns when laid out as a matrix.
  public var columns: Int { dimensions.last ?? 1 }

  /// The shape as it is written in messages: `a number`, `[8]` or `[8, 2]`.
  public var description: String { rank == 0 ? "a number" : "\(dimensions)" }

  /// The shape as a noun: `a number`, `an array of shape [8, 2]`.
  public var noun: String { rank == 0 ? description : "an array of shape \(self)" }

  /// The common shape of two arrays in elementwise arithmetic, or `nil` where they do not fit.
  public func broadcast(with other: Shape) -> Shape? {
    func common(_ a: Int, _ b: Int) -> Int? { a == b ? a : a == 1 ? b : b == 1 ? a : nil }
    guard let rows = common(rows, other.rows), let columns = common(columns, other.columns) else { return nil }
    switch max(rank, other.rank) {
    case 0: return .scalar
    case 1: return .vector(columns)
    default: return .matrix(rows, columns)
    }
  }
}
