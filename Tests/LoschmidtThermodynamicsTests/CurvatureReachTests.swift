import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics
import Testing

@Suite struct CurvatureReachTests {
  private func survey(_ loss: String, at z: Double) throws -> PotentialSurvey {
    let landscape = try ExpressionLandscape(
      loss: Expression(parsing: loss), parameters: ParameterLayout([("z", .scalar)]))
    let law = DrawSet(.fullBatch, sampleCount: 1)
    return PotentialSurvey(
      landscape: landscape, point: [z], metric: .identity, law: law,
      average: DrawAverage(law, sampleSize: 1) { _ in 0 }, potentials: [TimeAsymmetry()], threads: 1)
  }

  /// Against the second derivative σ(1 − σ) written down.
  @Test func theHessianOfASaturatedLossGrowsAlongTheStep() throws {
    let survey = try survey("softplus(z)", at: 10)
    let curvatures = try survey.expand(orders: 1).curvatures
    let rates = [0.01, 0.5, 3, 40]
    let changes = try survey.curvatureChanges(at: rates, curvatures: curvatures)
    func hessian(_ z: Double) -> Double { 1 / (4 * cosh(z / 2) * cosh(z / 2)) }
    let step = 1 / (1 + exp(-10.0))
    for (rate, change) in zip(rates, changes) {
      let expected = abs(hessian(10 - rate * step) / hessian(10) - 1)
      // A difference of Hessians, each known to a few units.
      #expect(abs(change - expected) < 1e-13 * (1 + expected), "\(rate)")
    }
  }

  @Test func aConstantHessianNeverChanges() throws {
    let survey = try LinearCase().survey(.withReplacement(size: 1), [TimeAsymmetry()], threads: 2)
    let curvatures = try survey.expand(orders: 1).curvatures
    let changes = try survey.curvatureChanges(at: [1e-3, 1, 100], curvatures: curvatures)
    #expect(changes == [0, 0, 0])
  }

  @Test func whatOverflowsIsNotFinite() throws {
    let far = try survey("cosh(z)", at: 1)
    let change = try far.curvatureChanges(at: [1e6], curvatures: try far.expand(orders: 1).curvatures)[0]
    #expect(!change.isFinite)
  }

  /// 8 ε (|θ| |H| + |g|) for one draw; for five equally likely ones with bounds b, the smaller of the two sums.
  @Test func theRoundingContainsThatOfThePosition() throws {
    let survey = try survey("softplus(z)", at: 30)
    let rounding = try survey.differenceRounding(curvatures: try survey.expand(orders: 1).curvatures)
    let expected = 8 * Double.ulpOfOne * (30 * exp(-30.0) + 1)
    // e^−30 beside 1, in three roundings.
    #expect(abs(rounding / expected - 1) < 1e-12)
    let linear = LinearCase()
    let five = try linear.survey(.withReplacement(size: 1), [TimeAsymmetry()])
    let bounds = (0..<5).map { k in
      // Norms of Λ⁻¹, Λ = 1/2: |θ|√2 and |Λg|√2.
      8 * Double.ulpOfOne
        * (0.75 * 2.0.squareRoot() * 0.5 * linear.curvature(k) + 0.5 * abs(linear.gradient(k)) * 2.0.squareRoot())
    }
    let sum = bounds.reduce(0, +) / 5
    let root = 8 * (bounds.reduce(0) { $0 + $1 * $1 } / 25).squareRoot()
    let found = try five.differenceRounding(curvatures: try five.expand(orders: 1).curvatures)
    #expect(abs(found / min(sum, root) - 1) < 1e-12)
  }
}
