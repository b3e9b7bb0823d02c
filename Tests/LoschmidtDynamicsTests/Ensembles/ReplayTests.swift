import LoschmidtNumerics
import Testing

@testable import LoschmidtDynamics

@Suite struct ReplayTests {
  /// Keeps every state of every trajectory of a block, and the path sum.
  private final class Recorder: BlockObserver {
    typealias Partial = [UInt64: [[Double]]]
    private var paths: Partial = [:]

    var recordsSteps: Bool { true }

    func begin(_ block: TrajectoryBlock) {
      paths = [:]
      take(block)
    }

    func record(_ block: TrajectoryBlock, step: Int) { take(block) }

    func finish(_ block: TrajectoryBlock) -> Partial { paths }

    private func take(_ block: TrajectoryBlock) {
      for lane in block.soundLanes {
        let sums = block.marginal.dimension > 0 ? block.marginal : block.extended
        paths[block.firstTrajectory + UInt64(lane), default: []]
          .append(block.theta.vector(lane: lane) + [sums[0, lane]])
      }
    }
  }

  private func process(
    _ gradient: any GradientNoise, loss: String, generator: GeneratorName = .philox, isDriven: Bool = false
  ) throws -> TrainingProcess {
    let parameters = ParameterLayout([("u", .scalar), ("w", .scalar)])
    let samples = SampleTable(
      count: 4,
      columns: [
        SampleTable.Column(name: "x", values: [1, -0.5, 2, 0.3]),
        SampleTable.Column(name: "y", values: [0.8, 0, 1.7, 0.4]),
      ])
    let landscape = try ExpressionLandscape(
      loss: Expression(parsing: loss), parameters: parameters, samples: samples,
      protocols: isDriven ? [("pull", try Expression(parsing: "0.3*t"))] : [])
    return TrainingProcess(
      parameters: parameters,
      initialLaw: InitialLaw([.normal(mean: 1, standardDeviation: 0.2), .uniform(lower: -1, upper: 1)]),
      landscape: landscape, gradient: gradient, algorithm: GradientDescent(learningRate: Schedule(0.05)),
      temperature: .uniform(.constant(0.1)), generator: generator)
  }

  /// The trajectory replayed alone has the bits that it has in its block.
  private func compare(_ ensemble: Ensemble, _ numbers: [Int]) throws {
    let blocks = try ensemble.run { Recorder() }.partials
    for number in numbers {
      let key = ensemble.firstTrajectory + UInt64(number)
      let expected = try #require(blocks.compactMap { $0[key] }.first)
      var states: [ReplayedState] = []
      #expect(try ensemble.replay(trajectory: number) { states.append($0) } == nil)
      #expect(states.count == ensemble.burnIn + ensemble.steps + 1)
      #expect(states.map(\.step) == Array(0..<states.count))
      let counted = states.suffix(ensemble.steps + 1)
      let hasSum = ensemble.options.extended || !ensemble.options.marginalNoiseFactors.isEmpty
      #expect(counted.map { $0.theta + [hasSum ? $0.medium ?? .nan : 0] } == expected)
      #expect(states.prefix(ensemble.burnIn).allSatisfy { $0.medium == nil })
    }
  }

  private let product = "0.5*(u*w*x - y)^2 + 0.1*(u^2 + w^2)"

  @Test(arguments: GeneratorName.allCases, [false, true])
  func minibatchesAreReplayed(generator: GeneratorName, extended: Bool) throws {
    let plan = try SimulationPlan(
      process(Minibatch(size: 2, sampling: .withoutReplacement), loss: product, generator: generator), steps: 25)
    var ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: StreamKey(seed: 11, experiment: 2), trajectories: 301, burnIn: 5,
      steps: 20, options: PathOptions(extended: extended))
    ensemble.firstTrajectory = 1 << 48
    try compare(ensemble, [0, 37, 255, 300])
  }

  @Test func fullGradientsMarginalPathsAndEpochsAreReplayed() throws {
    for (noise, options) in [
      (FullBatch() as any GradientNoise, PathOptions(extended: true)),
      (Minibatch(size: 1), PathOptions(marginalNoiseFactors: [1, 1.1])),
      (Minibatch(size: 2, sampling: .reshuffle), PathOptions()),
    ] {
      let plan = try SimulationPlan(process(noise, loss: product), steps: 12)
      let ensemble = Ensemble(
        plan, start: plan.process.initialLaw, key: StreamKey(seed: 3), trajectories: 70, steps: 12, options: options)
      try compare(ensemble, [0, 5, 69])
    }
  }

  @Test(arguments: [PathOptions.Direction.forward, .reverse])
  func drivenPathsAreReplayedWithTheirTimes(direction: PathOptions.Direction) throws {
    let plan = try SimulationPlan(
      process(FullBatch(), loss: "0.5*(u - pull)^2 + 0.5*(w - u*x)^2", isDriven: true), steps: 10)
    let ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: StreamKey(seed: 4), trajectories: 40, steps: 10,
      options: PathOptions(direction: direction, extended: true, work: true))
    try compare(ensemble, [0, 39])
    var times: [Double] = []
    _ = try ensemble.replay(trajectory: 1) { times.append($0.time) }
    let expected = (0...10).map { plan.clock.time($0) }
    #expect(times == (direction == .forward ? expected : expected.reversed()))
  }

  @Test func aTrajectoryThatDivergesEndsBeforeIt() throws {
    let parameters = ParameterLayout([("u", .scalar)])
    let landscape = try ExpressionLandscape(loss: Expression(parsing: "u^4"), parameters: parameters)
    let process = TrainingProcess(
      parameters: parameters, initialLaw: InitialLaw([.point(10)]), landscape: landscape,
      algorithm: GradientDescent(learningRate: Schedule(1)))
    let plan = try SimulationPlan(process, steps: 50)
    let ensemble = Ensemble(plan, start: process.initialLaw, key: StreamKey(seed: 1), trajectories: 2, steps: 50)
    var states: [ReplayedState] = []
    let divergence = try #require(try ensemble.replay(trajectory: 1) { states.append($0) })
    #expect(divergence.trajectory == 1)
    #expect(states.count == divergence.step + 1 && states.allSatisfy { $0.theta[0].isFinite })
    #expect(try ensemble.run { Recorder() }.divergences.last == divergence)
  }

  @Test func aStoppedReplayEnds() throws {
    let plan = try SimulationPlan(process(FullBatch(), loss: product), steps: 50)
    let ensemble = Ensemble(plan, start: plan.process.initialLaw, key: StreamKey(seed: 1), trajectories: 2, steps: 50)
    var count = 0
    _ = try ensemble.replay(trajectory: 0, isStopped: { count == 7 }) { _ in count += 1 }
    #expect(count == 7)
  }
}
