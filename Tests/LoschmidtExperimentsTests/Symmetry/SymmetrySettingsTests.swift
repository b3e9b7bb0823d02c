import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

@Suite struct SymmetrySettingsTests {
  @Test func namesCarryThePointOnlyWhereSeveralWereAskedFor() throws {
    let group = try SymmetryCase.circle.group()
    var settings = SymmetrySettings(generators: [group], points: [[1, 0], [0, 1]])
    #expect(settings.label("invariance", group, 1) == "invariance.case")
    settings.numbersPoints = true
    #expect(settings.label("orbit-derivative.exact", group, 1) == "orbit-derivative.exact.case[1]")
  }
}
