import Foundation
import LoschmidtNumerics
import Testing

@testable import LoschmidtThermodynamics

@Suite struct LyapunovExponentTests {
  private func list(_ maps: [DenseMatrix]) -> RandomMaps {
    let share = 1 / Double(maps.count)
    return RandomMaps(
      outcomes: maps.map { RandomMaps.Weighted(map: $0, weight: share) }, exactOrder: nil, mean: maps[0])
  }

  /// Diagonal maps: the largest of the means of the logarithms, −0.178 and −0.4.
  @Test func diagonalMaps() throws {
    let maps = list([.diagonal([0.5, 0.9]), .diagonal([-1.4, 0.5])])
    let found = try #require(LyapunovExponent(maps))
    #expect(abs(found.value + 0.1783374719693662) <= 5 * found.standardError)
    #expect(found.isContracting == true)
    // The same numbers again.
    #expect(LyapunovExponent(maps) == found)
  }

  @Test func signsAndNilpotentProducts() throws {
    #expect(LyapunovExponent(list([.diagonal([0.5, 0.9]), .diagonal([3, 0.5])]))?.isContracting == false)
    #expect(LyapunovExponent(value: 0.1, standardError: 0.05).isContracting == nil)
    let nilpotent = DenseMatrix([[0, 1], [0, 0]])
    #expect(LyapunovExponent(list([nilpotent]))?.value == -.infinity)
  }

  /// A rotation by a normal angle's worth of scale: ln‖m_n⋯m_1x‖ of (1 + σz) 1 is a sum of ln|1 + σz|.
  @Test func normalMaps() throws {
    let maps = RandomMaps(
      outcomes: [], exactOrder: 4, mean: 0.3 * .identity(2), normalFields: [0.8 * .identity(2)])
    let found = try #require(LyapunovExponent(maps))
    // The number of mpmath for one coordinate.
    #expect(abs(found.value + 0.7896299840126887) <= 5 * found.standardError)
  }
}
