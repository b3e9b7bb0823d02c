// The jets of the elementary functions, each from the differential equation that it obeys.

extension JetTransform {
  /// v with v′ = w u′, where w is known up to the degree below.
  private mutating func integral(_ alpha: Int, _ u: Jet, _ w: Jet) -> Graph.Value? {
    let basis = basis
    let degree = Double(basis.degree(alpha))
    return convolution(alpha, u, w) { beta, _ in Double(basis.degree(beta)) / degree }
  }

  mutating func exponential(_ u: Jet, _ value: Graph.Value) -> Jet {
    var v = constantJet(value)
    for alpha in 1..<basis.count { v[alpha] = integral(alpha, u, v) }
    return v
  }

  /// Several functions v_i with v_i′ = w_i u′, where each w_i is made from the v of lower degree.
  private mutating func system(
    _ u: Jet, _ starts: [Graph.Value], _ slopes: (inout JetTransform, [Jet], Int) -> [Graph.Value?]
  ) -> [Jet] {
    var v = starts.map { constantJet($0) }
    var w = starts.map { _ in Jet(repeating: nil, count: basis.count) }
    for alpha in 0..<basis.count {
      if alpha > 0 { for i in v.indices { v[i][alpha] = integral(alpha, u, w[i]) } }
      for (i, slope) in slopes(&self, v, alpha).enumerated() { w[i][alpha] = slope }
    }
    return v
  }

  mutating func unary(_ function: UnaryFunction, _ u: Jet, value: Graph.Value) -> Jet {
    guard let u0 = u[0] else { return constantJet(value) }
    switch function {
    case .exp: return exponential(u, value)
    case .log: return logarithm(u, u0, value)
    case .sqrt: return squareRoot(u, value)
    case .sin, .cos: return circular(function, u, u0)
    case .sinh, .cosh: return hyperbolic(function, u, u0)
    case .tan:
      return system(u, [value]) { transform, v, alpha in
        let square = transform.convolution(alpha, v[0], v[0])
        return [alpha == 0 ? transform.sum(transform.graph.constant(1), square) : square]
      }[0]
    case .tanh, .squaredSech, .logcosh: return tanhFamily(function, u, u0, value)
    case .sigmoid, .sigmoidSlope, .softplus: return sigmoidFamily(function, u, u0, value)
    case .atan: return inverseTangent(u, value)
    case .erf, .gaussian: return gaussianFamily(function, u, u0, value)
    case .lgamma: return polygammaChain(u, u0, value, first: 0)
    case .polygamma(let n): return polygammaChain(u, u0, value, first: n + 1)
    case .abs: return masked(u, graph.unary(.sign, u0), value)
    case .relu: return masked(u, graph.unary(.step, u0), value)
    case .sign, .step: return constantJet(value)
    }
  }

  /// |α| u₀ v_α = |α| u_α − Σ_{γ≠1} |β| v_β u_γ.
  private mutating func logarithm(_ u: Jet, _ u0: Graph.Value, _ value: Graph.Value) -> Jet {
    let basis = basis
    var v = constantJet(value)
    for alpha in 1..<basis.count {
      let degree = Double(basis.degree(alpha))
      let rest = convolution(alpha, v, u) { beta, gamma in
        gamma == 0 ? 0 : Double(basis.degree(beta)) / degree
      }
      v[alpha] = difference(u[alpha], rest).map { graph.divide($0, u0) }
    }
    return v
  }

  /// 2 v₀ v_α = u_α − Σ v_β v_γ without the two terms that hold v_α.
  private mutating func squareRoot(_ u: Jet, _ value: Graph.Value) -> Jet {
    var v = constantJet(value)
    for alpha in 1..<basis.count {
      let rest = convolution(alpha, v, v) { beta, gamma in
        beta == 0 || gamma == 0 ? 0 : beta < gamma ? 2 : beta == gamma ? 1 : 0
      }
      v[alpha] = difference(u[alpha], rest).map { graph.divide($0, graph.multiply(graph.constant(2), value)) }
    }
    return v
  }

  private mutating func circular(_ function: UnaryFunction, _ u: Jet, _ u0: Graph.Value) -> Jet {
    let pair = system(u, [graph.unary(.sin, u0), graph.unary(.cos, u0)]) { transform, v, alpha in
      [v[1][alpha], v[0][alpha].map { transform.graph.negate($0) }]
    }
    return function == .sin ? pair[0] : pair[1]
  }

  private mutating func hyperbolic(_ function: UnaryFunction, _ u: Jet, _ u0: Graph.Value) -> Jet {
    let pair = system(u, [graph.unary(.sinh, u0), graph.unary(.cosh, u0)]) { _, v, alpha in [v[1][alpha], v[0][alpha]] }
    return function == .sinh ? pair[0] : pair[1]
  }

  /// tanh′ = s, s′ = −2 tanh s with s = 1/cosh², which stays accurate where 1 − tanh² cancels.
  private mutating func tanhFamily(
    _ function: UnaryFunction, _ u: Jet, _ u0: Graph.Value, _ value: Graph.Value
  ) -> Jet {
    let pair = system(u, [graph.unary(.tanh, u0), graph.unary(.squaredSech, u0)]) { transform, v, alpha in
      [v[1][alpha], transform.convolution(alpha, v[0], v[1]) { _, _ in -2 }]
    }
    switch function {
    case .tanh: return pair[0]
    case .squaredSech: return pair[1]
    default: return integrated(u, pair[0], value)
    }
  }

  /// σ′ = d, d′ = −tanh(u/2) d, tanh(u/2)′ = 2 d, which stays accurate where 1 − 2σ cancels.
  private mutating func sigmoidFamily(
    _ function: UnaryFunction, _ u: Jet, _ u0: Graph.Value, _ value: Graph.Value
  ) -> Jet {
    let half = graph.unary(.tanh, graph.multiply(graph.constant(0.5), u0))
    let starts = [graph.unary(.sigmoid, u0), graph.unary(.sigmoidSlope, u0), half]
    let triple = system(u, starts) { transform, v, alpha in
      [
        v[1][alpha], transform.convolution(alpha, v[2], v[1]) { _, _ in -1 },
        v[1][alpha].map { transform.graph.multiply(transform.graph.constant(2), $0) },
      ]
    }
    switch function {
    case .sigmoid: return triple[0]
    case .sigmoidSlope: return triple[1]
    default: return integrated(u, triple[0], value)
    }
  }

  /// G = exp(−u²) with G′ = −2 u G, and erf′ = 2/√π G.
  private mutating func gaussianFamily(
    _ function: UnaryFunction, _ u: Jet, _ u0: Graph.Value, _ value: Graph.Value
  ) -> Jet {
    let gaussian = system(u, [graph.unary(.gaussian, u0)]) { transform, v, alpha in
      [transform.convolution(alpha, u, v[0]) { _, _ in -2 }]
    }[0]
    if function == .gaussian { return gaussian }
    let slope = gaussian.map { $0.map { graph.multiply(graph.constant(1.1283791670955126), $0) } }
    return integrated(u, slope, value)
  }

  private mutating func inverseTangent(_ u: Jet, _ value: Graph.Value) -> Jet {
    var denominator = square(u)
    denominator[0] = sum(graph.constant(1), denominator[0])
    guard let d0 = denominator[0] else { return constantJet(value) }
    let one = graph.constant(1)
    let slope = quotient(constantJet(one), denominator, graph.divide(one, d0))
    return integrated(u, slope, value)
  }

  /// v′ = w u′ for a w whose jet is known already.
  private mutating func integrated(_ u: Jet, _ w: Jet, _ value: Graph.Value) -> Jet {
    var v = constantJet(value)
    for alpha in 1..<basis.count { v[alpha] = integral(alpha, u, w) }
    return v
  }

  /// The derivatives of ln Γ continue by the polygamma functions; the kernel has them up to order 8.
  private mutating func polygammaChain(_ u: Jet, _ u0: Graph.Value, _ value: Graph.Value, first order: Int) -> Jet {
    chain(u, value) { k, graph in
      let factorial = (1...k).reduce(1.0) { $0 * Double($1) }
      return graph.divide(graph.unary(.polygamma(order + k - 1), u0), graph.constant(factorial))
    }
  }

  /// v = f(u) by its Taylor coefficients f^(k)(u₀)/k!, k ≥ 1, and the powers of u − u₀ (Faà di Bruno by Horner's rule).
  mutating func chain(
    _ u: Jet, _ value: Graph.Value, coefficient: (_ k: Int, _ graph: inout Graph) -> Graph.Value
  ) -> Jet {
    let top = basis.degree(basis.count - 1)
    var increment = u
    increment[0] = nil
    var v = constantJet(coefficient(top, &graph))
    for k in stride(from: top - 1, through: 0, by: -1) {
      v = product(increment, v)
      v[0] = k == 0 ? value : coefficient(k, &graph)
    }
    return v
  }

  /// v = mask · u, whose mask does not change with the small numbers.
  private mutating func masked(_ u: Jet, _ mask: Graph.Value, _ value: Graph.Value) -> Jet {
    var v = u.map { $0.map { graph.multiply(mask, $0) } }
    v[0] = value
    return v
  }
}
