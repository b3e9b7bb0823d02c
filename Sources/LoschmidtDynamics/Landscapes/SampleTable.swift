import LoschmidtNumerics

/// The data of a landscape: N samples, each with the same named columns.
public struct SampleTable: Sendable, Equatable {
  /// A column of numbers, or of arrays of one shape.
  public struct Column: Sendable, Equatable {
    /// The name by which the loss refers to it.
    public let name: String
    /// The shape of one entry.
    public let shape: Shape
    /// The entries, sample by sample, each row by row.
    public let values: [Double]

    /// A column.
    public init(name: String, shape: Shape = .scalar, values: [Double]) {
      precondition(values.count % shape.count == 0, "a column holds a whole number of entries")
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  /// The number of samples N.
  public let count: Int
  /// The columns.
  public let columns: [Column]
  /// The numbers that one sample has in all its columns.
  public let width: Int

  /// Samples in columns of equal length.
  public init(count: Int, columns: [Column]) {
    precondition(count >= 1, "there is at least one sample")
    precondition(columns.allSatisfy { $0.values.count == count * $0.shape.count }, "columns have equal lengths")
    self.count = count
    self.columns = columns
    width = columns.reduce(0) { $0 + $1.shape.count }
  }

  /// A single sample without columns, for a loss that uses no data.
  public static let none = SampleTable(count: 1, columns: [])
}
