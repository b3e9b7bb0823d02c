import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

/// The start of trajectories by a law, one column each.
func startingPoints(_ law: any StartLaw, dimension: Int, count: Int, seed: UInt64 = 5) throws -> [[Double]] {
  let theta = LaneStorage(dimension: dimension, lanes: count)
  let source = try PhiloxSource(key: StreamKey(seed: seed), lanes: count)
  source.begin(firstTrajectory: 0)
  law.draw(into: theta, from: source)
  return (0..<count).map { theta.vector(lane: $0) }
}

/// ln p_0 at points.
func startLogDensity(_ law: any StartLaw, at points: [[Double]]) -> [Double] {
  let theta = LaneStorage(columns: points)
  let result = LaneStorage(dimension: 1, lanes: theta.lanes)
  law.logDensity(at: theta.pointer, lanes: theta.lanes, into: result.pointer)
  return Array(result.entries[..<points.count])
}

/// The distance of draws from the law with this distribution function, and what it exceeds with probability 10⁻⁶.
func kolmogorovDistance(
  _ draws: [Double], _ cumulative: (Double) throws -> Double
) rethrows -> (Double, limit: Double) {
  let sorted = draws.sorted()
  let count = Double(sorted.count)
  var distance = 0.0
  for (k, x) in sorted.enumerated() {
    let value = try cumulative(x)
    distance = max(distance, abs(value - Double(k) / count), abs(value - Double(k + 1) / count))
  }
  return (distance, (log(2e6) / (2 * count)).squareRoot())
}

@Suite struct StartLawTests {
  private let law = InitialLaw([
    .normal(mean: 1, standardDeviation: 0.5), .uniform(lower: -1, upper: 3), .normal(mean: -2, standardDeviation: 2),
  ])

  @Test func densitiesAreThoseOfTheCoordinates() {
    let points = [[1.5, 0, 0], [0.25, 2.5, -6], [1, 4, -2]]
    let actual = startLogDensity(law, at: points)
    for (point, value) in zip(points, actual).prefix(2) {
      let first = (point[0] - 1) / 0.5
      let third = (point[2] + 2) / 2
      let expected = log(exp(-0.5 * first * first) / 0.5 * 0.25 * exp(-0.5 * third * third) / 2 / (2 * Double.pi))
      #expect(abs(value - expected) <= 8 * max(1, abs(expected)).ulp)
    }
    #expect(actual[2] == -.infinity)
    #expect(law.hasDensity && law.hasUniform)
    #expect(!InitialLaw([.point(1), .normal(mean: 0, standardDeviation: 1)]).hasDensity)
  }

  /// Each coordinate against its own distribution function: false alarm 10⁻⁶; another law is rejected.
  @Test func drawsFollowTheLaw() throws {
    let points = try startingPoints(law, dimension: 3, count: 20_000)
    func normal(_ i: Int, _ mean: Double, _ deviation: Double) throws -> (Double, limit: Double) {
      try kolmogorovDistance(points.map { $0[i] }) { try TailProbabilities.normalCumulative(($0 - mean) / deviation) }
    }
    for (distance, limit) in [
      try normal(0, 1, 0.5), try normal(2, -2, 2), kolmogorovDistance(points.map { $0[1] }) { ($0 + 1) / 4 },
    ] { #expect(distance < limit) }
    let wrong = try normal(0, 1, 0.6)
    #expect(wrong.0 > wrong.limit)
    // Coordinates do not know of each other.
    let (product, error) = meanAndError(points.map { ($0[0] - 1) * ($0[2] + 2) })
    #expect(abs(product) <= 5 * error)
  }

  @Test func definiteNumbersStay() throws {
    let law = InitialLaw([.point(0.25), .normal(mean: 0, standardDeviation: 1), .point(-7)])
    #expect(try startingPoints(law, dimension: 3, count: 40).allSatisfy { $0[0] == 0.25 && $0[2] == -7 })
  }
}

@Suite struct GaussianStartTests {
  private let covariance = DenseMatrix([[2, -0.6], [-0.6, 0.5]])

  @Test func drawsHaveTheMoments() throws {
    let law = try GaussianStart(mean: [1, -3], covariance: covariance)
    let points = try startingPoints(law, dimension: 2, count: 20_000)
    for i in 0..<2 {
      let (mean, error) = meanAndError(points.map { $0[i] })
      #expect(abs(mean - [1, -3][i]) <= 5 * error)
      for j in 0...i {
        let (product, spread) = meanAndError(points.map { ($0[i] - law.mean[i]) * ($0[j] - law.mean[j]) })
        #expect(abs(product - covariance[i, j]) <= 5 * spread)
        #expect(abs(product - 1.15 * covariance[i, j]) > 5 * spread)
      }
    }
  }

  @Test func theDensityIsTheFormula() throws {
    let law = try GaussianStart(mean: [1, -3], covariance: covariance)
    let points = [[0.5, -2], [3, -4], [1, -3]]
    for (point, value) in zip(points, startLogDensity(law, at: points)) {
      let (x, y) = (point[0] - 1, point[1] + 3)
      // The inverse by cofactors; det = 0.64.
      let form = (0.5 * x * x + 1.2 * x * y + 2 * y * y) / 0.64
      let expected = -0.5 * form - log(2 * Double.pi) - 0.5 * log(0.64)
      #expect(abs(value - expected) <= 64 * max(1, form).ulp)
    }
    #expect(law.hasDensity)
    #expect(throws: GSLError.self) { try GaussianStart(mean: [0, 0], covariance: DenseMatrix([[1, 2], [2, 1]])) }
  }
}
