import LoschmidtThermodynamics
import Testing

@Suite struct KernelTestTests {
  private func residuals(_ sum: Double, _ degrees: Int, rounding: Double = 0) -> StepResiduals {
    var residuals = StepResiduals()
    residuals.add(sum: sum, degrees: degrees, rounding: rounding)
    return residuals
  }

  /// Twice scipy.stats.chi2.sf(1100, 1000), chi2.cdf(900, 1000) and chi2.sf(81000, 80000), scipy 1.10 or later.
  @Test func pValuesAreThoseOfChiSquared() throws {
    for (sum, degrees, expected) in [
      (1100.0, 1000, 0.029228816252590384), (900, 1000, 0.02143447618257946), (81_000, 80_000, 0.012726815651329057),
    ] {
      let test = try #require(KernelTest(residuals(sum, degrees)))
      // Incomplete gamma functions of large arguments keep ten digits in either library.
      #expect(abs(test.pValue / expected - 1) <= 1e-9)
      #expect(test.ratio == sum / Double(degrees))
    }
    #expect(try #require(KernelTest(residuals(.infinity, 3))).pValue == 0)
  }

  /// A million paths and more: the sum is some standard deviations off either way, for which the p-value is that of a normal
  /// law to the skewness √(8/ν), and the next order is 1/ν.
  @Test(arguments: [3_000_000, 100_000_000]) func manyStepsHavePValuesToo(degrees: Int) throws {
    let deviation = (2 * Double(degrees)).squareRoot()
    for (z, normal) in [(1.0, 0.31731050786291415), (3, 0.0026997960632601866), (5, 5.733031437583878e-07)] {
      for side in [z, -z] {
        let test = try #require(KernelTest(residuals(Double(degrees) + side * deviation, degrees)))
        // Edgeworth's first term is γ(z² − 1)φ(z)/6, which is below γz³ relative to the tail φ(z)/z; twice that is allowed.
        let skewness = (8 / Double(degrees)).squareRoot()
        #expect(abs(test.pValue / normal - 1) < 2 * z * z * z * skewness)
      }
    }
    let wrong = try #require(KernelTest(residuals(Double(degrees) / 1.1, degrees)))
    #expect(wrong.pValue == 0)
  }

  @Test func whatIsRoundedAwayIsNotTested() throws {
    #expect(KernelTest(StepResiduals()) == nil)
    #expect(KernelTest(residuals(1000, 1000, rounding: 1)) == nil)
    // 2 √(1e-6 × 1000) = 0.063 either way hardly moves the p-value, and never down.
    let sharp = try #require(KernelTest(residuals(1100, 1000)))
    let blurred = try #require(KernelTest(residuals(1100, 1000, rounding: 1e-6)))
    #expect(blurred.pValue > sharp.pValue && blurred.pValue < 1.01 * sharp.pValue)
  }

  @Test func aWrongModelScalesItsResiduals() throws {
    var all = residuals(1000, 1000)
    all.append(residuals(100, 100))
    #expect(all == residuals(1100, 1100))
    let scaled = all.scaled(byNoise: 1.1)
    #expect(abs(scaled.sum - 1000) <= 1e-12 * 1000 && scaled.degrees == 1100)  // rounding of one division
  }

  @Test func aRejectedKernelAllowsNoPass() throws {
    let wrong = try #require(KernelTest(residuals(2000, 1000)))
    let passed = VerdictOutcome(status: .pass, reasons: [.withinMargin(reach: 0.01, margin: 0.05)])
    let failed = VerdictOutcome(status: .fail, reasons: [.rejected(pValue: 0, level: 1e-3)])
    let undecided = KernelTest.combine(passed, wrong, level: 1e-3)
    #expect(undecided.status == .undecided && undecided.reasons.count == 2)
    #expect(KernelTest.combine(failed, wrong, level: 1e-3).status == .fail)
    #expect(KernelTest.combine(failed, wrong, level: 1e-3).reasons.count == 2)
    let right = try #require(KernelTest(residuals(1000, 1000)))
    #expect(KernelTest.combine(passed, right, level: 1e-3) == passed)
    #expect(KernelTest.combine(passed, nil, level: 1e-3) == passed)
  }

  /// scipy.stats.chi2: with ν = 5000 degrees and a sum of 5000 the models with 1.1 and 1/1.1 times the noise have p-values of
  /// 2.8e-6 and 1.2e-6; with 500 of 0.1437 and 0.1206.
  @Test func aPassNeedsThePowerToRejectAWrongNoise() throws {
    let passed = VerdictOutcome(status: .pass, reasons: [.withinMargin(reach: 0.01, margin: 0.05)])
    func outcome(_ residuals: StepResiduals?, factor: Double) -> VerdictOutcome {
      KernelTest.requirePower(passed, residuals, factor: factor, trajectories: 100, level: 1e-3)
    }
    #expect(outcome(residuals(5000, 5000), factor: 1.1) == passed)
    #expect(outcome(residuals(5000, 5000), factor: 1 / 1.1) == passed)
    let few = outcome(residuals(500, 500), factor: 1.1)
    #expect(few.status == .undecided && few.reasons.count == 2)
    guard case .kernelControlNotRejected(let p, 1.1) = few.reasons[0] else {
      Issue.record("\(few.reasons)")
      return
    }
    #expect(abs(p - 0.14369326198859544) <= 1e-9)
    // 2 ((3.2905 + 1.2816)/(1 − 1/1.1))² = 5058.7 degrees, of which a trajectory has five.
    #expect(few.trajectoriesToDecide == 1012)
    let none = outcome(nil, factor: 1.1)
    #expect(none.status == .undecided && none.reasons == passed.reasons && none.trajectoriesToDecide == nil)
  }
}
