import LoschmidtNumerics

/// The exact expansion of a force in powers of the learning rate, over the elementary differentials of the field G = Λg.
///
/// F = Σ_k η^k Σ_τ c(τ) F(τ), where τ has k + 1 vertices and c(τ) contains the symmetry 1/σ(τ): c of `Hg` is −1/2 for all
/// four potentials. With a preconditioner every derivative of g becomes that of Λg: H means ΛH, T(a, b) means ΛT(a, b).
public struct EtaSeries: Sendable, Hashable {
  /// One elementary differential with its coefficient.
  public struct Term: Sendable, Hashable {
    /// τ.
    public let tree: RootedTree
    /// c(τ), never 0.
    public let coefficient: Rational
  }

  /// The terms of η¹, η², … .
  public let powers: [[Term]]

  /// The force whose B-series over G with the step h = −η, times h, has the coefficients a(τ) of `series` for |τ| ≥ 2.
  ///
  /// F = Σ h^{|τ|−1} a(τ)/σ(τ) F(τ), so that c(τ) = (−1)^{|τ|−1} a(τ)/σ(τ).
  public init(_ series: BSeries) {
    let trees = RootedTree.all(upTo: series.maximumOrder)
    powers = (1..<max(1, series.maximumOrder)).map { power in
      trees.filter { $0.order == power + 1 }.compactMap { tree in
        let value = series[tree] / Rational(power % 2 == 0 ? tree.symmetry : -tree.symmetry)
        return value.isZero ? nil : Term(tree: tree, coefficient: value)
      }
    }
  }

  /// The highest power of η.
  public var orders: Int { powers.count }

  /// c(τ); 0 for G itself and for trees that do not appear.
  public func coefficient(of tree: RootedTree) -> Rational {
    let power = tree.order - 1
    guard power >= 1, power <= orders else { return .zero }
    return powers[power - 1].first { $0.tree == tree }?.coefficient ?? .zero
  }

  /// κ = 2b − a for the terms η²(a HHg + b T(g,g)): the curl of the force at η² is κ (T_GΛH − HΛT_G).
  ///
  /// The curl of T(g,g) is twice, and that of HHg minus once, the commutator. `nil` for a series that ends before η².
  public var curlCoefficient: Rational? {
    guard orders >= 2 else { return nil }
    let chain = RootedTree([RootedTree([.vertex])])
    let bush = RootedTree([.vertex, .vertex])
    return 2 * coefficient(of: bush) - coefficient(of: chain)
  }
}

extension EtaSeries: CustomStringConvertible {
  /// One line per power, such as `η^1: -1/2 Hg`.
  public var description: String {
    powers.enumerated().map { index, terms in
      let sum = terms.map { "\($0.coefficient) \($0.tree)" }.joined(separator: " + ")
      return "η^\(index + 1): \(terms.isEmpty ? "0" : sum)"
    }.joined(separator: "\n")
  }
}
