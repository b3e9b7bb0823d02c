import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// Whether the mean and the variance of every coordinate agree between two noise models, over all recorded steps.
///
/// A difference of means is in standard deviations of the reference, one of variances relative to that of the reference.
struct MomentAgreement {
  /// A difference in these units with its standard error.
  struct Difference {
    /// Such as "the variance of w".
    let what: String
    let value: Double
    let standardError: Double
  }

  /// Of all coordinates, or why there are none.
  let differences: Result<[Difference], Absence>
  private let trajectories: Int
  private let degreesOfFreedom: Int

  /// Why no agreement can be shown, without a full stop.
  struct Absence: Error {
    let sentence: String
  }

  /// The agreement of differences that are known.
  init(_ differences: [Difference], trajectories: Int, degreesOfFreedom: Int) {
    self.differences = .success(differences)
    self.trajectories = trajectories
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// Compares a model with the reference.
  init(_ model: ComparedResult, _ reference: ComparedResult) {
    let groups = [model, reference].map { $0.sample.sums.counts.count { $0 > 0 } }
    degreesOfFreedom = max(1, (groups.min() ?? 2) - 1)
    trajectories = min(model.sample.sums.count, reference.sample.sums.count)
    if let reason = [model, reference].compactMap({ $0.model.missing.reason(order: 4) }).first {
      differences = .failure(Absence(sentence: reason))
      return
    }
    let names = model.model.plan.process.parameters.coordinateNames
    // The mean is about the origin, which each model has for itself.
    let (ours, theirs) = (Self.moments(model, names.count), Self.moments(reference, names.count))
    guard ours.count == 2 * names.count, theirs.count == ours.count else {
      differences = .failure(Absence(sentence: "fewer than two groups of trajectories were finished"))
      return
    }
    var found: [Difference] = []
    for (i, name) in names.enumerated() {
      let variance = theirs[2 * i + 1].value
      for (k, what, scale) in [(0, "mean", variance.squareRoot()), (1, "variance", variance)] {
        let (left, right) = (ours[2 * i + k], theirs[2 * i + k])
        let error = (left.standardError * left.standardError + right.standardError * right.standardError).squareRoot()
        let difference = abs(left.value - right.value)
        // A coordinate that does not vary under either model agrees to rounding.
        let rounding = 64 * Double.ulpOfOne * max(abs(left.value), abs(right.value))
        if difference <= rounding, error <= rounding { continue }
        found.append(
          Difference(what: "the \(what) of \(name)", value: difference / scale, standardError: error / scale))
      }
    }
    differences = .success(found)
  }

  /// Mean and variance of every coordinate in turn.
  private static func moments(_ result: ComparedResult, _ dimension: Int) -> [(value: Double, standardError: Double)] {
    let origin = result.origin
    return result.sample.sums.jackknifeAll { means in
      var values: [Double] = []
      for i in 0..<dimension {
        let (first, second) = (means[1 + 4 * i], means[2 + 4 * i])
        values.append(origin[i] + first)
        values.append(second - first * first)
      }
      return values
    }
  }

  /// The one-sided 5 % point of Student's t, as in the rule of equivalence.
  static func quantile(degreesOfFreedom: Int) -> Double {
    (try? TailProbabilities.studentTTailQuantile(0.05, degreesOfFreedom: Double(max(1, degreesOfFreedom)))) ?? .infinity
  }

  /// The difference that reaches farthest with its error, where that is beyond the margin; `nil` where all agree.
  func obstacle(margin: Double) -> VerdictReason? {
    switch differences {
    case .failure(let absence): return .noMoments(absence.sentence)
    case .success(let found):
      let quantile = Self.quantile(degreesOfFreedom: degreesOfFreedom)
      let reaches = found.map { ($0.what, $0.value + quantile * $0.standardError) }
      // NaN must not pass.
      guard let worst = reaches.first(where: { !$0.1.isFinite }) ?? reaches.max(by: { $0.1 < $1.1 }),
        !(worst.1 <= margin)
      else { return nil }
      guard worst.1.isFinite else { return .noMoments("\(worst.0) has no error here") }
      return .momentBeyondMargin(what: worst.0, reach: worst.1, margin: margin)
    }
  }

  /// How many trajectories would show the agreement of models that agree; the present number where they do.
  func required(margin: Double) -> Int? {
    guard case .success(let found) = differences else { return nil }
    let largest = found.map(\.standardError).max() ?? 0
    guard largest > 0 else { return trajectories }
    return RequiredTrajectories.toPass(current: trajectories, standardError: largest, margin: margin)
  }
}
