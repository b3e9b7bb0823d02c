// A coordinate of an array may be named in an expression by the array and by a name of its own: its slope is then the sum
// of those by both names. A gradient is therefore cut into parts, whole arrays where no element has a name.

extension VectorFunction {
  /// Forces that a vector is made of, as expressions.
  public struct Forces: Sendable {
    /// One expression for each parameter of the inputs, `nil` where no force acts on the whole of it.
    public var byParameter: [Expression?]
    /// Forces on single elements of arrays with their coordinates; each stands for what its array says there.
    public var byElement: [(offset: Int, expression: Expression)]

    /// Forces from their parts.
    public init(_ byParameter: [Expression?], byElement: [(offset: Int, expression: Expression)] = []) {
      self.byParameter = byParameter
      self.byElement = byElement
    }
  }
}

extension DifferentiableFunction.Inputs {
  /// Slopes by everything that lies in θ, minus forces, as parts of one vector in the order of the coordinates.
  ///
  /// - Parameters:
  ///   - slopes: By the arrays, then by the elements, in the order of ``symbols(in:)``.
  ///   - pulls: The forces on whole arrays, `nil` where none acts.
  ///   - elementPulls: The forces on single elements by their coordinates, which stand for those of the arrays.
  ///   - graph: Where the slopes and the forces are values.
  /// - Returns: The parts: whole arrays where no element has a name, else numbers and what lies between them.
  func parts(
    of slopes: [Graph.Value], minus pulls: [Graph.Value?] = [], _ elementPulls: [Int: Graph.Value] = [:],
    in graph: inout Graph
  ) -> [VectorFunction.Part] {
    var parts: [VectorFunction.Part] = []
    for (index, parameter) in parameters.enumerated() {
      let range = parameter.offset..<parameter.offset + parameter.shape.count
      let own = parameter.shape.rank == 0 ? [] : elements.indices.filter { range.contains(elements[$0].offset) }
      let single = Dictionary(
        own.map { (elements[$0].offset, slopes[parameters.count + $0]) }, uniquingKeysWith: { $1 })
      let slope = slopes[index]
      let whole = index < pulls.count ? pulls[index].map { graph.subtract(slope, $0) } ?? slope : slope
      let cuts = Set(single.keys).union(elementPulls.keys.filter(range.contains)).sorted()
      if cuts.isEmpty {
        parts.append(.init(value: whole, shape: parameter.shape, offset: parameter.offset))
        continue
      }
      let array = (graph.expand(slope, to: parameter.shape), graph.expand(whole, to: parameter.shape))
      var next = range.lowerBound
      for cut in cuts + [range.upperBound] {
        if cut > next {
          let rest = graph.slice(array.1, offset: next - range.lowerBound, count: cut - next)
          parts.append(.init(value: rest, shape: cut - next == 1 ? .scalar : .vector(cut - next), offset: next))
        }
        guard cut < range.upperBound else { break }
        let pull = elementPulls[cut]
        var value = graph.slice(pull == nil ? array.1 : array.0, offset: cut - range.lowerBound, count: 1)
        if let slope = single[cut] { value = graph.add(value, slope) }
        if let pull { value = graph.subtract(value, pull) }
        parts.append(.init(value: value, shape: .scalar, offset: cut))
        next = cut + 1
      }
    }
    return parts
  }
}
