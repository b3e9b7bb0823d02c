import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct BilinearAverageTests {
  private static let schemes: [DrawSet.Scheme] = [
    .fullBatch, .withReplacement(size: 1), .withReplacement(size: 3), .withoutReplacement(size: 1),
    .withoutReplacement(size: 4), .withoutReplacement(size: 12), .cyclic(size: 3),
  ]

  /// Enumeration: E g_ξᵀH_ξv and E|g_ξ|² over all batches.
  @Test(arguments: schemes) func averagesAreThoseOverAllBatches(scheme: DrawSet.Scheme) throws {
    let test = SymmetryCase.network
    let landscape = try test.landscape()
    let law = DrawSet(scheme, sampleCount: 12)
    var random = TestRandom(seed: 9)
    let direction = random.vector(12)
    func means(_ average: DrawAverage) -> (square: Double, product: Double) {
      let lanes = average.draws.count
      let field = DrawField(landscape, draws: average.draws)
      let point = Block(broadcasting: test.point, lanes: lanes)
      let gradient = field.gradient(at: point)
      let turned = field.gradientDerivative(
        along: [(direction: Block(broadcasting: direction, lanes: lanes), multiplicity: 1)], at: point)
      func mean(_ values: [Double]) -> Double { zip(values, average.weights).reduce(0) { $0 + $1.0 * $1.1 } }
      return (mean(gradient.innerProducts(with: gradient)), mean(gradient.innerProducts(with: turned)))
    }
    let outcomes = try #require(law.outcomes)
    let exact = means(DrawAverage(draws: outcomes.map(\.draw), weights: outcomes.map(\.probability)))
    let bilinear = DrawAverage(bilinear: law)
    let measured = means(bilinear)
    #expect(bilinear.draws.count <= 13 && !bilinear.isSampled)
    // Means of up to 500 terms of order one.
    #expect(abs(measured.square - exact.square) < 1e-13 * abs(exact.square))
    #expect(abs(measured.product - exact.product) < 1e-13)
  }

  @Test func batchesOfAnySizeTakeAsManyDrawsAsSamples() {
    let average = DrawAverage(bilinear: DrawSet(.withReplacement(size: 1000), sampleCount: 50, limit: 0))
    #expect(average.draws.count == 51)
    // Fifty weights of 2e-5 and one of 0.999.
    #expect(abs(average.weights.reduce(0, +) - 1) < 1e-14)
  }
}
