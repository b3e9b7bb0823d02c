import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

/// Every array of single trajectories that a scenario of the project writes is what replays of the trajectories give, bit for
/// bit: a replay has four lanes, and blocks have sixteen or more.
@Suite struct ReplayedArraysTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "scenarios")
  private static let kinds = ["fluctuation-theorem", "noise-comparison"]

  /// The scenarios with such experiments.
  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return files.filter { file in
      let text = (try? String(contentsOf: folder.appending(path: file), encoding: .utf8)) ?? ""
      return file.hasSuffix(".yaml") && kinds.contains { text.contains("- \($0):") }
    }.map { String($0.dropLast(5)) }.sorted()
  }()

  /// Blocks of twenty lanes, sixteen and four, or of sixteen where that would be too long.
  private static func settings(_ name: String) -> [(key: String, value: Int)] {
    switch name {
    case "noise-models": [("trajectories", 60), ("steps", 20), ("burn-in", 20)]
    case "verdict-errors": [("trajectories", 300), ("calibration.repetitions", 5)]
    case "double-well", "undecided", "wrong-noise": [("trajectories", 300), ("steps", 8)]
    case "noise-models-diabetes", "noise-models-tanh", "noise-models-digits":
      [("trajectories", 12), ("steps", 4), ("burn-in", 4), ("every", 4), ("theorem-steps", 1)]
    default: [("trajectories", 300)]
    }
  }

  @Test func thereAreScenarios() {
    #expect(Self.names.count >= 14 && Self.names.contains("hatano-sasa") && Self.names.contains("noise-models-tanh"))
  }

  @Test(arguments: names) func everyArrayIsThatOfReplays(name: String) throws {
    let path = Self.folder.appending(path: "\(name).yaml").path
    let whole = try #require(Scenario.read(path: path).scenario)
    let settings = Self.settings(name)
    var count = 0
    for (index, experiment) in whole.experiments.enumerated() where Self.kinds.contains(experiment.name) {
      let overrides = try settings.map { key, value in
        try #require(ScenarioOverride("experiments.\(index).\(experiment.name).\(key)=\(value)"))
      }
      let reading = Scenario.read(path: path, overrides: overrides)
      #expect(reading.diagnostics.map(\.description) == [])
      let scenario = try #require(reading.scenario)
      let made = try scenario.experiments[index].settings.experiment(on: scenario.process)
      let context = RunContext(seed: scenario.seed, experimentIndex: index)
      for array in try made.run(context).samples {
        count += 1
        try compare(array, made, context)
      }
    }
    #expect(count > 0)
  }

  private func compare(_ array: SampleArray, _ experiment: any Experiment, _ context: RunContext) throws {
    let values = try #require(array.values)
    let replay = try #require(try Replayed(array.name, experiment, context))
    let (total, width) = (array.shape[0], array.shape.dropFirst().reduce(1, *))
    #expect(array.leftOut == 0 && total > 0 && total <= replay.ensemble.trajectories)
    // A spread over blocks and lanes, and all of the last block.
    for number in 0..<total where number % 13 == 0 || number >= total - 20 {
      let found = try replay.numbers(number)
      let expected = values[(number * width)..<((number + 1) * width)]
      #expect(found.map(\.bitPattern) == expected.map(\.bitPattern), "\(array.name), trajectory \(number)")
    }
  }
}

/// The numbers of one trajectory, of an array of an experiment, from its replayed states alone.
private struct Replayed {
  let ensemble: Ensemble
  private let value: ([ReplayedState]) throws -> [Double]

  init?(_ array: String, _ experiment: any Experiment, _ context: RunContext) throws {
    if let comparison = experiment as? NoiseComparisonExperiment {
      guard let model = comparison.models.first(where: { array == "end[\($0.index)]" }) else { return nil }
      ensemble = comparison.ensemble(model, context)
      value = { $0.last?.theta ?? [] }
      return
    }
    guard let theorem = experiment as? FluctuationTheoremExperiment else { return nil }
    let plan = theorem.plan
    switch array {
    case "R":
      let (paths, laws) = (PathTheorems(theorem, context), try theorem.boundaryLaws())
      ensemble = theorem.ensemble(0, start: laws.initial, options: paths.options, context)
      let (burnIn, models) = (ensemble.burnIn, ensemble.options.marginalNoiseFactors.count)
      value = { states in
        var ratios = PathRatios()
        let medium = states.last?.medium ?? .nan
        ratios.boundary = [
          Self.logDensity(laws.initial, states[burnIn].theta)
            - Self.logDensity(laws.final, states.last?.theta ?? [])
        ]
        ratios.extended = [medium]
        ratios.marginal = [[Double]](repeating: [medium], count: models)
        return paths.sample(ratios).values
      }
    case "W", "W-backward":
      let (isForward, clock) = (array == "W", plan.clock)
      guard let temperature = plan.singleTemperature else { return nil }
      let times = isForward ? (clock.time(0), clock.time(clock.steps)) : (clock.time(clock.steps), clock.time(0))
      ensemble = theorem.ensemble(
        isForward ? 1 : 2, start: try Equilibrium(plan, time: times.0, temperature: temperature).start,
        options: PathOptions(direction: isForward ? .forward : .reverse, extended: true, work: true), context)
      value = { states in
        let heat = -temperature * (states.last?.medium ?? .nan)
        let difference =
          Self.loss(plan, states.last?.theta ?? [], times.1) - Self.loss(plan, states[0].theta, times.0)
        return [difference - heat]
      }
    case "hatano-sasa":
      guard let process = LinearProcess(plan), let chains = SplitTheorem(theorem, context).chains(process),
        let start = chains[0].stationary.start
      else { return nil }
      ensemble = theorem.ensemble(3, start: start, options: PathOptions(extended: true), context)
      let densities = chains.map(\.stationary.logDensity)
      value = { states in
        // Step k leads from potential k − 1 to potential k, at the point before it.
        [
          states.dropLast().enumerated().reduce(0) { sum, state in
            let (before, now) = (
              densities[min(state.offset, densities.count - 1)], densities[min(state.offset + 1, densities.count - 1)]
            )
            return sum + (before.value(at: state.element.theta) - now.value(at: state.element.theta))
          }
        ]
      }
    default: return nil
    }
  }

  func numbers(_ trajectory: Int) throws -> [Double] {
    var states: [ReplayedState] = []
    #expect(try ensemble.replay(trajectory: trajectory) { states.append($0) } == nil)
    return try value(states)
  }

  /// Storage of four lanes with a point in each.
  private static func lanes(_ point: [Double]) -> LaneStorage {
    let storage = LaneStorage(dimension: point.count, lanes: 4)
    storage.broadcast(point)
    return storage
  }

  private static func logDensity(_ law: any StartLaw, _ point: [Double]) -> Double {
    let (theta, result) = (lanes(point), LaneStorage(dimension: 1, lanes: 4))
    law.logDensity(at: theta.pointer, lanes: 4, into: result.pointer)
    return result[0, 0]
  }

  private static func loss(_ plan: SimulationPlan, _ point: [Double], _ time: Double) -> Double {
    let (theta, result) = (lanes(point), LaneStorage(dimension: 1, lanes: 4))
    let field = BlockField(plan.program, lanes: 4)
    field.setTime(time)
    field.loss(at: theta.pointer, into: result.pointer)
    return result[0, 0]
  }
}
