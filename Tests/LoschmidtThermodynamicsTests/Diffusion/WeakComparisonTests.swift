import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct WeakComparisonTests {
  private static let entry = ReferenceEntry.expansions(ofKind: "sme_weak2")[0]

  private func observables(_ texts: [String], _ process: TrainingProcess) throws -> ObservableProgram {
    try ObservableProgram(
      texts.map { ($0, try Expression(parsing: $0)) }, parameters: process.parameters, common: CommonInputs())
  }

  private func differences(
    _ process: TrainingProcess, _ rule: ModifiedSDE, _ texts: [String], steps: Int, trajectories: Int,
    threads: Int = 1, seed: UInt64 = 8
  ) throws -> [Moments] {
    let comparison = WeakComparison(process, rule, observables: try observables(texts, process), steps: steps)
    return try comparison.differences(
      trajectories: trajectories, key: StreamKey(seed: seed), threads: threads)
  }

  /// What the engine integrates has the moments of the equation: the difference from descent with the same Brownian
  /// paths is the exact one, at 5 standard errors, and neither zero nor that of the equation of order 1.
  @Test func theEngineIntegratesTheEquation() throws {
    let (eta, steps) = (0.125, 16)
    let process = try LinearNoise.process(Self.entry, learningRate: eta, gradient: MatchedGaussian(size: 1))
    let moments = try LinearNoise.moments(process)
    let start = QuadraticMoments.Moments(process.initialLaw)
    let descent = moments.descent(start, steps: steps)
    func exact(_ order: ModifiedSDE.Order) throws -> [Double] {
      let equation = try moments.diffusion(start, time: eta * Double(steps), order: order)
      return [descent.mean[0] - equation.mean[0], descent.second[0, 0] - equation.second[0, 0]]
    }
    let rule = ModifiedSDE(learningRate: Schedule(eta))
    let found = try differences(process, rule, ["x", "x^2"], steps: steps, trajectories: 8000)
    for (k, (measured, expected)) in zip(found, try exact(.second)).enumerated() {
      #expect(abs(measured.mean - expected) <= 5 * measured.standardError, "\(measured.mean) \(expected)")
      #expect(abs(measured.mean) > 5 * measured.standardError, "\(measured.mean) \(measured.standardError)")
      #expect(abs(measured.mean - (try exact(.first)[k])) > 5 * measured.standardError)
    }
  }

  /// The pairs are the same for any number of threads; independent noise has a far larger scatter.
  @Test func pairsAreCoupledAndDeterministic() throws {
    let rule = ModifiedSDE(learningRate: Schedule(0.1), substeps: 2)
    let process = try LinearNoise.process(Self.entry, learningRate: 0.1, gradient: MatchedGaussian(size: 1))
    let one = try differences(process, rule, ["x"], steps: 10, trajectories: 300)
    #expect(try differences(process, rule, ["x"], steps: 10, trajectories: 300, threads: 2) == one)
    let batches = try LinearNoise.process(Self.entry, learningRate: 0.1)
    let other = try differences(batches, rule, ["x"], steps: 10, trajectories: 300)
    #expect(other[0].variance > 20 * one[0].variance)
  }

  /// A loss that is not quadratic, where moments do not close.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["LOSCHMIDT_LONG_TESTS"] == "1"))
  func weakOrderByCommonRandomNumbers() throws {
    let samples = SampleTable(count: 3, columns: [.init(name: "a", values: [1, -0.5, 0.75])])
    let text = ProcessText(["x"], loss: "0.5*(x - a)^2 + 0.5*(1 + a)*x^2 + 0.05*x^4", samples: samples)
    for (order, power, trajectories) in [(ModifiedSDE.Order.second, 2.0, 200_000), (.first, 1.0, 10_000)] {
      var (means, errors): ([Double], [Double]) = ([], [])
      for (index, eta) in [0.125, 0.0625, 0.03125].enumerated() {
        let process = try text.process(
          learningRate: Schedule(eta), gradient: MatchedGaussian(size: 1), initial: InitialLaw([.point(1.5)]))
        let found = try differences(
          process, ModifiedSDE(learningRate: Schedule(eta), order: order), ["x^2"], steps: Int(1 / eta),
          trajectories: trajectories, threads: 2, seed: UInt64(30 + index))
        means.append(found[0].mean)
        errors.append(found[0].standardError)
      }
      let found = try #require(WeakOrder(differences: means, standardErrors: errors))
      let interval = found.interval(standardErrors: 5)
      #expect(interval.contains(power) && !interval.contains(1.5), "\(order) \(interval) \(means) \(errors)")
    }
  }
}
