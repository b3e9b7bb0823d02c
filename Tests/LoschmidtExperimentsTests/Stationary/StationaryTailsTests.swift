import Foundation
import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

/// Losses that are quadratic outside a core: no operator of a step is known, but far out x′ = mx + c with m = 1 − ηa, so that
/// Kesten's theory gives the tail index κ, E|m|^κ = 1.
@Suite struct StationaryTailsTests {
  /// With η = ½ and a = 1, 1, A the factor m is ½ twice and 1 − A/2.
  ///
  /// E|m|^κ = 1 at κ = 2.2 for
  /// A = 2 (1 + (3 − 2 · 0.5^2.2)^(1/2.2)) = 5.0687225 (mpmath, to 4e-8); E ln|m| = −0.319, so that there is a law.
  private static func process(_ largest: Double) -> String {
    """
    parameters: {x: "normal(0, 1)"}
    loss: 0.5*a*(x - s)^2 + 0.2*exp(-x^2)
    data: {a: [1, 1, \(largest)], s: [1, -1, 0.2]}
    gradient: {minibatch: {size: 1, sampling: with-replacement}}
    algorithm: {gradient-descent: {learning-rate: 0.5}}
    """
  }

  private func run(_ process: String, _ experiment: String) throws -> ExperimentResult {
    let result = try Run(try good(scenario(process: process, experiment: experiment)), bytes: [], threads: 2).result()
    try result.validate()
    return result.experiments[0]
  }

  private static let stationary = "stationary: {trajectories: 4000, burn-in: 100, steps: 4, observables: {o: 2*x}}"

  @Test func theTailIndexOfTheCaseIsTheOneWanted() {
    let multiplier = ScalarMultiplier.draws([(0.5, 2.0 / 3), (1 - 0.5 * 5.0687225, 1.0 / 3)])
    // A of eight digits moves the moment by 0.61 × 4e-8.
    #expect(abs(multiplier.logMoment(2.2)) < 1e-7)
    #expect(multiplier.lyapunovExponent < -0.3)
  }

  @Test func aHeavyTailTakesTheErrorsOfSecondMoments() throws {
    let result = try run(Self.process(5.0687225), Self.stationary)
    let moments = try #require(result.tables.first { $0.name == "moments" }?.table)
    for row in moments.rows {
      // The mean has an error, κ > 2, and the variance has none, κ < 4.
      guard case .real = row[2], case .real = row[3], case .missing(let reason) = row[4] else {
        Issue.record("\(row)")
        continue
      }
      #expect(reason.hasPrefix("the values at the end have the tail index "))
      #expect(reason.hasSuffix(", and an error needs one above 4"))
    }
    let covariance = try #require(result.tables.first { $0.name == "covariance" }?.table)
    guard case .missing = covariance.rows[0][3] else {
      Issue.record("\(covariance.rows)")
      return
    }
    #expect(result.found("fdr.ratio")?.standardError == nil && result.found("fdr.ratio")?.value != nil)
    let verdict = try #require(result.decided("stationary"))
    #expect(verdict.status == .undecided)
    #expect(verdict.reason.contains("the differences of the two sides at the end have the tail index"))
  }

  /// The control: with A = 1.5 |m| is at most ½, so that the law is bounded; and a quartic loss in a bath.
  @Test(arguments: [
    process(1.5),
    """
    parameters: {x: "normal(0, 1)"}
    loss: 0.25*x^4
    algorithm: {gradient-descent: {learning-rate: 0.05}}
    temperature: 0.1
    """,
  ])
  func aLightTailKeepsItsErrors(process: String) throws {
    let result = try run(process, Self.stationary)
    for table in result.tables where ["moments", "covariance"].contains(table.name) {
      for row in table.table.rows {
        for cell in row[2...(table.name == "moments" ? 4 : 3)] {
          if case .missing(let reason) = cell { Issue.record("\(table.name): \(reason)") }
        }
      }
    }
    #expect(result.found("fdr.ratio")?.standardError != nil)
    let verdict = try #require(result.decided("stationary"))
    #expect(verdict.status != .fail && verdict.standardError != nil, "\(verdict)")
  }

  /// The same gate in `scaling`: a variance without an error is no point of a power law.
  @Test func aHeavyTailGivesNoExponentOfAVariance() throws {
    func verdict(_ largest: Double) throws -> Verdict {
      let result = try run(
        Self.process(largest),
        "scaling: {trajectories: 4000, burn-in: 100, steps: 4, over: learning-rate, values: [0.49, 0.5, 0.51], "
          + "statistic: variance, observable: x, expected: 1}")
      return try #require(result.verdicts.first)
    }
    let heavy = try verdict(5.0687225)
    #expect(
      heavy.status == .undecided && heavy.reason.contains("the values at the end have the tail index"), "\(heavy)")
    #expect(try !verdict(1.5).reason.contains("tail index"))
  }
}
