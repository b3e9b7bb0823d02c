import Foundation
import LoschmidtDynamics
import LoschmidtReports
import LoschmidtThermodynamics

extension VerdictOutcome {
  /// The reasons in one sentence, and for an undecided outcome the number of trajectories that would decide.
  var sentence: String {
    var text = reasons.map(\.clause).joined(separator: "; ")
    if status == .undecided, let number = trajectoriesToDecide {
      text += "; about \(Self.twoDigits(number)) trajectories would decide"
    } else if status == .undecided, isBeyondMargin {
      text += "; more trajectories would show whether it fails"
    }
    return text
  }

  /// Whether the deviation alone, without its error, exceeds the margin, and that is why nothing was decided.
  private var isBeyondMargin: Bool {
    guard case .beyondMargin = reasons.first, let estimate, let expected, let margin else { return false }
    return abs(estimate - expected) > margin
  }

  /// A number rounded to two significant digits, such as 260000.
  private static func twoDigits(_ number: Int) -> String {
    let scale = pow(10, max(0, floor(log10(Double(number))) - 1))
    let rounded = (Double(number) / scale).rounded(.up) * scale
    return rounded < 1e9 ? "\(Int(rounded))" : NumberText.rounded(rounded, digits: 2)
  }
}

extension VerdictReason {
  /// The reason as a clause without a full stop.
  var clause: String {
    func short(_ value: Double) -> String { NumberText.rounded(value, digits: 3) }
    switch self {
    case .rejected(let p, let level): return "p = \(short(p)) is below the level \(short(level))"
    case .differs(let p, let level):
      return "samples of one law would be as far apart with p = \(short(p)), below the level \(short(level))"
    case .notFoundToDiffer(let p, let level):
      return "samples of one law would be as far apart with p = \(short(p)), not below the level \(short(level))"
    case .oneLaw(let reach, let bound):
      return "the energy distance with its error is at most \(short(reach)), within margin² × E|Y − Y′| = "
        + "\(short(bound)) of the reference, and the mean and the variance of every coordinate agree within the margin, errors included"
    case .beyondSpread(let reach, let bound):
      return "the energy distance with its error may be \(short(reach)), beyond margin² × E|Y − Y′| = "
        + "\(short(bound)) of the reference, so that equality is not shown"
    case .momentBeyondMargin(let what, let reach, let margin):
      return "\(what) may differ by \(short(reach)), its error included, beyond the margin \(short(margin)), so that "
        + "equality is not shown"
    case .noMoments(let reason): return "equality cannot be shown: \(reason)"
    case .withinMargin(let reach, let margin, let freedom):
      return "\(Self.reachText(freedom)) = \(short(reach)), within the margin \(short(margin))"
    case .beyondMargin(let reach, let margin, let freedom):
      return "\(Self.reachText(freedom)) = \(short(reach)), beyond the margin \(short(margin))"
    case .vanishesIdentically: return "R vanishes to rounding on every path, so that the claim holds exactly"
    case .fewMinorityEvents(let expected, let required):
      return "\(short(expected)) events of the rarer sign are expected, and the test needs \(short(required))"
    case .littleOverlap(let expected, let required):
      return "forward and backward paths mix too little: \(short(expected)) of them look like the other direction, and "
        + "the test needs \(short(required))"
    case .controlNotRejected(let p, let level):
      let got = p.map { "p = \(short($0)), not below the level \(short(level))" } ?? "no p-value"
      return "the control, the same test with a wrong noise covariance, was not rejected (\(got)): "
        + "the test has no power"
    case .kernelRejected(let ratio, let p, let level):
      return "the noise of the steps is not that of the density: the squared residuals are \(short(ratio)) times what "
        + "it says (p = \(short(p)), below the level \(short(level)))"
    case .kernelNotTested(let reason): return "the residuals of the steps were not tested, since \(reason)"
    case .kernelControlNotRejected(let p, let factor):
      return "the residuals of so few steps would not reject a noise covariance that is wrong by the factor "
        + "\(short(factor)) (p = \(short(p))), and the theorem alone need not see it"
    case .controlPasses(let estimate, let error):
      return "the control, the same average with a wrong noise covariance, was not told from 1 "
        + "(\(NumberText.estimate(estimate, standardError: error))): R is so small that such a model would pass too"
    case .constantWork: return "the work is the same on every path to rounding, so that the claim holds exactly"
    case .littleSpread(let deviation, let number, let freeEnergy, let error, let expected):
      return Self.littleSpread(deviation, number, freeEnergy, error, expected)
    case .exponentialAverageTooLarge(let mean, let limit):
      return "⟨e^−R⟩ = \(short(mean)) exceeds 1/level = \(short(limit)), which is less probable than the level"
    case .smallEffectiveSampleSize(let size, let required):
      return "the effective sample size of the exponential average is \(short(size)), below \(short(required))"
    case .heavyTail(let shape, let allowed):
      return "the weights of the exponential average have the tail index k = \(short(shape)), above "
        + "\(short(allowed))"
    case .slopeWithoutError(let slope, let pValue):
      return "the slope \(short(slope)) is far from 1, and yet 1 is not excluded (p = \(short(pValue))): the "
        + "directions overlap in a part of their works only, so that the slope has no error"
    case .unseenShare(let share, let allowed):
      return "the reversed paths show that \(short(100 * share)) % of the average belongs to works below all that were "
        + "found, above \(short(100 * allowed)) %"
    case .largeShare(let share, let allowed):
      return "one trajectory makes up \(short(100 * share)) % of the exponential average, more than "
        + "\(short(100 * allowed)) %"
    case .infiniteVariance(let divergence):
      return "the k-th moment of the weights of the exponential average diverges from k = \(short(divergence)) on, so "
        + "that they have no variance"
    case .notStationary(let change, let error):
      return "not stationary: from the first to the second half of the steps the estimate changes by "
        + "\(short(change)) ± \(short(error)); take a longer 'burn-in'"
    case .startRemembered(let bias):
      return "not stationary: after this 'burn-in' the start still shifts the mean by \(short(bias)); "
        + "take a longer 'burn-in'"
    case .slowChangePossible(let explained) where !explained.isFinite:
      return
        "how much the halves of the steps differ has no error, so that the start may not be forgotten; take a longer "
        + "'burn-in', and two 'steps' or more"
    case .slowChangePossible(let explained):
      return "the halves of the steps agree, but a change too slow for them could explain a deviation of "
        + "\(short(explained)); take a longer 'burn-in' and more 'steps'"
    case .rareSamples(let first, let count, let share, let draws):
      return Self.rareSamples(first, count, share, draws)
    case .notSettled(let motion, let error):
      return "not settled: the charge still moves, in the second half of the records as a mean drift of "
        + "\(short(motion)) ± \(short(error)) would move it; take more 'steps'"
    case .motionPossible(let explained) where explained.isInfinite:
      return "how far the charge still moves has no error, so that the state may not have settled"
    case .motionPossible(let explained):
      return
        "whether the state has settled is not known: a motion of the charge that its change in the second half of the "
        + "records does not exclude could explain a deviation of \(short(explained)); take more trajectories or 'steps'"
    case .noEstimate: return "there is no estimate with an error"
    case .diverged(let count, let trajectories):
      return "\(count) of \(trajectories) trajectories diverged, and leaving them out would select"
    }
  }
}

extension VerdictReason {
  private static func littleSpread(
    _ deviation: Double, _ number: Int?, _ freeEnergy: Double, _ error: Double, _ expected: Double?
  ) -> String {
    let size = NumberText.rounded(deviation, digits: 2)
    let spread =
      number.map {
        "the work hardly varies (standard deviation \(size) T), so that about "
          + "\(NumberText.rounded(Double($0), digits: 2)) trajectories would be needed to see the slope"
      } ?? "the work does not vary (standard deviation \(size) T), so that no number of trajectories shows a slope"
    let figure = FigureValue.estimate(freeEnergy, standardError: error)
    let bennett = NumberText.estimate(freeEnergy, standardError: figure.standardError ?? error)
    let exact = expected.map { ", and the exact one is \(NumberText.rounded($0))" } ?? ""
    return "\(spread); the free energy difference by Bennett's ratio is \(bennett)\(exact)"
  }

  private static func rareSamples(_ first: Int, _ count: Int, _ share: Double, _ draws: Double) -> String {
    let part = "\(NumberText.rounded(100 * share, digits: 3)) % of what its error is made of"
    let times = "about \(NumberText.rounded(draws, digits: 2)) times in all"
    let met = "the error of trajectories that have not met \(count == 1 ? "it" : "them") is too small"
    if count == 1 { return "sample \(first) of the data carries \(part) and is drawn \(times), and \(met)" }
    let samples = "the \(count) most influential samples of the data, sample \(first) first,"
    return "\(samples) carry \(part) and are drawn \(times), and \(met)"
  }

  /// |estimate − expected| + q standard errors, with the law that q is of where it is not the normal one.
  static func reachText(_ degreesOfFreedom: Double) -> String {
    let quantile = NumberText.rounded(
      RequiredTrajectories.equivalenceQuantile(degreesOfFreedom: degreesOfFreedom), digits: 3)
    let sum = "|estimate − expected| + "
    // Beyond a thousand replicas the difference does not show.
    guard degreesOfFreedom < 1000 else { return sum + "1.645 standard errors" }
    let freedom = NumberText.rounded(degreesOfFreedom, digits: 4)
    return sum
      + "\(quantile) standard errors (Student's t with \(freedom) degree\(freedom == "1" ? "" : "s") of freedom)"
  }
}

extension EnsembleResult {
  /// What a reader should know of trajectories that diverged and of a run that was stopped.
  func remarks(of trajectories: Int, called name: String = "the ensemble") -> [String] {
    var remarks: [String] = []
    if isStopped {
      remarks.append(
        "\(name.capitalisedFirst) was stopped after \(self.trajectories) of \(trajectories) trajectories.")
    }
    if divergedCount > 0 {
      let list = divergences.map { "trajectory \($0.trajectory & (1 << 48 - 1)) at step \($0.step)" }
      let more = divergedCount > list.count ? ", …" : ""
      let lost = min(divergedCount, lostRatioCount)
      remarks.append(
        "\(divergedCount) of \(self.trajectories) trajectories of \(name) became infinite or NaN"
          + (lost > 0 ? ", \(lost) of them in their log ratio alone: " : ": ")
          + "\(list.joined(separator: ", "))\(more).")
      if let remark = remarkOnSurvivors(of: name) { remarks.append(remark) }
    }
    return remarks
  }

  /// Why a mean of log ratios is not there, without a full stop; `nil` where all trajectories have one.
  ///
  /// The mean over the others would be one of those that stay away from where there is no density.
  var missingRatio: String? {
    guard lostRatioCount > 0 else { return nil }
    return "the log ratio of \(lostRatioCount) of \(trajectories) trajectories is infinite or undefined while θ is "
      + "finite, as where the covariance of the noise vanishes and a step has no density"
  }
}

extension String {
  /// With its first letter in upper case.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension VerdictOutcome {
  /// The outcome for an ensemble of which trajectories diverged, or which was stopped early: at best undecided.
  func honouring<Partial>(_ result: EnsembleResult<Partial>) -> VerdictOutcome {
    afterDivergence(of: result.divergedCount, trajectories: result.trajectories)
  }
}

extension FigureValue {
  /// An estimate where both numbers are finite, else a missing value with a reason.
  static func measured(
    _ value: Double, _ standardError: Double, unit: String? = nil, otherwise reason: String
  ) -> FigureValue {
    value.isFinite && standardError.isFinite
      ? .estimate(value, standardError: standardError, unit: unit) : .missing(reason, unit: unit)
  }

  /// An exact value where it is finite, else a missing value with a reason.
  static func known(_ value: Double?, unit: String? = nil, otherwise reason: String) -> FigureValue {
    guard let value, value.isFinite else { return .missing(reason, unit: unit) }
    return .exact(value, unit: unit)
  }
}
