import Foundation
import LoschmidtDynamics
import Testing

@testable import LoschmidtThermodynamics

/// Moments of the mean of a batch from those of the samples, beside all batches listed one by one.
@Suite struct DeviationMomentsTests {
  private let deviations = [0.9, 0.2, -1.3, 0.6, 0.1, -0.5]

  private func power(_ k: Int) -> Double {
    deviations.reduce(0) { $0 + pow($1, Double(k)) } / Double(deviations.count)
  }

  /// E Δ², E Δ³, E Δ⁴ of numbers: of the three pairings all are the square of the variance.
  private func predicted(_ moments: DeviationMoments) -> [Double] {
    [
      moments.second * power(2), moments.third * power(3),
      moments.fourth * power(4) + 3 * moments.pairs * power(2) * power(2),
    ]
  }

  private func listed(_ law: DrawSet) throws -> [Double] {
    let outcomes = try #require(law.outcomes)
    return [2.0, 3, 4].map { k in
      outcomes.reduce(0) { sum, outcome in
        let mean = outcome.draw.members.reduce(0) { $0 + $1.weight * deviations[$1.sample] }
        return sum + outcome.probability * pow(mean, k)
      }
    }
  }

  private func agree(_ left: [Double], _ right: [Double]) -> Bool {
    // Sums of up to 252 terms of size one.
    zip(left, right).allSatisfy { abs($0 - $1) <= 1e-13 }
  }

  @Test(arguments: [1, 2, 3, 4, 5]) func batches(size: Int) throws {
    let drawn = try listed(DrawSet(.withReplacement(size: size), sampleCount: 6))
    #expect(agree(predicted(.batch(size: size)), drawn))
    let subsets = try listed(DrawSet(.withoutReplacement(size: size), sampleCount: 6))
    #expect(agree(predicted(.subset(size: size, of: 6)), subsets))
    // The control: a batch without replacement is no batch with.
    #expect(size == 1 || !agree(predicted(.batch(size: size)), subsets))
  }

  @Test func amplified() throws {
    // l = 3: a, b = ½(1 ± √5), of two samples each.
    let (a, b) = (0.5 * (1 + 5.0.squareRoot()), 0.5 * (1 - 5.0.squareRoot()))
    var sums = [0.0, 0, 0]
    for first in deviations {
      for second in deviations {
        for (k, order) in [2.0, 3, 4].enumerated() { sums[k] += pow(a * first + b * second, order) / 36 }
      }
    }
    #expect(agree(predicted(.amplified(size: 1, substeps: 3)), sums))
  }

  @Test func normalAndStudent() {
    #expect(DeviationMoments.gaussian(size: 2) == DeviationMoments(second: 0.5, pairs: 0.25))
    // E t⁴ = 3 σ⁴ (ν − 2)/(ν − 4).
    #expect(abs(DeviationMoments.student(size: 2, degreesOfFreedom: 7).pairs - 5.0 / 12) <= 1e-16)
    #expect(DeviationMoments.student(size: 2, degreesOfFreedom: 4).pairs == .infinity)
    #expect(DeviationMoments(FullBatch(), sampleCount: 3) == nil)
  }
}
