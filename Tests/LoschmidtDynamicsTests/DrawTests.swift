import LoschmidtDynamics
import Testing

@Suite struct DrawTests {
  @Test func aBatchIsCountedWhateverItsOrder() {
    let draw = Draw(batch: [3, 1, 3, 0])
    #expect(draw.members.map(\.sample) == [0, 1, 3])
    #expect(draw.members.map(\.weight) == [0.25, 0.25, 0.5])
    #expect(draw == Draw(batch: [0, 3, 3, 1]))
    #expect(Draw(batch: [7]).members.map(\.weight) == [1])
  }
}
