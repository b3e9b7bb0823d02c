import Foundation
import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct ScalingReportTests {
  private let context = RunContext(seed: 1)

  private func report(
    correction: ScalingSettings.Correction = .none, drift: Double = 1, diverged: Int = 0, _ law: (Double) -> Double
  ) -> ScalingReport {
    let values = [0.1, 0.2, 0.4, 0.8]
    let settings = ScalingSettings(
      ensemble: EnsembleSettings(trajectories: 100, steps: 1), over: .temperature, values: values, statistic: .variance,
      expected: 2, correction: correction)
    var scan = ScalingExperiment.Scan()
    scan.points = values.map { ScalingPoint(value: $0, statistic: law($0), standardError: 0.01 * abs(law($0))) }
    scan.drifts = values.map { $0 == 0.2 ? drift : 1 }
    (scan.diverged, scan.trajectories) = (diverged, 400)
    return ScalingReport(settings, scan)
  }

  private func figure(_ report: ScalingReport, _ name: String) throws -> FigureValue {
    try #require(report.figures.first { $0.name == name }?.value)
  }

  @Test func figuresOfAPowerLaw() throws {
    let report = report(correction: .linear) { -5 * $0 * $0 }
    #expect(
      report.figures.map(\.name) == [
        "exponent", "exponent.lower", "exponent.upper", "prefactor", "correction", "chi-squared", "chi-squared.p",
        "degrees-of-freedom",
      ])
    let exponent = try figure(report, "exponent")
    let error = try #require(exponent.standardError)
    // Rounding of logarithms; the normal law's 99.5 % point.
    #expect(try abs(#require(exponent.value) - 2) < 1e-13)
    #expect(try abs(#require(figure(report, "exponent.upper").value) - 2 - 2.5758293035489 * error) < 1e-12)
    #expect(try abs(#require(figure(report, "exponent.lower").value) - 2 + 2.5758293035489 * error) < 1e-12)
    #expect(try abs(#require(figure(report, "prefactor").value) + 5) < 1e-12)
    #expect(try figure(report, "degrees-of-freedom").value == 1)
    #expect(report.table.columns.map(\.name) == ["value", "statistic", "standard_error", "fit", "fit_se"])
    let first = -5 * 0.1 * 0.1
    #expect(report.table.rows.count == 4)
    #expect(report.table.rows[0].prefix(3) == [.real(0.1), .real(first), .real(0.01 * abs(first))])
  }

  @Test func verdicts() {
    func verdict(_ report: ScalingReport) -> Verdict { report.verdict(2, context) }
    let right = verdict(report { 3 * $0 * $0 })
    #expect(right.status == .pass && right.expected == 2 && right.margin == 0.05)
    #expect(right.reason.contains("; the fit has χ² = ") && right.reason.hasSuffix(" with 2 degrees of freedom, p = 1"))
    #expect(right.claim.hasPrefix("exponent: the variance goes as a power of temperature, "))
    // p < α = 1e-3: 2.2 is 0.15 beyond the margin, with an error of 0.0064.
    #expect(verdict(report { pow($0, 2.2) }).status == .fail)
    let moved = verdict(report(drift: 1e-5) { 3 * $0 * $0 })
    #expect(moved.status == .undecided && moved.reason.contains("at temperature = 0.2 the squares differ"))
    let diverged = verdict(report(diverged: 3) { 3 * $0 * $0 })
    #expect(diverged.status == .undecided && diverged.reason.contains("3 of 400 trajectories diverged"))
  }

  /// The exponent is Σ c_i ln s_i with c_i = (l_i − l̄)/Σ(l_j − l̄)², l = ln x: here (−1.5, −0.5, 0.5, 1.5) ln 2/(5 (ln 2)²) for equal
  /// relative errors, so that shifts of 0.2 in every point may move it by 0.2 · 4/(5 ln 2) = 0.2308.
  @Test func aSlowShiftOfThePointsExplainsADeviation() throws {
    let values = [0.1, 0.2, 0.4, 0.8]
    func verdict(_ exponent: Double, shift: Double) -> Verdict {
      let settings = ScalingSettings(
        ensemble: EnsembleSettings(trajectories: 100, steps: 2), over: .temperature, values: values, statistic: .mean,
        expected: 2)
      var scan = ScalingExperiment.Scan()
      scan.points = values.map {
        ScalingPoint(value: $0, statistic: pow($0, exponent), standardError: 0.01 * pow($0, exponent))
      }
      (scan.drifts, scan.shifts) = (values.map { _ in 1 }, values.map { _ in shift })
      return ScalingReport(settings, scan).verdict(2, context)
    }
    // 0.2 beyond the margin of 0.05, less the shift: nothing is left.
    let slow = verdict(2.25, shift: 0.2)
    #expect(slow.status == .undecided && slow.reason.contains("could explain a deviation of 0.231"), "\(slow.reason)")
    #expect(verdict(2.25, shift: .infinity).reason.contains("how much the halves of the steps differ has no error"))
    // The controls: a smaller shift, and a deviation that is larger.
    #expect(verdict(2.25, shift: 0.02).status == .fail && verdict(2.6, shift: 0.2).status == .fail)
    #expect(verdict(2, shift: .infinity).status == .pass)
  }

  @Test func aPointWithoutAnErrorGivesNoExponent() throws {
    let values = [0.1, 0.2, 0.4]
    let settings = ScalingSettings(
      ensemble: EnsembleSettings(trajectories: 100, steps: 2), over: .temperature, values: values, statistic: .variance,
      expected: 2)
    var scan = ScalingExperiment.Scan()
    scan.points = values.map {
      ScalingPoint(value: $0, statistic: $0, standardError: 0.01, missingError: "of its tail")
    }
    let report = ScalingReport(settings, scan)
    let verdict = report.verdict(2, context)
    #expect(verdict.status == .undecided)
    #expect(verdict.reason == "the statistic has no standard error at temperature = 0.1: of its tail")
    #expect(report.table.rows[0][2] == .missing(reason: "of its tail"))
  }

  @Test func aBadFitGivesNoExponent() throws {
    let bad = report { 1 + $0 * $0 }
    for name in ["exponent", "exponent.lower", "exponent.upper", "prefactor"] {
      let value = try figure(bad, name)
      #expect(value.value == nil && value.reason?.contains("a power law does not fit") == true)
    }
    #expect(try #require(figure(bad, "chi-squared.p").value) < ScalingFit.leastPValue)
    #expect(bad.verdict(2, context).status == .undecided && bad.remarks.isEmpty)
    let near = report { $0 == 0.4 ? .nan : $0 }
    #expect(
      try figure(near, "chi-squared").reason?.contains("nothing finite was measured at temperature = 0.4") == true)
    #expect(near.verdict(2, context).status == .undecided)
  }
}
