import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct CrooksVerdictTests {
  static let many = Result {
    try ForwardBackwardPairsTests.pairs(forward: 20_000, backward: 20_000, mean: 1, seed: 77)
  }

  @Test func rightWorkPasses() throws {
    let pairs = try Self.many.get()
    #expect(CrooksVerdict(pairs, level: 1e-3).outcome.status == .pass)
    #expect(CrooksVerdict(pairs, freeEnergy: 0.7, level: 1e-3).outcome.status == .pass)
  }

  @Test func wrongWorkFails() throws {
    // A free energy that is off by T/10, and a variance that is.
    let pairs = try Self.many.get()
    #expect(CrooksVerdict(pairs, freeEnergy: 0.9, level: 1e-3).outcome.status == .fail)
    let wrong = try ForwardBackwardPairsTests.pairs(forward: 5000, backward: 5000, factor: 1.3, seed: 78)
    let outcome = CrooksVerdict(wrong, level: 1e-3).outcome
    #expect(outcome.status == .fail)
    #expect(try #require(outcome.estimate) < 0.9)
  }

  @Test func fewOrSeparatedPairsDecideNothing() throws {
    let few = try ForwardBackwardPairsTests.pairs(forward: 300, backward: 300, seed: 79)
    let outcome = CrooksVerdict(few, freeEnergy: 0.7, level: 1e-3).outcome
    #expect(outcome.status == .undecided)
    #expect(try #require(outcome.trajectoriesToDecide) > 300)
    let apart = try ForwardBackwardPairsTests.pairs(forward: 100, backward: 100, mean: 20, seed: 80)
    let littleOverlap = CrooksVerdict(apart, level: 1e-3).outcome
    #expect(littleOverlap.status == .undecided)
    #expect(littleOverlap.reasons == [.littleOverlap(expected: apart.overlap, required: 25)])
  }

  @Test func workWithoutSpreadIsDecidedByItsValue() throws {
    let pairs = try ForwardBackwardPairs(
      forward: [Double](repeating: 3, count: 40), backward: [Double](repeating: -3, count: 50), temperature: 0.5)
    #expect(pairs.slope == nil)
    #expect(CrooksVerdict(pairs, freeEnergy: 3, level: 1e-3).outcome.status == .pass)
    #expect(CrooksVerdict(pairs, level: 1e-3).outcome.reasons == [.constantWork])
    #expect(CrooksVerdict(pairs, freeEnergy: 3.01, level: 1e-3).outcome.status == .fail)
  }

  /// W = 1.2 with deviations of 0.01 T and of 1e-11 T: the slope is beyond reach, the free energy is not.
  @Test func workThatHardlyVariesSaysSo() throws {
    for (size, isHopeless) in [(0.01, false), (1e-11, true)] {
      let deviations = (0..<1000).map { size * (Double($0 % 21) - 10) / 6 }
      let pairs = try ForwardBackwardPairs(
        forward: deviations.map { 1.2 + $0 }, backward: deviations.map { $0 - 1.2 }, temperature: 1)
      let outcome = CrooksVerdict(pairs, freeEnergy: 1.2, level: 1e-3).outcome
      #expect(outcome.status == .undecided && outcome.trajectoriesToDecide == nil)
      guard case .littleSpread(let deviation, let number, let freeEnergy, let error, 1.2) = outcome.reasons.first else {
        Issue.record("the reason is the spread")
        return
      }
      // The variance of 0…20 evenly, (21² − 1)/12 = 36.7, over 36.
      #expect(abs(deviation / (size * (440.0 / 12 / 36).squareRoot()) - 1) < 0.01)  // 1000 is not a multiple of 21
      #expect((number == nil) == isHopeless && abs(freeEnergy - 1.2) <= 5 * error + 1e-15)
      // The error of the mean of 2000 values, to the order deviation².
      #expect(abs(error / (deviation / 2000.0.squareRoot()) - 1) < 1e-3)
    }
  }
}
