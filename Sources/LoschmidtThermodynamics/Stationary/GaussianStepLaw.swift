import Foundation
import LoschmidtNumerics

/// The stationary law of x′ = f(x) + s N(0, 1) on the line, for any map f that is smooth in the panels of a quadrature.
///
/// The density is smooth even where f is not: a step spreads it with a Gaussian, which leaves e^{−s²k²/2} of a wave
/// number k. Values at three equidistant points per deviation s are thus all of it, but for e^{−44}, and the series of
/// Whittaker gives it anywhere. Only integrals over where a step starts see f: they are taken in the panels.
public struct GaussianStepLaw: Sendable {
  /// The quadrature.
  public let rule: PanelRule
  /// The stationary density at the nodes of the quadrature.
  public let density: [Double]
  /// The probability with which a stationary step leaves the interval.
  public let leak: Double
  /// The density at the equidistant points.
  private let values: [Double]
  /// What solved for it.
  private let solver: LUFactorisation

  /// Points per deviation.
  private static let pointsPerDeviation = 3.0
  /// Beyond so many deviations a Gaussian is 0: e^{−40} of its peak.
  static let reach = 9.0

  /// The number of equidistant points that an interval needs: the work grows with its cube.
  public static func pointCount(_ interval: ClosedRange<Double>, deviation: Double) -> Double {
    (interval.upperBound - interval.lowerBound) / deviation * pointsPerDeviation
  }

  /// The law of a map.
  ///
  /// - Parameters:
  ///   - rule: Panels on an interval outside of which the density has died out.
  ///   - images: f at the nodes of the rule.
  ///   - deviation: s > 0.
  ///   - similar: The law with other panels, whose factorisation then saves one.
  /// - Throws: `GSLError` where a value is not finite, or the chain falls apart.
  public init(
    _ rule: PanelRule, images: [Double], deviation: Double, similar: GaussianStepLaw? = nil
  ) throws(GSLError) {
    let (lower, upper) = (rule.edges[0], rule.edges[rule.edges.count - 1])
    let count = max(3, Int(Self.pointCount(lower...upper, deviation: deviation).rounded(.up)) + 1)
    let grid = EquidistantSeries(lower: lower, spacing: (upper - lower) / Double(count - 1), count: count)
    var matrix = grid.kernel(rule, images: images, deviation: deviation)
    // (K − 1)p = 0 has one equation too many; the normalisation takes the place of the first one, in the tail.
    for index in 0..<count { matrix[index * count + index] -= 1 }
    for column in 0..<count { matrix[column] = 1 }
    var right = [Double](repeating: 0, count: count)
    right[0] = 1 / grid.spacing
    let (values, solver): ([Double], LUFactorisation)
    if let similar, similar.solver.dimension == count,
      let refined = try Self.refine(similar.values, matrix, right, similar.solver)
    {
      (values, solver) = (refined, similar.solver)
    } else {
      solver = try LUFactorisation(matrix: matrix, dimension: count)
      values = try solver.solve(right)
    }
    // In the far tails rounding may leave either sign.
    let density = rule.nodes.map { max(0, grid.value(of: values, at: $0)) }
    var leak = 0.0
    for (index, image) in images.enumerated() {
      let unit = deviation * 2.0.squareRoot()
      let outside = 0.5 * (erfc((image - lower) / unit) + erfc((upper - image) / unit))
      leak += rule.weights[index] * density[index] * outside
    }
    (self.values, self.solver) = (values, solver)
    (self.rule, self.density, self.leak) = (rule, density, leak)
  }

  /// E g(x), with g at the nodes of the rule.
  public func expectation(ofValues terms: [Double]) -> Double {
    terms.indices.reduce(0) { $0 + rule.weights[$1] * density[$1] * terms[$1] }
  }

  /// E g(x).
  public func expectation(of function: (Double) -> Double) -> Double {
    expectation(ofValues: rule.nodes.map(function))
  }

  /// E g(x, x′) over a stationary step, with the places of both nodes in the rule.
  public func stepExpectation(
    images: [Double], deviation: Double, of function: (_ current: Int, _ next: Int) -> Double
  ) -> Double {
    let (nodes, weights) = (rule.nodes, rule.weights)
    let scale = 1 / (deviation * (2 * Double.pi).squareRoot())
    var total = 0.0
    for current in nodes.indices {
      let probability = density[current] * weights[current]
      if probability == 0 { continue }
      let image = images[current]
      var part = 0.0
      var next = rule.firstNode(from: image - Self.reach * deviation)
      while next < nodes.count {
        let z = (nodes[next] - image) / deviation
        if z > Self.reach { break }
        part += weights[next] * exp(-0.5 * z * z) * function(current, next)
        next += 1
      }
      total += probability * scale * part
    }
    return total
  }

  /// Solves A p = b by the factorisation of a matrix close to A; `nil` where that does not get to rounding.
  private static func refine(
    _ start: [Double], _ matrix: [Double], _ right: [Double], _ solver: LUFactorisation
  ) throws(GSLError) -> [Double]? {
    let count = right.count
    var solution = start
    let scale = right[0]
    for _ in 0..<8 {
      var residual = right
      for row in 0..<count {
        var sum = 0.0
        for column in 0..<count { sum += matrix[row * count + column] * solution[column] }
        residual[row] -= sum
      }
      let correction = try solver.solve(residual)
      for index in 0..<count { solution[index] += correction[index] }
      let size = correction.reduce(0) { max($0, abs($1)) }
      guard size.isFinite else { return nil }
      if size <= 1e-15 * scale { return solution }
    }
    return nil
  }
}

extension PanelRule {
  /// The place of the first node that is not below a point.
  func firstNode(from point: Double) -> Int {
    var (low, high) = (0, nodes.count)
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle] < point { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The series of Whittaker, Σ p_l sin π(u − l)/(π(u − l)), in equidistant points.
private struct EquidistantSeries {
  let lower: Double
  let spacing: Double
  let count: Int

  /// The factors of the values at the points for a place x, times a factor.
  func fill(_ row: UnsafeMutablePointer<Double>, at x: Double, times factor: Double) {
    let place = (x - lower) / spacing
    let nearest = place.rounded()
    let rest = place - nearest
    if rest == 0 {
      for l in 0..<count { row[l] = 0 }
      if nearest >= 0, Int(nearest) < count { row[Int(nearest)] = factor }
      return
    }
    // sin π(u − l) = ± sin π(u − nearest).
    let sine = sin(.pi * rest) / .pi * factor
    let even = nearest.truncatingRemainder(dividingBy: 2) == 0
    var sign = even ? sine : -sine
    for l in 0..<count {
      row[l] = sign / (place - Double(l))
      sign = -sign
    }
  }

  /// The value at a place.
  func value(of values: [Double], at x: Double) -> Double {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { row in
      guard let base = row.baseAddress else { return 0 }
      fill(base, at: x, times: 1)
      var sum = 0.0
      for l in 0..<count { sum += base[l] * values[l] }
      return sum
    }
  }

  /// Row i, column l: what the density at point l adds to that at point i in a step.
  func kernel(_ rule: PanelRule, images: [Double], deviation: Double) -> [Double] {
    var matrix = [Double](repeating: 0, count: count * count)
    let scale = 1 / (deviation * (2 * Double.pi).squareRoot())
    matrix.withUnsafeMutableBufferPointer { entries in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { row in
        guard let matrix = entries.baseAddress, let row = row.baseAddress else { return }
        for (index, image) in images.enumerated() where image.isFinite {
          let first = ((image - GaussianStepLaw.reach * deviation - lower) / spacing).rounded(.up)
          let last = ((image + GaussianStepLaw.reach * deviation - lower) / spacing).rounded(.down)
          guard last >= 0, first <= Double(count - 1) else { continue }
          fill(row, at: rule.nodes[index], times: rule.weights[index] * scale)
          for i in Int(max(0, first))...Int(min(last, Double(count - 1))) {
            let z = (lower + spacing * Double(i) - image) / deviation
            let factor = exp(-0.5 * z * z)
            let target = matrix + i * count
            for l in 0..<count { target[l] += factor * row[l] }
          }
        }
      }
    }
    return matrix
  }
}
