import Foundation

/// R of a stationary chain x′ = A x + N(0, D) in two dimensions, simulated: the model of `t3_verdict_error_rates_mc`.
///
/// By the path identity of theory section 1: R is the boundary term, a difference of ½ xᵀ Q x and an area.
public struct GaussianChainPaths: Sendable {
  private static let map = (0.8, 0.15, -0.1, 0.7)
  private static let noise = (0.5, 0.1, 0.3)

  /// The golden entropy production of a step.
  public let perStep: Double
  private let covariance: (Double, Double, Double)
  private let form: (Double, Double, Double)
  private let area: Double

  /// Reads the golden numbers of the chain.
  public init() throws {
    let chain = ReferenceEntry(try ReferenceNumbers.load("thermodynamics.json")["t1_gaussian_chain"]).list[0]
    let rows = chain["outputs"]["stationary_cov"].rows
    covariance = (rows[0][0], rows[0][1], rows[1][1])
    perStep = chain["outputs"]["ep_per_step"].double
    let ((a, b, c, d), (s, t, u)) = (Self.map, Self.noise)
    let determinant = s * u - t * t
    let (p, q, r) = (u / determinant, -t / determinant, s / determinant)
    // W = P A and Q = P − Aᵀ P A.
    let (w00, w01, w10, w11) = (p * a + q * c, p * b + q * d, q * a + r * c, q * b + r * d)
    form = (p - (a * w00 + c * w10), q - (a * w01 + c * w11), r - (b * w01 + d * w11))
    area = w01 - w10
  }

  /// The boundary and the bulk term of one path.
  public func path(steps: Int, using random: inout TestRandom) -> (boundary: Double, bulk: Double) {
    let ((a, b, c, d), (s, t, u)) = (Self.map, Self.noise)
    let (k00, k10) = (s.squareRoot(), t / s.squareRoot())
    let k11 = (u - k10 * k10).squareRoot()
    let (l00, l10) = (covariance.0.squareRoot(), covariance.1 / covariance.0.squareRoot())
    let l11 = (covariance.2 - l10 * l10).squareRoot()
    var (z, w) = (random.boxMullerNormal(), random.boxMullerNormal())
    var (x, y) = (l00 * z, l10 * z + l11 * w)
    let (x0, y0) = (x, y)
    var sum = 0.0
    for _ in 0..<steps {
      (z, w) = (random.boxMullerNormal(), random.boxMullerNormal())
      let (nextX, nextY) = (a * x + b * y + k00 * z, c * x + d * y + k10 * z + k11 * w)
      sum += nextX * y - nextY * x
      (x, y) = (nextX, nextY)
    }
    func quadratic(_ m: (Double, Double, Double), _ x: Double, _ y: Double) -> Double {
      m.0 * x * x + 2 * m.1 * x * y + m.2 * y * y
    }
    let determinant = covariance.0 * covariance.2 - covariance.1 * covariance.1
    let inverse = (covariance.2 / determinant, -covariance.1 / determinant, covariance.0 / determinant)
    return (
      (quadratic(inverse, x, y) - quadratic(inverse, x0, y0)) / 2,
      (quadratic(form, x0, y0) - quadratic(form, x, y)) / 2 + area * sum
    )
  }

  /// R of independent paths, with D × `factor` in both densities.
  public func values(count: Int, steps: Int, factor: Double = 1, seed: UInt64) -> [Double] {
    var random = TestRandom(seed: seed)
    return (0..<count).map { _ in
      let (boundary, bulk) = path(steps: steps, using: &random)
      return boundary + bulk / factor
    }
  }
}

/// N(μ, 2μ) is symmetric in the sense of the theorem for every μ, and for no other variance.
public func normalValues(mean: Double, varianceFactor: Double = 1, count: Int, seed: UInt64) -> [Double] {
  var random = TestRandom(seed: seed)
  let deviation = (2 * mean * varianceFactor).squareRoot()
  return (0..<count).map { _ in mean + deviation * random.boxMullerNormal() }
}
