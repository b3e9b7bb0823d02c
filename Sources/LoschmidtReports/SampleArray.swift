/// Numbers that an experiment kept one by one, such as R of every trajectory: a file of NumPy's format.
public struct SampleArray: Sendable, Equatable {
  /// The name, such as `R`, unique in its experiment.
  public var name: String
  /// The unit; `nil` for pure numbers.
  public var unit: String?
  /// The extents. The first one counts trajectories: those that were finished, in their order.
  public var shape: [Int]
  /// The numbers row by row; `nil` where they were read back from results, which have them in a file of their own.
  public var values: [Double]?

  /// One number for every finished trajectory.
  public init(_ name: String, unit: String?, _ values: [Double]) {
    self.init(name, unit: unit, shape: [values.count], values: values)
  }

  /// An array from its parts; the values, where there are some, fill the shape.
  public init(_ name: String, unit: String?, shape: [Int], values: [Double]?) {
    precondition(values.map { $0.count == shape.reduce(1, *) } ?? true, "as many numbers as the shape has")
    self.name = name
    self.unit = unit
    self.shape = shape
    self.values = values
  }

  /// The name of the file that holds the numbers: `<experiment index>-<kind>-<name>.npy`.
  public func fileName(experiment index: Int, kind: String) -> String {
    CSVTable.fileStem(experiment: index, kind: kind, name) + ".npy"
  }
}
