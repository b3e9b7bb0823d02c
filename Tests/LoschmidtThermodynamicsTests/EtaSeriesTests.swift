import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct EtaSeriesTests {
  /// The tabulated coefficients of DE, written `H T(g,g)` for our `HT(g,g)`.
  @Test func agreesWithTheTabulatedTrees() throws {
    let entry = ReferenceEntry.expansions(ofKind: "de_tree_coefficients")[0]
    let series = BackwardError().series(orders: 4)
    let trees = Dictionary(uniqueKeysWithValues: RootedTree.all(upTo: 5).map { ($0.description, $0) })
    var compared = 0
    for power in 1...4 {
      for (name, value) in entry["eta\(power)"].map {
        let tree = try #require(trees[name.filter { $0 != " " }])
        #expect(tree.order == power + 1)
        #expect(series.coefficient(of: tree).description == value.text)
        compared += 1
      }
    }
    #expect(compared == 16)
  }

  /// The table of the theory of the expansions, section 2: η, η² (HHg, T(g,g)) and the curl.
  @Test func agreesWithTheTableOfAllPotentials() {
    let chain = RootedTree([RootedTree([.vertex])])
    let bush = RootedTree([.vertex, .vertex])
    func row(_ series: EtaSeries) -> [Rational] {
      [series.coefficient(of: RootedTree([.vertex])), series.coefficient(of: chain), series.coefficient(of: bush)]
        + [series.curlCoefficient ?? 99]
    }
    let half = Rational(-1, 2)
    #expect(row(BackwardError().series(orders: 3)) == [half, Rational(-1, 3), Rational(-1, 12), Rational(1, 6)])
    #expect(row(TimeRenormalised.flow.series(orders: 2)) == [half, Rational(1, 6), Rational(1, 6), Rational(1, 6)])
    #expect(row(TimeAsymmetry().series(orders: 2)) == [half, 0, Rational(1, 4), half * -1])
    #expect(row(StochasticThermodynamic().series(orders: 2)) == [half, Rational(1, 2), Rational(1, 4), 0])
    for n in [2, 3, 4, 7, 100] {
      let direct = row(TimeRenormalised(steps: n).series(orders: 2))
      #expect(direct == [half, Rational(n - 2, 6 * n), Rational(2 * n - 1, 12 * n), Rational(n + 1, 6 * n)])
      let inverse = row(TimeRenormalised.inverseSeries(steps: n, orders: 2))
      let expected = [
        Rational(1 - n, 2 * n), Rational((1 - n) * (2 * n - 1), 6 * n * n), Rational((1 - n) * (n - 2), 12 * n * n),
      ]
      #expect(inverse == expected + [Rational(n * n - 1, 6 * n * n)])
    }
  }

  /// Section 2, third order of TR∞ and of TR2.
  @Test func agreesWithTheThirdOrderOfTheRenormalisedForces() {
    let limit = TimeRenormalised.flow.series(orders: 3)
    #expect(
      limit.powers[2].map { "\($0.coefficient) \($0.tree)" } == [
        "-1/24 Q4(g,g,g)", "-1/8 T(g,Hg)", "-1/24 HT(g,g)", "-1/24 HHHg",
      ])
    let echo = TimeRenormalised(steps: 2).series(orders: 4)
    #expect(echo.powers[2].map { "\($0.coefficient) \($0.tree)" } == ["-1/48 Q4(g,g,g)"])
    #expect(echo.powers[3].map { "\($0.coefficient) \($0.tree)" } == ["1/384 Q5(g,g,g,g)"])
  }

  /// F_TR,2(η) = 2 F_TA(η/2), coefficient by coefficient, at the highest order in use.
  @Test func twoSubstepsAreTwiceTheEchoOfHalfTheStep() {
    let (renormalised, echo) = (TimeRenormalised(steps: 2).series(orders: 6), TimeAsymmetry().series(orders: 6))
    var power = Rational(2)
    for tree in RootedTree.all(upTo: 7) where tree.order > 1 {
      power = Rational(2, 1 << (tree.order - 1))
      #expect(renormalised.coefficient(of: tree) == power * echo.coefficient(of: tree))
    }
  }

  /// The coefficients are those of the tabulated quadratic closed forms: chains are powers of λ.
  @Test func chainsAreTheSpectralFunctions() {
    var chain = RootedTree.vertex
    let (error, limit) = (BackwardError().series(orders: 6), TimeRenormalised.flow.series(orders: 6))
    var factorial = 1
    for power in 1...6 {
      chain = RootedTree([chain])
      factorial *= power + 1
      // ln(1 − z)/z + 1 = −Σ z^k/(k+1); −(e^{−z} − 1 + z)/z = −Σ (−1)^{k+1} z^k/(k+1)!.
      #expect(error.coefficient(of: chain) == Rational(-1, power + 1))
      #expect(limit.coefficient(of: chain) == Rational(power % 2 == 1 ? -1 : 1, factorial))
    }
  }
}
