import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite("Weighted linear regression")
struct WeightedRegressionTests {
  @Test("a line against its closed form")
  func line() throws {
    let x = [0.0, 1, 2, 4, 7]
    let y = [1.0, 3, 2, 5, 9]
    let sigma = [0.5, 1, 0.25, 2, 1]
    let fit = try WeightedRegression(values: y, standardErrors: sigma, columns: [x])
    let w = sigma.map { 1 / ($0 * $0) }
    func sum(_ terms: (Int) -> Double) -> Double { x.indices.reduce(0) { $0 + w[$1] * terms($1) } }
    let (s, sx, sy) = (sum { _ in 1 }, sum { x[$0] }, sum { y[$0] })
    let (sxx, sxy) = (sum { x[$0] * x[$0] }, sum { x[$0] * y[$0] })
    let determinant = s * sxx - sx * sx
    let (a, b) = ((sxx * sy - sx * sxy) / determinant, (s * sxy - sx * sy) / determinant)
    let square = sum { (y[$0] - a - b * x[$0]) * (y[$0] - a - b * x[$0]) }
    // A condition number of some 30 and a few dozen roundings.
    let tolerance = 1e-13
    #expect(deviation(of: fit.coefficients, from: [a, b]) < tolerance)
    #expect(
      deviation(of: fit.covariance, from: [sxx, -sx, -sx, s].map { $0 / determinant }) < tolerance)
    #expect(abs(fit.chiSquared - square) < tolerance * square)
    #expect(fit.degreesOfFreedom == 3)
    #expect(fit.pValue == (try TailProbabilities.chiSquaredTail(fit.chiSquared, degreesOfFreedom: 3)))
    let interval = try fit.interval(of: 1, coverage: 0.99)
    let reach = 2.5758293035489004 * (s / determinant).squareRoot()
    #expect(abs(interval.lowerBound - (b - reach)) < tolerance)
    #expect(abs(interval.upperBound - (b + reach)) < tolerance)
  }

  @Test("columns of very different size against the normal equations")
  func plane() throws {
    var random = TestRandom(seed: 50)
    let rates = [0.001, 0.002, 0.004, 0.008, 0.016, 0.032]
    let columns = [rates.map { log($0) }, rates.map { $0 * 1e-3 }]
    let sigma = random.vector(6, in: 0.01...0.02)
    let y = rates.map { 2 + 3 * log($0) - 5 * $0 }
    let fit = try WeightedRegression(values: y, standardErrors: sigma, columns: columns)
    // The values are those of the model: y of order 20 is good to 4e-15, over a column that varies by 3e-5 in the last.
    #expect(abs(fit.coefficients[0] - 2) < 1e-12)
    #expect(abs(fit.coefficients[1] - 3) < 1e-12)
    #expect(abs(fit.coefficients[2] + 5000) < 1e-8)
    #expect(fit.chiSquared < 1e-20)
    let rows = rates.indices.map { k in [1, columns[0][k], columns[1][k] * 1e5].map { $0 / sigma[k] } }
    var normal = [Double](repeating: 0, count: 9)
    for row in rows { for i in 0..<9 { normal[i] += row[i / 3] * row[i % 3] } }
    let factor = try Cholesky(matrix: normal, dimension: 3)
    for column in 0..<3 {
      let solution = try factor.solve((0..<3).map { $0 == column ? 1 : 0 })
      for row in 0..<3 {
        let scale = (row == 2 ? 1e5 : 1) * (column == 2 ? 1e5 : 1)
        let got = fit.covariance[row * 3 + column]
        // The normal matrix has a condition number of some 10⁵.
        #expect(abs(got - solution[row] * scale) < 1e-9 * abs(solution[row] * scale))
      }
    }
  }

  @Test("coefficients, intervals and χ² as their laws say; a wrong model is found")
  func statistics() throws {
    var random = TestRandom(seed: 51)
    let x = [0.0, 1, 2, 3, 4, 5]
    let sigma = [0.1, 0.2, 0.1, 0.3, 0.1, 0.2]
    var (pulls, squares) = (Moments(), Moments())
    var (covered, misfits) = (0, 0)
    let repetitions = 2000
    for _ in 0..<repetitions {
      // The sum of twelve uniform numbers, less 6: normal to its fourth cumulant, −0.1.
      let noise = sigma.map { $0 * random.vector(12, in: -0.5...0.5).reduce(0, +) }
      let fit = try WeightedRegression(
        values: x.indices.map { 1 - 0.5 * x[$0] + noise[$0] }, standardErrors: sigma, columns: [x])
      pulls.add((fit.coefficients[1] + 0.5) / fit.standardErrors[1])
      squares.add(fit.chiSquared)
      if try fit.interval(of: 1, coverage: 0.9).contains(-0.5) { covered += 1 }
      let bent = try WeightedRegression(
        values: x.indices.map { 1 - 0.5 * x[$0] + 0.2 * x[$0] * x[$0] + noise[$0] }, standardErrors: sigma,
        columns: [x])
      if bent.pValue < 1e-3 { misfits += 1 }
    }
    #expect(abs(pulls.mean) < 5 * pulls.standardError)
    #expect(abs(pulls.variance - 1) < 5 * pulls.varianceStandardError)
    #expect(abs(squares.mean - 4) < 5 * squares.standardError)
    #expect(abs(Double(covered) / Double(repetitions) - 0.9) < 5 * (0.09 / Double(repetitions)).squareRoot())
    #expect(misfits == repetitions)
  }

  @Test("tiny and huge errors, and no degrees of freedom")
  func extremes() throws {
    let fit = try WeightedRegression(values: [1, 3], standardErrors: [1e-200, 1e-200], columns: [[0, 1]])
    #expect(deviation(of: fit.coefficients, from: [1, 2]) < 1e-14)
    #expect(fit.pValue == 1)
    let tiny = [1e-200, 1e-200, 1e-200]
    let bad = try WeightedRegression(values: [1, 3, 2], standardErrors: tiny, columns: [[0, 1, 2]])
    #expect(bad.pValue == 0)
  }

  @Test("wrong input is an error")
  func errors() {
    expectError("GSL_EBADLEN") { try WeightedRegression(values: [1], standardErrors: [1], columns: [[1]]) }
    expectError("GSL_EBADLEN") { try WeightedRegression(values: [1, 2], standardErrors: [1], columns: [[1, 2]]) }
    expectError("GSL_EBADLEN") { try WeightedRegression(values: [1, 2], standardErrors: [1, 1], columns: [[1]]) }
    expectError("GSL_EDOM") { try WeightedRegression(values: [1, .nan], standardErrors: [1, 1], columns: [[1, 2]]) }
    expectError("GSL_EDOM") { try WeightedRegression(values: [1, 2], standardErrors: [1, 0], columns: [[1, 2]]) }
    expectError("GSL_ESING") {
      try WeightedRegression(values: [1, 2, 4], standardErrors: [1, 1, 1], columns: [[3, 3, 3]])
    }
    expectError("GSL_EDOM") {
      try WeightedRegression(values: [1, 2], standardErrors: [1, 1], columns: [[1, 2]]).interval(of: 0, coverage: 1)
    }
  }
}
