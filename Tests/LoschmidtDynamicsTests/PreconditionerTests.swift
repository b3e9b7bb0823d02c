import LoschmidtDynamics
import Testing

@Suite struct PreconditionerTests {
  @Test func diagonalAndMatrix() {
    #expect(Preconditioner.identity.diagonal(dimension: 2) == [1, 1])
    #expect(Preconditioner.identity.matrix(dimension: 2) == [1, 0, 0, 1])
    #expect(Preconditioner.diagonal([2, 3]).matrix(dimension: 2) == [2, 0, 0, 3])
    #expect(Preconditioner.matrix([2, 1, 1, 2], dimension: 2).diagonal(dimension: 2) == nil)
    #expect(Preconditioner.matrix([2, 1, 1, 2], dimension: 2).matrix(dimension: 2) == [2, 1, 1, 2])
  }
}
