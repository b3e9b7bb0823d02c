import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct FieldProgramTests {
  private let samples = SampleTable(count: 3, columns: [.init(name: "y", values: [1, 2, 4])])

  @Test func sizesAndTime() throws {
    let plain = try ProcessText(["x", "y"], loss: "x^2 + y^2").program()
    #expect(plain.dimension == 2 && plain.sampleCount == 1 && !plain.isTimeDependent)
    #expect(try ProcessText(["x"], loss: "(x - y)^2", samples: samples).program().sampleCount == 3)
    #expect(try ProcessText(["x"], loss: "x^2*k", protocols: [("k", "1 + t")]).program().isTimeDependent)
    #expect(try ProcessText(["x"], loss: "x^2", forces: [("x", "t")]).program().isTimeDependent)
    #expect(try ProcessText(["x"], loss: nil, forces: [("x", "-x")]).program().sampleCount == 1)
  }

  @Test func lanesAreAMultipleOfFourThatShrinksWithTheParameters() throws {
    var last = Int.max
    for count in [1, 100, 1000, 20_000] {
      var text = ProcessText([], loss: "sum(w^2)")
      text.parameters = [("w", .vector(count))]
      let lanes = try text.program().suggestedLanes
      #expect(lanes % 4 == 0 && lanes > 0 && lanes <= last)
      last = lanes
    }
    #expect(last < 256)
  }

  @Test func anAffineMapIsApplied() {
    let map = AffineMap(matrix: [1, 2, 3, 4], constant: [10, 20])
    #expect(map.dimension == 2 && map([1, -1]) == [9, 19])
  }
}
