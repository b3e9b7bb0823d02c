import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct VerdictCalibrationTests {
  static func decide(_ values: [Double], _ index: Int) -> VerdictStatus {
    values[0] < 0.5 ? .pass : values[0] < 0.8 ? .fail : .undecided
  }

  @Test("the counts do not depend on the threads", arguments: [1, 2, 5]) func counts(threads: Int) throws {
    var random = TestRandom(seed: 71)
    let samples = (0..<100).map { _ in random.vector(1, in: 0...1) }
    let calibration = try VerdictCalibration(samples: samples, threads: threads, decide: Self.decide)
    #expect(calibration.passes == samples.count { $0[0] < 0.5 })
    #expect(calibration.failures == samples.count { $0[0] >= 0.5 && $0[0] < 0.8 })
    #expect(calibration.repetitions == 100)
    #expect(calibration.share(of: .pass) == Double(calibration.passes) / 100)
    #expect(VerdictStatus.allCases.reduce(0) { $0 + calibration.count(of: $1) } == 100)
  }

  @Test func ratesAreJudged() throws {
    var calibration = VerdictCalibration()
    for index in 0..<1000 { calibration.add(index < 30 ? .fail : .undecided) }
    #expect(try calibration.pValue(of: .fail, atMost: 0.03) > 0.4)
    #expect(try calibration.pValue(of: .fail, atMost: 0.01) < 1e-6)
    #expect(abs(calibration.standardError(of: .fail) - (0.03 * 0.97 / 1000).squareRoot()) < 1e-15)
  }
}
