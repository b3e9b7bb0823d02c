import Foundation
import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

/// Every function of the format, and the operators `^` and `/`, against values and derivatives of 30 digits.
struct ExpressionFunctionTests {
  /// What derivatives.py writes for a formula in x.
  struct Formula: Decodable {
    var loss: String
    var given: [String: Double]
    /// The exponent of a fractional power.
    var exponent: Double?
    var points: [Point]

    /// f, f′, …, f^(5) at all points, by the tapes that experiments use: [order][point].
    func derivatives() throws -> [[Double]] {
      let names = given.keys.sorted()
      let function = try DifferentiableFunction(loss, parameters: [("x", .scalar)], given: names)
      var arguments = Block(dimension: 1, lanes: points.count)
      arguments.entries = points.map(\.x)
      let numbers = Block(broadcasting: names.map { given[$0] ?? .nan }, lanes: 1)
      let one = Block(dimension: 1, lanes: 1, repeating: 1)
      return [function.value(at: arguments, given: numbers), function.gradient(at: arguments, given: numbers).entries]
        + (1...4).map { function.derivative(along: [(one, $0)], at: arguments, given: numbers).entries }
    }

    /// The bound of the error of f^(k) at a point.
    ///
    /// The operations are counted, each with its relative error in units of 2⁻⁵³: up to k + 1 values of kernels, 3 ulp each; in the
    /// recurrence of order j a weight, two products, j − 1 sums and at most two more operations; the factorial at the end.
    /// They act on terms as large as f^(k) itself or, where that is near a zero, as its change over a distance of at
    /// most 1. Below the normal numbers each operation is good to 2⁻¹⁰⁷⁴. What the rounding of the exponents of fractional
    /// powers to b − k costs is added as it is.
    func bound(order k: Int, at point: Point) -> Double {
      let roundings = 6 * (k + 1) + k * (k + 1) / 2 + 4 * k + 1
      let next = point.orders[k + 1].isFinite ? point.orders[k + 1] : .greatestFiniteMagnitude
      let scale = abs(point.orders[k]) + min(abs(point.x), 1) * abs(next)
      let relative = Double(roundings) * 0x1p-53 + exponentError(order: k, at: point.x)
      return relative * min(scale, .greatestFiniteMagnitude) + Double(roundings) * 0x1p-1074
    }

    /// |log x| times the distance from b − k of the exponent that a subtraction of 1 and one of k − 1 leave.
    private func exponentError(order k: Int, at x: Double) -> Double {
      guard let b = exponent, k > 0, x > 0 else { return 0 }
      let first = b - 1
      let rest = Double(k - 1)
      return (rounding(of: b, minus: 1) + rounding(of: first, minus: rest)) * abs(log(x))
    }

    /// The rounding error of a difference, exact (two-sum of Knuth).
    private func rounding(of a: Double, minus b: Double) -> Double {
      let difference = a - b
      let shifted = difference - a
      return abs((a - (difference - shifted)) + (-b - shifted))
    }
  }

  struct Point: Decodable {
    var x: Double
    var orders: [Double]

    init(from decoder: any Decoder) throws {
      var pair = try decoder.unkeyedContainer()
      x = try pair.decode(Double.self)
      orders = try pair.decode([String].self).map { Double($0) ?? .nan }
    }
  }

  struct References: Decodable {
    var functions: [String: [Formula]]
  }

  /// Functions of whole arrays and random numbers; GraphArraysTests and ExpressionValueTests have them.
  static let notElementwise: Set<ExpressionFunction> = [.sum, .mean, .dot, .transpose, .normal, .uniform]

  @Test func everyFunctionAgreesWithItsReferencesToOrderFive() throws {
    let references = try ReferenceNumbers.decode(References.self, from: "derivatives.json").functions
    let names = ExpressionFunction.allCases.filter { !Self.notElementwise.contains($0) }.map(\.rawValue) + ["^", "/"]
    for name in names {
      let formulas = try #require(references[name], "derivatives.json has nothing about '\(name)'")
      #expect(formulas.contains { $0.loss.contains(name) && $0.points.count >= 4 }, "\(name)")
      for formula in formulas {
        for (k, values) in try formula.derivatives().enumerated() {
          for (value, point) in zip(values, formula.points) {
            let exact = point.orders[k]
            // Infinities, where a derivative is singular or too large, are met with their signs.
            let isClose = exact.isInfinite ? value == exact : abs(value - exact) <= formula.bound(order: k, at: point)
            #expect(isClose, "\(formula.loss), \(formula.given), order \(k) at \(point.x): \(value), not \(exact)")
          }
        }
      }
    }
    #expect(Set(references.keys) == Set(names))
  }

  @Test func notANumberStaysSo() throws {
    for function in ExpressionFunction.allCases where !Self.notElementwise.contains(function) {
      let name = function.rawValue
      let losses = function.argumentCount == 1 ? ["\(name)(x)"] : ["\(name)(x, 1)", "\(name)(1, x)"]
      for loss in losses {
        let function = try DifferentiableFunction(loss, parameters: [("x", .scalar)])
        let point = Block(broadcasting: [.nan], lanes: 1)
        #expect(function.value(at: point)[0].isNaN, "\(loss)")
        #expect(function.gradient(at: point).entries[0].isNaN, "\(loss)")
      }
    }
  }

  @Test func argumentsAreCountedAndSummariesWritten() {
    for function in ExpressionFunction.allCases {
      #expect(function.argumentCount == 1 || function.argumentCount == 2)
      #expect(!function.summary.isEmpty && !function.summary.hasSuffix("."))
      #expect(Expression.reservedNames.contains(function.rawValue))
    }
    #expect(ExpressionFunction.allCases.filter(\.isDistribution) == [.normal, .uniform])
  }
}
