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
}
