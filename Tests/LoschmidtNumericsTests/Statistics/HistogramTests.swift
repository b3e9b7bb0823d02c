import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct HistogramTests {
  @Test func everyNumberIsCountedOnce() {
    var histogram = Histogram(edges: [0, 1, 3, 4])
    for value in [0, 0.5, 1, 2.9, 3, 4, -0.1, 4.1, .infinity, -.infinity, .nan] { histogram.add(value) }
    #expect(histogram.counts == [2, 2, 2])
    #expect(histogram.underflow == 2)
    #expect(histogram.overflow == 2)
    #expect(histogram.notNumbers == 1)
    #expect(histogram.total == 10)
    #expect(histogram.densities == [0.2, 0.1, 0.2])
  }

  @Test func partsMergeToTheWhole() {
    var random = TestRandom(seed: 3)
    let values = random.vector(1000, in: -2...2)
    let edges = Histogram.symmetricEdges(for: values, binsPerSide: 5, outside: 0.1)
    var (whole, left, right) = (Histogram(edges: edges), Histogram(edges: edges), Histogram(edges: edges))
    for (index, value) in values.enumerated() {
      whole.add(value)
      if index % 3 == 0 { left.add(value) } else { right.add(value) }
    }
    left.merge(right)
    #expect(left == whole)
    #expect(whole.underflow + whole.overflow == 100)
  }

  @Test func symmetricEdgesMirror() {
    let edges = Histogram.symmetricEdges(for: [0.3, -0.7, .nan, .infinity], binsPerSide: 7)
    #expect(edges.count == 15)
    #expect(edges[7] == 0)
    #expect(edges.last == 0.7)
    #expect(edges.reversed().map { -$0 } == edges)
    #expect(Histogram.symmetricEdges(for: [0, 0], binsPerSide: 2) == [-1, -0.5, 0, 0.5, 1])
    #expect(Histogram.symmetricEdges(for: [], binsPerSide: 1) == [-1, 0, 1])
  }

  /// sinh(c(k + 1)) + sinh(c(k − 1)) = 2 cosh(c) sinh(ck).
  @Test(arguments: [1.01, 3, 1e3, 1e200]) func edgesFarOutAreThoseOfAHyperbolicSine(reach: Double) throws {
    let edges = Histogram.symmetricEdges(for: [-reach], binsPerSide: 10, innermost: 0.1)
    #expect(edges.count == 21 && edges[10] == 0 && edges[0] == -reach && edges[20] == reach)
    #expect(edges.reversed().map { -$0 } == edges)
    let cosine = edges[12] / (2 * edges[11])
    for k in 11..<20 {
      // A dozen roundings, of arguments of sinh up to 500 as well.
      #expect(abs(edges[k + 1] + edges[k - 1] - 2 * cosine * edges[k]) <= 6000 * edges[k + 1].ulp)
    }
    // The slope at 0 is 0.1 a bin: c/sinh(c) of the first one.
    let c = acosh(cosine)
    // cosine − 1 has lost digits where c is small.
    #expect(abs(edges[11] * c / sinh(c) / 0.1 - 1) < 1e-12 / min(1, c * c))
  }

  @Test func equalBinsStayWhereTheyAreNarrow() {
    let sample = [0.3, -0.7]
    #expect(
      Histogram.symmetricEdges(for: sample, binsPerSide: 7, innermost: 0.1001)
        == Histogram.symmetricEdges(for: sample, binsPerSide: 7))
  }
}
