import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct StableDensityTests {
  private let problem = NoiseModels.problems[0]
  private let law = StepLaw(rates: [0.2, 0.5], variances: [0, 0])

  /// ln K from the distribution of GSL's side, coordinate by coordinate.
  private func expected(_ end: [Double], from theta: [Double], factor: Double = 1) throws -> Double {
    let landscape = try #require(try problem.text.landscape())
    let field = DrawField(landscape, draws: [Draw(batch: Array(0..<landscape.samples.count))])
    let gradient = field.gradient(at: Block(broadcasting: theta, lanes: 1)).vector(lane: 0)
    return try (0..<2).reduce(0.0) { sum, i in
      let rate = [0.2, 0.5][i]
      let noise = try AlphaStableDistribution(alpha: 1.3, scale: rate * 0.7 * factor.squareRoot())
      return try sum + noise.logDensity(of: end[i] - theta[i] + rate * gradient[i])
    }
  }

  private func density(_ factors: [Double], lanes: Int) -> StableDensity {
    StableDensity(law, alpha: 1.3, scale: 0.7, noiseFactors: factors, lanes: lanes)
  }

  /// Two logarithms with the error of the table.
  private static let bound = 2e-9

  @Test func itIsTheProductOverTheCoordinates() throws {
    let ends = [[0.5, 0.1], [-2, 0.3], [30, -500]]
    for factor in [1, 2.5] {
      let found = NoiseLaw.logDensities(
        density([factor], lanes: 4), try problem.text.program(), from: problem.point, to: ends)
      for (end, value) in zip(ends, found) {
        #expect(abs(value - (try expected(end, from: problem.point, factor: factor))) <= Self.bound)
      }
    }
  }

  @Test func ratiosAreDifferencesOfLogarithms() throws {
    var random = TestRandom(seed: 3)
    let points = (0..<3).map { _ in LaneStorage(dimension: 2, lanes: 8, random: &random) }
    let factors = [1, 1.7]
    let density = density(factors, lanes: 8)
    let field = BlockField(try problem.text.program(), lanes: 8)
    let ratios = LaneStorage(dimension: 2, lanes: 8)
    density.begin(at: points[0].pointer, field)
    for k in 0..<2 {
      density.evaluateEnd(at: points[k + 1].pointer, field)
      density.addLogRatio(from: points[k].pointer, to: points[k + 1].pointer, into: ratios.pointer)
      density.moveOn()
    }
    for (row, factor) in factors.enumerated() {
      for lane in 0..<8 {
        let x = points.map { $0.vector(lane: lane) }
        let sum = try (0..<2).reduce(0.0) {
          try $0 + expected(x[$1 + 1], from: x[$1], factor: factor) - expected(x[$1], from: x[$1 + 1], factor: factor)
        }
        #expect(abs(ratios[row, lane] - sum) <= 4 * Self.bound)
      }
    }
  }

  @Test func lawsCanChange() throws {
    let density = StableDensity(StepLaw(rates: [1, 1], variances: [0, 0]), alpha: 1.3, scale: 0.7, lanes: 4)
    density.setLaw(law)
    let found = NoiseLaw.logDensities(density, try problem.text.program(), from: problem.point, to: [[0, 1]])
    #expect(abs(found[0] - (try expected([0, 1], from: problem.point))) <= Self.bound)
  }
}
