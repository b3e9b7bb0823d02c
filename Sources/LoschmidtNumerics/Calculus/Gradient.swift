// Reverse accumulation: the gradient of a scalar as further values of the same graph.

extension Graph {
  /// The derivatives of a scalar value by some inputs.
  ///
  /// - Parameters:
  ///   - scalar: What is differentiated; one element.
  ///   - variables: Values that it depends on.
  /// - Returns: For each variable an array of its shape, ∂scalar/∂variable.
  public mutating func gradient(of scalar: Value, by variables: [Value]) -> [Value] {
    precondition(shape(of: scalar).count == 1, "only a scalar has a gradient")
    return gradient(ofSum: scalar, weight: 1, by: variables)
  }

  /// The derivatives of the weighted sum of the elements of a value by some inputs; the sum itself is not made.
  mutating func gradient(ofSum terms: Value, weight: Double, by variables: [Value]) -> [Value] {
    var adjoints = [Value?](repeating: nil, count: terms.index + 1)
    adjoints[terms.index] = constant(weight)
    let needed = dependants(on: variables, upTo: terms.index)
    for index in stride(from: terms.index, through: 0, by: -1) where needed[index] {
      guard let adjoint = adjoints[index] else { continue }
      let value = Value(index: index)
      for (operand, contribution) in adjointContributions(of: value, adjoint: adjoint, needed: needed) {
        let reduced = reduce(contribution, from: nodes[index].contributionShape(self), to: shape(of: operand))
        adjoints[operand.index] = adjoints[operand.index].map { add($0, reduced) } ?? reduced
      }
    }
    return variables.map { variable in
      let adjoint = variable.index < adjoints.count ? adjoints[variable.index] : nil
      return expand(adjoint ?? constant(0), to: shape(of: variable))
    }
  }

  /// Which values up to a place depend on any of the variables.
  private func dependants(on variables: [Value], upTo last: Int) -> [Bool] {
    var needed = [Bool](repeating: false, count: last + 1)
    for variable in variables where variable.index <= last { needed[variable.index] = true }
    for index in 0...last where !needed[index] {
      needed[index] = nodes[index].operands.contains { needed[$0.index] }
    }
    return needed
  }

  /// What the adjoint of a value adds to the adjoints of its operands, before summation over repeated elements.
  private mutating func adjointContributions(
    of value: Value, adjoint: Value, needed: [Bool]
  ) -> [(operand: Value, contribution: Value)] {
    let node = nodes[value.index]
    let operands = node.operands
    var contributions: [(operand: Value, contribution: Value)] = []
    func wants(_ i: Int) -> Bool { needed[operands[i].index] }
    switch node.operation {
    case .input, .constant, .lessOrEqual, .greaterOrEqual: break
    case .add:
      for i in 0...1 where wants(i) { contributions.append((operands[i], adjoint)) }
    case .subtract:
      if wants(0) { contributions.append((operands[0], adjoint)) }
      if wants(1) { contributions.append((operands[1], negate(adjoint))) }
    case .negate: contributions.append((operands[0], negate(adjoint)))
    case .multiply where operands[0] == operands[1]:
      contributions.append((operands[0], multiply(multiply(constant(2), adjoint), operands[0])))
    case .multiply:
      for i in 0...1 where wants(i) { contributions.append((operands[i], multiply(adjoint, operands[1 - i]))) }
    case .divide:
      let quotient = divide(adjoint, operands[1])
      if wants(0) { contributions.append((operands[0], quotient)) }
      if wants(1) { contributions.append((operands[1], negate(multiply(quotient, value)))) }
    case .power:
      let (base, exponent) = (operands[0], operands[1])
      if wants(0) {
        let slope = multiply(exponent, power(base, subtract(exponent, constant(1))))
        // 0 for the exponent 0, also at the base 0, where 0 · ∞ would be NaN.
        contributions.append((base, multiply(adjoint, select(exponent, slope, constant(0)))))
      }
      if wants(1) {
        // 0 where a^b = 0, the limit for a → 0 at b > 0, where 0 · log 0 would be NaN.
        let slope = select(value, multiply(value, unary(.log, base)), constant(0))
        contributions.append((exponent, multiply(adjoint, slope)))
      }
    case .unary(let function):
      contributions.append((operands[0], multiply(adjoint, derivative(of: function, at: operands[0], value: value))))
    case .select:
      if wants(1) { contributions.append((operands[1], select(operands[0], adjoint, constant(0)))) }
      if wants(2) { contributions.append((operands[2], select(operands[0], constant(0), adjoint))) }
    case .contract: contributions = contractContributions(node, adjoint: expand(adjoint, to: node.shape), needed)
    case .sum, .expand: contributions.append((operands[0], adjoint))
    case .slice: preconditionFailure("slices are made of gradients, of which no gradient is taken")
    case .transpose: contributions.append((operands[0], transpose(expand(adjoint, to: node.shape))))
    }
    return contributions
  }

  /// Ā = C̄ Bᵀ and B̄ = Aᵀ C̄, in the layout in which A and B are stored.
  private mutating func contractContributions(
    _ node: Node, adjoint: Value, _ needed: [Bool]
  ) -> [(operand: Value, contribution: Value)] {
    guard case .contract(let rows, let columns, let inner, let leftT, let rightT) = node.operation else { return [] }
    let (a, b) = (node.operands[0], node.operands[1])
    var contributions: [(operand: Value, contribution: Value)] = []
    if needed[a.index] {
      let contribution =
        leftT
        ? contract(
          b, adjoint, rows: inner, columns: rows, inner: columns, leftTransposed: rightT, rightTransposed: true,
          shape: shape(of: a))
        : contract(
          adjoint, b, rows: rows, columns: inner, inner: columns, leftTransposed: false, rightTransposed: !rightT,
          shape: shape(of: a))
      contributions.append((a, contribution))
    }
    if needed[b.index] {
      let contribution =
        rightT
        ? contract(
          adjoint, a, rows: columns, columns: inner, inner: rows, leftTransposed: true, rightTransposed: leftT,
          shape: shape(of: b))
        : contract(
          a, adjoint, rows: inner, columns: columns, inner: rows, leftTransposed: !leftT, rightTransposed: false,
          shape: shape(of: b))
      contributions.append((b, contribution))
    }
    return contributions
  }

  /// f′ at the operand, given f there.
  mutating func derivative(of function: UnaryFunction, at u: Value, value v: Value) -> Value {
    switch function {
    case .exp: return v
    case .log: return divide(constant(1), u)
    case .sqrt: return divide(constant(0.5), v)
    case .sin: return unary(.cos, u)
    case .cos: return negate(unary(.sin, u))
    case .tan: return add(constant(1), multiply(v, v))
    case .tanh: return unary(.squaredSech, u)
    case .sinh: return unary(.cosh, u)
    case .cosh: return unary(.sinh, u)
    case .atan: return divide(constant(1), add(constant(1), multiply(u, u)))
    case .abs: return unary(.sign, u)
    case .relu: return unary(.step, u)
    case .softplus: return unary(.sigmoid, u)
    case .sigmoid: return unary(.sigmoidSlope, u)
    case .logcosh: return unary(.tanh, u)
    case .erf: return multiply(constant(1.1283791670955126), unary(.gaussian, u))
    case .lgamma: return unary(.polygamma(0), u)
    case .squaredSech: return multiply(constant(-2), multiply(unary(.tanh, u), v))
    case .sigmoidSlope: return negate(multiply(unary(.tanh, multiply(constant(0.5), u)), v))
    case .gaussian: return multiply(constant(-2), multiply(u, v))
    case .polygamma(let n): return unary(.polygamma(n + 1), u)
    case .sign, .step: return constant(0)
    }
  }
}

extension Graph.Node {
  /// The shape at which an adjoint contribution of this node is to be read before it is reduced to its operand.
  fileprivate func contributionShape(_ graph: Graph) -> Shape {
    switch operation {
    case .contract, .transpose, .sum: .scalar
    default: shape
    }
  }
}
