/// What a decision rests on, as data; sentences are made at the edge.
public enum VerdictReason: Sendable, Equatable {
  /// The claim is excluded: p is below the level.
  case rejected(pValue: Double, level: Double)
  /// Two samples differ: p is below the level.
  case differs(pValue: Double, level: Double)
  /// Two samples could be from one law: p is not below the level.
  case notFoundToDiffer(pValue: Double, level: Double)
  /// The energy distance of two samples with its error, the reach, is within a bound, the square of the margin times the
  /// spread of one of them, and all means and variances agree within the margin.
  case oneLaw(reach: Double, bound: Double)
  /// The energy distance with its error is beyond that bound.
  case beyondSpread(reach: Double, bound: Double)
  /// A moment of a coordinate differs by the reach, its error included, in units that make the margin a pure number.
  case momentBeyondMargin(what: String, reach: Double, margin: Double)
  /// Means and variances have no errors, so that no agreement can be shown, with the reason.
  case noMoments(String)
  /// |estimate − expected| + q standard errors, the reach, is within the margin; q = 1.645 for a normal law, and that of
  /// Student's t else.
  case withinMargin(reach: Double, margin: Double, degreesOfFreedom: Double = .infinity)
  /// The reach is beyond the margin.
  case beyondMargin(reach: Double, margin: Double, degreesOfFreedom: Double = .infinity)
  /// Every value vanishes to rounding: the claim holds exactly, without a test.
  case vanishesIdentically
  /// Fewer events of the rarer sign are expected than a test needs.
  case fewMinorityEvents(expected: Double, required: Double)
  /// Forward and backward paths mix too little: the expected number of paths that look like the other direction.
  case littleOverlap(expected: Double, required: Double)
  /// The same test on a density that is wrong on purpose does not reject: it has no power.
  case controlNotRejected(pValue: Double?, level: Double)
  /// The squared residuals of the steps are not those of the density: their mean over what it should be, and its p-value.
  case kernelRejected(ratio: Double, pValue: Double, level: Double)
  /// The residuals of the steps were not tested, and why.
  case kernelNotTested(reason: String)
  /// The residuals of the steps are too few to reject a noise that is wrong by a factor: the larger p-value of the two.
  case kernelControlNotRejected(pValue: Double, factor: Double)
  /// Work that is the same on every path, to rounding, and equal to the free energy difference where that is known.
  case constantWork
  /// The same average with a density that is wrong on purpose passes too: any model would.
  case controlPasses(estimate: Double, standardError: Double)
  /// The work varies so little that no useful number of trajectories shows the slope: its standard deviation in units of
  /// T, the number that would, and the free energy difference of Bennett with its error and the exact one.
  case littleSpread(deviation: Double, trajectories: Int?, freeEnergy: Double, standardError: Double, expected: Double?)
  /// An exponential average beyond 1/level, which has a probability below the level.
  case exponentialAverageTooLarge(mean: Double, limit: Double)
  /// Σw)²/Σw² is too small.
  case smallEffectiveSampleSize(size: Double, required: Double)
  /// The tail of the weights is too heavy for their mean to have an error.
  case heavyTail(shape: Double, allowed: Double)
  /// One weight makes up too much of the sum.
  case largeShare(share: Double, allowed: Double)
  /// A slope far from 1 although a test of 1 does not exclude it: its standard error is that of no parabola.
  case slopeWithoutError(slope: Double, pValue: Double)
  /// A part of the average belongs to values that were not met, as reversed paths show.
  case unseenShare(share: Double, allowed: Double)
  /// E e^{−kR} diverges at a k ≤ 2, so that the weights have no variance.
  case infiniteVariance(divergence: Double)
  /// The quantity still moves towards a stationary state that exists, from half to half of the steps by this much.
  case notStationary(change: Double, standardError: Double)
  /// The start is not forgotten: on the way to the stationary state the mean is off by this much, exactly.
  case startRemembered(bias: Double)
  /// The halves of the steps agree, but a slow change that they do not show could explain the deviation.
  case slowChangePossible(explained: Double)
  /// So many samples of the data, the first of them number `first` from 1, carry this share of what the error is made of,
  /// and are drawn about `draws` times in all: replicas that have not met them scatter too little.
  case rareSamples(first: Int, count: Int, share: Double, draws: Double)
  /// A state is not settled: what drives the deviation still moves by this much, in the unit of the estimate.
  case notSettled(motion: Double, standardError: Double)
  /// No motion is seen, but one that is not excluded could explain the deviation.
  case motionPossible(explained: Double)
  /// There is no estimate with an error to compare.
  case noEstimate
  /// Some trajectories diverged; leaving them out would select.
  case diverged(count: Int, trajectories: Int)
}

/// A status with the numbers and the reasons that it rests on.
public struct VerdictOutcome: Sendable, Equatable {
  /// The outcome.
  public var status: VerdictStatus
  /// Why, the most important reason first; never empty.
  public var reasons: [VerdictReason]
  /// The test statistic, where there is one.
  public var statistic: Double?
  /// The raw p-value, where the test has one.
  public var pValue: Double?
  /// What the claim predicts.
  public var expected: Double?
  /// What was measured.
  public var estimate: Double?
  /// The standard error of the estimate.
  public var standardError: Double?
  /// The largest deviation that still counts as agreement.
  public var margin: Double?
  /// The number of independent trajectories that would decide, where more of them would; for `undecided` alone.
  public var trajectoriesToDecide: Int?

  /// Creates an outcome; numbers that do not exist stay `nil`.
  public init(
    status: VerdictStatus, reasons: [VerdictReason], statistic: Double? = nil, pValue: Double? = nil,
    expected: Double? = nil, estimate: Double? = nil, standardError: Double? = nil, margin: Double? = nil,
    trajectoriesToDecide: Int? = nil
  ) {
    precondition(!reasons.isEmpty, "a decision carries its reason")
    self.status = status
    self.reasons = reasons
    self.statistic = statistic
    self.pValue = pValue
    self.expected = expected
    self.estimate = estimate
    self.standardError = standardError
    self.margin = margin
    self.trajectoriesToDecide = trajectoriesToDecide
  }

  /// This outcome where `count` of the trajectories diverged: at best undecided.
  public func afterDivergence(of count: Int, trajectories: Int) -> VerdictOutcome {
    guard count > 0 else { return self }
    var outcome = self
    outcome.status = .undecided
    outcome.reasons.insert(.diverged(count: count, trajectories: trajectories), at: 0)
    outcome.trajectoriesToDecide = nil
    return outcome
  }
}

extension Verdict {
  /// The verdict that lists an outcome under a name, with the p-value corrected for the tests that share the level.
  ///
  /// Numbers that are not finite are left out. Where that is so of what is expected, or of the margin, nothing is decided: there
  /// is nothing to compare with.
  public init(
    name: String, claim: String, outcome: VerdictOutcome, level: SharedLevel, reason: String, note: String? = nil
  ) {
    func finite(_ number: Double?) -> Double? { number.flatMap { $0.isFinite ? $0 : nil } }
    let isComparable = [outcome.expected, outcome.margin].allSatisfy { $0?.isFinite ?? true }
    let beyond = "what is expected exceeds the range of numbers"
    self.init(
      name: name, claim: claim, status: isComparable ? outcome.status : .undecided,
      statistic: finite(outcome.statistic), pValue: finite(outcome.pValue),
      adjustedPValue: finite(outcome.pValue).map(level.adjusted), expected: finite(outcome.expected),
      estimate: finite(outcome.estimate), standardError: finite(outcome.standardError), margin: finite(outcome.margin),
      reason: isComparable ? reason : reason.isEmpty ? beyond : "\(beyond); \(reason)", note: note)
  }
}
