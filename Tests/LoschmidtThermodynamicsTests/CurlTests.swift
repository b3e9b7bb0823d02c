import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct CurlTests {
  static let potentials = ReferenceEntry.expansions(ofKind: "potentials")

  private static func series() -> [(key: String, series: EtaSeries)] {
    [
      ("F_DE", BackwardError().series(orders: 2)), ("F_TR_inf", TimeRenormalised.flow.series(orders: 2)),
      ("F_TR_2", TimeRenormalised(steps: 2).series(orders: 2)),
      ("F_TR_4", TimeRenormalised(steps: 4).series(orders: 2)), ("F_TA", TimeAsymmetry().series(orders: 2)),
      ("F_ST", StochasticThermodynamic().series(orders: 2)),
    ]
  }

  @Test func agreesWithTheReferenceNumbers() throws {
    let entry = ReferenceEntry.expansions(ofKind: "curl")[0]
    let field = try #require(HandwrittenField.named(entry["loss"], lanes: 2))
    let curl = Curl(of: field, at: entry["theta"].doubles)
    #expect(curl.commutator[1] == entry["commutator_TgH_12"].double)
    for (key, series) in Self.series() {
      #expect(abs(curl.coefficient(0, 1, of: series) - entry["curl_eta2"][key].double) < 1e-15)
    }
  }

  @Test(arguments: potentials.indices) func commutatorsAgreeWithTheReferenceNumbers(index: Int) throws {
    let entry = Self.potentials[index]
    let point = entry["theta"].doubles
    let field = try #require(HandwrittenField.named(entry["loss"], lanes: point.count))
    let expected = entry["commutator_TgH"].rows.flatMap { $0 }
    // Products of matrices with entries of order ten.
    #expect(deviation(of: Curl(of: field, at: point).commutator, from: expected) <= 1e-13 * max(1, norm(of: expected)))
  }

  /// The rotation of the coefficient of η² itself, by central differences of Λ⁻¹F, without and with a preconditioner.
  @Test(arguments: 1...5) func agreesWithDifferencesOfTheSeries(seed: Int) throws {
    var random = TestRandom(seed: UInt64(seed))
    let dimension = 3
    let lower = [1.2, 0, 0, random.next(in: -1...1), 0.8, 0, random.next(in: -1...1), random.next(in: -1...1), 1.1]
    let metrics: [PositiveMatrix] = [.identity, .diagonal([0.5, 2, 1.5]), .factored(lower: lower, dimension: 3)]
    let plain = HandwrittenField.randomPolynomial(dimension: dimension, lanes: dimension, random: &random)
    let point = random.vector(dimension, in: -0.5...0.5)
    for metric in metrics {
      var unit = Block(dimension: dimension, lanes: dimension)
      for i in 0..<dimension { unit[i, i] = 1 }
      let field = plain.with(lanes: dimension, preconditioner: metric.multiply(unit).entries)
      let curl = Curl(of: field, at: point, preconditioner: metric)
      let (step, center) = (1e-4, Block(broadcasting: point, lanes: dimension))
      let all = Self.series()
      let above = SeriesCoefficients.evaluate(all.map(\.series), of: field, at: center + step * unit)
      let below = SeriesCoefficients.evaluate(all.map(\.series), of: field, at: center - step * unit)
      for (index, item) in all.enumerated() {
        // Entry (i, j): ∂_j (Λ⁻¹F)_i.
        let jacobian = metric.solve((1 / (2 * step)) * (above[index].powers[1] - below[index].powers[1]))
        for i in 0..<dimension {
          for j in 0..<dimension {
            // Second order in a step of 1e-4.
            #expect(abs(jacobian[i, j] - jacobian[j, i] - curl.coefficient(i, j, of: item.series)) < 1e-5)
          }
        }
      }
    }
  }

  @Test func bothWaysToAskAgree() {
    var random = TestRandom(seed: 3)
    let metric = PositiveMatrix.diagonal([0.5, 2, 1.5])
    let plain = HandwrittenField.randomPolynomial(dimension: 3, lanes: 3, random: &random)
    let point = random.vector(3)
    var unit = Block(dimension: 3, lanes: 3)
    for i in 0..<3 { unit[i, i] = 1 }
    let points = Block(broadcasting: point, lanes: 3)
    let step = metric.multiply(plain.evaluate(at: points))
    let hessian = plain.derivative(along: [(direction: unit, multiplicity: 1)], at: points).entries
    let third = plain.derivative(
      along: [(direction: unit, multiplicity: 1), (direction: step, multiplicity: 1)], at: points
    ).entries
    let direct = Curl(hessian: hessian, third: third, dimension: 3, preconditioner: metric)
    let field = plain.with(lanes: 3, preconditioner: metric.multiply(unit).entries)
    let other = Curl(of: field, at: point, preconditioner: metric)
    #expect(deviation(of: direct.commutator, from: other.commutator) < 1e-13 * max(1, norm(of: direct.commutator)))
  }
}
