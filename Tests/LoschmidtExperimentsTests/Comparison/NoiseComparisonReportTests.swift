import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

@Suite struct NoiseComparisonReportTests {
  /// The columns of the documentation, in its order, before all others.
  @Test func columnsAndReasons() throws {
    let models = [
      "{minibatch: {size: 2}}", "{student-t: {size: 2, degrees-of-freedom: 3}}",
      "{alpha-stable: {alpha: 0.9, scale: 0.01}}",
    ]
    let result = try ComparisonCase.result(
      ComparisonCase.text(models, "trajectories: 200\nsteps: 8\nburn-in: 40\nobservables: {sum: u + w}"))
    let table = try #require(result.tables.first { $0.name == "models" }?.table)
    #expect(
      table.columns.map(\.name).prefix(13) == [
        "model", "stationary_loss", "stationary_loss_se", "trace_covariance", "trace_covariance_se",
        "exact_trace_covariance", "kurtosis", "tail_index", "entropy_production", "entropy_production_kind",
        "detailed_theorem", "distance_to_reference", "distance_se",
      ])
    #expect(try table.cell(0, "model") == .text("minibatch: {size: 2, sampling: with-replacement}"))
    // Batches without a temperature have no density; Student's noise has one.
    guard case .missing(let reason) = try table.cell(0, "entropy_production") else {
      Issue.record("an entropy production without a density")
      return
    }
    #expect(reason.contains("'temperature' > 0"))
    #expect(try table.cell(1, "entropy_production_kind") == .text("kernel"))
    #expect(try table.number(1, "entropy_production") > 0)
    guard case .text(let word) = try table.cell(1, "detailed_theorem") else {
      Issue.record("no theorem")
      return
    }
    #expect(["pass", "undecided"].contains(word))
    // Three degrees of freedom have a variance and no fourth moment; α = 0.9 has not even a mean.
    #expect(try table.number(1, "trace_covariance") > 0)
    for (row, column) in [
      (1, "trace_covariance_se"), (1, "stationary_loss_se"), (1, "kurtosis"), (2, "trace_covariance"),
      (2, "stationary_loss"), (2, "distance_to_reference"),
    ] {
      guard case .missing(let reason) = try table.cell(row, column) else {
        Issue.record("\(column) of row \(row) should not exist")
        continue
      }
      #expect(reason.contains("has no moment of order"))
    }
    #expect(result.verdicts.first { $0.name == "exact[1]" }?.status == .undecided)
    // Equality of laws can be tested without moments.
    #expect(try table.number(2, "distance_p") < 1e-3)
    #expect(try table.cell(0, "distance_p") == .missing(reason: "this is the reference"))
    let observables = try #require(result.tables.first { $0.name == "observables" }?.table)
    #expect(observables.rows.count == 3)
    #expect(
      result.verdicts.map(\.name) == [
        "exact[0]", "exact[1]", "same-law[1]", "same-law[2]", "detailed[1]", "detailed[2]",
      ])
    #expect(result.verdicts.allSatisfy { $0.claim.hasPrefix($0.name + ":") })
  }
}
