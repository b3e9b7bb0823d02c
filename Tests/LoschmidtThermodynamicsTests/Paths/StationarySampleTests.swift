import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct StationarySampleTests {
  @Test func theRatioHasTheErrorOfTheDeltaMethod() {
    var sample = StationarySample()
    var random = TestRandom(seed: 2)
    var values: [(Double, Double)] = []
    for _ in 0..<25 { values.append((random.next(in: 1...2), random.next(in: 3...5))) }
    for value in values { sample.dissipation.add([value.0, value.1]) }
    let ratio = values.reduce(0) { $0 + $1.0 } / values.reduce(0) { $0 + $1.1 }
    let mean = values.reduce(0) { $0 + $1.1 } / 25
    let rest = Moments(values.map { ($0.0 - ratio * $0.1) / mean })
    #expect(abs(sample.ratio.value - ratio) < 1e-15)
    #expect(abs(sample.ratio.standardError - rest.standardError) < 1e-15)
  }

  /// x′ = a x + noise with uniform noise, whose autocorrelation time is (1 + a)/(1 − a).
  private func series(_ a: Double, count: Int, length: Int, every stride: Int = 1) -> [[Double]] {
    var random = TestRandom(seed: 5)
    return (0..<count).map { _ in
      var x = 0.0
      return (0..<length).map { _ in
        for _ in 0..<stride { x = a * x + random.next(in: -1...1) }
        return x
      }
    }
  }

  @Test func shortCorrelationsComeFromConsecutiveValues() throws {
    var sample = StationarySample()
    sample.consecutive = series(0.6, count: 4, length: 1000)
    sample.thinned = series(0.6, count: 4, length: 100, every: 50)
    sample.stride = 50
    let time = try #require(sample.autocorrelation)
    #expect(time.isResolved)
    #expect(abs(time.value - 4) < 5 * time.standardError)
  }

  @Test func longCorrelationsComeFromThinnedValuesInSteps() throws {
    var sample = StationarySample()
    let a = 0.998
    sample.consecutive = series(a, count: 4, length: 1000)
    sample.thinned = series(a, count: 4, length: 4000, every: 50)
    sample.stride = 50
    let time = try #require(sample.autocorrelation)
    #expect(time.isResolved)
    // Thinning to a tenth of the time changes it by a part in a thousand.
    #expect(abs(time.value - (1 + a) / (1 - a)) < 5 * time.standardError + 1)
  }

  @Test func merging() {
    var sample = StationarySample()
    var other = StationarySample()
    other.observables = [TimeAveragedProduct(origin: (0, 0))]
    other.observables[0].add(product: 1, a: 1, b: 1)
    other.dissipation.add([1, 2])
    other.spread.add(3)
    other.drifts = [Moments([1])]
    other.thinned = [[1, 2]]
    other.stride = 3
    sample.merge(StationarySample())
    sample.merge(other)
    sample.merge(StationarySample())
    sample.merge(other)
    #expect(sample.observables[0].count == 2 && sample.dissipation.count == 2 && sample.spread.count == 2)
    #expect(sample.drifts[0].count == 2 && sample.thinned == [[1, 2], [1, 2]] && sample.stride == 3)
    #expect(sample.autocorrelation == nil)
  }
}
