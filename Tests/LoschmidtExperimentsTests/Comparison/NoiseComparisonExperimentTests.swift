import LoschmidtReports
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Synchronization
import Testing

@testable import LoschmidtExperiments

@Suite struct NoiseComparisonExperimentTests {
  private static let models: [(text: String, reference: String)] = [
    ("minibatch: {size: 2}", "minibatch_with_replacement"),
    ("gaussian: {size: 2}", "gaussian_state_dependent_matched_wr"),
    ("minibatch: {size: 2, sampling: without-replacement}", "minibatch_without_replacement_in_batch"),
    ("minibatch: {size: 2, sampling: reshuffle}", "random_reshuffling_epoch_boundary"),
    ("label-noise: {size: 2, column: y, standard-deviation: 0.5477225575051661}", "minibatch_wr_plus_label_noise"),
  ]

  /// Exact values are those of the reference, and measured ones lie within five standard errors of them: a false alarm of
  /// 6e-7 each.
  @Test func theModelsOfTheReference() throws {
    let result = try ComparisonCase.result(ComparisonCase.text(Self.models.map { "{\($0.text)}" }))
    let table = try #require(result.tables.first { $0.name == "models" }?.table)
    #expect(table.rows.count == Self.models.count)
    let outputs = ComparisonCase.reference["outputs"]
    for (row, model) in Self.models.enumerated() {
      let expected = outputs["models"][model.reference]
      let trace = expected["cov"].rows[0][0] + expected["cov"].rows[1][1]
      #expect(agrees(try table.number(row, "exact_trace_covariance"), with: trace))
      let deviation = try abs(table.number(row, "trace_covariance") - trace)
      #expect(try deviation < 5 * table.number(row, "trace_covariance_se"), "\(model.text)")
      let loss = expected["mean_excess_loss"].double + outputs["loss_at_minimum"].double
      #expect(agrees(try table.number(row, "exact_stationary_loss"), with: loss))
      let distance = try abs(table.number(row, "stationary_loss") - loss)
      #expect(try distance < 5 * table.number(row, "stationary_loss_se"), "\(model.text)")
    }
    #expect(result.verdicts.count { $0.name.hasPrefix("exact[") } == Self.models.count)
    #expect(result.verdicts.allSatisfy { !$0.name.hasPrefix("exact[") || $0.status != .fail })
    // Epoch ends are a hundred times narrower: nobody takes them for independent batches.
    let reshuffled = try result.verdict("same-law[3]")
    #expect(reshuffled.status == .fail)
    #expect(try result.verdict("same-law[1]").status == .undecided)
  }

  /// The same bits for any number of threads.
  @Test func threadsDoNotMatter() throws {
    let text = ComparisonCase.text(
      ["full-batch", "{gaussian: {size: 2}}"], "trajectories: 80\nsteps: 5", process: "temperature: 0.01")
    let one = try ComparisonCase.result(text)
    let two = try ComparisonCase.result(text, threads: 2)
    #expect(one.tables.map(\.table) == two.tables.map(\.table))
    #expect(one.verdicts.map(\.reason) == two.verdicts.map(\.reason))
  }

  /// What is kept before the reference is simulated has no distances from it, and says why.
  @Test func aLaterReferenceIsWaitedFor() throws {
    let scenario = try good(
      ComparisonCase.text(
        ["{gaussian: {size: 1}}", "{gaussian: {size: 2}}"], "reference: 1\ntrajectories: 20\nsteps: 4\nburn-in: 2"))
    let experiment = try scenario.experiments[0].settings.experiment(on: scenario.process)
    let kept = Mutex<[ExperimentResult]>([])
    var context = RunContext(seed: 1)
    context.keep = { part in kept.withLock { $0.append(part) } }
    let whole = try experiment.run(context)
    let first = try #require(kept.withLock { $0.first })
    let table = try #require(first.tables.first { $0.name == "models" }?.table)
    #expect(
      try table.cell(0, "distance_to_reference")
        == .missing(reason: "the run was stopped before the reference was simulated"))
    #expect(whole.verdicts.contains { $0.name == "same-law[0]" })
  }

  /// The reference can be replayed.
  @Test func theReferenceIsReplayed() throws {
    let scenario = try good(
      ComparisonCase.text(["full-batch", "{gaussian: {size: 2}}"], "reference: 1\n" + ComparisonCase.usual))
    let experiment = try #require(
      try scenario.experiments[0].settings.experiment(on: scenario.process) as? NoiseComparisonExperiment)
    let ensemble = experiment.ensemble(RunContext(seed: 1))
    #expect(ensemble.plan.process.gradient.name == "gaussian" && ensemble.firstTrajectory == 2 << 48)
    #expect(experiment.resolved.first { $0.key == "reference" }?.value == "gaussian: {size: 2}")
    #expect(try #require(experiment.estimatedSampleGradients) > 0)
  }
}
