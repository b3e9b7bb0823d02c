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

  /// Why there is no figure at all, where the point has nothing to compare the forces with.
  private var pointReason: String? {
    switch ladder.absence {
    case .notFinite: "the gradient or the second derivatives of the loss are not finite at the point"
    case .critical:
      "critical point: the leading force is zero or cannot be told from rounding, so that there is nothing to compare with"
    case nil: nil
    }
  }

  // MARK: Figures

  /// A measured number with the error of its extrapolation, or the reasons why there are none.
  struct Measured {
    let value: FigureValue
    let error: FigureValue

    init(_ value: Double, error: Double) {
      self.value = .exact(value)
      self.error = error.isFinite ? .exact(error) : .missing("two learning rates give one order, without an error")
    }

    init(missing reason: String) { (value, error) = (.missing(reason), .missing(reason)) }
  }

  /// What was measured for one potential.
  struct Row {
    let potential: String
    let limit: Measured
    let slope: Measured
    let remainder: Measured
  }

  /// One row for each potential.
  var measured: [Row] {
    names.indices.map { x in
      Row(
        potential: names[x], limit: limit(x), slope: order { ladder.slope(x) },
        remainder: order { ladder.remainderOrder(x) })
    }
  }

  var figures: [(name: String, value: FigureValue)] {
    let perPotential = measured.flatMap { row -> [(name: String, value: FigureValue)] in
      let place = "\(row.potential)[\(number)]"
      return [
        ("limit.\(place)", row.limit.value), ("slope.\(place)", row.slope.value),
        ("series-remainder.\(place)", row.remainder.value),
      ]
    }
    let eigenvalue = expansion.largestEigenvalue
    let curvature: FigureValue =
      eigenvalue.isFinite ? .exact(eigenvalue) : .missing("the second derivatives are not finite at the point")
    return perPotential + [("largest-eigenvalue[\(number)]", curvature)]
  }

  private func limit(_ x: Int) -> Measured {
    if let pointReason { return Measured(missing: pointReason) }
    guard let limit = ladder.limit(x), limit.value.isFinite else { return Measured(missing: absence(x)) }
    return Measured(limit.value, error: limit.error)
  }

  /// Why a potential has no limit.
  ///
  /// A force is said not to exist only where that is so at a learning rate that was asked for: those of the experiment's own
  /// are its own affair.
  private func absence(_ x: Int) -> String {
    if ladder.isHidden(x, margin: settings.margin) { return Self.hidden }
    let asked = rows.lazy.compactMap { $0.forces[x].absence?.sentence }.last
    return asked ?? "no learning rates are small enough for the series and large enough for the arithmetic"
  }

  private static let hidden =
    "critical point: rounding of the position and of the gradient hides the leading force at all learning rates that are "
    + "small against the change of the Hessian"

  private func order(_ order: () -> LearningRateLadder.Order) -> Measured {
    if let pointReason { return Measured(missing: pointReason) }
    switch order() {
    case .measured(let value, let error): return Measured(value, error: error)
    case .exact: return Measured(missing: "exact")
    case .absent(let reason): return Measured(missing: reason)
    }
  }

  // MARK: Verdicts

  var verdicts: [Verdict] { names.indices.map(verdict) }

  private func verdict(_ x: Int) -> Verdict {
    let name = "limit.\(names[x])[\(number)]"
    var verdict = Verdict(
      name: name,
      claim: "\(name): \(Self.title(names[x])) tends to −(η/2) E[ΛHΛg] as η → 0, which is −Λ∇ of (η/4) E gᵀΛg",
      status: .undecided, expected: 1, margin: settings.margin, reason: pointReason ?? "", note: settings.claim)
    if pointReason != nil { return verdict }
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
    } else if distance - limit.error > settings.margin, ladder.disproves(x, limit) {
      verdict.status = .fail
      verdict.reason = "\(numbers); the margin \(short(settings.margin)) is exceeded"
    } else if limit.rounding >= 0.25 * limit.error {
      verdict.reason = "\(Self.hidden): \(numbers)"
    } else if distance - limit.error > settings.margin {
      verdict.reason =
        "\(numbers); the Hessian changes too close to the point for smaller learning rates to show the limit"
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
      remarks.append(
        "Point \(number): averages are over all \(draws) draws of the minibatch, with their probabilities.")
    }
    if expansion.largestEigenvalue > 0, expansion.largestEigenvalue.isFinite {
      let whose = draws > 1 ? " over all\(survey.average.isSampled ? " sampled" : "") draws" : ""
      remarks.append(
        "Point \(number): λ_max(ΛH) = \(short(expansion.largestEigenvalue))\(whose); "
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
