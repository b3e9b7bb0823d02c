import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

@Suite struct RelaxationExperimentTests {
  private func run(_ process: String, _ settings: String) throws -> ExperimentResult {
    let result = try Run(try good(scenario(process: process, experiment: "relaxation: " + settings)), bytes: [])
      .result()
    try result.validate()
    return result.experiments[0]
  }

  private func numbers(_ table: Table, _ name: String) -> [(mean: Double, error: Double)] {
    table.rows.filter { $0[2] == .text(name) }.map { row in
      let values = row[3...].map { cell in if case .real(let value) = cell { value } else { Double.nan } }
      return (values[0], values[1])
    }
  }

  @Test func aRelaxingOscillatorFollowsItsMoments() throws {
    let result = try run(
      quadraticWell, "{trajectories: 2000, steps: 20, every: 5, observables: {u: u}, claim: It relaxes.}")
    #expect(result.verdicts.isEmpty && result.remarks == ["Claim: It relaxes."])
    let table = try #require(result.tables.first { $0.name == "path" }?.table)
    #expect(table.columns.map(\.name) == ["step", "time", "observable", "mean", "standard_error"])
    #expect(
      table.rows.prefix(5).map { $0[2] }
        == ["loss", "effective-loss", "entropy-production-rate", "potential", "u"].map { .text($0) })
    #expect(table.rows.map { $0[0] } == [0, 5, 10, 15, 20].flatMap { [Cell](repeating: .integer($0), count: 5) })
    #expect(table.rows[5][1] == .real(0.5))
    // m_k = (1 − ηh)^k m_0, s_k = A² s_{k−1} + 2ηT from the point (1, 0).
    let (losses, effective, means) = (numbers(table, "loss"), numbers(table, "effective-loss"), numbers(table, "u"))
    for (record, step) in [0, 5, 10, 15, 20].enumerated() {
      var (mean, u, w) = (1.0, 0.0, 0.0)
      for _ in 0..<step { (mean, u, w) = (0.9 * mean, 0.81 * u + 0.02, 0.64 * w + 0.02) }
      let loss = 0.5 * (mean * mean + u) + w
      // φ = (η/4)|∇L|² = 0.025 (u² + 4 w²).
      let potential = 0.025 * (mean * mean + u + 4 * w)
      // Rounding where the start is a point.
      #expect(abs(means[record].mean - mean) <= 5 * means[record].error + 1e-14)
      #expect(abs(losses[record].mean - loss) <= 5 * losses[record].error + 1e-14)
      #expect(abs(effective[record].mean - loss - potential) <= 5 * effective[record].error + 1e-14)
    }
  }

  /// Steps and times of the table count burn-in, as schedules and the portrait do.
  @Test func burnInCounts() throws {
    let result = try run(quadraticWell, "{trajectories: 8, steps: 20, burn-in: 10, every: 5}")
    let table = try #require(result.tables.first { $0.name == "path" }?.table)
    #expect(table.rows.map { $0[0] } == [10, 15, 20, 25, 30].flatMap { [Cell](repeating: .integer($0), count: 4) })
    // Sums of steps of 0.1.
    let times = table.rows.map { row in if case .real(let time) = row[1] { time } else { Double.nan } }
    let expected = [1, 1.5, 2, 2.5, 3].flatMap { [Double](repeating: $0, count: 4) }
    #expect(zip(times, expected).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  /// η_k = 0.25 (1 + cos(πk/5)) is 0 at k = 5: there nothing moves, and no time passes.
  ///
  /// The numbers are w Π (1 − η_k) in Python.
  @Test func aCosineScheduleThatReachesZero() throws {
    let process = """
      parameters: {w: 1}
      loss: 0.5*w^2
      algorithm: {gradient-descent: {learning-rate: 0.25*(1 + cos(pi*step/5))}}
      """
    let result = try run(process, "{steps: 8, every: 1, trajectories: 2, observables: {w: w}}")
    let means = numbers(result.tables[0].table, "w").map(\.mean)
    let expected = [
      1, 0.5, 0.27387288, 0.18424681, 0.15241896, 0.14514160, 0.14514160, 0.13821171, 0.11433622,
    ]
    // The reference has eight decimals.
    #expect(means.count == 9 && zip(means, expected).allSatisfy { abs($0 - $1) < 5.1e-9 })
    #expect(means[5] == means[6])
    let heated = try run(
      process.replacing("w: 1", with: "w: \"normal(0, 1)\"") + "\ntemperature: 0.5",
      "{steps: 8, every: 1, trajectories: 8}")
    let rates = heated.tables[0].table.rows.filter { $0[2] == .text("entropy-production-rate") }.map { $0[3] }
    #expect(
      rates[6] == .missing(reason: "the learning rate is 0 since the last record, so that no time has passed"))
    #expect(rates[5] != rates[6] && rates[7] != rates[6])
  }

  /// Elements of arrays stand in observables as they are printed.
  @Test func observablesNameElements() throws {
    let process = """
      parameters: {W: [[1, 2], [3, 4]]}
      loss: sum(W^2)/2
      algorithm: {gradient-descent: {learning-rate: 0.5}}
      """
    let result = try run(process, "{steps: 1, trajectories: 2, observables: {a: \"W[0,1] + 10*W[1, 0]^2\"}}")
    #expect(numbers(result.tables[0].table, "a").map(\.mean) == [92, 23.5])
  }

  /// The increments of entropy add up to the heat that goes to the bath: far from equilibrium the rate is positive.
  @Test func theRateFallsToNothingInEquilibrium() throws {
    let result = try run(quadraticWell, "{trajectories: 2000, steps: 60, every: 20}")
    let rates = numbers(result.tables[0].table, "entropy-production-rate")
    #expect(rates[0].mean.isNaN && rates[0].error.isNaN)
    #expect(rates[1].mean > 5 * rates[1].error)
    // A quadratic well with one bath has detailed balance at any η; after 40 steps 0.9^80 of the excess is left.
    #expect(abs(rates[3].mean) < 5 * rates[3].error)
  }

  /// After a step of noise without a variance a quadratic loss has no mean, and a coordinate's mean no error.
  @Test func heavyTailsLeaveNoMeanLoss() throws {
    let stable = quadraticWell.replacing("temperature: 0.1", with: "gradient: {alpha-stable: {alpha: 1.5, scale: 0.1}}")
    let result = try run(stable, "{trajectories: 50, steps: 4, every: 2, observables: {u: u, bounded: tanh(u)}}")
    let table = result.tables[0].table
    let (losses, means, bounded) = (numbers(table, "loss"), numbers(table, "u"), numbers(table, "bounded"))
    #expect(losses.map(\.mean.isNaN) == [false, true, true])
    guard case .missing(let reason) = try table.cell(1, "mean") else {
      Issue.record("the effective loss is there")
      return
    }
    #expect(reason.contains("is infinite"))
    #expect(means.map(\.mean.isNaN) == [false, false, false] && means.map(\.error.isNaN) == [false, true, true])
    #expect(bounded.allSatisfy { $0.mean.isFinite && $0.error.isFinite })
  }

  @Test func noiseOnAColumnThatTheGradientIsNotAffineIn() throws {
    let process = """
      parameters: {u: 1}
      loss: 0.5*(tanh(a*u) - 1)^2
      data: {a: [1, 2]}
      algorithm: {gradient-descent: {learning-rate: 0.1}}
      gradient: {label-noise: {column: a, standard-deviation: 0.1}}
      """
    let table = try run(process, "{trajectories: 4, steps: 2}").tables[0].table
    for row in [1, 3] {
      guard case .missing(let reason) = try table.cell(row, "mean") else {
        Issue.record("row \(row) is there")
        continue
      }
      #expect(reason.contains("affine in the column"))
    }
    #expect(try table.number(0, "mean").isFinite)
  }

  @Test func withoutDensityOrLossTheReasonIsThere() throws {
    let cold = try run(
      quadraticWell.replacing("temperature: 0.1", with: "temperature: 0"), "{trajectories: 4, steps: 4}")
    for row in cold.tables[0].table.rows where row[2] == .text("entropy-production-rate") {
      guard case .missing(let reason) = row[3] else {
        Issue.record("there is a rate")
        continue
      }
      #expect(reason.contains("probability zero"))
    }
    let process =
      "parameters: {x: 0}\nforce: {x: -x}\nalgorithm: {gradient-descent: {learning-rate: 0.1}}\ntemperature: 1"
    let pushed = try run(process, "{trajectories: 4, steps: 4}").tables[0].table
    #expect(pushed.rows[0][3] == .missing(reason: "the process has no loss"))
    #expect(pushed.rows[1][3] == .missing(reason: "the process has no loss"))
    let both = try run(quadraticWell + "\nforce: {u: w}", "{trajectories: 4, steps: 4}").tables[0].table
    guard case .real = both.rows[0][3], case .missing = both.rows[1][3] else {
      Issue.record("a force beside the loss leaves the loss and takes the effective one")
      return
    }
  }

  @Test func divergedTrajectoriesAreNamed() throws {
    let process = """
      parameters: {u: 10}
      loss: u^4
      algorithm: {gradient-descent: {learning-rate: 1}}
      """
    let result = try run(process, "{trajectories: 4, steps: 20, every: 10}")
    #expect(result.remarks.contains { $0.contains("4 of 4 trajectories") })
  }
}
