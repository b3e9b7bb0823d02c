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
}
