import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct BatchMeansTests {
  @Test func handArithmetic() throws {
    // Batches (1, 3), (5, 7), and a rest.
    let batches = try #require(BatchMeans([[1, 3, 5, 7, 100]], batchesPerSeries: 2))
    #expect(batches.mean == 4)
    #expect(batches.standardError == 2)
    #expect(batches.degreesOfFreedom == 1)
    // Variance 8 of the means, 20/3 of the values, length 2.
    #expect(abs(batches.autocorrelationTime - 2.4) < 1e-15)
  }

  @Test("an autoregressive series, where independence would claim an error of a third")
  func autoregression() throws {
    let series = AutocorrelationTimeTests.series(coefficient: 0.8, count: 20_000, replicas: 2, seed: 52)
    let batches = try #require(BatchMeans(series, batchesPerSeries: 20))
    #expect(abs(batches.mean) < 5 * batches.standardError)
    // τ = (1 + 0.8)/(1 − 0.8) = 9; a variance from 40 batches has the relative error √(2/39).
    #expect(abs(batches.autocorrelationTime - 9) < 5 * 9 * (2.0 / 39).squareRoot())
    #expect(batches.autocorrelationTime > 3)
  }

  @Test func tooFewValues() {
    #expect(BatchMeans([[1, 2, 3]], batchesPerSeries: 1) == nil)
    #expect(BatchMeans([[1, 2, 3]], batchesPerSeries: 4) == nil)
    #expect(BatchMeans([], batchesPerSeries: 2) == nil)
  }
}
