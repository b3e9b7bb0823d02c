import Foundation
import LoschmidtTestSupport
import Testing

@testable import LoschmidtNumerics

@Suite("Generators in the form of GSL")
struct RandomGeneratorTests {
  /// Five-sigma bounds have a two-sided rate of 6e-7 each.
  static let sigmas = 5.0

  @Test("equal seeds give equal numbers, other ones others", arguments: RandomGenerator.Algorithm.allCases)
  func seeds(algorithm: RandomGenerator.Algorithm) throws {
    func first(_ seed: UInt64, _ stream: UInt64) throws -> [Double] {
      let generator = try RandomGenerator(algorithm, seed: seed, stream: stream)
      return (0..<8).map { _ in generator.uniform() }
    }
    let reference = try first(7, 3)
    #expect(try first(7, 3) == reference)
    #expect(try first(8, 3) != reference)
    #expect(try first(7, 4) != reference)
    #expect(try first(7, 3 + 1 << 40) != reference)
    let generator = try RandomGenerator(algorithm, seed: 1)
    _ = generator.normal()
    generator.reseed(7, stream: 3)
    #expect((0..<8).map { _ in generator.uniform() } == reference)
  }

  @Test("the Mersenne Twister is the published one")
  func mersenneTwister() throws {
    // Draws a generator whose classical seed is known, and compares with the recurrence written out here.
    let seed = RandomGenerator.classicalSeed(.mt19937, seed: 5, stream: 0)
    var state = [UInt32](repeating: seed, count: 624)
    for i in 1..<624 { state[i] = 1_812_433_253 &* (state[i - 1] ^ state[i - 1] >> 30) &+ UInt32(i) }
    func word(_ k: Int) -> UInt32 {
      let mixed = state[k] & 0x8000_0000 | state[k + 1] & 0x7fff_ffff
      var y = state[k + 397] ^ mixed >> 1 ^ (mixed & 1 == 1 ? 0x9908_b0df : 0)
      y ^= y >> 11
      y ^= y << 7 & 0x9d2c_5680
      y ^= y << 15 & 0xefc6_0000
      return y ^ y >> 18
    }
    let generator = try RandomGenerator(.mt19937, seed: 5)
    for k in 0..<200 { #expect(generator.uniform() == Double(word(k)) / 4_294_967_296) }  // exact in a double
  }

  @Test("Philox gives the words of its counter, and doubles of 53 bits")
  func philox() throws {
    let (seed, stream): (UInt64, UInt64) = (5, 1 << 35 | 9)
    let scalar = ScalarPhilox(key: StreamKey(seed: seed).word)
    let generator = try RandomGenerator(.philox, seed: seed, stream: stream)
    for block in 0..<20 as Range<UInt32> {
      let words = scalar.pair(trajectory: stream, pair: 0, stream: 6 << 29 + block)
      #expect(generator.uniform() == Double(words.first >> 11) * 0x1p-53)  // exact in a double
      #expect(generator.uniform() == Double(words.second >> 11) * 0x1p-53)
    }
  }

  @Test("Philox starts at a counter at once, and the same generator at others")
  func position() throws {
    let generator = try RandomGenerator(.philox, seed: 1)
    let key = StreamKey(seed: 8, experiment: 2)
    for step in [4, 5, 4] {
      generator.position(key, PhiloxCounter(trajectory: 3, .auxiliary, .sequence, step: step))
      let stream = UInt32(4 + step % 2) << 29 | UInt32(RandomPurpose.auxiliary.rawValue) << 24
      let words = ScalarPhilox(key: key.word).pair(trajectory: 3, pair: 2, stream: stream)
      // Of 32 bits each, the low word first: a bound of 2³¹ halves them, as GSL divides by ⌊(2³² − 1) / 2³¹⌋ = 1 and
      // draws again what is not below the bound.
      let expected = [words.first, words.second].flatMap { [$0 & 0xffff_ffff, $0 >> 32] }.filter { $0 < 1 << 31 }
      #expect(expected.map { Int($0) } == expected.map { _ in generator.integer(below: 1 << 31) })
    }
  }

  @Test("no two streams of a seed share a classical seed", arguments: RandomGenerator.Algorithm.allCases.dropFirst())
  func streamsDiffer(algorithm: RandomGenerator.Algorithm) {
    let count = 200_000  // of random seeds of 31 bits, some nine pairs would coincide
    let seeds = Set((0..<UInt64(count)).map { RandomGenerator.classicalSeed(algorithm, seed: 11, stream: $0) })
    #expect(seeds.count == count)
    if algorithm == .ranlxd2 { #expect(seeds.allSatisfy { $0 < 1 << 31 }) }
  }

  @Test("uniform numbers have their range and moments", arguments: RandomGenerator.Algorithm.allCases)
  func uniform(algorithm: RandomGenerator.Algorithm) throws {
    let generator = try RandomGenerator(algorithm, seed: 2024)
    let count = 100_000
    var (sum, squares, least, greatest) = (0.0, 0.0, 1.0, 0.0)
    for _ in 0..<count {
      let u = generator.uniform()
      (least, greatest) = (min(least, u), max(greatest, u))
      sum += u - 0.5
      squares += (u - 0.5) * (u - 0.5)
    }
    #expect(least > 0 && greatest < 1)
    let n = Double(count)
    #expect(abs(sum / n) <= Self.sigmas * (1 / 12 / n).squareRoot())  // variance 1/12
    #expect(abs(squares / n - 1 / 12) <= Self.sigmas * (1 / 180 / n).squareRoot())  // variance 1/80 − 1/144
  }

  @Test("integers fill their range evenly", arguments: RandomGenerator.Algorithm.allCases)
  func integers(algorithm: RandomGenerator.Algorithm) throws {
    let generator = try RandomGenerator(algorithm, seed: 99)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[generator.integer(below: 7)] += 1 }
    let statistic = counts.reduce(0) { $0 + pow(Double($1) - 10_000, 2) / 10_000 }
    #expect(try TailProbabilities.chiSquaredTail(statistic, degreesOfFreedom: 6) > 1e-6)  // the false-alarm rate
    #expect(generator.integer(below: 1) == 0)
  }

  @Test("bounds beyond 32 bits reach their upper half")
  func wideIntegers() throws {
    let generator = try RandomGenerator(.taus2, seed: 5)
    let bound = 3 << 60
    let draws = (0..<1000).map { _ in generator.integer(below: bound) }
    #expect(draws.allSatisfy { (0..<bound).contains($0) })
    let upper = draws.count { $0 >= bound / 2 }
    #expect(abs(Double(upper) - 500) <= Self.sigmas * 250.0.squareRoot())  // binomial: variance 1000/4
  }
}
