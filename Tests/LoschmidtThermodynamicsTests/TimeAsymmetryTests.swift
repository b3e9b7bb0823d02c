import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct TimeAsymmetryTests {
  @Test(arguments: 1...12) func echoOfTwoStepsIsHalfTheGradientChange(seed: Int) {
    let (test, eta) = (RandomFieldCase(seed: seed), 0.05)
    let result = TimeAsymmetry().force(of: test.field, at: test.point, learningRate: eta, curvature: test.curvature)
    var echo = test.point
    echo.add(test.field.evaluate(at: echo), times: -eta)
    echo.add(test.field.evaluate(at: echo), times: eta)
    let displacement = (1 / (2 * eta)) * (echo - test.point)
    for lane in 0..<3 {
      let (force, expected) = (result.force.vector(lane: lane), displacement.vector(lane: lane))
      // The echo rounds points of order one and divides by 2η.
      #expect(deviation(of: force, from: expected) < 8 * 0x1p-52 / (2 * eta) + result.roundingBounds[lane])
    }
  }
}
