import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct StationaryCurrentsTests {
  /// Sums of trajectories in one coordinate whose means of (δ, ½δ²-type current) are drawn about given ones.
  private func sums(_ mean: [Double], change: [Double] = [0, 0], count: Int = 200) -> CurrentSums {
    var (sums, random) = (CurrentSums(dimension: 1), TestRandom(seed: 8))
    for k in 0..<count {
      let draw = mean.map { $0 + random.next(in: -1...1) }
      let shift = change.map { $0 + random.next(in: -1...1) }
      sums.add(
        mean: draw, second: [1 + draw[0] * draw[0], draw[0] * draw[1], 1 + draw[1] * draw[1]], change: shift,
        trajectory: k)
    }
    return sums
  }

  /// An error is 1/√(3 · 200) = 0.04: a shift of 0.5 is twelve of them.
  @Test func whatMovesIsNoCurrentOfAStationaryState() {
    #expect(StationaryCurrents(sums([0, 0]), isConfined: true) == .found([0, 1], drifting: []))
    #expect(StationaryCurrents(sums([0.5, 0]), isConfined: true) == .unsettled)
    #expect(StationaryCurrents(sums([0, 0.5]), isConfined: true) == .unsettled)
    // A coordinate without a stationary law may drift for ever; its position tells nothing then.
    #expect(StationaryCurrents(sums([0.5, 0]), isConfined: false) == .found([0], drifting: [0]))
    #expect(StationaryCurrents(sums([0, 0.5]), isConfined: false) == .found([0], drifting: [0]))
    // Displacements that change between the halves are those of no stationary state.
    #expect(StationaryCurrents(sums([0.5, 0], change: [0.5, 0]), isConfined: false) == .unsettled)
    #expect(StationaryCurrents(sums([0, 0], change: [0, 0.5]), isConfined: false) == .unsettled)
  }

  /// Two trajectories show nothing against stationarity, whatever they are: Student's t with one degree of freedom.
  @Test func fewTrajectoriesExcludeLittle() {
    #expect(StationaryCurrents(sums([0.5, 0], count: 2), isConfined: true) == .found([0, 1], drifting: []))
  }
}
