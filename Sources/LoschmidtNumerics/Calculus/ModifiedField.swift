extension BSeries {
  /// The vector field, times h, whose flow for pseudo-time 1 is the map of this series: backward error analysis.
  ///
  /// The field is Σ b(u)/σ(u) h^|u| F(u), and its flow a B-series with coefficients a_s(τ), polynomials in the
  /// pseudo-time s, that satisfy a_s(τ)′ = Σ_u b(u)/σ(u) [F(u)∘B(a_s)](τ), a_0 = 0. The term u = τ contributes b(τ)
  /// alone, all others have fewer vertices; the demand a_1 = a then fixes b(τ), tree after tree.
  ///
  /// - Complexity: Quadratic in the number of trees.
  public func modifiedField() -> BSeries {
    var solver = FlowRecursion()
    let trees = RootedTree.all(upTo: maximumOrder)
    for tree in trees { solver.extend(to: tree, target: self[tree]) }
    return BSeries(maximumOrder: maximumOrder) { solver.field[$0] ?? .zero }
  }

  /// The same field for the map U of Euler's method, by another route: h f~ = ln(1 + Δ) id = Σ_k ((−1)^{k+1}/k) Δ^k id.
  public static func eulerModifiedFieldByNewtonSeries(maximumOrder: Int) -> BSeries {
    newtonSeriesOfEuler(maximumOrder: maximumOrder) { Rational($0 % 2 == 1 ? 1 : -1, $0) }
  }

  /// Σ_{k≥1} c_k Δ^k id for the map U of Euler's method, with Δφ = φ∘U − φ.
  ///
  /// Δ raises the order by one, hence the sum ends with k = `maximumOrder`. With c_k = C(1/n, k) the sum is U^{1/n} − id.
  public static func newtonSeriesOfEuler(maximumOrder: Int, coefficient: (Int) -> Rational) -> BSeries {
    var differences: [BSeries] = [identity(maximumOrder: maximumOrder)]
    for _ in 0..<maximumOrder { differences.append(differences[differences.count - 1].followedByEuler(step: 1)) }
    var sum = identity(maximumOrder: maximumOrder)
    for k in 1...max(1, maximumOrder) {
      differences = zip(differences.dropFirst(), differences).map { $0 - $1 }
      sum = sum + coefficient(k) * differences[0]
    }
    return sum
  }
}

/// A polynomial in the pseudo-time, the constant term first.
private typealias Polynomial = [Rational]

/// Builds the field of a given time-1 flow, one tree after the other.
private struct FlowRecursion {
  /// b(u), as far as known.
  var field: [RootedTree: Rational] = [:]
  private var flow: [RootedTree: Polynomial] = [:]
  private var known: [RootedTree] = []
  private var compositions: [Pair: Polynomial] = [:]

  private struct Pair: Hashable {
    let differential: RootedTree
    let tree: RootedTree
  }

  /// Finds b(τ) such that the flow reaches `target` at pseudo-time 1; all smaller trees must have been visited.
  mutating func extend(to tree: RootedTree, target: Rational) {
    var slope: Polynomial = []
    for differential in known where differential.order < tree.order {
      guard let coefficient = field[differential], !coefficient.isZero else { continue }
      let weight = coefficient / Rational(differential.symmetry)
      slope = sum(slope, composition(of: differential, at: tree), times: weight)
    }
    var integral: Polynomial = [.zero]
    for (power, coefficient) in slope.enumerated() { integral.append(coefficient / Rational(power + 1)) }
    let value = target - integral.reduce(.zero, +)
    flow[tree] = sum(integral, [.zero, .one], times: value)
    field[tree] = value
    known.append(tree)
  }

  /// The coefficient of F(u)∘B(a_s) at τ = [τ₁, …, τ_n], in the normalisation of a B-series.
  ///
  /// For u = [u₁, …, u_m] it is the sum over all ways to give each u_i a branch of τ of its own of the product of the
  /// coefficients of F(u_i)∘B(a_s) there and of a_s at the branches that are left.
  private mutating func composition(of differential: RootedTree, at tree: RootedTree) -> Polynomial {
    if differential.order > tree.order { return [] }
    let pair = Pair(differential: differential, tree: tree)
    if let value = compositions[pair] { return value }
    let value = assign(differential.children[...], to: tree.children)
    compositions[pair] = value
    return value
  }

  private mutating func assign(_ differentials: ArraySlice<RootedTree>, to branches: [RootedTree]) -> Polynomial {
    guard let first = differentials.first else {
      return branches.reduce([.one]) { product($0, flow[$1] ?? []) }
    }
    if differentials.count > branches.count { return [] }
    var total: Polynomial = []
    for index in branches.indices {
      let factor = composition(of: first, at: branches[index])
      if factor.isEmpty { continue }
      var others = branches
      others.remove(at: index)
      total = sum(total, product(factor, assign(differentials.dropFirst(), to: others)), times: .one)
    }
    return total
  }

  private func product(_ left: Polynomial, _ right: Polynomial) -> Polynomial {
    if left.isEmpty || right.isEmpty { return [] }
    var result = Polynomial(repeating: .zero, count: left.count + right.count - 1)
    for (i, a) in left.enumerated() where !a.isZero {
      for (j, b) in right.enumerated() where !b.isZero { result[i + j] += a * b }
    }
    return result
  }

  private func sum(_ left: Polynomial, _ right: Polynomial, times factor: Rational) -> Polynomial {
    var result = left
    while result.count < right.count { result.append(.zero) }
    for (power, coefficient) in right.enumerated() { result[power] += factor * coefficient }
    return result
  }
}
