import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct GroupedSumsTests {
  private func sums(_ values: [Double], groups: Int) -> GroupedSums {
    var sums = GroupedSums(width: 2, groups: groups)
    for (index, value) in values.enumerated() { sums.add([value, value * value], group: index % groups) }
    return sums
  }

  private func values(_ count: Int, seed: UInt64) -> [Double] {
    var random = TestRandom(seed: seed)
    return random.vector(count, in: -1...3)
  }

  /// With one replica a group the jackknife of a mean is the mean with its usual error.
  @Test func aMeanHasItsUsualError() {
    let values = values(50, seed: 1)
    let found = sums(values, groups: 50).jackknife { $0[0] }
    let moments = Moments(values)
    // Sums of fifty terms of size three.
    let rounding = 50 * 3 * 4 * Double.ulpOfOne
    #expect(abs(found.value - moments.mean) <= rounding)
    #expect(abs(found.standardError - moments.standardError) <= 100 * rounding)
  }

  /// The variance of the replicas loses its bias exactly: the estimate is the sum of squares over n − 1.
  @Test func aVarianceLosesItsBias() {
    let values = values(40, seed: 2)
    let found = sums(values, groups: 40).jackknife { $0[1] - $0[0] * $0[0] }
    let moments = Moments(values)
    // Differences of means of 40 squares up to 9, times the number of groups.
    #expect(abs(found.value - moments.variance) <= 40 * 40 * 9 * Double.ulpOfOne)
  }

  /// Groups of different sizes: the mean is that of all replicas, to rounding.
  @Test func groupsNeedNotBeEqual() {
    let values = values(53, seed: 3)
    let grouped = sums(values, groups: 8)
    #expect(grouped.counts == [7, 7, 7, 7, 7, 6, 6, 6] && grouped.count == 53)
    let found = grouped.jackknife { $0[0] }
    #expect(abs(found.value - Moments(values).mean) <= 53 * 3 * 8 * Double.ulpOfOne)
  }

  @Test func mergingIsAdding() {
    let values = values(30, seed: 4)
    var first = sums(Array(values[..<12]), groups: 6)
    first.merge(sums(Array(values[12...]), groups: 6))
    let all = sums(values, groups: 6)
    #expect(first.counts == all.counts)
    for (a, b) in zip(first.means, all.means) { #expect(abs(a - b) <= 30 * 9 * Double.ulpOfOne) }
  }

  /// Fewer than two groups, or a function that is not finite, have no error.
  @Test func nothingIsInvented() {
    #expect(sums([1, 2], groups: 1).jackknife { $0[0] }.value.isNaN)
    #expect(GroupedSums(width: 1, groups: 4).jackknife { $0[0] }.standardError.isNaN)
    #expect(!sums([1, 2, 3], groups: 3).jackknife { _ in .nan }.value.isFinite)
  }

  /// The error of a ratio of means covers: the squared deviation over the squared error averages to 1.
  ///
  /// 2000 repetitions: its standard error is about √(2/2000) = 0.032 (a little more for 32 groups), five of them allowed;
  /// an error that is too small by 10 % would give 1.23.
  @Test func errorsAreOfTheRightSize() {
    var random = TestRandom(seed: 5)
    var squares = Moments()
    for _ in 0..<2000 {
      var sums = GroupedSums(width: 2, groups: 32)
      for index in 0..<128 {
        // Uniform: E x = 1, E x² = 4/3 + 1.
        let x = random.next(in: -1...3)
        sums.add([x, x * x], group: index % 32)
      }
      let found = sums.jackknife { $0[1] / ($0[0] + 2) }
      let deviation = (found.value - (4.0 / 3 + 1) / 3) / found.standardError
      squares.add(deviation * deviation)
    }
    // Student's t of about 31 degrees of freedom has the variance 31/29 = 1.07.
    #expect(abs(squares.mean - 31.0 / 29) <= 5 * squares.standardError)
    #expect(squares.standardError < 0.045)
  }
}
