import CKernels
import LoschmidtTestSupport
import Testing

/// The words of a block, as the kernel writes them.
func philoxWords(_ place: lk_philox_place, rows: Int, lanes: Int) -> (first: [UInt64], second: [UInt64]) {
  var first = [UInt64](repeating: 0, count: rows * lanes)
  var second = first
  lk_philox_words(place, rows, lanes, &first, &second)
  return (first, second)
}

@Suite struct PhiloxTests {
  /// Counter, key and output of Random123's file kat_vectors, for philox4x32 with 10 rounds.
  static let known: [(counter: [UInt32], key: (UInt32, UInt32), words: [UInt32])] = [
    ([0, 0, 0, 0], (0, 0), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
    (
      [UInt32](repeating: .max, count: 4), (.max, .max), [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
    ),
    (
      [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], (0xa409_3822, 0x299f_31d0),
      [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
    ),
  ]

  @Test func knownAnswers() {
    for entry in Self.known {
      #expect(ScalarPhilox(key: entry.key).words(entry.counter) == entry.words)
      let place = lk_philox_place(
        key: UInt64(entry.key.1) << 32 | UInt64(entry.key.0),
        trajectory: UInt64(entry.counter[1]) << 32 | UInt64(entry.counter[0]), pair: entry.counter[2],
        stream: entry.counter[3])
      let (first, second) = philoxWords(place, rows: 1, lanes: 1)
      #expect(first == [UInt64(entry.words[1]) << 32 | UInt64(entry.words[0])])
      #expect(second == [UInt64(entry.words[3]) << 32 | UInt64(entry.words[2])])
    }
  }

  /// Every lane is that of the scalar Philox, for any number of lanes and where the low half of the trajectory carries
  /// into the high one; nothing is written beyond the end.
  @Test(arguments: [0, 1, 5, 0xffff_fff9, 0xffff_ffff, 0x1234_5678_ffff_fffe, .max - 300] as [UInt64])
  func everyNumberOfLanes(trajectory: UInt64) {
    let place = lk_philox_place(key: 0x0123_4567_89ab_cdef, trajectory: trajectory, pair: 77, stream: 0xfedc_ba00)
    let scalar = ScalarPhilox(key: place.key)
    for lanes in Array(1...17) + [255, 256, 257] {
      let rows = lanes > 20 ? 1 : 3
      let canary: UInt64 = 0x5555_5555_5555_5555
      var first = [UInt64](repeating: canary, count: rows * lanes + 4)
      var second = first
      lk_philox_words(place, rows, lanes, &first, &second)
      #expect(first[(rows * lanes)...].allSatisfy { $0 == canary })
      #expect(second[(rows * lanes)...].allSatisfy { $0 == canary })
      let wrong = (0..<(rows * lanes)).first { index in
        let expected = scalar.pair(
          trajectory: trajectory + UInt64(index % lanes), pair: 77, stream: place.stream + UInt32(index / lanes))
        return first[index] != expected.first || second[index] != expected.second
      }
      #expect(wrong == nil, "\(lanes) lanes")
    }
  }

  /// The words of a sequence are those of successive streams, and a double takes the upper 53 bits of two.
  @Test func sequences() {
    let place = lk_philox_place(key: 99, trajectory: 1 << 40 | 3, pair: 5, stream: 0x4200_0000)
    let scalar = ScalarPhilox(key: 99)
    let expected = (0..<25).flatMap { scalar.words([3, 256, 5, place.stream + UInt32($0)]) }
    var stream = lk_philox_stream()
    lk_philox_stream_start(&stream, place)
    #expect((0..<100).map { _ in lk_philox_stream_get(&stream) } == expected.map { UInt($0) })
    lk_philox_stream_start(&stream, place)
    for k in 0..<50 {
      let word = UInt64(expected[2 * k + 1]) << 32 | UInt64(expected[2 * k])
      #expect(lk_philox_stream_get_double(&stream) == Double(word >> 11) * 0x1p-53)  // exact in a double
    }
    lk_philox_stream_set(&stream, 17)
    let start = ScalarPhilox(key: 17).words([0, 0, 0, 0])
    #expect((0..<4).map { _ in lk_philox_stream_get(&stream) } == start.map { UInt($0) })
  }

  /// A sequence has the words of 2²⁴ counters and not one more, which would be another purpose's.
  @Test func sequencesEnd() async {
    let last = lk_philox_place(key: 1, trajectory: 2, pair: 3, stream: 0x42ff_fff8)
    var stream = lk_philox_stream()
    lk_philox_stream_start(&stream, last)
    let expected = (0..<8).flatMap { ScalarPhilox(key: 1).words([2, 0, 3, last.stream + UInt32($0)]) }
    #expect((0..<32).map { _ in lk_philox_stream_get(&stream) } == expected.map { UInt($0) })
    await #expect(processExitsWith: .failure) {
      var stream = lk_philox_stream()
      lk_philox_stream_start(&stream, lk_philox_place(key: 1, trajectory: 2, pair: 3, stream: 0x42ff_fff8))
      for _ in 0..<33 { _ = lk_philox_stream_get(&stream) }
    }
  }
}
