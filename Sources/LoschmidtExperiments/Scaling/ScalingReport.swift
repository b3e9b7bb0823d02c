import Foundation
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// Figures, table and verdict of `scaling`.
struct ScalingReport {
  private let settings: ScalingSettings
  private let scan: ScalingExperiment.Scan
  private let fit: Result<ScalingFit, ScalingFit.Failure>

  init(_ settings: ScalingSettings, _ scan: ScalingExperiment.Scan) {
    self.settings = settings
    self.scan = scan
    do { fit = .success(try ScalingFit(scan.points, correction: settings.correction)) } catch { fit = .failure(error) }
  }

  /// The fit that may be used, or why there is none, without a full stop.
  private var usable: (fit: ScalingFit?, reason: String) {
    switch fit {
    case .failure(let failure): (nil, failure.sentence(settings.variable))
    case .success(let fit): fit.refusal.map { (nil, $0) } ?? (fit, "")
    }
  }

  /// Whatever rests on the power law is missing where it does not fit; χ² is there wherever there are logarithms.
  var figures: [(name: String, value: FigureValue)] {
    let (good, reason) = usable
    let interval = good.flatMap(\.interval)
    func estimate(_ pair: (value: Double, standardError: Double)?) -> FigureValue {
      .measured(pair?.value ?? .nan, pair?.standardError ?? .nan, otherwise: good == nil ? reason : "it is not finite")
    }
    var figures: [(name: String, value: FigureValue)] = [
      ("exponent", estimate(good?.exponent)),
      ("exponent.lower", .descriptive(interval?.lowerBound, otherwise: reason)),
      ("exponent.upper", .descriptive(interval?.upperBound, otherwise: reason)),
      ("prefactor", estimate(good.map(prefactor))),
    ]
    if settings.correction == .linear {
      figures.append(
        ("correction", estimate(good.map { ($0.regression.coefficients[2], $0.standardError(of: 2)) })))
    }
    let regression = (try? fit.get())?.regression
    return figures + [
      ("chi-squared", .descriptive(regression?.chiSquared, otherwise: reason)),
      ("chi-squared.p", .descriptive((try? fit.get())?.pValue, otherwise: reason)),
      ("degrees-of-freedom", .known(regression.map { Double($0.degreesOfFreedom) }, otherwise: reason)),
    ]
  }

  /// ±a with its error by the delta method.
  private func prefactor(_ fit: ScalingFit) -> (value: Double, standardError: Double) {
    let size = exp(fit.regression.coefficients[0])
    return (fit.sign * size, size * fit.standardError(of: 0))
  }

  var table: Table {
    let units = ["learning-rate": "time", "batch-size": "samples", "temperature": "loss", "l": "steps"]
    let unit = ["mean": "observable", "variance": "observable^2", "entropy-production": "nats"][
      settings.statistic.rawValue]
    var table = Table(
      columns: [.init("value", unit: units[settings.variable.rawValue])]
        + ["statistic", "standard_error", "fit", "fit_se"].map { Table.Column($0, unit: unit) })
    let few = "fewer than two trajectories were finished, or a value is not finite"
    let (good, reason) = usable
    for point in scan.points {
      let fitted = good?.value(at: point.value)
      table.append([
        .real(point.value), .finite(point.statistic, otherwise: few),
        point.missingError.map { .missing(reason: $0) } ?? .finite(point.standardError, otherwise: few),
        .finite(fitted?.value, otherwise: good == nil ? reason : "it is not finite"),
        .finite(fitted?.standardError, otherwise: good == nil ? reason : "it is not finite"),
      ])
    }
    return table
  }

  var remarks: [String] {
    guard let good = usable.fit else { return [] }
    return ["The power law fits with \(good.quality)."]
  }

  // MARK: The verdict

  private var claim: String {
    let statistic =
      settings.statistic == .entropyProduction ? "entropy production per step" : settings.statistic.rawValue
    let limit = settings.correction == .linear ? " for small \(settings.variable.rawValue)" : ""
    return "exponent: the \(statistic) goes as a power of \(settings.variable.rawValue)\(limit), with the expected "
      + "exponent within the margin"
  }

  /// What is compared between the halves of the steps, in the plural.
  private var averaged: String {
    switch settings.statistic {
    case .mean: "the means"
    case .variance: "the squares"
    case .entropyProduction: "the productions"
    }
  }

  func verdict(_ expected: Double, _ context: RunContext) -> Verdict {
    let (good, reason) = usable
    guard let good else { return .undecided("exponent", claim, reason) }
    let level = context.level(settings.ensemble.alpha)
    // A power law of theory is the first term of a series: what is claimed is its exponent to within the margin.
    let rule = EquivalenceRule(claim: .withinMargin, margin: settings.ensemble.margin, level: level.perTest)
    func decide(_ allowance: Double) -> VerdictOutcome {
      rule.decide(
        estimate: good.exponent.value, expected: expected, standardError: good.exponent.standardError,
        trajectories: scan.points.compactMap(\.replicas).min() ?? settings.ensemble.trajectories,
        degreesOfFreedom: good.degreesOfFreedom, roundingBound: allowance)
    }
    var outcome = decide(0)
    // What changes too slowly for the halves shifts every point, and the exponent by the sum at most.
    let shift = zip(good.sensitivities, scan.shifts).reduce(0) { $0 + abs($1.0) * $1.1 }
    if outcome.status == .fail, shift > 0, !shift.isFinite || decide(shift).status != .fail {
      outcome.status = .undecided
      outcome.reasons.insert(.slowChangePossible(explained: shift), at: 0)
      outcome.trajectoriesToDecide = nil
    }
    outcome = outcome.afterDivergence(of: scan.diverged, trajectories: scan.trajectories)
    var text = outcome.sentence
    if let index = scan.drifts.firstIndex(where: { $0 * Double(scan.drifts.count) < level.perTest }) {
      outcome.status = .undecided
      outcome.trajectoriesToDecide = nil
      let value = NumberText.rounded(settings.values[index], digits: 6)
      text =
        "not stationary: at \(settings.variable.rawValue) = \(value) \(averaged) differ between the first and the second half of the "
        + "steps: \(StationarityGuard.advice(settles: scan.settles.dropFirst(index).first ?? true))"
    }
    return Verdict(
      name: "exponent", claim: claim, outcome: outcome, level: level, reason: "\(text); the fit has \(good.quality)")
  }
}
