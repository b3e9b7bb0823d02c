import Foundation
import LoschmidtNumerics

/// ln P(|Z| > z) of the standard symmetric α-stable law, α < 2, from its table of densities.
///
/// In t = asinh(z/z₀) the probability is integrated once from the tail series down, by Gauss's rule of five points on every
/// cell; between the ends of a cell ln P is Hermite's cubic, whose slope is known from the density. The error is at most
/// 1e-8, that of the integrals of the density; α = 1 is Cauchy's closed form.
struct StableTail: Sendable {
  private static let width = 1.0 / 64
  private let table: StableTable
  /// ln P and d ln P/dt at the ends of the cells.
  private var values: [Double] = []
  private var slopes: [Double] = []
  /// d ln P/dz at 0, −2p(0).
  let slopeAtZero: Double

  /// Integrates the law of a table.
  init(_ table: StableTable) {
    self.table = table
    slopeAtZero = -2 * exp(table.logDensity(of: 0))
    if table.alpha == 1 { return }
    let cells = Int((asinh(table.tailBegin / table.peakWidth) / Self.width).rounded(.up))
    let end = table.peakWidth * sinh(Double(cells) * Self.width)
    var tail = 2 * exp(table.logTailProbability(end))
    (values, slopes) = ([log(tail)], [Self.slope(table, Double(cells) * Self.width, tail)])
    for cell in stride(from: cells - 1, through: 0, by: -1) {
      let lower = Double(cell) * Self.width
      tail += Self.integral(table, from: lower)
      values.append(log(tail))
      slopes.append(Self.slope(table, lower, tail))
    }
    values.reverse()
    slopes.reverse()
  }

  /// 2 ∫ p(z) dz/dt dt over a cell.
  private static func integral(_ table: StableTable, from lower: Double) -> Double {
    // Abramowitz and Stegun, table 25.4, n = 5.
    let nodes = [0, 0.538_469_310_105_683_1, 0.906_179_845_938_664_0]
    let weights = [0.568_888_888_888_888_9, 0.478_628_670_499_366_5, 0.236_926_885_056_189_1]
    var sum = 0.0
    for (node, weight) in zip(nodes, weights) {
      for sign in node == 0 ? [1.0] : [1, -1] {
        sum += weight * density(table, lower + 0.5 * width * (1 + sign * node))
      }
    }
    return 0.5 * width * sum
  }

  /// 2 p(z) dz/dt.
  private static func density(_ table: StableTable, _ t: Double) -> Double {
    2 * table.peakWidth * cosh(t) * exp(table.logDensity(of: table.peakWidth * sinh(t)))
  }

  private static func slope(_ table: StableTable, _ t: Double, _ tail: Double) -> Double {
    -density(table, t) / tail
  }

  /// ln P(|Z| > |z|); −∞ at infinity.
  func logProbability(beyond value: Double) -> Double {
    let z = abs(value)
    if z.isNaN { return .nan }
    if z == .infinity { return -.infinity }
    if table.alpha == 1 { return log(2 / .pi) + log(z > 1 ? atan(1 / z) : .pi / 2 - atan(z)) }
    let t = asinh(z / table.peakWidth) / Self.width
    let cell = Int(t)
    guard cell < values.count - 1 else { return log(2) + table.logTailProbability(z) }
    let x = t - Double(cell)
    let (a, b) = (values[cell], values[cell + 1])
    let (u, v) = (slopes[cell] * Self.width, slopes[cell + 1] * Self.width)
    let bend = a - b
    return min(0, a + x * (u + x * (-3 * bend - 2 * u - v + x * (2 * bend + u + v))))
  }
}
