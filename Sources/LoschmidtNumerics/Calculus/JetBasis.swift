/// The monomials ε₁^i₁ ε₂^i₂ … with i_k ≤ m_k, of a truncated power series in several small numbers.
///
/// A function of θ + ε₁a₁ + ε₂a₂ + … has the mixed derivative D^k f[a₁^m₁, a₂^m₂, …] / (m₁! m₂! …) as the coefficient of the
/// highest monomial, so one such jet gives one multilinear derivative without differences and without polarisation.
struct JetBasis: Hashable, Sendable {
  /// m_k, the highest power of each small number.
  let caps: [Int]
  /// The exponents of every monomial, sorted by degree; the first is 1, the last has all powers at their caps.
  let monomials: [[Int]]
  /// For each monomial α all pairs (β, γ) with βγ = α, as indices, β in the order of the basis.
  let products: [[(left: Int, right: Int)]]

  init(caps: [Int]) {
    self.caps = caps
    var all: [[Int]] = [[]]
    for cap in caps { all = all.flatMap { prefix in (0...cap).map { prefix + [$0] } } }
    all.sort { a, b in
      let (x, y) = (a.reduce(0, +), b.reduce(0, +))
      return x != y ? x < y : a.lexicographicallyPrecedes(b)
    }
    monomials = all
    let index = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1, $0) })
    products = all.map { alpha in
      all.enumerated().compactMap { left, beta in
        let gamma = zip(alpha, beta).map { $0 - $1 }
        return gamma.allSatisfy { $0 >= 0 } ? index[gamma].map { (left, $0) } : nil
      }
    }
  }

  /// The number of monomials.
  var count: Int { monomials.count }
  /// The degree of a monomial.
  func degree(_ alpha: Int) -> Int { monomials[alpha].reduce(0, +) }
  /// m₁! m₂! …, which turns the highest coefficient into the derivative.
  var factorial: Double { caps.reduce(1) { $0 * (1...max($1, 1)).reduce(1.0) { $0 * Double($1) } } }
  /// The index of the monomial ε_k.
  func first(of k: Int) -> Int {
    let exponents = caps.indices.map { $0 == k ? 1 : 0 }
    guard let index = monomials.firstIndex(of: exponents) else {
      preconditionFailure("every direction has multiplicity at least 1")
    }
    return index
  }

  static func == (a: JetBasis, b: JetBasis) -> Bool { a.caps == b.caps }
  func hash(into hasher: inout Hasher) { hasher.combine(caps) }
}
