import Foundation
import LoschmidtNumerics
import Testing

@testable import LoschmidtExperiments

/// The gate of errors that do not exist, on laws whose tails are known.
@Suite struct TailGateTests {
  private func normal(_ stream: inout ResamplingStream) -> Double {
    (-2 * log(stream.uniform())).squareRoot() * cos(2 * .pi * stream.uniform())
  }

  /// How many of samples of n values are denied an error of their mean, or of their variance.
  private func alarms(_ n: Int, repetitions: Int, power: Int, _ draw: (inout ResamplingStream) -> Double) -> Int {
    var stream = ResamplingStream(seed: UInt64(n + power))
    return (0..<repetitions).count { _ in
      let values = (0..<n).map { _ in draw(&stream) }
      let centre = values.sorted()[n / 2]
      return TailGate(values.map { abs($0 - centre) }).reason(power: power) != nil
    }
  }

  /// Light tails keep their errors: normal, uniform, exponential, χ² and lognormal laws.
  @Test(arguments: [100, 1000]) func lightTailsPass(n: Int) {
    let repetitions = n == 1000 ? 100 : 400
    let laws: [(inout ResamplingStream) -> Double] = [
      { normal(&$0) }, { $0.uniform() }, { -log($0.uniform()) },
      {
        let z = normal(&$0)
        return z * z
      }, { exp(0.5 * normal(&$0)) },
    ]
    for (index, law) in laws.enumerated() {
      // A level of 10⁻³ and half of that again for the shape: 4 of 400 have a probability below 1e-3 for a pure power.
      #expect(alarms(n, repetitions: repetitions, power: 1, law) <= 4, "law \(index), n \(n)")
    }
  }

  /// The controls: tails without a variance are denied an error of the mean.
  @Test func heavyTailsAreDenied() {
    // Nine in ten by a study in numpy; 27 or fewer of 40 have a probability below 1e-5.
    #expect(alarms(1000, repetitions: 40, power: 1) { pow($0.uniform(), -1) } >= 28)
    // All but one in 300.
    #expect(alarms(4000, repetitions: 20, power: 2) { pow($0.uniform(), -1 / 1.5) } >= 16)
    #expect(TailGate([1, 2, 3]).reason(power: 1) == nil)
  }
}
