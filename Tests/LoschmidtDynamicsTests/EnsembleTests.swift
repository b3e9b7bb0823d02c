import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Synchronization
import Testing

/// Where every trajectory of a block ended, with its path sum.
private final class EndObserver: BlockObserver {
  func finish(_ block: TrajectoryBlock) -> [[Double]] {
    (0..<block.count).map { block.theta.vector(lane: $0) + [block.extended[0, $0]] }
  }
}

@Suite struct EnsembleTests {
  private func ensemble(
    _ trajectories: Int, gradient: any GradientNoise = FullBatch(), generator: GeneratorName = .philox, steps: Int = 5
  ) throws -> Ensemble {
    let columns = [SampleTable.Column(name: "a", values: [0.5, -1, 1.5, 0.25])]
    let text = ProcessText(["u", "w"], loss: "0.5*(u*w*a - 1)^2 + 0.1*u^2", samples: .init(count: 4, columns: columns))
    let process = try text.process(temperature: .bath(0.2), gradient: gradient, generator: generator)
    return Ensemble(
      try SimulationPlan(process, steps: steps + 2), start: process.initialLaw, key: StreamKey(seed: 4, experiment: 1),
      trajectories: trajectories, burnIn: 2, steps: steps, options: PathOptions(extended: true))
  }

  private static let noises: [any GradientNoise] = [
    FullBatch(), Minibatch(size: 2), Minibatch(size: 2, sampling: .withoutReplacement),
    Minibatch(size: 2, sampling: .reshuffle),
    ConstantCovariance(matrix: DenseMatrix(rows: 2, columns: 2, entries: [0.3, 0.1, 0.1, 0.2])),
  ]

  @Test(arguments: noises.indices, GeneratorName.allCases) func theThreadsDoNotMatter(
    noise: Int, generator: GeneratorName
  ) throws {
    let ensemble = try ensemble(333, gradient: Self.noises[noise], generator: generator)
    let one = try ensemble.run { EndObserver() }
    #expect(one.trajectories == 333 && one.divergedCount == 0 && !one.isStopped)
    for threads in [2, 5] {
      let more = try ensemble.run(RunWatch(threads: threads)) { EndObserver() }
      #expect(more.partials == one.partials)
    }
  }

  /// A trajectory alone, or in an ensemble with other blocks, ends at the same place to the last bit.
  @Test(arguments: noises.indices) func theBlockDoesNotMatter(noise: Int) throws {
    let whole = try ensemble(700, gradient: Self.noises[noise])
    let ends = try whole.run { EndObserver() }.partials.flatMap { $0 }
    var few = whole
    few.trajectories = 9
    few.firstTrajectory = 500
    #expect(few.lanes != whole.lanes)
    #expect(try few.run { EndObserver() }.partials.flatMap { $0 } == Array(ends[500..<509]))
  }

  @Test func progressReachesTheEnd() throws {
    let seen = Mutex<[Double]>([])
    let watch = RunWatch(progress: { fraction in seen.withLock { $0.append(fraction) } })
    _ = try ensemble(100, steps: 130).run(watch) { EndObserver() }
    let fractions = seen.withLock { $0 }
    #expect(fractions == fractions.sorted() && fractions.last == 1)
  }

  @Test func aRunThatIsStoppedKeepsTheBlocksThatAreWhole() throws {
    let asked = Atomic<Int>(0)
    let ensemble = try ensemble(10_000)
    let result = try ensemble.run(
      RunWatch(isStopped: { asked.add(1, ordering: .relaxed).newValue > 20 })
    ) { EndObserver() }
    #expect(result.isStopped && result.trajectories < 10_000 && result.trajectories > 0)
    #expect(result.trajectories == result.partials.reduce(0) { $0 + $1.count })
    let whole = try self.ensemble(10_000).run { EndObserver() }
    #expect(Array(whole.partials.prefix(result.partials.count)) == result.partials)
  }

  @Test func mergingKeepsOnePartial() throws {
    let ensemble = try ensemble(700)
    let listed = try ensemble.run { EndObserver() }
    let merged = try ensemble.run(merge: { $0 += $1 }) { EndObserver() }
    #expect(merged.partials == [listed.partials.flatMap { $0 }])
  }
}
