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
    }
    return text
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
    case .withinMargin(let reach, let margin):
      return "|estimate − expected| + 1.645 standard errors = \(short(reach)), within the margin \(short(margin))"
    case .beyondMargin(let reach, let margin):
      return "|estimate − expected| + 1.645 standard errors = \(short(reach)), beyond the margin \(short(margin))"
    case .vanishesIdentically: return "R vanishes to rounding on every path, so that the claim holds exactly"
    case .fewMinorityEvents(let expected, let required):
      return "\(short(expected)) events of the rarer sign are expected, and the test needs \(short(required))"
    case .littleOverlap(let expected, let required):
      return "forward and backward paths mix too little: \(short(expected)) of them look like the other direction, and "
        + "the test needs \(short(required))"
    case .controlNotRejected(let p):
      let got = p.map { "p = \(short($0))" } ?? "no p-value"
      return "the control, the same test with a wrong noise covariance, was not rejected (\(got)): "
        + "the test has no power"
    case .exponentialAverageTooLarge(let mean, let limit):
      return "⟨e^−R⟩ = \(short(mean)) exceeds 1/level = \(short(limit)), which is less probable than the level"
    case .smallEffectiveSampleSize(let size, let required):
      return "the effective sample size of the exponential average is \(short(size)), below \(short(required))"
    case .heavyTail(let shape, let allowed):
      return "the weights e^−R have the tail index k = \(short(shape)), above \(short(allowed))"
    case .largeShare(let share, let allowed):
      return "one trajectory makes up \(short(100 * share)) % of the exponential average, more than "
        + "\(short(100 * allowed)) %"
    case .infiniteVariance(let divergence):
      return "E e^−kR diverges at k = \(short(divergence)), so that e^−R has no variance"
    case .noEstimate: return "there is no estimate with an error"
    case .diverged(let count, let trajectories):
      return "\(count) of \(trajectories) trajectories diverged, and leaving them out would select"
    }
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
      remarks.append(
        "\(divergedCount) of \(self.trajectories) trajectories of \(name) became infinite or NaN: "
          + "\(list.joined(separator: ", "))\(more).")
    }
    return remarks
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
