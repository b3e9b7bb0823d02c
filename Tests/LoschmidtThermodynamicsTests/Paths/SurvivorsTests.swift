import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

/// Of an ensemble in which some trajectories diverge every observer gives the numbers of the others, as they come out of
/// replaying each of them alone.
@Suite struct SurvivorsTests {
  static let sizes = [33, 64, 65, 300]

  @Test(arguments: SurvivorCase.all, sizes) func theNumbersAreThoseOfTheSurvivors(test: SurvivorCase, size: Int) throws
  {
    let ensemble = try test.ensemble(size)
    let found = try test.measure(ensemble, RunWatch())
    let paths = try survivors(of: ensemble)
    // Some diverge, some do not, and some of those that do are still there when the burn-in ends.
    #expect(paths.count > 4 && found.diverged > 4 && found.diverged == size - paths.count)
    #expect(found.finished == paths.count)
    // Sums of some hundred numbers of the size of 1 to 100, of which some are squared.
    #expect(deviation(found.numbers, test.expected(ensemble, paths)) < 1e-10)
    for threads in [2, 5] {
      let more = try test.measure(ensemble, RunWatch(threads: threads))
      #expect(more.numbers.map(\.bitPattern) == found.numbers.map(\.bitPattern) && more.diverged == found.diverged)
    }
  }

  /// The controls: an observer that counts all lanes, and one whose origin is made of all lanes, are both found out.
  @Test(arguments: [WrongObserver.Mistake.countsAll, .originOfAll], sizes)
  func anObserverThatCountsALostLaneIsCaught(mistake: WrongObserver.Mistake, size: Int) throws {
    let ensemble = try SurvivorCase.quartic(size, options: PathOptions())
    let expected = try survivors(of: ensemble).map { path in
      path.dropFirst(ensemble.burnIn + 1).reduce(0) { $0 + $1.theta[0] } / Double(ensemble.steps)
    }
    func numbers(_ mistake: WrongObserver.Mistake?) throws -> [Double] {
      try ensemble.run(merge: { $0 += $1 }) { WrongObserver(mistake) }.partials[0]
    }
    #expect(deviation([mean(try numbers(nil))], [mean(expected)]) < 1e-10)
    #expect(!(deviation([mean(try numbers(mistake))], [mean(expected)]) < 1e-3))
  }

  /// A block is shown twice only where something is lost, and where nothing is left not a single step of it.
  @Test func blocksWithoutDivergenceAreMadeOnce() throws {
    func calls(_ start: ClosedRange<Double>) throws -> [[Int]] {
      var ensemble = try SurvivorCase.quartic(16, options: PathOptions())
      ensemble.start = InitialLaw([.uniform(lower: start.lowerBound, upper: start.upperBound), .point(0)])
      return try ensemble.run { CallCounter() }.partials
    }
    #expect(try calls(1...2) == [[1, 12, 16]])
    let some = try calls(4...4.8)[0]
    #expect(some[0] <= 2 && (12..<24).contains(some[1]) && (1..<16).contains(some[2]))
    #expect(try calls(1e60...1e61) == [[1, 0, 0]])
  }
}

/// Counts how often it is begun, the steps that it is shown, and the lanes in the end.
private final class CallCounter: BlockObserver {
  private var calls = [0, 0, 0]
  var recordsSteps: Bool { true }
  func begin(_ block: TrajectoryBlock) { calls[0] += 1 }
  func record(_ block: TrajectoryBlock, step: Int) { calls[1] += 1 }
  func finish(_ block: TrajectoryBlock) -> [Int] { [calls[0], calls[1], block.soundLanes.count] }
}

/// The mean of the first coordinate along each trajectory, with a mistake or without.
final class WrongObserver: BlockObserver {
  enum Mistake: Sendable { case countsAll, originOfAll }
  private let mistake: Mistake?
  private var (origin, sums, steps) = (0.0, [Double](), 0)

  init(_ mistake: Mistake?) { self.mistake = mistake }

  private func lanes(_ block: TrajectoryBlock, _ bad: Mistake) -> [Int] {
    mistake == bad ? Array(0..<block.count) : block.soundLanes
  }

  var recordsSteps: Bool { true }
  func begin(_ block: TrajectoryBlock) {
    let lanes = lanes(block, .originOfAll)
    origin = lanes.reduce(0) { $0 + block.theta[0, $1] } / Double(max(1, lanes.count))
    (sums, steps) = ([Double](repeating: 0, count: block.count), 0)
  }
  func record(_ block: TrajectoryBlock, step: Int) {
    for lane in 0..<block.count { sums[lane] += block.theta[0, lane] - origin }
    steps += 1
  }
  func finish(_ block: TrajectoryBlock) -> [Double] {
    lanes(block, .countsAll).map { origin + sums[$0] / Double(steps) }
  }
}
