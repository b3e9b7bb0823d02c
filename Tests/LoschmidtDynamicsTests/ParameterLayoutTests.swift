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

  private let layout = ParameterLayout([("u", .scalar), ("W", .matrix(2, 3)), ("b", .vector(3))])

  /// What is printed is read back as the coordinate that it stands for.
  @Test func everyPrintedNameIsReadBack() {
    for (coordinate, name) in layout.coordinateNames.enumerated() {
      let isWhole = coordinate == 0
      switch layout.reference(name) {
      case .parameter(let entry): #expect(isWhole && entry.offset == coordinate)
      case .element(_, let found): #expect(!isWhole && found == coordinate)
      default: Issue.record("\(name) is not read")
      }
      #expect(layout.name(of: (coordinate, .scalar)) == name)
    }
    #expect(layout.name(of: (1, .matrix(2, 3))) == "W")
    #expect(layout.reference(" W [ 1 , 2 ] ") == .element(of: layout.entries[1], coordinate: 6))
  }

  @Test(arguments: [
    "W[0]", "W[2,0]", "W[0,3]", "W[1.5]", "W[1.5,0]", "W[-1,0]", "W[+1,0]", "W[0,1", "W[]", "W[0,1,0]", "W[ ]",
  ])
  func elementsThatAreNone(name: String) {
    #expect(layout.reference(name) == .noElement(of: layout.entries[1]))
    #expect(layout.coordinate(ofElement: name) == nil)
  }

  @Test func whatIsNoParameter() {
    #expect(layout.reference("u[0]") == .noElement(of: layout.entries[0]))
    #expect(layout.reference("V[0,1]") == .unknown("V") && layout.reference("") == .unknown(""))
    #expect(layout.coordinate(ofElement: "W") == nil)
  }
}
