import Testing

@testable import LoschmidtNumerics

struct ShapeTests {
  @Test func extentsAndCounts() {
    #expect(Shape.scalar.rank == 0 && Shape.scalar.count == 1 && Shape.scalar.rows == 1 && Shape.scalar.columns == 1)
    #expect(Shape.vector(5).rank == 1 && Shape.vector(5).count == 5)
    #expect(Shape.vector(5).rows == 1 && Shape.vector(5).columns == 5)
    #expect(Shape.matrix(2, 3).rank == 2 && Shape.matrix(2, 3).count == 6)
    #expect(Shape.matrix(2, 3).rows == 2 && Shape.matrix(2, 3).columns == 3)
    #expect("\(Shape.scalar) \(Shape.vector(8)) \(Shape.matrix(8, 2))" == "a number [8] [8, 2]")
  }

  /// NumPy's rule, written again from the last extent to the first on padded lists.
  private func broadcast(_ a: [Int], _ b: [Int]) -> [Int]? {
    var result: [Int] = []
    for k in 1...2 where k <= max(a.count, b.count) {
      let (x, y) = (k <= a.count ? a[a.count - k] : 1, k <= b.count ? b[b.count - k] : 1)
      if x != y && x != 1 && y != 1 { return nil }
      result.insert(max(x, y), at: 0)
    }
    return result
  }

  @Test func broadcastingIsThatOfNumPy() {
    let extents = [[]] + [1, 2, 3].map { [$0] } + [1, 2, 3].flatMap { m in [1, 2, 3].map { [m, $0] } }
    for a in extents {
      for b in extents {
        #expect(Shape(a).broadcast(with: Shape(b))?.dimensions == broadcast(a, b), "\(a) with \(b)")
      }
    }
  }
}
