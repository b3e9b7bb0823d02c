import Testing

@testable import LoschmidtNumerics

struct JetBasisTests {
  @Test func monomialsAreSortedByDegree() {
    for caps in [[], [1], [5], [2, 1], [1, 1, 1], [2, 2], [1, 0, 3]] {
      let basis = JetBasis(caps: caps)
      #expect(basis.count == caps.reduce(1) { $0 * ($1 + 1) })
      #expect(Set(basis.monomials).count == basis.count)
      #expect(basis.monomials[0] == caps.map { _ in 0 })
      #expect(basis.monomials[basis.count - 1] == caps)
      let degrees = basis.monomials.indices.map { basis.degree($0) }
      #expect(degrees == degrees.sorted())
    }
  }

  @Test func productsAreAllFactorisations() {
    let basis = JetBasis(caps: [2, 1, 3])
    for (alpha, pairs) in basis.products.enumerated() {
      #expect(pairs.count == basis.monomials[alpha].reduce(1) { $0 * ($1 + 1) })
      #expect(pairs.map(\.left) == pairs.map(\.left).sorted())
      for (left, right) in pairs {
        #expect(zip(basis.monomials[left], basis.monomials[right]).map { $0 + $1 } == basis.monomials[alpha])
      }
    }
  }

  @Test func factorialsAndFirstPowers() {
    let basis = JetBasis(caps: [3, 1, 2])
    #expect(basis.factorial == 12)
    #expect((0..<3).map { basis.monomials[basis.first(of: $0)] } == [[1, 0, 0], [0, 1, 0], [0, 0, 1]])
    #expect(JetBasis(caps: []).factorial == 1)
  }
}
