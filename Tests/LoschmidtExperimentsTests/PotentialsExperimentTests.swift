import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

/// The experiment of a text of settings, on the small process of the tests.
func potentialsExperiment(_ settings: String, process: String = goodProcess) throws -> PotentialsExperiment {
  let scenario = try good(scenario(process: process, potentials: settings))
  return try #require(try scenario.experiments[0].settings.experiment(on: scenario.process) as? PotentialsExperiment)
}

@Suite struct PotentialsExperimentTests {
  @Test func potentialsInTheOrderOfTheResults() throws {
    #expect(
      try potentialsExperiment("learning-rates: [0.1]").potentials.map(\.name) == ["DE", "TR2", "TRinf", "TA", "ST"])
    let several = try potentialsExperiment("learning-rates: [0.1]\nrenormalisation-steps: [inf, 8]")
    #expect(several.potentials.map(\.name) == ["DE", "TRinf", "TR8", "TA", "ST"])
  }

  /// Everything that the documentation names, for two points.
  @Test func resultsAreWhole() throws {
    let result = try potentialsExperiment("learning-rates: [0.01, 0.001]\npoints: [{}, {u: 0.5}]")
      .run(RunContext(seed: 1, threads: 2))
    #expect(
      result.tables.map(\.name)
        == ["forces", "potentials", "series", "curl", "errors", "limits", "portrait", "portrait-paths"])
    for point in 0...1 {
      for name in ["DE", "TR2", "TRinf", "TA", "ST"] {
        for figure in ["limit", "slope", "series-remainder"] {
          #expect(result.figures.contains { $0.name == "\(figure).\(name)[\(point)]" })
        }
        #expect(result.verdicts.filter { $0.name == "limit.\(name)[\(point)]" }.map(\.status) == [.pass])
      }
    }
    #expect(result.verdicts.count == 10)
  }

  /// Sampled draws come from the seed, and results do not depend on the number of threads.
  @Test func sampledDrawsAreReproducible() throws {
    let process =
      goodProcess.replacing("x: [1, 2], y: [3, 4]", with: "generate: {count: 40, seed: 2, x: 'normal(0, 1)', y: x}")
      + "\ngradient: {minibatch: {size: 3}}"
    // 11480 multisets are too many to enumerate; a short series suffices to see which draws were taken.
    let settings = "learning-rates: [0.01]\norders: 1\nrenormalisation-steps: [inf]"
    let experiment = try potentialsExperiment(settings, process: process)
    let results = try [(1, 1), (1, 2), (2, 1)].map { seed, threads in
      try experiment.run(RunContext(seed: UInt64(seed), threads: threads))
    }
    #expect(results[0].tables.map(\.table) == results[1].tables.map(\.table))
    #expect(results[0].tables.map(\.table) != results[2].tables.map(\.table))
    let columns = results[0].tables[0].table.columns.map(\.name)
    #expect(columns.contains("leading_se") && columns.contains("TRinf_se"))
  }
}
