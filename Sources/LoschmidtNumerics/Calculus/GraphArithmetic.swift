// Arithmetic on the values of a graph, with the simplifications that need no knowledge of what comes later.
//
// Whatever is folded is folded by the operation that a tape would have made, in double precision. Constants are numbers
// without a shape: the product of an array with 0 is the number 0, which stands for the array of zeros.

extension Graph {
  /// a + b, elementwise.
  public mutating func add(_ a: Value, _ b: Value) -> Value {
    let (x, y) = (constantValue(of: a), constantValue(of: b))
    if let x, let y { return constant(x + y) }
    if x == 0 { return keepingShape(of: b, with: a) }
    if y == 0 { return keepingShape(of: a, with: b) }
    if case .negate = node(b).operation { return subtract(a, node(b).operands[0]) }
    if case .negate = node(a).operation { return subtract(b, node(a).operands[0]) }
    // Constants go left, other operands by age, so that a + b and b + a are one node.
    let ordered = y != nil || (x == nil && b.index < a.index) ? [b, a] : [a, b]
    return insert(.add, ordered, commonShape(a, b))
  }

  /// a − b, elementwise.
  public mutating func subtract(_ a: Value, _ b: Value) -> Value {
    let (x, y) = (constantValue(of: a), constantValue(of: b))
    if let x, let y { return constant(x - y) }
    if y == 0 { return keepingShape(of: a, with: b) }
    if x == 0 { return keepingShape(of: negate(b), with: a) }
    if case .negate = node(b).operation { return add(a, node(b).operands[0]) }
    return insert(.subtract, [a, b], commonShape(a, b))
  }

  /// −a.
  public mutating func negate(_ a: Value) -> Value {
    if let x = constantValue(of: a) { return constant(-x) }
    let inner = node(a)
    switch inner.operation {
    case .negate: return inner.operands[0]
    case .subtract: return subtract(inner.operands[1], inner.operands[0])
    case .multiply where constantValue(of: inner.operands[0]) != nil:
      return multiply(negate(inner.operands[0]), inner.operands[1])
    default: return insert(.negate, [a], inner.shape)
    }
  }

  /// a · b, elementwise.
  public mutating func multiply(_ a: Value, _ b: Value) -> Value {
    let (x, y) = (constantValue(of: a), constantValue(of: b))
    if let x, let y { return constant(x * y) }
    if let y { return scale(a, by: y) }
    if let x { return scale(b, by: x) }
    if case .negate = node(a).operation { return negate(multiply(node(a).operands[0], b)) }
    if case .negate = node(b).operation { return negate(multiply(a, node(b).operands[0])) }
    // A constant factor moves outwards, where it can be merged with others.
    for (factor, other) in [(a, b), (b, a)] {
      let inner = node(factor)
      if case .multiply = inner.operation, let c = constantValue(of: inner.operands[0]) {
        return scale(multiply(inner.operands[1], other), by: c)
      }
    }
    return insert(.multiply, b.index < a.index ? [b, a] : [a, b], commonShape(a, b))
  }

  private mutating func scale(_ a: Value, by factor: Double) -> Value {
    if factor == 0 { return constant(0) }
    if factor == 1 { return a }
    if factor == -1 { return negate(a) }
    let inner = node(a)
    // Factors merge unless their product overflows or underflows where the products one by one need not.
    if case .multiply = inner.operation, let c = constantValue(of: inner.operands[0]), (c * factor).isNormal {
      return scale(inner.operands[1], by: c * factor)
    }
    if case .negate = inner.operation { return scale(inner.operands[0], by: -factor) }
    return insert(.multiply, [constant(factor), a], inner.shape)
  }

  /// a / b, elementwise.
  public mutating func divide(_ a: Value, _ b: Value) -> Value {
    let (x, y) = (constantValue(of: a), constantValue(of: b))
    if let x, let y { return constant(x / y) }
    if y == 1 { return a }
    if x == 0 { return constant(0) }
    // Division by a power of two is exact as a product.
    if let y, y.significand == 1, (1 / y).isFinite, y.isNormal { return multiply(constant(1 / y), a) }
    return insert(.divide, [a, b], commonShape(a, b))
  }

  /// a ^ n for a whole number n, by repeated squaring of a or of 1/a; exact signs for negative bases.
  public mutating func power(_ a: Value, wholeExponent n: Int) -> Value {
    if n == 0 { return constant(1) }
    // (1/a)^|n|, whose derivatives neither cancel nor overflow on the way, as those of 1/(a^|n|) do.
    if n < 0 { return power(divide(constant(1), a), wholeExponent: -n) }
    var result: Value?
    var square = a
    var rest = n
    while true {
      if rest & 1 == 1 { result = result.map { multiply($0, square) } ?? square }
      rest >>= 1
      if rest == 0 { return result ?? constant(1) }
      square = multiply(square, square)
    }
  }

  /// a ^ b, elementwise; a constant whole exponent up to 2¹⁶ becomes products.
  public mutating func power(_ a: Value, _ b: Value) -> Value {
    if let x = constantValue(of: a), let y = constantValue(of: b) { return constant(Kernel.power(x, y)) }
    if let exponent = constantValue(of: b) {
      if exponent == exponent.rounded(), abs(exponent) <= 65_536 { return power(a, wholeExponent: Int(exponent)) }
      if exponent == 0.5 { return unary(.sqrt, a) }
    }
    return insert(.power, [a, b], commonShape(a, b))
  }

  mutating func unary(_ function: UnaryFunction, _ a: Value) -> Value {
    if let x = constantValue(of: a) { return constant(Kernel.value(of: function, at: x)) }
    return insert(.unary(function), [a], shape(of: a))
  }

  /// 1 where a ≤ b, 0 where a > b, NaN where either is NaN.
  mutating func lessOrEqual(_ a: Value, _ b: Value) -> Value {
    if let x = constantValue(of: a), let y = constantValue(of: b) { return constant(x <= y ? 1 : x > y ? 0 : .nan) }
    return insert(.lessOrEqual, [a, b], commonShape(a, b))
  }

  /// 1 where a ≥ b, 0 where a < b, NaN where either is NaN.
  mutating func greaterOrEqual(_ a: Value, _ b: Value) -> Value {
    if let x = constantValue(of: a), let y = constantValue(of: b) { return constant(x >= y ? 1 : x < y ? 0 : .nan) }
    return insert(.greaterOrEqual, [a, b], commonShape(a, b))
  }

  /// a where the mask is not 0, b where it is, NaN where the mask is NaN.
  mutating func select(_ mask: Value, _ a: Value, _ b: Value) -> Value {
    if a == b { return a }
    if let m = constantValue(of: mask) { return m.isNaN ? mask : m != 0 ? a : b }
    let common = shape(of: mask).broadcast(with: commonShape(a, b))
    guard let common else { preconditionFailure("a mask must fit the values that it selects") }
    return insert(.select, [mask, a, b], common)
  }

  /// The shape of an elementwise result; the operands must fit.
  func commonShape(_ a: Value, _ b: Value) -> Shape {
    guard let common = shape(of: a).broadcast(with: shape(of: b)) else {
      preconditionFailure("shapes \(shape(of: a)) and \(shape(of: b)) do not fit; check them before building")
    }
    return common
  }

  /// `kept`, which a neutral scalar was combined with.
  private func keepingShape(of kept: Value, with neutral: Value) -> Value {
    precondition(shape(of: neutral) == .scalar, "only scalars are constants")
    return kept
  }
}
