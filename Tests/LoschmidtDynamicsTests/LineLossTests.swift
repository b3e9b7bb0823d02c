import Foundation
import LoschmidtNumerics
import Testing

@testable import LoschmidtDynamics

@Suite struct LineLossTests {
  private func program(_ loss: String, _ samples: SampleTable = .none) throws -> FieldProgram {
    let parameters = ParameterLayout([("x", .scalar)])
    let landscape = try ExpressionLandscape(loss: try Expression(parsing: loss), parameters: parameters, samples: samples)
    return FieldProgram(parameters: parameters, landscape: landscape, force: nil)
  }

  @Test(arguments: [-2.3, -0.4, 0, 0.7, 3.1]) func derivativesByHand(x: Double) throws {
    let line = try #require(LineLoss(try program("x^2/2 + 0.4*sin(1.3*x)")))
    // A few ulps of numbers up to 5, with sines and cosines of a few ulps each.
    let bound = 16 * Double.ulpOfOne * 5
    #expect(abs(line.value(at: x) - (x * x / 2 + 0.4 * sin(1.3 * x))) < bound)
    #expect(abs(line.gradient(at: x) - (x + 0.52 * cos(1.3 * x))) < bound)
    #expect(abs(line.thirdDerivatives(at: [x, 1])[0] + 0.4 * 1.3 * 1.3 * 1.3 * cos(1.3 * x)) < bound)
    #expect(line.value(at: x) == line.value(at: x))
  }

  @Test func meansOverTheSamples() throws {
    let samples = SampleTable(columns: [.init(name: "h", shape: .scalar, values: [1, 2, 6])])
    let line = try #require(LineLoss(try program("h*x^4", samples)))
    // Small whole numbers; the weights 1/3 round.
    let bound = 8 * Double.ulpOfOne * 200
    #expect(abs(line.value(at: 2) - 48) < bound)
    #expect(abs(line.gradient(at: 2) - 96) < bound)
    let thirds = line.thirdDerivatives(at: (0..<300).map { Double($0 % 5) })
    for (k, third) in thirds.enumerated() { #expect(abs(third - 72 * Double(k % 5)) < 4 * bound) }
  }

  @Test func theIntervalOfLowLoss() throws {
    let interval = try #require(LineLoss(try program("2*(x - 1)^2"))).interval(within: 8)
    // |x − 1| ≤ 2, found on a grid of a few thousand points around it.
    #expect(interval.lowerBound <= -1 && interval.lowerBound > -1.1)
    #expect(interval.upperBound >= 3 && interval.upperBound < 3.1)
    #expect(throws: BoltzmannStart.Fault.notConfining) {
      try #require(LineLoss(try program("x"))).interval(within: 1)
    }
  }

  @Test func onlyALineHasOne() throws {
    let plane = ParameterLayout([("x", .scalar), ("y", .scalar)])
    let landscape = try ExpressionLandscape(loss: try Expression(parsing: "x^2 + y^2"), parameters: plane)
    #expect(LineLoss(FieldProgram(parameters: plane, landscape: landscape, force: nil)) == nil)
  }
}
