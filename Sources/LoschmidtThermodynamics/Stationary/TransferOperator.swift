import Foundation
import LoschmidtNumerics

/// A Markov kernel on the line on equidistant points: its stationary density and averages over one stationary step.
///
/// Nyström's method with the trapezoidal rule, which converges geometrically for analytic kernels whose densities have
/// died out at the ends of the interval; a spacing of half a standard deviation of a Gaussian kernel leaves nothing of
/// the error of the kernel itself.
public struct TransferOperator: Sendable {
  /// The points, ascending.
  public let nodes: [Double]
  /// The distance of neighbouring points.
  public let spacing: Double
  /// The stationary density at the points; its sum times the spacing is 1.
  public let density: [Double]
  /// |1 − total probability of a step| averaged over the stationary law: what the interval or the spacing loses.
  public let normalisationDefect: Double
  /// ln K(x_i|x_j) in row i and column j.
  private let logKernel: [Double]

  /// The operator of a kernel.
  ///
  /// - Parameters:
  ///   - lower: The first point.
  ///   - upper: The last point.
  ///   - count: The number of points, at least 3.
  ///   - logDensity: ln K(x′|x), with x′ first.
  /// - Throws: `GSLError` where a value is not finite or too large.
  /// - Complexity: O(count³).
  public init(
    lower: Double, upper: Double, count: Int, logDensity: (_ next: Double, _ current: Double) -> Double
  ) throws(GSLError) {
    precondition(count >= 3 && lower < upper, "a kernel needs an interval and at least three points")
    let spacing = (upper - lower) / Double(count - 1)
    let nodes = (0..<count).map { lower + spacing * Double($0) }
    var logs = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      for column in 0..<count { logs[row * count + column] = logDensity(nodes[row], nodes[column]) }
    }
    var kernel = logs.map { spacing * exp($0) }
    let columns = (0..<count).map { column in
      (0..<count).reduce(0) { $0 + kernel[$1 * count + column] }
    }
    // (K − 1)p = 0 has one equation too many; the normalisation takes the place of the first one, in the tail.
    for index in 0..<count { kernel[index * count + index] -= 1 }
    for column in 0..<count { kernel[column] = 1 }
    var right = [Double](repeating: 0, count: count)
    right[0] = 1
    let solution = try LUFactorisation(matrix: kernel, dimension: count).solve(right)
    // In the far tails rounding may leave either sign.
    let weights = solution.map { max(0, $0) }
    self.nodes = nodes
    self.spacing = spacing
    density = weights.map { $0 / spacing }
    normalisationDefect = abs(zip(weights, columns).reduce(0) { $0 + $1.0 * (1 - $1.1) })
    logKernel = logs
  }

  /// E f(x) in the stationary law.
  public func expectation(of function: (Double) -> Double) -> Double {
    zip(nodes, density).reduce(0) { $0 + $1.1 * function($1.0) } * spacing
  }

  /// E f(x, x′) over a stationary step.
  public func stepExpectation(of function: (_ current: Double, _ next: Double) -> Double) -> Double {
    sum { row, column, weight in weight * function(nodes[column], nodes[row]) }
  }

  /// E ln K(x′|x)/K(x|x′), the stationary entropy production per step in nats.
  public var entropyProductionPerStep: Double {
    let count = nodes.count
    return sum { row, column, weight in
      weight * (logKernel[row * count + column] - logKernel[column * count + row])
    }
  }

  /// ln E e^{−kR} for R = ln π(x)K(x′|x)/(π(x′)K(x|x′)) of one stationary step, for 0 ≤ k ≤ 1.
  public func cumulantGenerating(_ argument: Double) -> Double {
    precondition((0...1).contains(argument), "outside of 0…1 the tails of the grid decide")
    let count = nodes.count
    let value = sum { row, column, weight in
      let reversed = density[row] * exp(logKernel[column * count + row]) * spacing * spacing
      return pow(weight, 1 - argument) * pow(reversed, argument)
    }
    return log(value)
  }

  /// Σ of terms of pairs of points, with the probability of the pair.
  private func sum(_ term: (_ row: Int, _ column: Int, _ weight: Double) -> Double) -> Double {
    let count = nodes.count
    var total = 0.0
    for column in 0..<count {
      let weight = density[column] * spacing * spacing
      if weight == 0 { continue }
      var part = 0.0
      for row in 0..<count {
        let joint = weight * exp(logKernel[row * count + column])
        if joint > 0 { part += term(row, column, joint) }
      }
      total += part
    }
    return total
  }
}
