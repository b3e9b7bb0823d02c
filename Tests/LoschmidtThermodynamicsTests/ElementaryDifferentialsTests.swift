import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct ElementaryDifferentialsTests {
  static let potentials = ReferenceEntry.expansions(ofKind: "potentials")

  /// Every coefficient block in the reference file, for all points and potentials, through η⁴.
  @Test(arguments: potentials.indices) func seriesAgreeWithTheReferenceNumbers(index: Int) throws {
    let entry = Self.potentials[index]
    let field = try #require(HandwrittenField.named(entry["loss"]))
    let point = Block(broadcasting: entry["theta"].doubles, lanes: 1)
    let series: [(name: String, series: EtaSeries)] = [
      ("F_DE", BackwardError().series(orders: 4)), ("F_TA", TimeAsymmetry().series(orders: 4)),
      ("F_TR_2", TimeRenormalised(steps: 2).series(orders: 4)),
      ("F_TR_4", TimeRenormalised(steps: 4).series(orders: 4)),
      ("F_TR_inf", TimeRenormalised.flow.series(orders: 4)),
      ("F_ST", StochasticThermodynamic().series(orders: 4)),
      ("F_TRinv_2", TimeRenormalised.inverseSeries(steps: 2, orders: 4)),
      ("F_TRinv_4", TimeRenormalised.inverseSeries(steps: 4, orders: 4)),
    ]
    let coefficients = SeriesCoefficients.evaluate(series.map(\.series), of: field, at: point)
    for (item, blocks) in zip(series, coefficients) {
      let expected = entry["series"][item.name].rows
      #expect(expected.count == 4)
      for power in 0..<4 {
        let scale = max(norm(of: expected[power]), Self.largestTerm(item.series, power, field, point))
        let error = deviation(of: blocks.powers[power].entries, from: expected[power])
        // 1e-12 relative to the largest term: where terms cancel, as in quadratics, no more can be asked.
        #expect(error <= 1e-12 * scale, "\(entry["id"].text) \(item.name) η^\(power + 1)")
      }
    }
  }

  private static func largestTerm(
    _ series: EtaSeries, _ power: Int, _ field: HandwrittenField, _ point: Block
  ) -> Double {
    var differentials = ElementaryDifferentials(of: field, at: point)
    return series.powers[power].reduce(0) {
      max($0, abs($1.coefficient.doubleValue) * norm(of: differentials.evaluate($1.tree).entries))
    }
  }

  /// The partial sums of DE at every η of the reference file.
  @Test(arguments: potentials.indices) func partialSumsAgreeWithTheReferenceNumbers(index: Int) throws {
    let entry = Self.potentials[index]
    let field = try #require(HandwrittenField.named(entry["loss"]))
    let point = Block(broadcasting: entry["theta"].doubles, lanes: 1)
    let blocks = try #require(
      SeriesCoefficients.evaluate([BackwardError().series(orders: 4)], of: field, at: point).first)
    for row in entry["per_eta"].list {
      for (index, expected) in row["F_DE_series_partial_sums"].rows.enumerated() {
        let sum = blocks.force(learningRate: row["eta"].double, orders: index + 1)
        // The coefficients are good to 1e-12 each, and the sums of the file do not cancel by more than a digit.
        #expect(deviation(of: sum.entries, from: expected) <= 1e-12 * norm(of: expected))
      }
    }
  }

  /// Lanes do not mix, and every tree is evaluated once.
  @Test func countsDerivatives() {
    var random = TestRandom(seed: 4)
    let counter = CountingField(HandwrittenField.randomPolynomial(dimension: 3, lanes: 2, random: &random))
    var point = Block(dimension: 3, lanes: 2)
    point.entries = random.vector(6)
    let series = [BackwardError().series(orders: 4), StochasticThermodynamic().series(orders: 4)]
    let together = SeriesCoefficients.evaluate(series, of: counter, at: point)
    // The 17 trees with up to 5 vertices, one call each; those without coefficient in any series are not asked for.
    #expect(counter.calls.value <= 17)
    for lane in 0..<2 {
      let single = SeriesCoefficients.evaluate(
        series, of: counter.field.with(lanes: 1), at: Block(broadcasting: point.vector(lane: lane), lanes: 1))
      for (left, right) in zip(together, single) {
        for power in 0..<4 { #expect(left.powers[power].vector(lane: lane) == right.powers[power].entries) }
      }
    }
  }

  @Test func boundsTheRoundingOfItsSum() {
    let field = HandwrittenField.rosenbrock(b: 2)
    let point = Block(broadcasting: [-0.75, 1.25], lanes: 1)
    let blocks = SeriesCoefficients.evaluate([TimeAsymmetry().series(orders: 3)], of: field, at: point)[0]
    let bound = blocks.roundingBound(learningRate: 0.1, metric: .identity)[0]
    let expected = (1...3).reduce(0.0) { sum, power in
      sum + (0..<power).reduce(32 * 0x1p-52) { product, _ in product * 0.1 }
        * norm(of: blocks.powers[power - 1].entries)
    }
    #expect(abs(bound / expected - 1) < 1e-14)  // The same sum in another order.
  }
}

/// Counts the calls of a field.
private struct CountingField: VectorField {
  final class Counter {
    var value = 0
  }

  let field: HandwrittenField
  let calls = Counter()

  init(_ field: HandwrittenField) { self.field = field }

  var dimension: Int { field.dimension }
  var lanes: Int { field.lanes }

  func evaluate(at point: Block) -> Block {
    calls.value += 1
    return field.evaluate(at: point)
  }

  func derivative(along directions: [(direction: Block, multiplicity: Int)], at point: Block) -> Block {
    calls.value += 1
    return field.derivative(along: directions, at: point)
  }
}
