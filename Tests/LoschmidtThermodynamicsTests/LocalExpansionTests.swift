import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

/// A survey of ℓ = (wx − y)²/2, whose derivatives are written down here once more.
struct LinearCase {
  let x = [1.0, -0.5, 2, 0.25, -1.5]
  let y = [0.5, 1, -1, 0.75, 0.25]
  let w = 0.75
  let metric = PositiveMatrix.diagonal([0.5])

  func survey(
    _ scheme: DrawSet.Scheme = .withReplacement(size: 1), _ potentials: [any IrreversibilityPotential],
    threads: Int = 1, sampleSize: Int = 64
  ) throws -> PotentialSurvey {
    let landscape = try ExpressionLandscape(
      loss: Expression(parsing: "0.5*(w*x - y)^2"), parameters: ParameterLayout([("w", .scalar)]),
      samples: SampleTable(
        count: 5, columns: [SampleTable.Column(name: "x", values: x), SampleTable.Column(name: "y", values: y)]))
    let law = DrawSet(scheme, sampleCount: 5)
    var random = TestRandom(seed: 11)
    return PotentialSurvey(
      landscape: landscape, point: [w], metric: metric, law: law,
      average: DrawAverage(law, sampleSize: sampleSize) { random.below($0) }, potentials: potentials, threads: threads)
  }

  func gradient(_ k: Int) -> Double { (w * x[k] - y[k]) * x[k] }
  func curvature(_ k: Int) -> Double { x[k] * x[k] }
  func mean(_ value: (Int) -> Double) -> Double { (0..<5).reduce(0) { $0 + value($1) } / 5 }
}

@Suite struct LocalExpansionTests {
  private let linear = LinearCase()

  @Test func averagesAreThoseOfTheDraws() throws {
    let survey = try linear.survey(.withReplacement(size: 1), [TimeAsymmetry(), BackwardError()])
    let (expansion, curvatures) = try survey.expand(orders: 3)
    let leading = linear.mean { 0.25 * linear.curvature($0) * linear.gradient($0) }
    // A mean of five numbers of size one.
    #expect(abs(expansion.leading.mean[0] - leading) < 1e-15)
    #expect(expansion.leading.standardErrors == nil)
    #expect(expansion.largestEigenvalue >= 2 && expansion.largestEigenvalue < 2 + 1e-13)
    #expect(curvatures.flatMap(\.operatorNorms).count == 5)
    // TA is its leading term, and DE continues with −(1/3) ΛHΛHΛg η², −(1/4) … η³.
    #expect(abs(expansion.series[0][0].mean[0] + leading / 2) < 1e-15 && expansion.series[0][1].mean[0] == 0)
    let cubic = linear.mean { k in 0.125 * linear.curvature(k) * linear.curvature(k) * linear.gradient(k) }
    #expect(abs(expansion.series[1][1].mean[0] + cubic / 3) < 1e-15)
    #expect(expansion.commutator == nil, "one coordinate has no curl")
  }

  /// The noise of a batch by the covariance of one sample, against its definition summed over all outcomes.
  @Test(arguments: [
    DrawSet.Scheme.fullBatch, .withReplacement(size: 1), .withReplacement(size: 3), .withoutReplacement(size: 2),
    .cyclic(size: 1),
  ])
  func driftAndNoiseAddUpToTheMeanSquare(scheme: DrawSet.Scheme) throws {
    let survey = try linear.survey(scheme, [TimeAsymmetry()])
    let expansion = try survey.expand(orders: 1).expansion
    let full = linear.mean(linear.gradient)
    #expect(abs(expansion.drift - 0.5 * full * full) < 1e-15)
    let square = zip(survey.average.draws, survey.average.weights).reduce(0) { sum, outcome in
      let gradient = outcome.0.members.reduce(0) { $0 + $1.weight * linear.gradient($1.sample) }
      return sum + outcome.1 * 0.5 * gradient * gradient
    }
    // Sums of at most 35 terms of size one.
    #expect(abs(expansion.drift + expansion.noise - square) < 1e-14)
  }

  @Test func surveysOfOtherPotentialsKeepTheirDraws() throws {
    let survey = try linear.survey(.withReplacement(size: 1), [TimeAsymmetry(), StochasticThermodynamic()])
    #expect(survey.restricted(to: [1]).potentials.map(\.name) == ["ST"])
    #expect(survey.comparing([BackwardError()]).potentials.map(\.name) == ["DE"])
    #expect(survey.restricted(to: [0]).average.draws == survey.average.draws)
    #expect(!survey.hasCurl)
  }
}
