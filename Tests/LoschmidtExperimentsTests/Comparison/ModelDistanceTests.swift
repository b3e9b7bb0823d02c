import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct ModelDistanceTests {
  private func points(_ count: Int, shift: Double, seed: UInt64) -> [[Double]] {
    var random = TestRandom(seed: seed)
    return (0..<count).map { _ in [random.next(in: -1...1) + shift, random.next(in: -1...1)] }
  }

  /// Points of one law cannot be told apart, shifted ones can: level 1e-5, 200 points and a shift of one standard deviation.
  @Test func tellsApartWhatDiffers() throws {
    let reference = points(200, shift: 0, seed: 1)
    let same = try #require(ModelDistance(points(200, shift: 0, seed: 2), reference, level: 1e-5, seed: 3))
    #expect(same.outcome.status == .undecided && same.pValue > 1e-5)
    let other = try #require(ModelDistance(points(200, shift: 0.6, seed: 2), reference, level: 1e-5, seed: 3))
    #expect(other.outcome.status == .pass && other.pValue < 1e-5)
    #expect(other.outcome.reasons == [.differs(pValue: other.pValue, level: 1e-5)])
    // Nothing is claimed where nothing is found, and the number names how many points would do.
    if same.energy.value > 0 { #expect(try #require(same.outcome.trajectoriesToDecide) > 200) }
  }

  @Test func needsPoints() {
    #expect(ModelDistance([[1]], [[1], [2]], level: 0.1, seed: 1) == nil)
    #expect(ModelDistance([[1], [.infinity]], [[1], [2]], level: 0.1, seed: 1) == nil)
  }
}
