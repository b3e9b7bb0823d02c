/// A rooted tree τ = [τ₁, …, τ_m], the index of one elementary differential of a vector field.
///
/// F(•) = G and F([τ₁, …, τ_m]) = D^mG[F(τ₁), …, F(τ_m)]. The order of the branches does not matter: they are kept
/// sorted, so that equal trees are equal values.
///
/// - Source: Hairer, Lubich, Wanner, Geometric Numerical Integration, section III.1.
public struct RootedTree: Hashable, Sendable {
  /// The branches τ₁, …, τ_m at the root, sorted; none for the single vertex.
  public let children: [RootedTree]
  /// |τ|, the number of vertices.
  public let order: Int

  /// The tree with these branches at its root, in whatever order.
  public init(_ children: [RootedTree] = []) {
    self.children = children.sorted()
    order = children.reduce(1) { $0 + $1.order }
  }

  /// The single vertex, G itself.
  public static let vertex = RootedTree()

  /// The distinct branches at the root with their numbers, in sorted order.
  public var distinctChildren: [(tree: RootedTree, multiplicity: Int)] {
    var distinct: [(tree: RootedTree, multiplicity: Int)] = []
    for child in children {
      if distinct.last?.tree == child {
        distinct[distinct.count - 1].multiplicity += 1
      } else {
        distinct.append((child, 1))
      }
    }
    return distinct
  }

  /// σ(τ), the number of automorphisms: Π m_i! σ(τ_i)^m_i over the distinct branches with their numbers m_i.
  public var symmetry: Int {
    distinctChildren.reduce(1) { product, branch in
      (1...branch.multiplicity).reduce(product) { $0 * $1 * branch.tree.symmetry }
    }
  }

  /// γ(τ), the density: |τ| Π γ(τ_i).
  public var density: Int { children.reduce(order) { $0 * $1.density } }

  /// All trees with at most `maximumOrder` vertices, by order and sorted within an order: 1, 1, 2, 4, 9, 20, 48, … .
  public static func all(upTo maximumOrder: Int) -> [RootedTree] {
    var byOrder: [[RootedTree]] = [[]]
    for order in 1...max(1, maximumOrder) {
      var found: [RootedTree] = []
      let smaller = Array(byOrder.joined())
      appendTrees(branches: [], from: 0, remaining: order - 1, among: smaller, to: &found)
      byOrder.append(found.sorted())
    }
    return Array(byOrder.joined())
  }

  private static func appendTrees(
    branches: [RootedTree], from start: Int, remaining: Int, among trees: [RootedTree], to found: inout [RootedTree]
  ) {
    if remaining == 0 { found.append(RootedTree(branches)) }
    for index in start..<max(start, trees.count) where trees[index].order <= remaining {
      appendTrees(
        branches: branches + [trees[index]], from: index, remaining: remaining - trees[index].order, among: trees,
        to: &found)
    }
  }
}

extension RootedTree: Comparable {
  /// Fewer vertices first, then fewer branches last, so that T(g,g) stands before HHg; then branch by branch.
  public static func < (left: RootedTree, right: RootedTree) -> Bool {
    if left.order != right.order { return left.order < right.order }
    if left.children.count != right.children.count { return left.children.count > right.children.count }
    return left.children.lexicographicallyPrecedes(right.children)
  }
}

extension RootedTree: CustomStringConvertible {
  /// The elementary differential in the notation of a gradient field: `g`, `HHg`, `T(g,Hg)`, `Q4(g,g,Hg)`.
  ///
  /// H is the first derivative of the field, T the second, Q*k* the one of order k − 1: derivatives of the loss of
  /// order 2, 3 and k. With a preconditioner Λ the letters stand for the derivatives of Λg.
  public var description: String {
    switch children.count {
    case 0: return "g"
    case 1: return "H\(children[0])"
    default:
      let tensor = children.count == 2 ? "T" : "Q\(children.count + 1)"
      return "\(tensor)(\(children.map(\.description).joined(separator: ",")))"
    }
  }
}
