import Testing

@testable import LoschmidtExperiments

@Suite struct MemoryEstimateTests {
  private func estimate(_ text: String, threads: Int = 2) throws -> MemoryEstimate {
    let scenario = try good(text)
    let experiments = try scenario.experiments.map { try $0.settings.experiment(on: scenario.process) }
    return MemoryEstimate(experiments, threads: threads)
  }

  private func production(_ trajectories: Int) -> String {
    productionScenario(
      "parameters: {x: 0, y: 0}\nforce: {x: y - x, y: -x - y}\ntemperature: 1", trajectories: trajectories)
  }

  /// 10¹² trajectories need 48 TB for the numbers of each: refused with the number, before anything is allocated.
  @Test func refusesWhatNoMemoryHolds() throws {
    let estimate = try estimate(production(1_000_000_000_000))
    #expect(estimate.bytes > 4.8e13 && estimate.bytes < 5e13)
    let refusal = try #require(estimate.refusal(MemoryLimit(bytes: 8e9), of: ["entropy-production"]))
    #expect(refusal.contains("about 48 TB of memory, and may take 8 GB: experiment 0 (entropy-production)"))
    let run = Run(try good(production(1_000_000_000_000)), bytes: [], threads: 2)
    #expect(try run.refusal(MemoryLimit(bytes: 8e9)) != nil)
  }

  @Test func smallRunsFit() throws {
    let estimate = try estimate(production(1000))
    #expect(estimate.refusal(MemoryLimit(bytes: 8e9), of: ["entropy-production"]) == nil)
    // Nothing runs in less than the program itself takes.
    #expect(estimate.refusal(MemoryLimit(bytes: 1e6), of: ["entropy-production"]) != nil)
  }

  /// The experiment that takes most counts, since they run one after the other.
  @Test func theLargestCounts() throws {
    let text = production(100_000_000) + "\n  - entropy-production: {trajectories: 10, steps: 10}\n"
    let both = try estimate(text)
    #expect(both.largest == 0 && both.bytes > 4.8e9 && both.bytes < 6e9)
  }

  private func scenario(_ parameters: String, _ loss: String, _ experiment: String) -> String {
    """
    loschmidt: 1
    seed: 1
    process:
      parameters: \(parameters)
      loss: "\(loss)"
      data: {generate: {count: 4, seed: 1, x: 1.5}}
      gradient: {minibatch: {size: 1}}
      algorithm: {gradient-descent: {learning-rate: 0.01}}
    experiments:
      - \(experiment)

    """
  }

  /// Every experiment that is large in its own way is refused, by its name and with the number, where half of what it
  /// needs is allowed; where twice of it is allowed it is not.
  @Test(
    arguments: [
      ("entropy-production", "{trajectories: 1000000000, steps: 10}"),
      (
        "noise-comparison",
        "{trajectories: 100000000, steps: 10, burn-in: 10, models: [{minibatch: {size: 1}}, {minibatch: {size: 2}}]}"
      ),
      ("relaxation", "{trajectories: 10, steps: 100000, every: 1}"),
      ("potentials", "{learning-rates: {from: 0.1, to: 0.0001, count: 100000}}"),
      ("stationary", "{trajectories: 1000, steps: 10}"),
      (
        "scaling",
        "{over: learning-rate, values: [0.01, 0.02, 0.03], statistic: mean, observable: sum(w), trajectories: 99, steps: 9}"
      ),
    ])
  func everyExperimentIsRefused(kind: String, settings: String) throws {
    // What keeps sums alone is large in the blocks of its workers.
    let isWide = kind == "stationary" || kind == "scaling"
    let text =
      isWide
      ? scenario("{w: {shape: [30000], initial: 0.1}}", "0.25*sum(w^4)*x", "\(kind): \(settings)")
      : scenario("{w: 0.1}", "0.5*w^2*x", "\(kind): \(settings)")
    let scenario = try good(text)
    let experiment = try scenario.experiments[0].settings.experiment(on: scenario.process)
    let needed = experiment.estimatedBytes(threads: 2)
    #expect(needed > 2e7)
    let estimate = MemoryEstimate([experiment], threads: 2)
    let rest = estimate.bytes - needed
    let refusal = try #require(estimate.refusal(MemoryLimit(bytes: rest + 0.5 * needed), of: [kind]))
    #expect(refusal.contains("about \(MemoryLimit.text(estimate.bytes)) of memory"))
    #expect(refusal.contains("experiment 0 (\(kind)) takes most of it"))
    #expect(estimate.refusal(MemoryLimit(bytes: rest + 2 * needed), of: [kind]) == nil)
  }
}
