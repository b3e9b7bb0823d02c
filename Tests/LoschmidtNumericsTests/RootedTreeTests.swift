import LoschmidtNumerics
import Testing

@Suite struct RootedTreeTests {
  @Test func countsTreesPerOrder() {
    let trees = RootedTree.all(upTo: 7)
    // The sequence A000081.
    #expect((1...7).map { order in trees.filter { $0.order == order }.count } == [1, 1, 2, 4, 9, 20, 48])
    #expect(Set(trees).count == trees.count)
  }

  /// Hairer, Lubich, Wanner, table III.1.1.
  @Test func knowsSymmetriesAndDensities() {
    let vertex = RootedTree.vertex
    let pair = RootedTree([vertex])
    let rows: [(tree: RootedTree, name: String, symmetry: Int, density: Int)] = [
      (vertex, "g", 1, 1), (pair, "Hg", 1, 2), (RootedTree([vertex, vertex]), "T(g,g)", 2, 3),
      (RootedTree([pair]), "HHg", 1, 6), (RootedTree([vertex, vertex, vertex]), "Q4(g,g,g)", 6, 4),
      (RootedTree([pair, vertex]), "T(g,Hg)", 1, 8), (RootedTree([RootedTree([vertex, vertex])]), "HT(g,g)", 2, 12),
      (RootedTree([RootedTree([pair])]), "HHHg", 1, 24), (RootedTree([pair, pair]), "T(Hg,Hg)", 2, 20),
      (RootedTree([pair, vertex, vertex]), "Q4(g,g,Hg)", 2, 10),
    ]
    for row in rows {
      #expect(row.tree.description == row.name)
      #expect(row.tree.symmetry == row.symmetry)
      #expect(row.tree.density == row.density)
    }
  }

  /// Σ |τ|! / (σγ) over the trees of order n is (n − 1)!, the number of monotonically labelled trees.
  @Test func labelsAddUp() {
    var factorial = 1
    for order in 1...7 {
      factorial *= order
      let sum = RootedTree.all(upTo: 7).filter { $0.order == order }
        .reduce(Rational.zero) { $0 + Rational(factorial, $1.symmetry * $1.density) }
      #expect(sum == Rational(factorial / order))
    }
  }

  @Test func doesNotDependOnTheOrderOfBranches() {
    let pair = RootedTree([.vertex])
    #expect(RootedTree([pair, .vertex]) == RootedTree([.vertex, pair]))
    #expect(RootedTree([pair, .vertex, pair]).distinctChildren.map(\.multiplicity) == [1, 2])
  }
}
