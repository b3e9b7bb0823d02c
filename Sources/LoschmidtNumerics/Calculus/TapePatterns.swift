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
    case .subtract: return differencePattern(operands, product: product)
    case .multiply: return productPattern(operands, product: product)
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
    case .transpose, .expand: return TapePattern(operation: LK_OP_COPY, operands: operands)
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
      return TapePattern(operation: LK_OP_ADD_K, operands: [operands[1]], k: k)
    }
    for (term, other) in [(operands[1], operands[0]), (operands[0], operands[1])] where term != other {
      if let factors = product(term) {
        if let k = constantValue(of: factors[0]) {
          return TapePattern(operation: LK_OP_FMA_K, operands: [factors[1], other], k: k, absorbed: [term])
        }
        return TapePattern(operation: LK_OP_FMA, operands: factors + [other], absorbed: [term])
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

  private func differencePattern(_ operands: [Value], product: (Value) -> [Value]?) -> TapePattern {
    let (a, b) = (operands[0], operands[1])
    if let k = constantValue(of: b) { return TapePattern(operation: LK_OP_ADD_K, operands: [a], k: -k) }
    if let factors = product(b) {
      if let k = constantValue(of: factors[0]) {
        if let m = constantValue(of: a) {
          return TapePattern(operation: LK_OP_FMA_KK, operands: [factors[1]], k: -k, m: m, absorbed: [b])
        }
        return TapePattern(operation: LK_OP_FMA_K, operands: [factors[1], a], k: -k, absorbed: [b])
      }
      return TapePattern(operation: LK_OP_FNMA, operands: factors + [a], absorbed: [b])
    }
    if let k = constantValue(of: a) { return TapePattern(operation: LK_OP_K_SUB, operands: [b], k: k) }
    if let factors = product(a) {
      return TapePattern(operation: LK_OP_FMS, operands: factors + [b], absorbed: [a])
    }
    return TapePattern(operation: LK_OP_SUB, operands: operands)
  }

  private func productPattern(_ operands: [Value], product: (Value) -> [Value]?) -> TapePattern {
    let (a, b) = (operands[0], operands[1])
    if let k = constantValue(of: a) {
      if let factors = product(b), constantValue(of: factors[0]) == nil {
        return TapePattern(operation: LK_OP_MUL_MUL_K, operands: factors, k: k, absorbed: [b])
      }
      return TapePattern(operation: LK_OP_MUL_K, operands: [b], k: k)
    }
    for (inner, other) in [(b, a), (a, b)] where inner != other {
      if let factors = product(inner), constantValue(of: factors[0]) == nil {
        return TapePattern(operation: LK_OP_MUL_MUL, operands: factors + [other], absorbed: [inner])
      }
    }
    return TapePattern(operation: LK_OP_MUL, operands: operands)
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
