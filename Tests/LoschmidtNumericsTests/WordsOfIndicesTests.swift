import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

@Suite("Whole numbers out of words")
struct WordsOfIndicesTests {
  /// What the scalar Philox has for number k of a step: `digits` numbers a word, the words of a counter in turn.
  private func wholeNumber(
    below bound: Int, digits: Int, count: Int, _ k: Int, trajectory: UInt64, step: Int
  ) -> Int32 {
    let stepsPerWord = max(1, digits / count)
    let position = step % (2 * stepsPerWord)
    let stream = UInt32(2) << 29 | UInt32(RandomPurpose.batch.rawValue) << 24 | UInt32(k / digits)
    let pair = ScalarPhilox(key: PhiloxSourceTests.key.word).pair(
      trajectory: trajectory, pair: UInt32(step / (2 * stepsPerWord)), stream: stream)
    var word = position < stepsPerWord ? pair.first : pair.second
    for _ in 0..<position % stepsPerWord * count + k % digits { word &*= UInt64(bound) }
    return Int32(word.multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// 442³ < 2³² < 442⁴: three to a word; 64 is 2⁶: ten; 3²⁰ < 2³² < 3²¹.
  @Test("whole numbers are digits of words, whatever the order of the steps", arguments: [(442, 3), (64, 10), (3, 20)])
  func indices(bound: Int, digits: Int) throws {
    let source = try PhiloxSource(key: PhiloxSourceTests.key, lanes: 11)
    for first in [100, 5000] as [UInt64] {
      source.begin(firstTrajectory: first)
      for (count, steps) in [
        (1, [0, 1, 2, 3, 4, 5, 6, 19, 20, 41]), (4, [0, 1, 2, 3, 4, 1, 0, 0, 11, 10]), (23, [5, 4, 6, 7, 7]),
        (1, [2, 1]),
      ] {
        for step in steps {
          let values = source.wholeNumbers(below: bound, count: count, step: step)
          let expected = (0..<count).flatMap { k in
            (0..<11).map { lane in
              wholeNumber(
                below: bound, digits: digits, count: count, k, trajectory: first + UInt64(lane), step: step)
            }
          }
          #expect(values == expected, "\(count) numbers of step \(step)")
        }
      }
    }
    #expect(source.wholeNumbers(below: bound, count: 0, step: 0).isEmpty)
  }
}
