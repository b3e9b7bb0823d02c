import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct WeakOrderTests {
  private static let rates = [0.2, 0.1, 0.05, 0.025, 0.0125]

  @Test(arguments: [1.0, 2, 3]) func powersAreFound(power: Double) throws {
    let differences = Self.rates.map { -pow($0, power) * (1 + 0.7 * $0 - 2 * $0 * $0) }
    let order = try #require(
      WeakOrder(differences: differences, standardErrors: [Double](repeating: 0, count: differences.count)))
    #expect(order.interval(standardErrors: 5).contains(power))
    // 0.7 η/ln 2 with η the middle of the last three rates.
    #expect(order.extrapolationError < 0.02 && order.standardError == 0)
    #expect(order.slopes.count == 4)
  }

  /// Normal errors of the differences: p has the scatter that its standard error says, and intervals of 5 hold p.
  @Test func errorsArePropagated() throws {
    let (share, repetitions) = (0.01, 400)
    let generator = try RandomGenerator(.philox, seed: 21)
    let errors = Self.rates.map { share * $0 * $0 }
    var scaled = Moments()
    for _ in 0..<repetitions {
      let differences = zip(Self.rates, errors).map { $0 * $0 + $1 * generator.normal() }
      let order = try #require(WeakOrder(differences: differences, standardErrors: errors))
      #expect(order.interval(standardErrors: 5).contains(2))
      scaled.add((order.slopes[0] - 2) / order.slopeErrors[0])
    }
    // The ratio is standard normal up to the curvature of the logarithm, of the relative order 0.01.
    #expect(abs(scaled.variance - 1) <= 5 * scaled.varianceStandardError + 0.02)
  }

  @Test func whatHasNoOrder() {
    #expect(WeakOrder(differences: [1, 0.5], standardErrors: [0, 0]) == nil)
    #expect(WeakOrder(differences: [1, -0.5, 0.25], standardErrors: [0, 0, 0]) == nil)
    #expect(WeakOrder(differences: [1, 0.5, 0.25], standardErrors: [0, 0, 0.1]) == nil)
    #expect(WeakOrder(differences: [1, .nan, 0.25], standardErrors: [0, 0, 0]) == nil)
  }

  /// The exact differences of linear regression: order 2 for the equation of order 2, and only 1 for that of order 1.
  @Test func theEquationOfOrderTwoHasOrderTwo() throws {
    let entry = ReferenceEntry.expansions(ofKind: "sme_weak2")[0]
    for (order, power) in [(ModifiedSDE.Order.second, 2.0), (.first, 1.0)] {
      for interpretation in ModifiedSDE.Interpretation.allCases {
        let differences = try LinearNoise.differences(entry, order, interpretation)
        for values in [differences.first, differences.second] {
          let found = try #require(
            WeakOrder(differences: values, standardErrors: [Double](repeating: 0, count: values.count)))
          let interval = found.interval(standardErrors: 5)
          #expect(interval.contains(power) && !interval.contains(1.5), "\(order) \(interpretation) \(interval)")
        }
      }
    }
  }
}
