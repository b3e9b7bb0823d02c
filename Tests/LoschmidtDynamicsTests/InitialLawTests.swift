import LoschmidtDynamics
import Testing

@Suite struct InitialLawTests {
  @Test func onlyDefiniteNumbersMakeAPoint() {
    #expect(InitialLaw([.point(1), .point(-2)]).point == [1, -2])
    #expect(InitialLaw([.point(1), .normal(mean: 0, standardDeviation: 1)]).point == nil)
    #expect(InitialLaw([.uniform(lower: 0, upper: 1)]).point == nil)
  }
}
