import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct TimeRenormalisedTests {
  @Test(arguments: 1...12) func twoSubstepsAreTwiceTheEchoOfHalfAStep(seed: Int) throws {
    let (test, eta) = (RandomFieldCase(seed: seed), 0.1)
    let renormalised = try TimeRenormalised(steps: 2)
      .force(of: test.field, at: test.point, learningRate: eta, curvature: test.curvature)
    let echo = TimeAsymmetry()
      .force(of: test.field, at: test.point, learningRate: eta / 2, curvature: test.curvature)
    #expect(renormalised.force == 2 * echo.force)  // The same operations in the same order.
  }
}
