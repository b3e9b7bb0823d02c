import LoschmidtNumerics
import Testing

@Suite struct ResamplingStreamTests {
  @Test func knownAnswers() {
    // The first words of SplitMix64 for the seed 1234567, as Vigna's reference code prints them.
    var stream = ResamplingStream(seed: 1_234_567)
    #expect((0..<3).map { _ in stream.next() } == [6457827717110365317, 3203168211198807973, 9817491932198370423])
  }

  @Test func uniformNumbersAreNeverZero() {
    var stream = ResamplingStream(seed: 1)
    let values = (0..<10_000).map { _ in stream.uniform() }
    #expect(values.allSatisfy { $0 > 0 && $0 <= 1 })
    // The mean of uniform numbers has the standard error 1/√(12 n); five of them.
    #expect(abs(Moments(values).mean - 0.5) < 5 / (12.0 * 10_000).squareRoot())
  }
}
