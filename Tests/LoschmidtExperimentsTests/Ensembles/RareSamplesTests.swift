import Foundation
import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct RareSamplesTests {
  private func outcome(_ status: VerdictStatus) -> VerdictOutcome {
    VerdictOutcome(status: status, reasons: [.noEstimate])
  }

  @Test func oneOutlierCarriesTheError() throws {
    // 999 deviations of 1 and one of 30: Σd² = 999 + 900, Σd⁴ = 999 + 810000.
    let deviations = (0..<1000).map { $0 == 16 ? 30.0 : 1 }
    let rare = RareSamples(deviations: [deviations], draws: 2500)
    let mean = try #require(rare.influence(order: 1, limit: 3))
    // The last bits of sums of a thousand numbers over 900.
    #expect(mean.first == 17 && mean.count == 1 && mean.draws == 2.5 && abs(mean.share - 900.0 / 1899) < 1e-13)
    let variance = try #require(rare.influence(order: 2, limit: 3))
    #expect(abs(variance.share - 810_000.0 / 810_999) < 1e-13)
    // Four times as many draws: it is drawn ten times, more than is asked for.
    #expect(RareSamples(deviations: [deviations], draws: 10_000).influence(order: 1, limit: 3) == nil)
    // In the other coordinate all are alike: the largest share counts.
    let two = RareSamples(deviations: [[Double](repeating: 1, count: 1000), deviations], draws: 2500)
    #expect(try #require(two.influence(order: 1, limit: 3)) == mean)
    #expect(RareSamples(deviations: [[0, 0]], draws: 1).influence(order: 1, limit: 3) == nil)
  }

  @Test func aFailStandsOnlyWithTheLargerError() {
    let rare = RareSamples(deviations: [(0..<1000).map { $0 == 0 ? 30.0 : 1 }], draws: 900)
    // 13 ln 2000 = 98.8 draws are 109 samples: the outlier and 108 others.
    var asked = 0.0
    let kept = rare.honoured(outcome(.fail), order: 1, level: 1e-3) { factor in
      asked = factor
      return outcome(.fail)
    }
    #expect(abs(asked - (1 / (1 - (900.0 + 108) / 1899)).squareRoot()) < 1e-12)
    #expect(kept == outcome(.fail))
    let lost = rare.honoured(outcome(.fail), order: 1, level: 1e-3) { _ in outcome(.undecided) }
    #expect(lost.status == .undecided && lost.reasons.count == 2)
    #expect(
      lost.sentence.hasPrefix("the 109 most influential samples of the data, sample 1 first, carry 53.1 %"),
      "\(lost.sentence)")
    #expect(rare.honoured(outcome(.undecided), order: 1, level: 1e-3) { _ in outcome(.fail) } == outcome(.undecided))
  }

  /// A bulk of the scale 1 with one sample far out.
  private func verdicts(seed: UInt64, trajectories: Int, factor: Double = 1) throws -> [Verdict] {
    // Quantiles of a logistic law.
    let bulk = (0..<299).map { k in log((Double(k) + 0.5) / (299 - Double(k) - 0.5)) / 1.7 }
    let process = """
      parameters: {x: "normal(0, 1)"}
      loss: 0.5*(x - y)^2
      data: {y: \(bulk + [100])}
      gradient: {minibatch: {size: 1}}
      algorithm: {gradient-descent: {learning-rate: 0.5}}
      """
    let settings = "{burn-in: 30, steps: 3, trajectories: \(trajectories), observables: {x: x}}"
    let read = try good(scenario(process: process, experiment: "stationary: " + settings))
    let experiment = try #require(
      try read.experiments[0].settings.experiment(on: read.process) as? StationaryExperiment)
    var context = RunContext(seed: seed)
    context.expectedFactor = factor
    return try experiment.run(context).verdicts
  }

  @Test func trueModelsWithAnOutlierDoNotFail() throws {
    for seed in 1...20 {
      // The outlier is drawn about 100 × 5/300 times.
      let fails = try verdicts(seed: UInt64(seed), trajectories: 100).filter { $0.status == .fail }
      #expect(fails.isEmpty, "seed \(seed): \(fails.map(\.name))")
    }
  }

  @Test func aWrongClaimAboutManyDrawsFails() throws {
    let found = try verdicts(seed: 1, trajectories: 60_000, factor: 1.1)
    #expect(found.first { $0.name == "variance.x" }?.status == .fail)
    #expect(found.first { $0.name == "covariance" }?.status == .fail)
  }
}
