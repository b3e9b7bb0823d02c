import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@Suite struct SampleTableTests {
  @Test func widthsAddUp() {
    let table = SampleTable(
      count: 2,
      columns: [
        SampleTable.Column(name: "x", values: [1, 2]),
        SampleTable.Column(name: "v", shape: .vector(3), values: [1, 2, 3, 4, 5, 6]),
      ])
    #expect(table.width == 4)
    #expect(SampleTable.none.count == 1)
    #expect(SampleTable.none.width == 0)
  }
}
