import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct LearningRateLadderTests {
  private func ladder(
    _ loss: String, at point: [Double], _ potentials: [any IrreversibilityPotential], orders: Int = 4
  ) throws -> LearningRateLadder {
    let landscape = try ExpressionLandscape(
      loss: Expression(parsing: loss), parameters: ParameterLayout([("x", .scalar), ("y", .scalar)]))
    let law = DrawSet(.fullBatch, sampleCount: 1)
    let survey = PotentialSurvey(
      landscape: landscape, point: point, metric: .identity, law: law,
      average: DrawAverage(law, sampleSize: 1) { _ in 0 }, potentials: potentials, threads: 1)
    let (expansion, curvatures) = try survey.expand(orders: orders)
    return try LearningRateLadder(survey, expansion, curvatures) { _ in }
  }

  private func number(_ order: LearningRateLadder.Order) -> Double? {
    if case .measured(let value, _) = order { return value }
    return nil
  }

  /// The remainder behind the series through η^orders begins with the next power, at every scale of the curvature.
  @Test(arguments: [1e-6, 1, 1e6]) func ordersFollowTheSeries(scale: Double) throws {
    let potentials: [any IrreversibilityPotential] = [
      BackwardError(), TimeRenormalised.flow, TimeAsymmetry(), StochasticThermodynamic(),
    ]
    for orders in 1...4 {
      let ladder = try ladder(
        "\(scale)*(exp(x) + 0.5*x*y + cosh(y - x))", at: [0.3, -0.2], potentials, orders: orders)
      for x in potentials.indices {
        let order = try #require(number(ladder.remainderOrder(x)), "\(potentials[x].name), \(orders)")
        // Extrapolated slopes; DE has the fewest learning rates between truncation and rounding.
        #expect(abs(order - Double(orders + 1)) < 0.02, "\(potentials[x].name), \(orders)")
        #expect(abs((try #require(number(ladder.slope(x)))) - 1) < 1e-6)
        let limit = try #require(ladder.limit(x))
        #expect(abs(limit.value - 1) <= max(limit.error, 1e-9) && limit.error < LearningRateLadder.wantedError)
      }
    }
  }

  @Test func whatIsZeroIsExact() throws {
    let ladder = try ladder("x^2 + 3*y^2", at: [1, 2], [TimeAsymmetry(), TimeRenormalised.flow])
    guard case .exact = ladder.remainderOrder(0), case .exact = ladder.slope(0) else {
      Issue.record("TA of a quadratic is its leading term")
      return
    }
    #expect(number(ladder.remainderOrder(1)) != nil)
  }

  @Test func pointsWithoutAComparisonSayWhy() throws {
    #expect(try ladder("x^2 + y^2", at: [0, 0], [TimeAsymmetry()]).absence == .critical)
    #expect(try ladder("x + y", at: [1, 1], [TimeAsymmetry()]).absence == .critical)
    #expect(try ladder("log(x)*y", at: [0, 1], [TimeAsymmetry()]).absence == .notFinite)
  }
}
