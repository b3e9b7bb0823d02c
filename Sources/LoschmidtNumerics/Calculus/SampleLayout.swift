/// How the numbers of several samples lie in one block, and how a sum over them is built.
public struct SampleLayout: Sendable, Equatable {
  /// How many samples there are.
  public let count: Int
  /// Whether the numbers of one column lie together, so that an elementwise expression takes each column as one array and
  /// has the terms of all samples at once; otherwise the numbers of one sample do, and the terms are built one by one.
  public let isByColumn: Bool

  /// One sample.
  public init() { (count, isByColumn) = (1, false) }

  /// The layout that suits an expression: by column where it is elementwise and all that it names are numbers.
  public init(count: Int, of expression: Expression, inputs: DifferentiableFunction.Inputs) {
    let arrays = (inputs.parameters + inputs.sample).filter { $0.shape != .scalar }.map(\.name)
    self.count = count
    isByColumn =
      count > 1 && expression.isElementwise && expression.names().allSatisfy { !arrays.contains($0.name) }
  }

  /// So many coordinates lie between the numbers of one sample.
  public var columnStride: Int { isByColumn ? count : 1 }

  /// The coordinate where number `column` of a sample lies; samples have `width` numbers.
  public func coordinate(ofSample sample: Int, column: Int, width: Int) -> Int {
    sample * (isByColumn ? 1 : width) + column * columnStride
  }

  /// The terms that a sum over the samples is built of: what the expression reads in each, and the shape of its values.
  func terms(
    _ inputs: DifferentiableFunction.Inputs
  ) -> [(inputs: DifferentiableFunction.Inputs, shape: Shape)] {
    let width = inputs.sample.map { $0.offset + $0.shape.count }.max() ?? 0
    func moved(_ move: (inout (name: String, offset: Int, shape: Shape)) -> Void) -> DifferentiableFunction.Inputs {
      var inputs = inputs
      for index in inputs.sample.indices { move(&inputs.sample[index]) }
      return inputs
    }
    if isByColumn {
      let columns = moved { column in
        column.offset *= count
        // Arrays of a sample are not named.
        if column.shape == .scalar { column.shape = .vector(count) }
      }
      return [(columns, .vector(count))]
    }
    return (0..<count).map { number in (moved { $0.offset += number * width }, .scalar) }
  }
}
