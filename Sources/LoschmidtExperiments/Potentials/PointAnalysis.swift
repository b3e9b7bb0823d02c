import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// What was found at one point: figures, verdicts and remarks, made from the survey's numbers.
struct PointAnalysis {
  let number: Int
  let survey: PotentialSurvey
  let expansion: LocalExpansion
  let rows: [SurveyRow]
  let ladder: LearningRateLadder
  let settings: PotentialsSettings

  private var names: [String] { survey.potentials.map(\.name) }

  /// What a potential is called in a sentence.
  private static func title(_ name: String) -> String {
    switch name {
    case "DE": "the backward-error force"
    case "TA": "the time-asymmetry force"
    case "ST": "the entropy-production force"
    case "TRinf": "the time-renormalised force against the gradient flow"
    default: "the time-renormalised force against \(name.dropFirst(2)) sub-steps"
    }
  }

  private static let criticalReason =
    "critical point: the leading force cannot be told from rounding, so that there is nothing to compare with"

  // MARK: Figures

  var figures: [(name: String, value: FigureValue)] {
    let perPotential = names.indices.flatMap { x -> [(name: String, value: FigureValue)] in
      let name = names[x]
      return [
        ("limit.\(name)[\(number)]", limitFigure(x)),
        ("slope.\(name)[\(number)]", orderFigure { ladder.slope(x) }),
        (
          "series-remainder.\(name)[\(number)]",
          orderFigure { ladder.remainderOrder(x, series: expansion.series[x].map(\.mean)) }
        ),
      ]
    }
    let eigenvalue = expansion.largestEigenvalue
    let curvature: FigureValue =
      eigenvalue.isFinite ? .exact(eigenvalue) : .missing("the second derivatives are not finite at the point")
    return perPotential + [("largest-eigenvalue[\(number)]", curvature)]
  }

  private func limitFigure(_ x: Int) -> FigureValue {
    if ladder.isCritical { return .missing(Self.criticalReason) }
    guard let limit = ladder.limit(x), limit.value.isFinite else { return .missing(absence(x)) }
    return .exact(limit.value)
  }

  /// Why a potential has no limit.
  private func absence(_ x: Int) -> String {
    let reason = ladder.rows.lazy.compactMap { $0.forces[x].reason }.first
    return reason ?? "no learning rates are small enough for the series and large enough for the arithmetic"
  }

  private func orderFigure(_ order: () -> LearningRateLadder.Order) -> FigureValue {
    if ladder.isCritical { return .missing(Self.criticalReason) }
    switch order() {
    case .measured(let value): return value.isFinite ? .exact(value) : .missing("the slopes are not finite")
    case .exact: return .missing("exact")
    case .absent(let reason): return .missing(reason)
    }
  }

  // MARK: Verdicts

  var verdicts: [Verdict] { names.indices.map(verdict) }

  private func verdict(_ x: Int) -> Verdict {
    let name = "limit.\(names[x])[\(number)]"
    var verdict = Verdict(
      name: name,
      claim: "\(name): \(Self.title(names[x])) tends to −(η/2) E[ΛHΛg] as η → 0, the gradient of (η/4) E‖g‖²",
      status: .undecided, expected: 1, margin: settings.margin, reason: Self.criticalReason, note: settings.claim)
    if ladder.isCritical { return verdict }
    guard let limit = ladder.limit(x), limit.value.isFinite else {
      verdict.reason = absence(x)
      return verdict
    }
    verdict.estimate = limit.value
    let distance = abs(limit.value - 1)
    let numbers = "|limit − 1| = \(short(distance)), extrapolation error \(short(limit.error))"
    if distance + limit.error <= settings.margin {
      verdict.status = .pass
      verdict.reason = "\(numbers); together within the margin \(short(settings.margin))"
    } else if distance - limit.error > settings.margin {
      verdict.status = .fail
      verdict.reason = "\(numbers); the margin \(short(settings.margin)) is exceeded"
    } else {
      verdict.reason = "\(numbers); the margin \(short(settings.margin)) lies between"
    }
    return verdict
  }

  // MARK: Remarks

  var remarks: [String] {
    let draws = survey.average.draws.count
    var remarks: [String] = []
    if survey.average.isSampled {
      remarks.append(
        "Point \(number): averages are over \(draws) sampled draws of the minibatch, with standard errors; the leading "
          + "potential is exact, and limits compare forces on the same draws.")
    } else if draws > 1 {
      remarks.append("Point \(number): averages are over all \(draws) draws of the minibatch, with their probabilities.")
    }
    if expansion.largestEigenvalue > 0, expansion.largestEigenvalue.isFinite {
      remarks.append(
        "Point \(number): λ_max(ΛH) = \(short(expansion.largestEigenvalue))\(draws > 1 ? " over all draws" : ""); "
          + "DE exists for η < \(short(1 / expansion.largestEigenvalue)).")
    }
    if survey.landscape.dimension > PotentialSurvey.largestCurlDimension {
      remarks.append(
        "Point \(number): the table `curl` is left out, because there are \(survey.landscape.dimension) parameters and "
          + "the limit is \(PotentialSurvey.largestCurlDimension).")
    }
    return remarks
  }

  private func short(_ value: Double) -> String { NumberText.rounded(value, digits: 3) }
}
