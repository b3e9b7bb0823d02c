import Foundation
import Testing

@testable import LoschmidtNumerics

/// One loss in one block of four lanes, for tests.
struct FunctionProbe {
  let function: DifferentiableFunction
  let lanes = 4

  init(_ text: String, parameters: [(String, Shape)], constants: [String: Double] = [:]) throws {
    var inputs = DifferentiableFunction.Inputs()
    var offset = 0
    for (name, shape) in parameters {
      inputs.parameters.append((name, offset, shape))
      offset += shape.count
    }
    inputs.constants = constants
    function = try DifferentiableFunction(try Expression(parsing: text), inputs: inputs)
  }

  private func run(_ tape: Tape, _ blocks: [[Double]], outputs counts: [Int]) -> [[Double]] {
    let evaluator = TapeEvaluator(tape, lanes: lanes)
    let inputs = blocks.map { Block(broadcasting: $0, lanes: lanes) }
    let outputs = counts.map { UnsafeMutablePointer<Double>.allocate(capacity: max(1, $0) * lanes) }
    defer { outputs.forEach { $0.deallocate() } }
    func withPointers(_ rest: ArraySlice<Block>, _ found: [UnsafePointer<Double>]) {
      guard let first = rest.first else { return evaluator.run(inputs: found, outputs: outputs) }
      first.entries.withUnsafeBufferPointer { buffer in
        withPointers(rest.dropFirst(), found + [buffer.baseAddress ?? UnsafePointer(outputs[0])])
      }
    }
    withPointers(inputs[...], [])
    return zip(outputs, counts).map { pointer, count in (0..<count).map { pointer[$0 * lanes] } }
  }

  func value(at theta: [Double]) -> Double { run(function.valueTape, [theta, [], []], outputs: [1])[0][0] }

  func gradient(at theta: [Double]) -> [Double] {
    run(function.gradientTape, [theta, [], []], outputs: [theta.count])[0]
  }

  func derivative(_ directions: [([Double], Int)], at theta: [Double]) -> [Double] {
    let tape = function.derivativeTape(multiplicities: directions.map(\.1))
    return run(tape, [theta, [], []] + directions.map(\.0), outputs: [theta.count])[0]
  }
}

struct DifferentiableFunctionTests {
  @Test func rosenbrockByHand() throws {
    let probe = try FunctionProbe(
      "(1-x)^2/2 + b/2*(y-x^2)^2", parameters: [("x", .scalar), ("y", .scalar)], constants: ["b": 2])
    let (x, y, b) = (-0.75, 1.25, 2.0)
    let g = [-(1 - x) - 2 * b * x * (y - x * x), b * (y - x * x)]
    // All inputs are short binary fractions: sums and products of them are exact.
    #expect(probe.value(at: [x, y]) == (1 - x) * (1 - x) / 2 + b / 2 * (y - x * x) * (y - x * x))
    #expect(probe.gradient(at: [x, y]) == g)
    let h = [[1 - 2 * b * y + 6 * b * x * x, -2 * b * x], [-2 * b * x, b]]
    let product = [h[0][0] * g[0] + h[0][1] * g[1], h[1][0] * g[0] + h[1][1] * g[1]]
    #expect(probe.derivative([(g, 1)], at: [x, y]) == product)
    // T_xxx = 12 b x, T_xxy = −2b; Q_xxxx = 12 b.
    let (p, q) = ([1.0, 2.0], [0.5, -1.0])
    #expect(
      probe.derivative([(p, 1), (q, 1)], at: [x, y])
        == [12 * b * x * p[0] * q[0] - 2 * b * (p[0] * q[1] + p[1] * q[0]), -2 * b * p[0] * q[0]])
    #expect(probe.derivative([(p, 2), (q, 1)], at: [x, y]) == [12 * b * p[0] * p[0] * q[0], 0])
    #expect(probe.derivative([(p, 4)], at: [x, y]) == [0, 0])
  }

  @Test func matrixNetworkAgreesWithItsScalarForm() throws {
    let matrix = try FunctionProbe(
      "0.5*(dot(a, tanh(W@v + b)) - 0.3)^2 + sum(W*W)*0.01 + mean(transpose(W)@a)",
      parameters: [("W", .matrix(2, 3)), ("b", .vector(2)), ("a", .vector(2)), ("v", .vector(3))])
    let names = ["p", "q", "r", "s", "k", "l", "c", "d", "f", "g", "x", "y", "z"]
    let scalar = try FunctionProbe(
      """
      0.5*(f*tanh(p*x + q*y + r*z + c) + g*tanh(s*x + k*y + l*z + d) - 0.3)^2
      + (p^2 + q^2 + r^2 + s^2 + k^2 + l^2)*0.01 + (p*f + s*g + q*f + k*g + r*f + l*g)/3
      """, parameters: names.map { ($0, .scalar) })
    let theta = (0..<13).map { sin(1.7 * Double($0) + 0.3) }
    let (a, b) = ((0..<13).map { cos(2.1 * Double($0)) }, (0..<13).map { sin(0.7 * Double($0) - 1) })
    // The same sums in another order: a few roundings of terms of size one, amplified by derivatives up to about 100.
    func close(_ u: [Double], _ v: [Double]) -> Bool {
      zip(u, v).allSatisfy { abs($0 - $1) <= 1e-13 * max(1, abs($1)) }
    }
    #expect(close([matrix.value(at: theta)], [scalar.value(at: theta)]))
    #expect(close(matrix.gradient(at: theta), scalar.gradient(at: theta)))
    for directions in [[(a, 1)], [(a, 1), (b, 1)], [(a, 2), (b, 1)], [(a, 4)], [(a, 5)]] {
      #expect(close(matrix.derivative(directions, at: theta), scalar.derivative(directions, at: theta)))
    }
  }

  @Test func arraysAreRefusedAsLosses() {
    #expect(throws: ExpressionError.self) { try FunctionProbe("2*v", parameters: [("v", .vector(3))]) }
  }
}
