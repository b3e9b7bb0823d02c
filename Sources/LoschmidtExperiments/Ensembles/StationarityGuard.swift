import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// What keeps a claim about the stationary state from being judged by steps on the way there.
///
/// Three things are looked at, in this order:
///
/// 1. Where the way is known exactly, as for Gaussian chains, the bias that it leaves. A fail stands only where the
///    estimate is excluded with the bias as well, and a pass only where the bias fits into the margin too.
/// 2. The two halves of the counted steps. Where their difference is significant, nothing is decided.
/// 3. What a change could explain that the halves do not show. A mode that decays by e over half of the steps and has
///    the difference D between the halves shifts the mean by D (1 + e)/(2(1 − e)); a fail stands only beyond that for the
///    largest D that is not excluded. e comes from the slowest mode where that is known, else it is that of a
///    mode which needs all counted steps to decay by a factor of 2.7.
struct StationarityGuard {
  /// What is known of the way to the stationary state.
  enum Relaxation: Equatable {
    /// The mean is off by this much, in the unit of the estimate.
    case exact(bias: Double)
    /// Every moment decays by at least this factor in a step.
    case factor(Double)
    /// Nothing.
    case unknown
  }

  /// Second half minus first half, of every replica, in the unit of the estimate; may be empty.
  var change: Moments
  /// What is known of the way.
  var relaxation: Relaxation
  /// The settings of the ensemble.
  var ensemble: EnsembleSettings
  /// The level of one test.
  var level: Double

  /// A start that has decayed by this factor is forgotten.
  private static let forgotten = 1e-9

  /// The outcome, made undecided where the steps may not be stationary.
  ///
  /// - Parameters:
  ///   - outcome: What was decided as if they were.
  ///   - again: Decides once more with the expected value moved by the first number, where deviations up to the second
  ///     count as none.
  /// - Returns: The outcome, or the same as undecided with the reason in front.
  func honoured(
    _ outcome: VerdictOutcome, again: (_ shift: Double, _ allowance: Double) -> VerdictOutcome
  ) -> VerdictOutcome {
    guard outcome.status != .undecided else { return outcome }
    if case .exact(let bias) = relaxation { return honoured(outcome, bias: bias, again) }
    let error = change.standardError
    if Self.pValue(of: change) < level {
      return Self.undecided(outcome, .notStationary(change: change.mean, standardError: error))
    }
    guard outcome.status == .fail, !isForgotten else { return outcome }
    let explained = largestShift
    if explained.isFinite, again(0, explained).status == .fail { return outcome }
    return Self.undecided(outcome, .slowChangePossible(explained: explained))
  }

  /// By how much the mean may be off, as far as the halves do not exclude it; 0 where no start is left, and infinite where
  /// the halves tell nothing.
  var largestShift: Double {
    if isForgotten { return 0 }
    let (size, error) = (abs(change.mean), change.standardError)
    guard change.count > 1, size.isFinite, error.isFinite,
      let quantile = try? TailProbabilities.studentTTailQuantile(5e-4, degreesOfFreedom: Double(change.count - 1))
    else { return .infinity }
    return leverage * (size + quantile * error)
  }

  private func honoured(
    _ outcome: VerdictOutcome, bias: Double, _ again: (Double, Double) -> VerdictOutcome
  ) -> VerdictOutcome {
    // A rounding of the sums is no bias.
    guard abs(bias) > 1e-9 * (outcome.margin ?? 0) else { return outcome }
    let reason = VerdictReason.startRemembered(bias: bias)
    if outcome.status == .fail {
      return again(bias, 0).status == .fail ? outcome : Self.undecided(outcome, reason)
    }
    let isWithin = again(bias, 0).status != .fail && [bias, -bias].allSatisfy { again($0, 0).status == .pass }
    return isWithin ? outcome : Self.undecided(outcome, reason)
  }

  /// Whether burn-in is so long that no start is left, whatever it was.
  private var isForgotten: Bool {
    guard case .factor(let factor) = relaxation else { return false }
    return pow(factor, Double(ensemble.burnIn)) <= Self.forgotten
  }

  /// The bias of the mean over the difference of the halves.
  private var leverage: Double {
    let decay: Double
    if case .factor(let factor) = relaxation, factor < 1 {
      decay = pow(factor, 0.5 * Double(ensemble.steps))
    } else {
      decay = exp(-0.5)
    }
    return 0.5 * (1 + decay) / (1 - decay)
  }

  private static func undecided(_ outcome: VerdictOutcome, _ reason: VerdictReason) -> VerdictOutcome {
    var outcome = outcome
    outcome.status = .undecided
    outcome.reasons.insert(reason, at: 0)
    outcome.trajectoriesToDecide = nil
    return outcome
  }

  // MARK: Halves

  /// The two-sided p-value of the claim that the mean change is 0; 1 where it has no error.
  static func pValue(of change: Moments) -> Double {
    let ratio = abs(change.mean) / change.standardError
    guard ratio.isFinite, change.count > 1,
      let tail = try? TailProbabilities.studentTTail(ratio, degreesOfFreedom: Double(change.count - 1))
    else { return 1 }
    return min(1, 2 * tail)
  }

  /// What to do about a drift, as a clause: a longer burn-in helps only where there is a stationary state.
  static func advice(settles: Bool) -> String {
    settles
      ? "a longer 'burn-in' is needed"
      : "a longer 'burn-in' helps only if the state settles, which is not known of this process"
  }
}

extension SimulationPlan {
  /// A factor by which the first and second moments of θ approach the stationary ones in every step, at least; `nil` where
  /// none is known, or they do not approach them.
  ///
  /// With the radius ρ of the operator of second moments the mean decays as √ρ^n or faster, (E a)² ≤ E a², and so does
  /// everything.
  func relaxationFactor(step: Int) -> Double? {
    var factor: Double?
    if let spectrum = SecondMomentSpectrum(self, step: step) {
      factor = zip(spectrum.real, spectrum.imaginary).map { ($0 * $0 + $1 * $1).squareRoot() }.max()?.squareRoot()
    } else if let process = LinearProcess(self) {
      factor = process.chain(step)?.spectralRadius
    } else if let process = AdditiveNoiseProcess(self, step: step) {
      factor = process.spectralRadius
    }
    return factor.flatMap { $0 < 1 ? $0 : nil }
  }
}
