import CKernels

/// One instruction to be, with operands that are still values of the graph.
struct TapePattern {
  var operation: lk_operation
  var operands: [Graph.Value]
  var k = 0.0
  var m = 0.0
  /// The order of a polygamma, the number of a function, or the number of summed terms.
  var inner = 0
  /// The values that this instruction computes on the way and nobody else reads.
  var absorbed: [Graph.Value] = []
}

extension Graph {
  /// The best single instruction for a node, which may absorb products that only it reads: those that are private,
  /// which is to say read once only.
  func pattern(for value: Value, isPrivate: (Value) -> Bool) -> TapePattern {
    let node = node(value)
    let operands = node.operands
    func absorbable(_ operand: Value) -> Bool {
      isPrivate(operand) && shape(of: operand).count == node.shape.count
    }
    func product(_ operand: Value) -> [Value]? {
      guard case .multiply = self.node(operand).operation, absorbable(operand) else { return nil }
      return self.node(operand).operands
    }
    switch node.operation {
    case .input: preconditionFailure("inputs are not computed")
    case .constant(let c): return TapePattern(operation: LK_OP_FILL, operands: [], k: c)
    case .add: return sumPattern(operands, node, product: product, absorbable: absorbable)
    case .subtract: return differencePattern(operands, product: product, absorbable: absorbable)
    case .multiply: return productPattern(operands, product: product, absorbable: absorbable)
    case .divide:
      if let k = constantValue(of: operands[0]) {
        return TapePattern(operation: LK_OP_K_DIV, operands: [operands[1]], k: k)
      }
      return TapePattern(operation: LK_OP_DIV, operands: operands)
    case .power: return TapePattern(operation: LK_OP_POW, operands: operands)
    case .negate: return TapePattern(operation: LK_OP_NEG, operands: operands)
    case .unary(let function): return unaryPattern(function, operands)
    case .lessOrEqual: return TapePattern(operation: LK_OP_LE, operands: operands)
    case .greaterOrEqual: return TapePattern(operation: LK_OP_GE, operands: operands)
    case .select: return TapePattern(operation: LK_OP_SELECT, operands: operands)
    case .contract(_, _, let inner, _, _):
      return TapePattern(operation: LK_OP_CONTRACT, operands: operands, inner: inner)
    case .sum(let overRows, let overColumns):
      let from = shape(of: operands[0])
      return TapePattern(
        operation: LK_OP_SUM, operands: operands, inner: (overRows ? from.rows : 1) * (overColumns ? from.columns : 1))
    case .transpose, .expand, .slice: return TapePattern(operation: LK_OP_COPY, operands: operands)
    }
  }

  private func sumPattern(
    _ operands: [Value], _ node: Node, product: (Value) -> [Value]?, absorbable: (Value) -> Bool
  ) -> TapePattern {
    if let k = constantValue(of: operands[0]) {
      if let factors = product(operands[1]), let slope = constantValue(of: factors[0]) {
        return TapePattern(
          operation: LK_OP_FMA_KK, operands: [factors[1]], k: slope, m: k, absorbed: [operands[1]])
      }
      if let factors = product(operands[1]) {
        return TapePattern(operation: LK_OP_FMA, operands: factors + [operands[0]], absorbed: [operands[1]])
      }
      return shiftPattern(operands[1], by: k, product: product, absorbable: absorbable)
    }
    for (term, other) in [(operands[1], operands[0]), (operands[0], operands[1])] where term != other {
      if let factors = product(term) {
        if let k = constantValue(of: factors[0]) {
          return scaledSumPattern(term, factor: factors[1], by: k, plus: other, product: product)
        }
        return productSumPattern(term, factors, plus: other, product: product)
      }
      if case .contract(_, _, let inner, _, _) = self.node(term).operation, absorbable(term),
        shape(of: other).count == node.shape.count
      {
        return TapePattern(
          operation: LK_OP_CONTRACT_ADD, operands: self.node(term).operands + [other], inner: inner, absorbed: [term])
      }
    }
    return TapePattern(operation: LK_OP_ADD, operands: operands)
  }

  private func differencePattern(
    _ operands: [Value], product: (Value) -> [Value]?, absorbable: (Value) -> Bool
  ) -> TapePattern {
    let (a, b) = (operands[0], operands[1])
    if let k = constantValue(of: b) { return shiftPattern(a, by: -k, product: product, absorbable: absorbable) }
    if let factors = product(b) {
      if let k = constantValue(of: factors[0]) {
        if let m = constantValue(of: a) {
          return TapePattern(operation: LK_OP_FMA_KK, operands: [factors[1]], k: -k, m: m, absorbed: [b])
        }
        return scaledSumPattern(b, factor: factors[1], by: -k, plus: a, product: product)
      }
      return TapePattern(operation: LK_OP_FNMA, operands: factors + [a], absorbed: [b])
    }
    if let k = constantValue(of: a) { return TapePattern(operation: LK_OP_K_SUB, operands: [b], k: k) }
    if let factors = product(a) {
      if let k = constantValue(of: factors[0]), factors[1] != b, let pair = variableFactors(product(factors[1])) {
        // The product with -1 is exact.
        return TapePattern(
          operation: LK_OP_MUL_FMA_KK, operands: pair + [b], k: k, m: -1, absorbed: [a, factors[1]])
      }
      return TapePattern(operation: LK_OP_FMS, operands: factors + [b], absorbed: [a])
    }
    return TapePattern(operation: LK_OP_SUB, operands: operands)
  }

  /// value + k, where the value may be a product and a third term that only this sum reads.
  private func shiftPattern(
    _ value: Value, by k: Double, product: (Value) -> [Value]?, absorbable: (Value) -> Bool
  ) -> TapePattern {
    let inner = node(value)
    // A sum with a constant is no such sum: looking into it as well would make chains of constants costly.
    if case .add = inner.operation, absorbable(value), constantValue(of: inner.operands[0]) == nil {
      var pattern = sumPattern(inner.operands, inner, product: product, absorbable: absorbable)
      if pattern.operation == LK_OP_FMA {
        pattern.operation = LK_OP_FMA_ADD_K
        pattern.k = k
        pattern.absorbed.insert(value, at: 0)
        return pattern
      }
    }
    return TapePattern(operation: LK_OP_ADD_K, operands: [value], k: k)
  }

  /// k · factor + other, where `term` is that product and is absorbed.
  ///
  /// With it go products that only this sum reads, as far as three operands and two numbers reach; each is rounded as it
  /// would be on its own.
  private func scaledSumPattern(
    _ term: Value, factor: Value, by k: Double, plus other: Value, product: (Value) -> [Value]?
  ) -> TapePattern {
    let plain = TapePattern(operation: LK_OP_FMA_K, operands: [factor, other], k: k, absorbed: [term])
    guard factor != other else { return plain }
    let addend = product(other)
    let m = addend.flatMap { constantValue(of: $0[0]) }
    if let pair = variableFactors(product(factor)) {
      if let addend, let m {
        return TapePattern(
          operation: LK_OP_MUL_FMA_KK, operands: pair + [addend[1]], k: k, m: m, absorbed: [term, factor, other])
      }
      if let addend, pair[0] == pair[1], addend[0] == addend[1] {
        return TapePattern(
          operation: LK_OP_K_SQUARES, operands: [pair[0], addend[0]], k: k, absorbed: [term, factor, other])
      }
      // The product with 1 is exact.
      return TapePattern(
        operation: LK_OP_MUL_FMA_KK, operands: pair + [other], k: k, m: 1, absorbed: [term, factor])
    }
    if let addend, let m, let pair = variableFactors(product(addend[1])) {
      return TapePattern(
        operation: LK_OP_FMA_K_MUL_K, operands: [factor] + pair, k: k, m: m, absorbed: [term, other, addend[1]])
    }
    return plain
  }

  /// The product of two factors + other, where `term` is that product and is absorbed; a sum of squares absorbs both.
  private func productSumPattern(
    _ term: Value, _ factors: [Value], plus other: Value, product: (Value) -> [Value]?
  ) -> TapePattern {
    let plain = TapePattern(operation: LK_OP_FMA, operands: factors + [other], absorbed: [term])
    guard factors[0] == factors[1], let addend = product(other) else { return plain }
    let k = constantValue(of: addend[0])
    let square = k == nil ? addend : product(addend[1])
    guard let square, square[0] == square[1], constantValue(of: square[0]) == nil else { return plain }
    // The product with 1 is exact.
    return TapePattern(
      operation: LK_OP_SQUARES, operands: [factors[0], square[0]], k: k ?? 1,
      absorbed: [term, other] + (k == nil ? [] : [addend[1]]))
  }

  /// The factors of a product without a constant.
  private func variableFactors(_ factors: [Value]?) -> [Value]? {
    factors.flatMap { constantValue(of: $0[0]) == nil ? $0 : nil }
  }

  private func productPattern(
    _ operands: [Value], product: (Value) -> [Value]?, absorbable: (Value) -> Bool
  ) -> TapePattern {
    let (a, b) = (operands[0], operands[1])
    if let k = constantValue(of: a) {
      if let factors = variableFactors(product(b)) {
        return shiftedProductPattern(factors, by: k, absorbing: [b], product: product, absorbable: absorbable)
          ?? TapePattern(operation: LK_OP_MUL_MUL_K, operands: factors, k: k, absorbed: [b])
      }
      return TapePattern(operation: LK_OP_MUL_K, operands: [b], k: k)
    }
    for (inner, other) in [(b, a), (a, b)] where inner != other {
      if let factors = variableFactors(product(inner)) {
        return TapePattern(operation: LK_OP_MUL_MUL, operands: factors + [other], absorbed: [inner])
      }
    }
    // The product with 1 is exact.
    return shiftedProductPattern(operands, by: 1, absorbing: [], product: product, absorbable: absorbable)
      ?? TapePattern(operation: LK_OP_MUL, operands: operands)
  }

  /// k (a + m) b, where one of the factors is that sum, which only this product reads; `nil` where none is.
  private func shiftedProductPattern(
    _ factors: [Value], by k: Double, absorbing absorbed: [Value], product: (Value) -> [Value]?,
    absorbable: (Value) -> Bool
  ) -> TapePattern? {
    for (sum, other) in [(factors[0], factors[1]), (factors[1], factors[0])] where sum != other && absorbable(sum) {
      let node = node(sum)
      let shift: TapePattern
      switch node.operation {
      case .add: shift = sumPattern(node.operands, node, product: product, absorbable: absorbable)
      case .subtract: shift = differencePattern(node.operands, product: product, absorbable: absorbable)
      default: continue
      }
      // Any other sum has an instruction that does more, and may round less.
      if shift.operation == LK_OP_ADD_K {
        return TapePattern(
          operation: LK_OP_ADD_K_MUL_K, operands: [shift.operands[0], other], k: k, m: shift.k,
          absorbed: absorbed + [sum])
      }
    }
    return nil
  }

  private func unaryPattern(_ function: UnaryFunction, _ operands: [Value]) -> TapePattern {
    switch function {
    case .abs: return TapePattern(operation: LK_OP_ABS, operands: operands)
    case .relu: return TapePattern(operation: LK_OP_RELU, operands: operands)
    case .sign: return TapePattern(operation: LK_OP_SIGN, operands: operands)
    case .step: return TapePattern(operation: LK_OP_STEP, operands: operands)
    case .polygamma(let n): return TapePattern(operation: LK_OP_POLYGAMMA, operands: operands, inner: n)
    default:
      guard let kernel = function.kernel else { preconditionFailure("every other function has a kernel") }
      return TapePattern(operation: LK_OP_FUNCTION, operands: operands, inner: Int(kernel.rawValue))
    }
  }
}

extension UnaryFunction {
  /// The function that is computed together with this one, and the instruction that does so; this one comes first.
  var pair: (second: UnaryFunction, operation: lk_operation)? {
    switch self {
    case .tanh: (.squaredSech, LK_OP_TANH_SECH2)
    case .sin: (.cos, LK_OP_SIN_COS)
    case .sigmoid: (.sigmoidSlope, LK_OP_SIGMOID_SLOPE)
    default: nil
    }
  }
}
