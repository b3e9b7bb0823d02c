import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

struct ExponentialFiguresTests {
  @Test func anAverageThatIsDoubtedHasNoError() throws {
    // One weight makes up nearly all.
    let average = try ExponentialAverage([Double](repeating: 0, count: 1000) + [-9])
    let estimate = try #require(average.figures(prefix: "integral").first?.value)
    #expect(estimate.value == average.mean && estimate.standardError == nil && !estimate.exact)
    #expect(estimate.reason?.contains("one trajectory makes up") == true)
    #expect(average.outcome(level: 1e-3).standardError == nil)
    let divergent = try ExponentialAverage((0..<1000).map { 1e-3 * Double($0) }, divergence: 1.5)
    #expect(divergent.figures(prefix: "integral")[0].value.reason?.contains("no variance") == true)
  }

  @Test func aSoundAverageHasOne() throws {
    let average = try ExponentialAverage((0..<1000).map { 1e-3 * Double($0) })
    let estimate = average.figures(prefix: "integral")[0].value
    #expect(estimate.standardError == average.standardError && estimate.reason == nil)
    #expect(average.outcome(level: 1e-3).standardError == average.standardError)
  }
}
