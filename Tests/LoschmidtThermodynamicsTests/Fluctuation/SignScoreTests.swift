import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct SignScoreTests {
  /// χ² by the explicit inverse, from sums of its own.
  static func statistic(_ magnitudes: [Double], negative: (Int) -> Bool) -> Double {
    var (u, v, a, b, c) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (index, r) in magnitudes.enumerated() {
      let p = 1 / (1 + exp(-r))
      let residual = (negative(index) ? 0 : 1) - p
      (u, v) = (u + r * residual, v + r * r * residual)
      let weight = p * (1 - p)
      (a, b, c) = (a + weight * r * r, b + weight * r * r * r, c + weight * r * r * r * r)
    }
    return (c * u * u - 2 * b * u * v + a * v * v) / (a * c - b * b)
  }

  @Test func reference() throws {
    let entry = ReferenceEntry(try ReferenceNumbers.load("thermodynamics.json")["t3_score_test"])
    let score = SignScore(try SignedMagnitudes(entry["inputs"]["R"].doubles))
    let outputs = entry["outputs"]
    // The reference is computed in double precision: 1e-10 is what is asked of exact entries.
    for (own, other) in zip(score.score + score.information, outputs["score_U"].doubles + outputs["info"].rows.joined())
    {
      #expect(abs(own / other - 1) < 1e-10)
    }
    #expect(abs(score.statistic / outputs["chi2_2df"].double - 1) < 1e-10)
    #expect(abs(score.asymptoticPValue / outputs["p_value"].double - 1) < 1e-10)
    #expect(score.degreesOfFreedom == 2)
  }

  @Test("the resampled p-value against all 2^N signs", arguments: [3, 8, 12])
  func enumeration(count: Int) throws {
    var random = TestRandom(seed: UInt64(80 + count))
    // From near 0, where all are drawn one by one, to rare signs that are found by leaps.
    let magnitudes = (0..<count).map { _ in random.next(in: 0.05...4.5) }
    for trial in 0..<3 {
      let observed = (0..<count).map { _ in random.below(3) == 0 }
      let values = zip(magnitudes, observed).map { $1 ? -$0 : $0 }
      let limit = Self.statistic(magnitudes) { observed[$0] } * (1 - 1e-9)
      var exact = 0.0
      for signs in 0..<(1 << count) {
        guard Self.statistic(magnitudes, negative: { signs >> $0 & 1 == 1 }) >= limit else { continue }
        exact += magnitudes.indices.reduce(1) { product, index in
          let p = 1 / (1 + exp(-magnitudes[index]))
          return product * (signs >> index & 1 == 1 ? 1 - p : p)
        }
      }
      let rule = SequentialMonteCarlo(exceedances: .max, maximum: 20_000)
      let result = SignScore(try SignedMagnitudes(values)).resampledPValue(rule, seed: UInt64(trial))
      // Five standard errors of a share of 20000, and 1/20001 for the observation itself.
      #expect(abs(result.pValue - exact) < 5 * (exact * (1 - exact) / 20_000).squareRoot() + 1e-4)
    }
  }

  @Test("asymptotic p-values are uniform where the theorem holds, at many events")
  func asymptoticLaw() throws {
    let pValues = try (0..<200).map { index in
      SignScore(try SignedMagnitudes(normalValues(mean: 0.5, count: 1000, seed: UInt64(9000 + index)))).asymptoticPValue
    }
    for level in [0.1, 0.5, 0.9] {
      let share = Double(pValues.count { $0 < level }) / 200
      #expect(abs(share - level) < 5 * (level * (1 - level) / 200).squareRoot())
    }
  }

  @Test("resampled p-values are uniform where the theorem holds, at few events")
  func resampledLaw() throws {
    let rule = SequentialMonteCarlo(exceedances: 20, maximum: 199)
    let pValues = try (0..<300).map { index in
      let signed = try SignedMagnitudes(normalValues(mean: 2, count: 100, seed: UInt64(7000 + index)))
      return SignScore(signed).resampledPValue(rule, seed: UInt64(index)).pValue
    }
    for level in [0.1, 0.3] {
      // Never above the level; below it by the steps of Besag and Clifford's p, at most 1/20 of it.
      let (share, error) = (Double(pValues.count { $0 <= level }) / 300, (level * (1 - level) / 300).squareRoot())
      #expect(share < level + 5 * error)
      #expect(share > level * 0.95 - 5 * error)
    }
  }

  @Test func equalMagnitudesLeaveOneDegree() throws {
    let score = SignScore(try SignedMagnitudes([1, 1, 1, -1, 1, 1]))
    #expect(score.degreesOfFreedom == 1)
    // (observed − expected)²/variance of the number of negative signs.
    let q = 1 / (1 + exp(1.0))
    let expected = (1 - 6 * q) * (1 - 6 * q) / (6 * q * (1 - q))
    #expect(abs(score.statistic / expected - 1) < 1e-13)
  }

  @Test func hugeMagnitudesDoNotOverflow() throws {
    let base = normalValues(mean: 1, count: 200, seed: 3)
    let harmless = SignScore(try SignedMagnitudes(base + [1e200, .infinity]))
    let plain = SignScore(try SignedMagnitudes(base))
    #expect(abs(harmless.statistic / plain.statistic - 1) < 1e-12)
    let impossible = SignScore(try SignedMagnitudes(base + [-1e200]))
    #expect(impossible.statistic.isFinite)
    let rule = SequentialMonteCarlo(level: 1e-3)
    #expect(impossible.resampledPValue(rule, seed: 1).pValue < 1e-3)
    #expect(SignScore(try SignedMagnitudes([800, 900])).degreesOfFreedom == 0)
  }

  @Test func theSameSeedGivesTheSamePValue() throws {
    let score = SignScore(try SignedMagnitudes(normalValues(mean: 1, count: 200, seed: 5)))
    let rule = SequentialMonteCarlo(level: 0.05)
    #expect(score.resampledPValue(rule, seed: 9) == score.resampledPValue(rule, seed: 9))
  }
}
