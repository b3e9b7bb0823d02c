import LoschmidtDynamics
import Testing

@Suite struct ParameterLayoutTests {
  @Test func coordinatesAreNamedRowByRow() {
    let layout = ParameterLayout([("u", .scalar), ("W", .matrix(2, 2)), ("b", .vector(3))])
    #expect(layout.dimension == 8)
    #expect(layout.entries.map(\.offset) == [0, 1, 5])
    #expect(layout.coordinateNames == ["u", "W[0,0]", "W[0,1]", "W[1,0]", "W[1,1]", "b[0]", "b[1]", "b[2]"])
    #expect(ParameterLayout([]).dimension == 0)
  }
}
