import CKernels

/// Random whole numbers of a block of trajectories, taken out of words digit by digit.
///
/// A word gives c = `lk_indices_per_word` numbers below a bound. Where those of a step are no more than c, a word serves
/// g = ⌊c / count⌋ steps and a counter, which has two words, the 2g steps of a group; a step of more numbers has words of
/// its own, as many as it needs, from successive streams, and two steps make a group. So the numbers are a function of bound, count
/// and step; steps in order take the next digits, others begin their group anew.
final class WordsOfIndices {
  private let lanes: Int
  private var bound = 0
  private var count = 0
  private var digits = 1
  /// The number of streams, each of which gives two rows of words.
  private var streams = 0
  private var stepsPerWord = 1
  /// The group whose words there are, and the step of it whose numbers come next.
  private var group = -1
  private var nextStep = 0
  private var words = UnsafeMutablePointer<UInt64>.cacheAligned(repeating: 0, count: 0)
  private var indices = UnsafeMutablePointer<Int32>.cacheAligned(repeating: 0, count: 0)

  init(lanes: Int) { self.lanes = lanes }

  deinit {
    words.deallocate()
    indices.deallocate()
  }

  /// The words belong to trajectories that are over.
  func forget() { group = -1 }

  /// The numbers of a step, `count` × `lanes`.
  ///
  /// - Parameters:
  ///   - bound: The numbers are from 0 to `bound` − 1.
  ///   - count: How many a trajectory gets, below 2²⁵.
  ///   - step: The number of the step.
  ///   - place: Where the words of a group are taken from.
  /// - Returns: The numbers, until the next call.
  func next(below bound: Int, count: Int, step: Int, place: (Int) -> lk_philox_place) -> UnsafePointer<Int32> {
    if bound != self.bound || count != self.count { prepare(below: bound, count: count) }
    let period = 2 * stepsPerWord
    let position = step % period
    if group != step / period || nextStep > position {
      group = step / period
      nextStep = 0
      lk_philox_words(place(group), streams, lanes, words, words + streams * lanes)
    }
    while nextStep <= position {
      take(from: words + (nextStep < stepsPerWord ? 0 : streams * lanes))
      nextStep += 1
    }
    return UnsafePointer(indices)
  }

  /// The numbers of one step out of a word of every stream.
  private func take(from words: UnsafeMutablePointer<UInt64>) {
    for stream in 0..<streams {
      let first = stream * digits
      lk_next_indices(
        words + stream * lanes, UInt32(bound), min(digits, count - first), lanes, indices + first * lanes)
    }
  }

  private func prepare(below bound: Int, count: Int) {
    (self.bound, self.count) = (bound, count)
    digits = Int(lk_indices_per_word(UInt32(bound)))
    streams = (count + digits - 1) / digits
    precondition(
      0...PhiloxCounter.indexLimit ~= streams, "there are random numbers for 2²⁴ coordinates, not for \(streams)")
    stepsPerWord = max(1, digits / max(1, count))
    group = -1
    words.deallocate()
    indices.deallocate()
    words = .cacheAligned(repeating: 0, count: 2 * streams * lanes)
    indices = .cacheAligned(repeating: 0, count: count * lanes)
  }
}

@available(*, unavailable, message: "the buffers of a source belong to one worker")
extension WordsOfIndices: Sendable {}
