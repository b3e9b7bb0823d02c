import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct EquivalenceRuleTests {
  static let equality = EquivalenceRule(margin: 0.05, level: 1e-3)
  static let interval = EquivalenceRule(claim: .withinMargin, margin: 0.05, level: 1e-3)

  /// Estimate, standard error, status for equality, status for the interval.
  static let cases: [(Double, Double, VerdictStatus, VerdictStatus)] = [
    (1.01, 0.02, .pass, .pass),
    (1.01, 0.03, .undecided, .undecided),
    // Significantly off, and yet within the margin: only the claim of equality is excluded.
    (1.01, 0.001, .fail, .pass),
    (1.06, 0.02, .undecided, .undecided),
    (1.08, 0.02, .fail, .undecided),
    (0.8, 0.02, .fail, .fail),
    (1, 0, .pass, .pass),
    (1.04, 0, .fail, .pass),
  ]

  @Test(arguments: cases) func threeOutcomes(
    estimate: Double, error: Double, equality: VerdictStatus, interval: VerdictStatus
  ) {
    let outcomes = [Self.equality, Self.interval].map {
      $0.decide(estimate: estimate, expected: 1, standardError: error, trajectories: 100, degreesOfFreedom: .infinity)
    }
    #expect(outcomes.map(\.status) == [equality, interval])
    for outcome in outcomes { #expect((outcome.trajectoriesToDecide != nil) == (outcome.status == .undecided)) }
  }

  @Test func pValues() throws {
    let equal = Self.equality.decide(
      estimate: 1.06, expected: 1, standardError: 0.02, trajectories: 10, degreesOfFreedom: .infinity)
    #expect(equal.pValue == 2 * (try TailProbabilities.normalTail(abs(1.06 - 1) / 0.02)))
    let within = Self.interval.decide(
      estimate: 1.06, expected: 1, standardError: 0.02, trajectories: 10, degreesOfFreedom: .infinity)
    let expected = try TailProbabilities.normalTail(0.5) + TailProbabilities.normalTail(5.5)
    // 1.06 − 1 and 0.01/0.02 round: a few ulps of 5.5.
    #expect(abs(try #require(within.pValue) - expected) < 1e-13)
    let few = Self.equality.decide(
      estimate: 1.1, expected: 1, standardError: 0.02, trajectories: 4, degreesOfFreedom: 3)
    #expect(few.status == .undecided)
  }

  @Test func whatCannotBeCompared() {
    for (estimate, error) in [(Double.nan, 0.1), (1, .nan), (1, .infinity), (.infinity, 0.1)] {
      let outcome = Self.equality.decide(
        estimate: estimate, expected: 1, standardError: error, trajectories: 9, degreesOfFreedom: 8)
      #expect(outcome.status == .undecided)
      #expect(outcome.reasons == [.noEstimate])
    }
    let rounded = Self.equality.decide(
      estimate: 1 + 1e-15, expected: 1, standardError: 0, trajectories: 9, degreesOfFreedom: 8, roundingBound: 4e-15)
    #expect(rounded.status == .pass)
  }

  @Test("the rate of false failures is the level")
  func level() {
    var random = TestRandom(seed: 61)
    let rule = EquivalenceRule(margin: 5, level: 0.02)
    var calibration = VerdictCalibration()
    for _ in 0..<5000 {
      calibration.add(
        rule.decide(
          estimate: random.boxMullerNormal(), expected: 0, standardError: 1, trajectories: 1,
          degreesOfFreedom: .infinity
        ).status)
    }
    #expect(abs(calibration.share(of: .fail) - 0.02) < 5 * (0.02 * 0.98 / 5000).squareRoot())
  }

  @Test("Student's t with the error at the expected value")
  func fewReplicas() throws {
    // scipy: t = 0.1/0.01 = 10, z = t/sqrt(1 + sqrt(8)*t/sqrt(5)) = 2.706748, 2*stats.t.sf(z, 4) as below.
    let found = Self.equality.decide(
      estimate: 1.1, expected: 1, standardError: 0.01, trajectories: 5, degreesOfFreedom: 4)
    // 1.1 − 1 rounds to an ulp of 1.1, twenty of 0.1.
    #expect(abs(try #require(found.pValue) - Self.pOfTen) < 1e-12 && found.status == .undecided)
    // A skewness that was measured counts where it is larger, whatever its sign.
    let skewed = Self.equality.decide(
      estimate: 1.1, expected: 1, standardError: 0.01, trajectories: 5, degreesOfFreedom: 4, skewness: -8)
    #expect(try #require(skewed.pValue) > Self.pOfTen)
    #expect(
      Self.equality.decide(
        estimate: 1, expected: 1, standardError: 0.01, trajectories: 1, degreesOfFreedom: 0
      ).reasons == [.noEstimate])
  }

  /// 2 t.sf(10/sqrt(1 + sqrt(8)*10/sqrt(5)), 4), by scipy 1.
  static let pOfTen = 0.0537177051527176

  @Test("true means of skewed replicas do not fail more often than the level", arguments: [2, 3, 5, 10, 40])
  func skewedReplicas(count: Int) {
    var random = TestRandom(seed: UInt64(count))
    let rule = EquivalenceRule(margin: 0.05, level: 1e-3)
    var (true0, wrong) = (VerdictCalibration(), VerdictCalibration())
    for _ in 0..<4000 {
      // A squared normal number is as skewed as replicas are; its mean is 1. Student's t alone fails 20 to 160 of 4000.
      let values = Moments(
        (0..<count).map { _ in
          let x = random.boxMullerNormal()
          return x * x
        })
      for expected in [1, 1.1] {
        let outcome = rule.decide(
          estimate: values.mean, expected: expected, standardError: values.standardError, trajectories: count,
          degreesOfFreedom: Double(count - 1), skewness: values.skewness)
        if expected == 1 { true0.add(outcome.status) } else { wrong.add(outcome.status) }
      }
    }
    // Of 4 expected at most, 20 or more have a probability below 1e-7.
    #expect(true0.failures < 20)
    // A pass needs an error below 0.05/1.78 beside a scatter of 1.4: none can be so small by chance.
    #expect(wrong.passes == 0)
  }

  @Test(
    "a model that is off by twice the margin hardly ever passes, however few the replicas", arguments: [2, 3, 5, 10])
  func falsePasses(count: Int) {
    var random = TestRandom(seed: 100 + UInt64(count))
    let rule = EquivalenceRule(margin: 0.05, level: 1e-3)
    for scatter in [0.02, 0.05, 0.1] {
      var wrong = 0
      for _ in 0..<4000 {
        let values = Moments((0..<count).map { _ in 1.1 + scatter * random.boxMullerNormal() })
        let outcome = rule.decide(
          estimate: values.mean, expected: 1, standardError: values.standardError, trajectories: count,
          degreesOfFreedom: Double(count - 1))
        if outcome.status == .pass { wrong += 1 }
      }
      // Of at most 2 expected, 15 or more have a probability below 1e-8.
      #expect(wrong < 15, "\(wrong) passes at a scatter of \(scatter)")
    }
  }
}
