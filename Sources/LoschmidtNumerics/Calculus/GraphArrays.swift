// Sums, products and rearrangements of whole arrays.

extension Graph {
  /// The matrix product of two arrays, each read as its transpose where said: `rows` × `columns` sums of `inner` terms.
  ///
  /// The shape of the result must have `rows` × `columns` elements.
  mutating func contract(
    _ a: Value, _ b: Value, rows: Int, columns: Int, inner: Int, leftTransposed: Bool = false,
    rightTransposed: Bool = false, shape: Shape
  ) -> Value {
    if constantValue(of: a) == 0 || constantValue(of: b) == 0 { return constant(0) }
    let operation = Operation.contract(
      rows: rows, columns: columns, inner: inner, leftTransposed: leftTransposed, rightTransposed: rightTransposed)
    return insert(operation, [a, b], shape)
  }

  /// The sum of all elements of `a`, read at the shape `full` (a smaller array stands for its repetition).
  mutating func sum(_ a: Value, at full: Shape) -> Value { reduce(a, from: full, to: .scalar) }

  /// The sum of the products of corresponding elements.
  mutating func dot(_ a: Value, _ b: Value) -> Value {
    let full = commonShape(a, b)
    if full.count == 1 { return multiply(a, b) }
    return contract(
      expand(a, to: full), expand(b, to: full), rows: 1, columns: 1, inner: full.count, shape: .scalar)
  }

  /// The array repeated to a larger shape; a row and a vector are the same here.
  mutating func expand(_ a: Value, to full: Shape) -> Value {
    let own = shape(of: a)
    if own.rows == full.rows, own.columns == full.columns { return a }
    return insert(.expand, [a], full)
  }

  /// The array repeated to exactly this shape.
  mutating func repeated(_ a: Value, to full: Shape) -> Value {
    shape(of: a) == full ? a : insert(.expand, [a], full)
  }

  /// The transpose of a matrix.
  mutating func transpose(_ a: Value) -> Value {
    let own = shape(of: a)
    if case .transpose = node(a).operation { return node(a).operands[0] }
    return own.rank < 2 ? a : insert(.transpose, [a], .matrix(own.columns, own.rows))
  }

  /// `count` elements of an array, row by row, from the element `offset` on; a number for one element.
  mutating func slice(_ a: Value, offset: Int, count: Int) -> Value {
    let own = shape(of: a)
    if constantValue(of: a) != nil || own.count == count { return a }
    precondition(offset >= 0 && count > 0 && offset + count <= own.count, "a slice lies inside its array")
    if case .expand = node(a).operation, shape(of: node(a).operands[0]).count == 1 { return node(a).operands[0] }
    // Of an input too it is a node of its own: its derivative is the slice of that of the input.
    return insert(.slice(offset: offset), [a], count == 1 ? .scalar : .vector(count))
  }

  /// Sums `a`, read at the shape `full`, over the directions in which `target` has one element and `full` more.
  ///
  /// Where `a` is itself constant in such a direction, the sum is a product with the number of repetitions.
  mutating func reduce(_ a: Value, from full: Shape, to target: Shape) -> Value {
    let own = shape(of: a)
    var factor = 1
    var overRows = false
    var overColumns = false
    if full.rows > 1, target.rows == 1 {
      if own.rows == 1 { factor *= full.rows } else { overRows = true }
    }
    if full.columns > 1, target.columns == 1 {
      if own.columns == 1 { factor *= full.columns } else { overColumns = true }
    }
    var result = a
    if overRows || overColumns {
      let rows = overRows ? 1 : own.rows
      let columns = overColumns ? 1 : own.columns
      let reduced: Shape =
        rows == 1 && columns == 1 ? .scalar : rows == 1 ? .vector(columns) : .matrix(rows, columns)
      result = sumOrDot(a, overRows: overRows, overColumns: overColumns, shape: reduced)
    }
    return factor == 1 ? result : multiply(constant(Double(factor)), result)
  }

  /// A sum of products over everything is a contraction, which needs no array for the products.
  private mutating func sumOrDot(_ a: Value, overRows: Bool, overColumns: Bool, shape reduced: Shape) -> Value {
    let inner = node(a)
    if reduced == .scalar, case .multiply = inner.operation {
      let (left, right) = (inner.operands[0], inner.operands[1])
      if let c = constantValue(of: left) {
        return multiply(
          constant(c), sumOrDot(right, overRows: overRows, overColumns: overColumns, shape: reduced))
      }
      if shape(of: left).count == inner.shape.count, shape(of: right).count == inner.shape.count {
        return dot(left, right)
      }
    }
    return insert(.sum(overRows: overRows, overColumns: overColumns), [a], reduced)
  }
}
