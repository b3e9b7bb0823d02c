import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtDynamics

struct BlockGroupsTests {
  /// Every block is in one group, and all in their order.
  @Test(arguments: [0, 1, 2, 1023, 1024, 1025, 2048, 2049, 3907, 1_000_003])
  func groupsCoverAllBlocks(blocks: Int) {
    let groups = BlockGroups(blocks: blocks)
    #expect(groups.count <= BlockGroups.most)
    #expect((0..<groups.count).flatMap { Array(groups[$0]) } == Array(0..<blocks))
    #expect((0..<blocks).filter(groups.endsGroup) == (0..<groups.count).map { groups[$0].upperBound - 1 })
    if blocks <= BlockGroups.most { #expect(groups.size == 1) }
  }

  /// Which blocks were added up in which order, as a text with a bracket for every sum.
  private final class Name: BlockObserver {
    func finish(_ block: TrajectoryBlock) -> String { "\(block.firstTrajectory / 16)" }
  }

  private func names(_ trajectories: Int, threads: Int) throws -> [String] {
    let process = try ProcessText(["x"], loss: "0.5*x^2").process(temperature: .bath(1))
    let ensemble = Ensemble(
      try SimulationPlan(process, steps: 1), start: process.initialLaw, key: StreamKey(seed: 3),
      trajectories: trajectories, steps: 1)
    // The smallest blocks, so that there are many.
    #expect(ensemble.lanes == 16)
    return try ensemble.run(RunWatch(threads: threads), merge: { $0 = "(\($0)+\($1))" }) { Name() }.partials
  }

  /// The sums in a group first, then those of the groups, from left to right, whatever the threads do.
  @Test func theOrderOfSumsIsThatOfTheGroups() throws {
    func fold(_ terms: [String]) -> String { terms.dropFirst().reduce(terms[0]) { "(\($0)+\($1))" } }
    let groups = BlockGroups(blocks: 16)
    let expected = fold((0..<groups.count).map { group in fold(groups[group].map { "\($0)" }) })
    #expect(try names(256, threads: 1) == [expected])
    #expect(try names(256, threads: 2) == [expected])
  }

  /// The result of a run with as many blocks as need groups of several.
  @Test func manyBlocks() {
    let groups = BlockGroups(blocks: 2500)
    #expect(groups.size == 3)
    var result = EnsembleResult<String>()
    for block in 0..<2500 {
      result.take(BlockEnd(of: "\(block)"), endsGroup: groups.endsGroup(block)) { $0 = "(\($0)+\($1))" }
    }
    func fold(_ terms: [String]) -> String { terms.dropFirst().reduce(terms[0]) { "(\($0)+\($1))" } }
    #expect(result.partials == [fold((0..<groups.count).map { group in fold(groups[group].map { "\($0)" }) })])
    #expect(result.trajectories == 2500)
  }

  /// A run that is stopped in the middle of a group keeps the blocks of it that were done.
  @Test func stoppedInTheMiddle() {
    var result = EnsembleResult<String>()
    let groups = BlockGroups(blocks: 2500)
    func merge(_ sum: inout String, _ next: String) { sum = "(\(sum)+\(next))" }
    for block in 0..<5 { result.take(BlockEnd(of: "\(block)"), endsGroup: groups.endsGroup(block), merge) }
    result.closeGroup(merge)
    #expect(result.partials == ["(((0+1)+2)+(3+4))"])
  }
}

extension BlockEnd {
  /// A block of one trajectory.
  fileprivate init(of partial: Partial) {
    self.init(partial: partial, count: 1, divergences: [])
  }
}
