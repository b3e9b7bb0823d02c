import LoschmidtNumerics

/// The verdict on the detailed fluctuation theorem P(R)/P(−R) = e^R, by the signs of R given its magnitudes.
///
/// 1. Where fewer than 25 negative values are expected, their number alone is tested, by both tails of the exact
///    Poisson-binomial law; p < level fails, else undecided.
/// 2. The score test of slope and bend (`SignScore`); p < level fails. The p-value comes from drawing signs wherever
///    fewer than 500 negative values are expected or fewer than 10⁴ values tell anything, else from the χ² law.
/// 3. The slope b of logit P(+) = b |R|: |b − 1| + 1.645 standard errors ≤ margin passes, an equivalence statement.
/// 4. Undecided otherwise.
///
/// A process whose R vanishes to rounding on every path passes without a test: a law at 0 is its own mirror image. The
/// values must come from independent trajectories. An error that leaves the law of R symmetric remains unseen.
public struct SignTest: Sendable, Equatable {
  /// Where the p-value comes from.
  public enum Method: Sendable, Equatable {
    /// The number of negative values against its exact law.
    case count
    /// The χ² law of the score.
    case asymptotic
    /// As many draws of the signs.
    case resampled(draws: Int)
    /// No p-value: all values vanish.
    case none
  }

  /// The number of expected negative values from which on the score is tested.
  public static let requiredMinority = 25.0

  /// The number of all values.
  public let trajectories: Int
  /// The share of negative values among all.
  public let negativeFraction: Double
  /// Σ 1/(1 + e^{|R|}) over the values that do not vanish.
  public let expectedMinority: Double
  /// The number of negative values among them.
  public let observedMinority: Int
  /// The score χ²; `nil` where all values vanish.
  public let score: Double?
  /// The p-value that decides; `nil` where all values vanish.
  public let pValue: Double?
  /// Where it comes from.
  public let method: Method
  /// The slope; `nil` where the signs have no finite one.
  public let slope: Double?
  /// The standard error of the slope if it is 1.
  public let slopeStandardError: Double?
  /// The level of the test.
  public let level: Double
  /// The decision.
  public let outcome: VerdictOutcome

  /// Tests the values.
  ///
  /// - Parameters:
  ///   - values: One R for each independent trajectory, in nats.
  ///   - level: The level of this test, after sharing.
  ///   - margin: The largest |b − 1| that a pass allows.
  ///   - seed: Of the drawn signs.
  ///   - roundingBound: Magnitudes of R up to this are arithmetic and are left out.
  /// - Throws: `FluctuationInputError` for no values or NaN.
  public init(
    _ values: [Double], level: Double, margin: Double = 0.05, seed: UInt64, roundingBound: Double = 0
  ) throws(FluctuationInputError) {
    precondition(level > 0 && level < 1, "a level lies between 0 and 1")
    precondition(margin > 0, "equivalence needs a margin")
    let signed = try SignedMagnitudes(values, roundingBound: roundingBound)
    trajectories = signed.count
    observedMinority = signed.observedMinority
    negativeFraction = Double(observedMinority) / Double(signed.count)
    expectedMinority = signed.expectedMinority
    self.level = level
    guard !signed.magnitudes.isEmpty else {
      (score, pValue, method, slope, slopeStandardError) = (nil, nil, .none, nil, nil)
      outcome = VerdictOutcome(status: .pass, reasons: [.vanishesIdentically], expected: 1, margin: margin)
      return
    }
    slope = signed.slope
    slopeStandardError = signed.slopeStandardError
    let score = SignScore(signed)
    self.score = score.statistic
    let (pValue, method) = Self.test(signed, score, expected: expectedMinority, level: level, seed: seed)
    (self.pValue, self.method) = (pValue, method)
    var outcome = VerdictOutcome(
      status: .undecided, reasons: [.noEstimate], statistic: score.statistic, pValue: pValue, expected: 1,
      estimate: slope, standardError: slopeStandardError, margin: margin)
    Self.decide(&outcome, expectedMinority: expectedMinority, level: level, margin: margin, trajectories: trajectories)
    self.outcome = outcome
  }

  /// The outcome's status.
  public var status: VerdictStatus { outcome.status }

  // MARK: Steps

  /// The p-value of step 1 or 2.
  private static func test(
    _ signed: SignedMagnitudes, _ score: SignScore, expected: Double, level: Double, seed: UInt64
  ) -> (pValue: Double, method: Method) {
    if expected < requiredMinority {
      // With a mean below 25, 300 and more have a probability below 1e-200; the tail at 300 then stands for theirs.
      let count = min(signed.observedMinority, 300)
      return (PoissonBinomial(count: count, probabilities: signed.minorityProbabilities).twoSided, .count)
    }
    if expected < 500 || signed.magnitudes.count < 10_000 {
      let result = score.resampledPValue(SequentialMonteCarlo(level: level), seed: seed)
      return (result.pValue, .resampled(draws: result.draws))
    }
    return (score.asymptoticPValue, .asymptotic)
  }

  /// The status with its reasons.
  private static func decide(
    _ outcome: inout VerdictOutcome, expectedMinority: Double, level: Double, margin: Double, trajectories: Int
  ) {
    if let pValue = outcome.pValue, pValue < level {
      outcome.status = .fail
      outcome.reasons = [.rejected(pValue: pValue, level: level)]
      return
    }
    let deviation = outcome.estimate.map { abs($0 - 1) }
    let number = outcome.standardError.flatMap {
      RequiredTrajectories.toDecide(
        current: trajectories, deviation: deviation ?? 0, standardError: $0, margin: margin, level: level)
    }
    if expectedMinority < requiredMinority {
      let enough = RequiredTrajectories.scaled(
        trajectories, by: (requiredMinority / expectedMinority).squareRoot())
      outcome.reasons = [.fewMinorityEvents(expected: expectedMinority, required: requiredMinority)]
      if let number, let enough { outcome.trajectoriesToDecide = max(number, enough) }
      return
    }
    guard let deviation, let error = outcome.standardError else { return }
    let reach = deviation + RequiredTrajectories.equivalenceQuantile(degreesOfFreedom: .infinity) * error
    if reach <= margin {
      outcome.status = .pass
      outcome.reasons = [.withinMargin(reach: reach, margin: margin)]
    } else {
      outcome.reasons = [.beyondMargin(reach: reach, margin: margin)]
      outcome.trajectoriesToDecide = number
    }
  }
}
