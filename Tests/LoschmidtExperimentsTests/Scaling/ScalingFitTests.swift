import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

@Suite struct ScalingFitTests {
  private func points(
    _ values: [Double], relativeError: Double = 0.01, _ law: (Double) -> Double
  ) -> [ScalingPoint] {
    values.map { ScalingPoint(value: $0, statistic: law($0), standardError: relativeError * abs(law($0))) }
  }

  private func failure(_ points: [ScalingPoint]) -> ScalingFit.Failure? {
    do {
      _ = try ScalingFit(points, correction: .none)
      return nil
    } catch { return error }
  }

  @Test("a power law comes back, with its sign", arguments: [3.0, -1.0, 0.5])
  func exactPower(exponent: Double) throws {
    for sign in [1.0, -1.0] {
      let fit = try ScalingFit(points([0.01, 0.02, 0.05, 0.1]) { sign * 7 * pow($0, exponent) }, correction: .none)
      // Logarithms of up to 10, good to an ulp or two, over an interval of 2.3.
      #expect(abs(fit.exponent.value - exponent) < 1e-14)
      #expect(fit.sign == sign && fit.isGood && fit.refusal == nil)
      #expect(abs(fit.regression.coefficients[0] - log(7)) < 1e-13)
      // With equal errors σ: σ/√Σ(ln x − mean)².
      let logs = Moments([0.01, 0.02, 0.05, 0.1].map { log($0) })
      #expect(abs(fit.exponent.standardError - 0.01 / logs.secondCentralSum.squareRoot()) < 1e-14)
    }
  }

  @Test("the fit at a value, with the error of the regression there")
  func fittedValues() throws {
    let fit = try ScalingFit(points([0.01, 0.02, 0.05, 0.1]) { -7 * $0 * $0 }, correction: .none)
    for value in [0.005, 0.03] {
      let fitted = fit.value(at: value)
      #expect(abs(fitted.value + 7 * value * value) < 1e-12 * 7 * value * value)
      // With equal errors σ: σ²(1/n + (ln x − mean)²/Σ(ln x − mean)²).
      let logs = Moments([0.01, 0.02, 0.05, 0.1].map { log($0) })
      let distance = log(value) - logs.mean
      let relative = 0.01 * (0.25 + distance * distance / logs.secondCentralSum).squareRoot()
      #expect(abs(fitted.standardError / abs(fitted.value) - relative) < 1e-12)
    }
  }

  @Test("the linear term takes the first correction")
  func correction() throws {
    let law = { (x: Double) in 2 * x * x * exp(-3 * x) }
    let data = points([0.05, 0.1, 0.2, 0.4, 0.8], relativeError: 0.02, law)
    let plain = try ScalingFit(data, correction: .none)
    #expect(!plain.isGood && plain.refusal?.contains("a power law does not fit: χ² = ") == true)
    let corrected = try ScalingFit(data, correction: .linear)
    // Exact but for rounding of logarithms.
    #expect(abs(corrected.exponent.value - 2) < 1e-13 && abs(corrected.regression.coefficients[2] + 3) < 1e-12)
    #expect(corrected.isGood && corrected.regression.degreesOfFreedom == 2)
    #expect(corrected.exponent.standardError > plain.exponent.standardError)
  }

  @Test("the 99 % interval covers in 99 of 100 cases, and good fits are refused once in a thousand")
  func coverage() throws {
    var random = TestRandom(seed: 3)
    let repetitions = 2000
    var (covered, refused) = (0, 0)
    for _ in 0..<repetitions {
      let data = [1.0, 2, 4, 8, 16].map { x in
        let exact = 3 / x
        let error = 0.02 * exact
        return ScalingPoint(value: x, statistic: exact + error * random.boxMullerNormal(), standardError: error)
      }
      let fit = try ScalingFit(data, correction: .none)
      if try fit.regression.interval(of: 1, coverage: ScalingFit.coverage).contains(-1) { covered += 1 }
      if !fit.isGood { refused += 1 }
    }
    #expect(abs(Double(covered) / Double(repetitions) - 0.99) < 5 * (0.01 * 0.99 / Double(repetitions)).squareRoot())
    // Of 2 expected, 13 or more have a probability below 1e-6.
    #expect(refused < 13)
  }

  @Test func whatHasNoFit() {
    let good = points([1, 2, 4]) { $0 }
    #expect(failure(good) == nil)
    func with(_ statistic: Double, _ error: Double) -> [ScalingPoint] {
      [good[0], ScalingPoint(value: 2, statistic: statistic, standardError: error), good[2]]
    }
    #expect(failure(with(.nan, 1)) == .missing(2))
    #expect(failure(with(1, 0)) == .withoutScatter(2))
    #expect(failure(with(5, 1)) == .nearZero(2))
    #expect(failure(with(-2, 0.1)) == .changingSign)
    #expect(
      ScalingFit.Failure.nearZero(0.02).sentence(.learningRate)
        == "the statistic is within 5 standard errors of 0 at learning-rate = 0.02, so that its logarithm has no useful "
        + "error; take more trajectories or steps")
  }

  @Test("with few replicas the 99 % interval covers at least as often", arguments: [2, 3, 5, 10])
  func coverageOfFewReplicas(count: Int) throws {
    var random = TestRandom(seed: 40 + UInt64(count))
    var (fits, missed, refused) = (0, 0, 0)
    for repetition in 0..<1000 {
      // Scatter that differs between the values, so that weights from it would draw the line to some of them.
      let data = [1.0, 2, 4, 8, 16].enumerated().map { index, x in
        let scatter = repetition % 2 == 0 ? 0.05 : 0.02 * Double(1 + index)
        let replicas = Moments((0..<count).map { _ in 3 / x * (1 + scatter * random.boxMullerNormal()) })
        return ScalingPoint(
          value: x, statistic: replicas.mean, standardError: replicas.standardError, replicas: count)
      }
      // A point whose error is too large has no logarithm.
      guard let fit = try? ScalingFit(data, correction: .none) else { continue }
      fits += 1
      if try !#require(fit.interval).contains(-1) { missed += 1 }
      if !fit.isGood { refused += 1 }
    }
    #expect(fits > 100)
    // Of 10 expected at most, 30 or more have a probability below 1e-6; weights by the scatter miss 300 with two replicas.
    #expect(missed < 30, "\(missed) of \(fits)")
    // Of 1 expected, 11 or more have a probability below 1e-8.
    #expect(refused < 11, "\(refused) of \(fits)")
  }
}
