// Truncated power series (Taylor arithmetic) in several small numbers, as further values of the same graph.
//
// Every elementary function v = f(u) obeys a differential equation v′ = w u′; under the degree operator Σ ε_k ∂/∂ε_k it becomes
// |α| v_α = Σ_{βγ=α} |β| u_β w_γ, which gives each coefficient from those of lower degree (Griewank and Walther, Evaluating
// Derivatives, 2nd ed., table 13.2). A coefficient that vanishes identically is `nil` and costs nothing.

/// The coefficients of one value, by monomial; `nil` stands for zero.
typealias Jet = [Graph.Value?]

/// Propagates jets through a graph.
struct JetTransform {
  let basis: JetBasis
  var graph: Graph
  private var jets: [Graph.Value: Jet] = [:]

  /// A transform that knows the jets of some inputs; all other inputs are constant.
  init(_ graph: Graph, basis: JetBasis, inputs: [Graph.Value: Jet]) {
    self.graph = graph
    self.basis = basis
    jets = inputs
  }

  /// The jets of some values, with those of all values that they depend on; one pass over the graph.
  mutating func jets(of values: [Graph.Value]) -> [Jet] {
    let top = values.map(\.index).max() ?? -1
    var needed = [Bool](repeating: false, count: top + 1)
    for value in values { needed[value.index] = true }
    for index in stride(from: top, through: 0, by: -1) where needed[index] {
      if jets[Graph.Value(index: index)] != nil { continue }
      for operand in graph.node(Graph.Value(index: index)).operands { needed[operand.index] = true }
    }
    for index in needed.indices where needed[index] {
      let current = Graph.Value(index: index)
      if jets[current] == nil { jets[current] = makeJet(of: current) }
    }
    return values.map { known($0) }
  }

  private func known(_ value: Graph.Value) -> Jet {
    guard let jet = jets[value] else { preconditionFailure("operands come before the values made of them") }
    return jet
  }

  func constantJet(_ value: Graph.Value) -> Jet {
    var jet = Jet(repeating: nil, count: basis.count)
    jet[0] = value
    return jet
  }

  private mutating func makeJet(of value: Graph.Value) -> Jet {
    let node = graph.node(value)
    let operands = node.operands.map { known($0) }
    if operands.allSatisfy({ isConstant($0) }) { return constantJet(value) }
    switch node.operation {
    case .input, .constant: return constantJet(value)
    case .add: return zip(operands[0], operands[1]).map { sum($0, $1) }
    case .subtract: return zip(operands[0], operands[1]).map { difference($0, $1) }
    case .negate: return operands[0].map { $0.map { graph.negate($0) } }
    case .multiply: return product(operands[0], operands[1])
    case .divide: return quotient(operands[0], operands[1], value)
    case .power: return power(operands[0], operands[1], value)
    case .lessOrEqual, .greaterOrEqual: return constantJet(value)
    case .select: return select(node, operands, value)
    case .contract: return contract(node, operands)
    case .sum(let overRows, let overColumns):
      return operands[0].map { coefficient in
        coefficient.map { sumAll($0, node, overRows: overRows, overColumns: overColumns) }
      }
    case .transpose:
      let full = graph.shape(of: node.operands[0])
      return operands[0].map { $0.map { graph.transpose(graph.expand($0, to: full)) } }
    case .expand: return operands[0].map { $0.map { graph.expand($0, to: node.shape) } }
    case .slice(let offset):
      let full = graph.shape(of: node.operands[0])
      return operands[0].map {
        $0.map { graph.slice(graph.expand($0, to: full), offset: offset, count: node.shape.count) }
      }
    case .unary(let function): return unary(function, operands[0], value: value)
    }
  }

  private mutating func sumAll(
    _ coefficient: Graph.Value, _ node: Graph.Node, overRows: Bool, overColumns: Bool
  ) -> Graph.Value {
    graph.reduce(coefficient, from: graph.shape(of: node.operands[0]), to: node.shape)
  }
}

// MARK: Sums and products

extension JetTransform {
  mutating func sum(_ a: Graph.Value?, _ b: Graph.Value?) -> Graph.Value? {
    guard let a else { return b }
    guard let b else { return a }
    return graph.add(a, b)
  }

  mutating func difference(_ a: Graph.Value?, _ b: Graph.Value?) -> Graph.Value? {
    guard let b else { return a }
    guard let a else { return graph.negate(b) }
    return graph.subtract(a, b)
  }

  /// Σ_{βγ=α} weight(β, γ) a_β b_γ; pairs of weight 0 are left out, equal pairs are counted twice instead of made twice.
  mutating func convolution(
    _ alpha: Int, _ a: Jet, _ b: Jet, weight: (_ beta: Int, _ gamma: Int) -> Double = { _, _ in 1 }
  ) -> Graph.Value? {
    var total: Graph.Value?
    for (beta, gamma) in basis.products[alpha] {
      guard let x = a[beta], let y = b[gamma] else { continue }
      let factor = weight(beta, gamma)
      if factor == 0 { continue }
      total = sum(total, graph.multiply(graph.constant(factor), graph.multiply(x, y)))
    }
    return total
  }

  mutating func product(_ a: Jet, _ b: Jet) -> Jet {
    if a == b { return square(a) }
    return basis.monomials.indices.map { convolution($0, a, b) }
  }

  /// a² with each mixed term made once.
  mutating func square(_ a: Jet) -> Jet {
    basis.monomials.indices.map { alpha in
      convolution(alpha, a, a) { beta, gamma in beta < gamma ? 2 : beta == gamma ? 1 : 0 }
    }
  }

  /// v = a/b from b₀ v_α = a_α − Σ_{β≠1} b_β v_γ.
  mutating func quotient(_ a: Jet, _ b: Jet, _ value: Graph.Value) -> Jet {
    guard let b0 = b[0] else { return constantJet(value) }
    var v = constantJet(value)
    for alpha in 1..<basis.count {
      let rest = convolution(alpha, b, v) { beta, _ in beta == 0 ? 0 : 1 }
      v[alpha] = difference(a[alpha], rest).map { graph.divide($0, b0) }
    }
    return v
  }

  /// v = a^b: for constant b by its Taylor coefficients C(b, k) a₀^(b−k), each a power of its own, so that they stay
  /// accurate where a₀ or a₀^b is near 0; else from v′ = v (b log a)′, which needs a₀ > 0.
  private mutating func power(_ a: Jet, _ b: Jet, _ value: Graph.Value) -> Jet {
    guard let a0 = a[0], let b0 = b[0] else { return constantJet(value) }
    if isConstant(b) {
      return chain(a, value) { k, graph in graph.binomialPower(a0, b0, k) }
    }
    let logarithm = unary(.log, a, value: graph.unary(.log, a0))
    let v = exponential(product(b, logarithm), value)
    if !isConstant(a) { return v }
    // For a constant base 0 all derivatives by the exponent b > 0 are 0, where 0 · log 0 would be NaN.
    return [value] + v.dropFirst().map { $0.map { graph.select(value, $0, graph.constant(0)) } }
  }

  /// Whether a jet has its constant coefficient only.
  private func isConstant(_ jet: Jet) -> Bool { jet.dropFirst().allSatisfy { $0 == nil } }

  private mutating func select(_ node: Graph.Node, _ operands: [Jet], _ value: Graph.Value) -> Jet {
    var v = constantJet(value)
    for alpha in 1..<basis.count where operands[1][alpha] != nil || operands[2][alpha] != nil {
      let zero = graph.constant(0)
      v[alpha] = graph.select(node.operands[0], operands[1][alpha] ?? zero, operands[2][alpha] ?? zero)
    }
    return v
  }

  private mutating func contract(_ node: Graph.Node, _ operands: [Jet]) -> Jet {
    guard case .contract(let rows, let columns, let inner, let leftT, let rightT) = node.operation else { return [] }
    let (leftShape, rightShape) = (graph.shape(of: node.operands[0]), graph.shape(of: node.operands[1]))
    return basis.monomials.indices.map { alpha in
      var total: Graph.Value?
      for (beta, gamma) in basis.products[alpha] {
        guard let a = operands[0][beta], let b = operands[1][gamma] else { continue }
        let term = graph.contract(
          graph.expand(a, to: leftShape), graph.expand(b, to: rightShape), rows: rows, columns: columns, inner: inner,
          leftTransposed: leftT, rightTransposed: rightT, shape: node.shape)
        total = sum(total, term)
      }
      return total
    }
  }
}

extension Graph {
  /// C(b, k) a^(b−k), the Taylor coefficient of a^b; 0 where the binomial coefficient is, also at a = 0.
  fileprivate mutating func binomialPower(_ a: Value, _ b: Value, _ k: Int) -> Value {
    var binomial = constant(1)
    for j in 0..<k {
      let factor = divide(subtract(b, constant(Double(j))), constant(Double(j + 1)))
      binomial = multiply(binomial, factor)
    }
    let term = multiply(binomial, power(a, subtract(b, constant(Double(k)))))
    return select(binomial, term, constant(0))
  }
}
