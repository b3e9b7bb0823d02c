import CKernels
import Foundation
import LoschmidtTestSupport
import Testing

/// The arithmetic of steps on numbers without order: rows of lanes as in the engine.
struct StepNumbers {
  static let dimension = 3
  static let lanes = 12
  let theta, gradient, normals, next, nextGradient, ratio: [Double]
  let rates = [0.1, 0.25, 1.5]
  let scales = [0.7, 0, 2]
  let weights = [0.3, 4, 0.01]

  init() {
    var random = TestRandom(seed: 17)
    let count = Self.dimension * Self.lanes
    (theta, gradient, normals) = (random.vector(count), random.vector(count), random.vector(count, in: -4...4))
    (next, nextGradient, ratio) = (random.vector(count), random.vector(count), random.vector(Self.lanes))
  }

  func advanced(withNoise: Bool = true) -> (next: [Double], isBad: Bool) {
    var result = theta
    let noise = withNoise ? normals : nil
    let isBad = result.withUnsafeMutableBufferPointer { result in
      lk_step_advance(theta, gradient, noise, rates, scales, result.baseAddress, Self.dimension, Self.lanes) != 0
    }
    return (result, isBad)
  }

  func ratios() -> [Double] {
    var result = ratio
    lk_step_log_ratio(theta, next, gradient, nextGradient, rates, weights, &result, Self.dimension, Self.lanes)
    return result
  }

  func product() -> [Double] {
    let matrix = (0..<2 * Self.dimension).map { Double($0) - 2.25 }
    var result = [Double](repeating: 0, count: 2 * Self.lanes)
    lk_rows_multiply(matrix, [0.5, -8], 2, Self.dimension, theta, &result, Self.lanes)
    return result
  }

  func scaledSum() -> [Double] {
    var result = theta
    lk_add_scaled(&result, gradient, -0.7, theta.count)
    return result
  }

  func innerProducts() -> [Double] {
    var result = ratio
    lk_inner_products(theta, gradient, -0.5, &result, Self.dimension, Self.lanes)
    return result
  }

  /// Two rounds of log-sum-exp over exponents far apart.
  func logSumExp() -> [Double] {
    var maximum = [Double](repeating: -.infinity, count: Self.lanes)
    var sum = [Double](repeating: 0, count: Self.lanes)
    lk_log_sum_exp(theta.map { 900 * $0 }, Self.dimension, &maximum, &sum, Self.lanes)
    lk_log_sum_exp(gradient.map { 900 * $0 }, Self.dimension, &maximum, &sum, Self.lanes)
    return maximum + sum
  }
}

@Suite struct StepsTests {
  private let numbers = StepNumbers()
  private let lanes = StepNumbers.lanes

  /// The same multiply-adds one by one: bit by bit.
  @Test func aStepIsMadeCoordinateByCoordinate() {
    let n = numbers
    for withNoise in [true, false] {
      let (next, isBad) = n.advanced(withNoise: withNoise)
      #expect(!isBad)
      for k in n.theta.indices {
        let i = k / lanes
        let drift = n.theta[k].addingProduct(-n.rates[i], n.gradient[k])
        #expect(next[k] == (withNoise ? drift.addingProduct(n.scales[i], n.normals[k]) : drift))
      }
    }
  }

  @Test func aStepMayBeMadeInPlace() {
    let n = numbers
    var theta = n.theta
    theta.withUnsafeMutableBufferPointer { place in
      _ = lk_step_advance(
        place.baseAddress, n.gradient, n.normals, n.rates, n.scales, place.baseAddress, StepNumbers.dimension, lanes)
    }
    #expect(theta == n.advanced().next)
  }

  /// Any lane of any coordinate is seen; the largest finite number is none of them.
  @Test func whatIsNotFiniteIsReported() {
    for bad in [Double.infinity, -.infinity, .nan] {
      for place in [0, 5, lanes * 2 - 1, lanes * 3 - 1] {
        var values = numbers.theta
        values[place] = bad
        var next = values
        #expect(lk_any_not_finite(values, values.count) != 0)
        let answer = lk_step_advance(
          values, numbers.gradient, nil, numbers.rates, numbers.scales, &next, StepNumbers.dimension, lanes)
        #expect(answer != 0)
      }
    }
    let large = [Double](repeating: .greatestFiniteMagnitude, count: 8)
    #expect(lk_any_not_finite(large, 8) == 0)
    var next = large
    #expect(lk_step_advance(large, large.map { -$0 }, nil, [1], [0], &next, 1, 8) != 0)
  }

  /// The same multiply-adds one by one: bit by bit.
  @Test func theLogRatioIsTheFormula() {
    let n = numbers
    let actual = n.ratios()
    for l in 0..<lanes {
      var expected = n.ratio[l]
      for i in 0..<StepNumbers.dimension {
        let k = i * lanes + l
        let middle = (n.next[k] - n.theta[k]).addingProduct(-0.5 * n.rates[i], n.nextGradient[k] - n.gradient[k])
        expected = expected.addingProduct(-n.weights[i] * (n.gradient[k] + n.nextGradient[k]), middle)
      }
      #expect(actual[l] == expected)
    }
  }

  /// Against the difference of two Gaussian exponents, which shares nothing but the law.
  @Test func theLogRatioIsThatOfTheKernel() {
    let n = numbers
    let actual = n.ratios()
    for l in 0..<lanes {
      var (expected, size) = (n.ratio[l], 1.0)
      for i in 0..<StepNumbers.dimension {
        let k = i * lanes + l
        let variance = n.rates[i] / n.weights[i]
        let there = n.next[k] - n.theta[k] + n.rates[i] * n.gradient[k]
        let back = n.theta[k] - n.next[k] + n.rates[i] * n.nextGradient[k]
        expected += (back * back - there * there) / (2 * variance)
        size += (back * back + there * there) / variance
      }
      // A dozen roundings of terms of this size.
      #expect(abs(actual[l] - expected) <= 12 * size.ulp)
    }
  }

  @Test func productsAndSumsAreThoseOfLoops() {
    let n = numbers
    let product = n.product()
    let (sum, inner) = (n.scaledSum(), n.innerProducts())
    for l in 0..<lanes {
      for i in 0..<2 {
        let expected = (0..<3).reduce([0.5, -8][i]) {
          $0.addingProduct(Double(3 * i + $1) - 2.25, n.theta[$1 * lanes + l])
        }
        #expect(product[i * lanes + l] == expected)
      }
      let products = (0..<3).reduce(0.0) { $0.addingProduct(n.theta[$1 * lanes + l], n.gradient[$1 * lanes + l]) }
      #expect(inner[l] == n.ratio[l].addingProduct(-0.5, products))
    }
    for k in sum.indices { #expect(sum[k] == n.theta[k].addingProduct(-0.7, n.gradient[k])) }
    var bare = [Double](repeating: 7, count: lanes)
    lk_rows_multiply([1, 0, 0], nil, 1, 3, n.theta, &bare, lanes)
    #expect(bare == Array(n.theta[..<lanes]))
  }

  @Test func samplesAreGathered() {
    // Five samples of three entries: a pair of columns, and one alone.
    let table: [Double] = [1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 7, 8, 9, 11]
    let index: [Int32] = [0, 4, 2, 2, 1, 0, 3, 4]
    var output = [Double](repeating: 0, count: 24)
    lk_gather(table, 3, 5, index, &output, 1, 8)
    let alone = index.map { table[10 + Int($0)] }
    #expect(output == index.map { Double($0 + 1) } + index.map { Double(10 * ($0 + 1)) } + alone)
    lk_gather(table, 2, 5, index, &output, 1, 8)
    #expect(output[16...] == alone[...], "an even width leaves what follows alone")
    var apart = [Double](repeating: -1, count: 40)
    lk_gather(table, 3, 5, index, &apart, 2, 8)
    let gap = [Double](repeating: -1, count: 8)
    #expect(apart == Array(output[..<8]) + gap + Array(output[8..<16]) + gap + alone)
  }
}

@Suite struct LogSumExpStepsTests {
  private func logSumExp(_ rounds: [[Double]]) -> Double {
    var maximum = [Double](repeating: -.infinity, count: 4)
    var sum = [Double](repeating: 0, count: 4)
    for exponents in rounds {
      let rows = exponents.flatMap { [Double](repeating: $0, count: 4) }
      lk_log_sum_exp(rows, exponents.count, &maximum, &sum, 4)
    }
    #expect(Set(maximum).count == 1 && Set(sum.map(\.bitPattern)).count == 1)
    return sum[0] == 0 ? -.infinity : maximum[0] + log(sum[0])
  }

  /// Exponents that no exponential function takes; the kernel's exponential has 1 ulp, the logarithm halves what is left.
  @Test func nothingOverflows() {
    #expect(logSumExp([[1000, 1000]]) == 1000 + log(2))
    #expect(logSumExp([[-1e5, -1e5, -1e5, -1e5]]) == -1e5 + log(4))
    #expect(logSumExp([[0], [1e308]]) == 1e308)
    #expect(logSumExp([[1e308], [-1e308]]) == 1e308)
    #expect(logSumExp([[-1e308], [1e308]]) == 1e308)
  }

  @Test func nothingIsNothing() {
    #expect(logSumExp([]) == -.infinity)
    #expect(logSumExp([[-.infinity]]) == -.infinity)
    #expect(logSumExp([[-.infinity, -.infinity], [-.infinity]]) == -.infinity)
    #expect(logSumExp([[-.infinity], [3, -.infinity], [-.infinity]]) == 3)
  }

  @Test func theOrderAndTheRoundsDoNotMatter() {
    var random = TestRandom(seed: 3)
    let exponents = random.vector(40, in: -30...30)
    let expected = log(exponents.reduce(0) { $0 + exp($1) })
    for count in [1, 3, 40] {
      let rounds = stride(from: 0, to: 40, by: count).map { Array(exponents[$0..<min(40, $0 + count)]) }
      // Up to 40 exponentials and rescalings of 2 ulp each.
      #expect(abs(logSumExp(rounds) - expected) <= 80 * expected.ulp)
      #expect(abs(logSumExp(rounds.reversed()) - expected) <= 80 * expected.ulp)
    }
  }
}

extension DispatchTests {
  @Test func stepsDoNotDependOnTheProcessor() {
    var results: [[UInt64]] = []
    for backend in [Self.baseline, Self.best] {
      #expect(lk_set_backend(backend) == backend)
      let n = StepNumbers()
      let values =
        n.advanced().next + n.advanced(withNoise: false).next + n.ratios() + n.product() + n.scaledSum()
        + n.innerProducts() + n.logSumExp()
      results.append(values.map(\.bitPattern))
    }
    #expect(results[0] == results[1])
  }
}
