import LoschmidtNumerics
import Testing

@Suite struct BSeriesTests {
  /// Half a step and half a step of the flow are one step: tested through n-fold Euler, which tends to the flow.
  @Test func manyEulerStepsApproachTheFlow() {
    let flow = BSeries.exactFlow(maximumOrder: 5)
    for tree in RootedTree.all(upTo: 5) {
      let errors = [50, 100].map { count in
        abs((BSeries.euler(times: count, step: Rational(1, count), maximumOrder: 5)[tree] - flow[tree]).doubleValue)
      }
      // A first-order method: the error halves, up to its own square, 10/100.
      #expect(errors[0] == 0 || abs(errors[0] / errors[1] - 2) < 0.1)
    }
  }

  /// The derivative of the flow in time: h f(B(a)) of the flow has the coefficients |τ|/γ(τ).
  @Test func theFlowSolvesItsEquation() {
    let slope = BSeries.exactFlow(maximumOrder: 6).fieldAlong
    for tree in RootedTree.all(upTo: 6) { #expect(slope[tree] == Rational(tree.order, tree.density)) }
  }

  @Test func derivativeAlongAppliesTheProductRule() {
    let flow = BSeries.exactFlow(maximumOrder: 5)
    let euler = BSeries.euler(maximumOrder: 5)
    // d/dε of h f(B(a + εc)) by exact differences of a polynomial of degree at most 4 in ε, at five points.
    let weights: [(Int, Rational)] = [
      (-2, Rational(1, 12)), (-1, Rational(-2, 3)), (1, Rational(2, 3)), (2, Rational(-1, 12)),
    ]
    var difference = BSeries.identity(maximumOrder: 5)
    for (point, weight) in weights {
      difference = difference + weight * (flow + Rational(point) * euler).fieldAlong
    }
    #expect(difference == flow.derivativeAlong(appliedTo: euler))
  }
}
