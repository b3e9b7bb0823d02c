import Foundation
import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

/// Whether a pass of `same-law` means something: over seeds, the same law and noise whose covariance is 10 % too large.
@Suite struct MomentAgreementTests {
  /// Ornstein–Uhlenbeck-like chains of one coordinate under isotropic noise: variances are in the ratio of the noise's.
  private func scenario(seed: Int, factor: Double, trajectories: Int) -> String {
    """
    loschmidt: 1
    seed: \(seed)
    process:
      parameters: {x: "normal(0, 0.2)"}
      loss: 0.5*x^2
      algorithm: {gradient-descent: {learning-rate: 0.2}}
    experiments:
      - noise-comparison:
          models: [{isotropic: {standard-deviation: 0.5}}, {isotropic: {standard-deviation: \(0.5 * factor.squareRoot())}}]
          trajectories: \(trajectories)
          steps: 100
          burn-in: 40

    """
  }

  private func status(seed: Int, factor: Double, trajectories: Int) throws -> VerdictStatus {
    try ComparisonCase.result(scenario(seed: seed, factor: factor, trajectories: trajectories), threads: 2)
      .verdict("same-law[1]").status
  }

  /// 2048 trajectories show that two ensembles of one law are alike, and a noise that is 10 % too large is no pass.
  @Test func oneLawPassesAndTenPercentDoNot() throws {
    #expect(try status(seed: 1, factor: 1, trajectories: 2048) == .pass)
    #expect(try status(seed: 1, factor: 1.1, trajectories: 2048) != .pass)
    // The control: twice the noise is told apart.
    #expect(try status(seed: 1, factor: 2, trajectories: 2048) == .fail)
  }

  /// 40 seeds at several sizes: at α = 1e-3 no same law fails (more than two of 120 have a probability below 3e-4), and
  /// 10 % never pass.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["LOSCHMIDT_LONG_TESTS"] == "1"))
  func calibration() throws {
    var counts: [String: Int] = [:]
    for trajectories in [5, 100, 2048] {
      for seed in 0..<40 {
        for factor in [1, 1.1] {
          let status = try status(seed: 100 + seed, factor: factor, trajectories: trajectories)
          counts["\(factor) \(status.rawValue)", default: 0] += 1
        }
      }
    }
    #expect(counts["1.0 fail", default: 0] <= 2, "\(counts)")
    #expect(counts["1.1 pass", default: 0] == 0, "\(counts)")
    // Of 2048 trajectories most pass: 40 cases with a probability of 0.8.
    #expect(counts["1.0 pass", default: 0] >= 20, "\(counts)")
  }

  @Test func noErrorsNoAgreement() {
    let none = MomentAgreement(
      [.init(what: "the mean of x", value: .nan, standardError: .nan)], trajectories: 2, degreesOfFreedom: 1)
    #expect(none.obstacle(margin: 0.05) == .noMoments("the mean of x has no error here"))
    #expect(MomentAgreement([], trajectories: 9, degreesOfFreedom: 8).obstacle(margin: 0.05) == nil)
  }
}
