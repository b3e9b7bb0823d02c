import LoschmidtNumerics
import Testing

@Suite("Purposes of random numbers")
struct RandomPurposeTests {
  @Test("results depend on the raw values, which count from 0 and have 5 bits")
  func rawValues() {
    let purposes: [RandomPurpose] = [
      .thermal, .gradientNoise, .initialPoint, .batch, .permutation, .resampling, .auxiliary,
    ]
    #expect(RandomPurpose.allCases == purposes)
    #expect(purposes.map(\.rawValue) == (0..<UInt8(purposes.count)).map { $0 })
    #expect(purposes.count <= 32)
  }
}
