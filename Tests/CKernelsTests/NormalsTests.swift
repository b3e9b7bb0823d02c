import CKernels
import Dispatch
import Foundation
import LoschmidtTestSupport
import Synchronization
import Testing

/// The normal numbers of pairs of words.
private func boxMuller(_ radius: [UInt64], _ angle: [UInt64]) -> (first: [Double], second: [Double]) {
  var first = [Double](repeating: 0, count: radius.count)
  var second = first
  lk_box_muller(radius, angle, &first, &second, radius.count)
  return (first, second)
}

@Suite struct NormalsTests {
  static let place = lk_philox_place(key: 0xfeed_beef_1234, trajectory: 1000, pair: 12, stream: 7 << 24)

  /// Words of all sizes, and the extreme ones, in both roles.
  static let words: (radius: [UInt64], angle: [UInt64]) = {
    var random = TestRandom(seed: 5)
    let extreme: [UInt64] = [0, 1, 2, 3, 1 << 12, 1 << 52, 1 << 63, .max - 3, .max - 1, .max, .max - 1 << 11]
    var (radius, angle) = ([UInt64](), [UInt64]())
    for a in extreme {
      for b in extreme {
        for quarter in 0..<4 as Range<UInt64> {
          radius.append(a)
          angle.append(b & ~3 | quarter)
        }
      }
    }
    for k in 0..<20_000 {
      let (a, b): (UInt64, UInt64) = (random.next(), random.next())
      // A quarter of them anywhere; the others next to u = 0, to u = 1, and to the axes.
      radius.append([a, a >> (a % 60), ~(a >> (a % 60)), a][k % 4])
      angle.append(k % 4 == 3 ? (b >> (a % 50)) &+ 1 << 63 : b)
    }
    return (radius, angle)
  }()

  /// sin and cos of the angle with the signs and places that its word asks for, in a wider format.
  private func direction<Wide: BinaryFloatingPoint>(
    _ word: UInt64, _ quarterTurn: Wide, _ sine: (Wide) -> Wide, _ cosine: (Wide) -> Wide
  ) -> (Wide, Wide) {
    // The upper 51 bits as a fraction of [−1/2, 1/2), in the middle of its cell.
    let turn = (Wide(word >> 13) + 0.5) * 0x1p-51 - 0.5
    let c = word & 1 == 0 ? cosine(turn * quarterTurn) : -cosine(turn * quarterTurn)
    let s = sine(turn * quarterTurn)
    return word & 2 == 0 ? (c, s) : (s, c)
  }

  #if arch(x86_64)
    /// Against the C library with 64 bits of mantissa, whose own errors are a thousandth of our unit: 4 ulp as stated.
    @Test func normalsHaveTheStatedError() {
      let (radius, angle) = Self.words
      let (first, second) = boxMuller(radius, angle)
      var worst = 0.0
      for k in radius.indices {
        let u = max(Float80(Double(radius[k])) * 0x1p-64, 0x1p-65)
        let r = (-2 * Foundation.log(u)).squareRoot()
        let (x, y) = direction(angle[k], Float80.pi / 2, Foundation.sin, Foundation.cos)
        for (value, exact) in [(first[k], r * x), (second[k], r * y)] {
          let unit = Float80(unitInTheLastPlace(of: Double(exact)))
          worst = max(worst, Double(abs(Float80(value) - exact) / unit))
        }
      }
      #expect(worst < 4)
    }
  #endif

  /// Against doubles of the C library, for machines without a wider format: 4 ulp of ours, and of the check 1 of the
  /// root of the logarithm, 2 of sine or cosine with its angle, 1/2 of the product, all doubled across a power of two.
  @Test func normalsAreBoxAndMullers() {
    let (radius, angle) = Self.words
    let (first, second) = boxMuller(radius, angle)
    var worst = 0.0
    for k in radius.indices {
      let r = (-2 * log(max(Double(radius[k]) * 0x1p-64, 0x1p-65))).squareRoot()
      let (x, y) = direction(angle[k], Double.pi / 2, { sin($0) }, { cos($0) })
      worst = max(worst, abs(first[k] - r * x) / unitInTheLastPlace(of: r * x))
      worst = max(worst, abs(second[k] - r * y) / unitInTheLastPlace(of: r * y))
    }
    #expect(worst < 4 + 2 * 3.5)
  }

  @Test func theExtremes() {
    let (first, second) = boxMuller([0, .max, 1 << 63], [0, 0, 1 << 63])
    let largest = (130 * log(2.0)).squareRoot()
    #expect(abs((first[0] * first[0] + second[0] * second[0]).squareRoot() - largest) < 8 * largest.ulp)  // 4 ulp each
    #expect(first[1] == 0 && second[1] == 0)
    #expect(abs(first[2] - (2 * log(2.0)).squareRoot()) < 4 * first[2].ulp)
    #expect(second[2] > 0 && second[2] < 1e-15)  // r π 2⁻⁵³: the angle next to the axis
  }

  /// The kernel of a block is Philox, then Box and Muller or the formula of the uniforms, for any number of lanes.
  @Test func blocks() {
    for (rows, lanes) in [(1, 1), (3, 2), (2, 5), (1, 7), (2, 12), (1, 256), (2, 259), (1, 600)] {
      let count = rows * lanes
      let words = philoxWords(Self.place, rows: rows, lanes: lanes)
      var first = [Double](repeating: -7, count: count + 1)
      var second = first
      lk_philox_normals(Self.place, rows, lanes, &first, &second)
      let (x, y) = boxMuller(words.first, words.second)
      #expect(first == x + [-7] && second == y + [-7])
      lk_philox_uniforms(Self.place, rows, lanes, &first, &second)
      func uniform(_ word: UInt64) -> Double { Double(2 * (word >> 12) + 1) * 0x1p-53 }  // exact in a double
      #expect(first == words.first.map(uniform) + [-7] && second == words.second.map(uniform) + [-7])
    }
  }

  /// Digits of words beside those of the fraction word/2⁶⁴ by full-width products; the words go on where they stopped.
  @Test func indices() {
    for bound in [1, 2, 3, 64, 1000, 0x4000_0000, 0x7fff_ffff] as [UInt32] {
      let digits = Int(lk_indices_per_word(bound))
      for lanes in [1, 3, 4, 9, 256, 301] {
        var words = philoxWords(Self.place, rows: 1, lanes: lanes).first
        var expected = words
        for count in [digits - digits / 2, digits / 2] {
          var values = [Int32](repeating: -7, count: count * lanes + 1)
          lk_next_indices(&words, bound, count, lanes, &values)
          let digits = (0..<count).flatMap { _ in
            expected.indices.map { lane in
              let (high, low) = expected[lane].multipliedFullWidth(by: UInt64(bound))
              expected[lane] = low
              return Int32(high)
            }
          }
          #expect(values == digits + [-7] && words == expected)
        }
      }
    }
  }

  /// All digits of a word together are at most 2³² values, or exactly the bits of the word.
  @Test func indicesOfAWord() {
    let cases: [(UInt32, UInt32)] = [
      (1, 64), (2, 64), (3, 20), (64, 10), (442, 3), (1625, 3), (1626, 2), (65536, 4), (65537, 1), (0x4000_0000, 2),
      (0x7fff_ffff, 1),
    ]
    for (bound, count) in cases { #expect(lk_indices_per_word(bound) == count) }
  }
}

/// Counts of normal numbers beyond some bounds against the exact tail, P(|z| > t) = erfc(t/√2).
@Suite struct NormalTailsTests {
  /// How many standard deviations of the binomial law a count is off.
  private func deviation(_ count: Int, of number: Double, probability: Double) -> Double {
    let expected = number * probability
    return (Double(count) - expected) / (expected * (1 - probability)).squareRoot()
  }

  /// Radius words below 2^(64 − shift): pairs with r > √(2 shift ln 2), among which the tails are not rare.
  private func conditionalTails(shift: UInt64, bounds: [Double], wrong: UInt64 = 0) -> [Double] {
    let count = 100_000
    let words = philoxWords(lk_philox_place(key: 1, trajectory: 0, pair: 2, stream: 3), rows: 1, lanes: count)
    let (x, y) = boxMuller(words.first.map { $0 >> (shift - wrong) }, words.second)
    return bounds.flatMap { bound in
      let probability = erfc(bound / 2.0.squareRoot()) * exp2(Double(shift))
      return [x, y].map { values in
        deviation(values.count { abs($0) > bound }, of: Double(count), probability: probability)
      }
    }
  }

  @Test func tailsFarOut() {
    // At least 50 numbers are expected beyond each bound: 5 standard deviations have a rate below 1e-5 to 6e-7.
    for (shift, bounds) in [(18, [5, 5.5, 6]), (29, [6.5, 7]), (40, [7.5, 8])] as [(UInt64, [Double])] {
      let deviations = conditionalTails(shift: shift, bounds: bounds)
      #expect(deviations.allSatisfy { abs($0) <= 5 }, "\(deviations)")
    }
    // A radius word of twice the size must be found out.
    #expect(conditionalTails(shift: 18, bounds: [5, 5.5], wrong: 1).allSatisfy { abs($0) > 5 })
  }

  /// 2³⁰ numbers of Philox itself, up to 6 standard deviations, where LOSCHMIDT_LONG_TESTS is 1; else 2²⁰ up to 4.
  @Test func tailsOfAllNumbers() {
    let isLong = ProcessInfo.processInfo.environment["LOSCHMIDT_LONG_TESTS"] == "1"
    let bounds = isLong ? [4, 4.5, 5, 5.5, 6] : [3, 3.5, 4]
    // r > t is the first word below 2⁶⁴ exp(−t²/2); only for these is the normal number worked out.
    let limit = UInt64(exp2(64) * exp(-bounds[0] * bounds[0] / 2) * 1.0001)
    let (lanes, blocks) = (1 << 14, isLong ? 1 << 15 : 1 << 5)
    let parts = TailCounts.inParallel(blocks: blocks) { block in
      let place = lk_philox_place(key: 77, trajectory: UInt64(lanes * block), pair: 0, stream: 0)
      return Self.tailCounts(philoxWords(place, rows: 1, lanes: lanes), below: limit, bounds: bounds)
    }
    for (k, bound) in bounds.enumerated() {
      // At 6, 2 numbers are expected, for which more than 15 have a probability of 1e-9, less are no fault.
      let probability = erfc(bound / 2.0.squareRoot())
      let number = 2 * Double(lanes * blocks)
      if number * probability < 20 {
        #expect(parts[k] <= 15, "\(parts[k]) beyond \(bound)")
      } else {
        #expect(abs(deviation(parts[k], of: number, probability: probability)) <= 5, "\(parts[k]) beyond \(bound)")
      }
    }
  }

  private static func tailCounts(
    _ words: (first: [UInt64], second: [UInt64]), below limit: UInt64, bounds: [Double]
  ) -> [Int] {
    var (radius, angle) = ([UInt64](), [UInt64]())
    words.first.withUnsafeBufferPointer { first in
      var k = 0
      while k < first.count {
        if first[k] < limit {
          radius.append(first[k])
          angle.append(words.second[k])
        }
        k += 1
      }
    }
    let (x, y) = boxMuller(radius, angle)
    return bounds.map { bound in x.count { abs($0) > bound } + y.count { abs($0) > bound } }
  }
}

/// Sums of counts over blocks, on all processors.
private enum TailCounts {
  static func inParallel(blocks: Int, _ count: @Sendable (Int) -> [Int]) -> [Int] {
    let sums = Mutex([Int]())
    DispatchQueue.concurrentPerform(iterations: blocks) { block in
      let counts = count(block)
      sums.withLock { $0 = $0.isEmpty ? counts : zip($0, counts).map(+) }
    }
    return sums.withLock { $0 }
  }
}

extension DispatchTests {
  @Test func randomBitsDoNotDependOnTheProcessor() {
    var results: [[UInt64]] = []
    for backend in [Self.baseline, Self.best] {
      #expect(lk_set_backend(backend) == backend)
      let words = philoxWords(NormalsTests.place, rows: 2, lanes: 77)
      let (x, y) = boxMuller(NormalsTests.words.radius, NormalsTests.words.angle)
      var first = [Double](repeating: 0, count: 2 * 77)
      var second = first
      lk_philox_uniforms(NormalsTests.place, 2, 77, &first, &second)
      var (indices, rest) = ([Int32](repeating: 0, count: 3 * 77), words)
      lk_next_indices(&rest.first, 1000, 3, 77, &indices)
      lk_next_indices(&rest.second, 64, 3, 77, &indices)
      var sequence = [UInt32](repeating: 0, count: 32)
      lk_philox_sequence(NormalsTests.place, &sequence)
      let doubles = (x + y + first + second).map(\.bitPattern)
      let whole = indices.map { UInt64($0) } + rest.first + sequence.map { UInt64($0) }
      results.append(words.first + words.second + doubles + whole)
    }
    #expect(results[0] == results[1])
  }
}
