import LoschmidtReports
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    (1.0, "1"), (-3, "-3"), (0, "0"), (-0.0, "-0.0"), (0.1, "0.1"), (1e-5, "1e-05"), (1e20, "1e+20"),
    (0.1 + 0.2, "0.30000000000000004"),
  ]) func shortest(value: Double, text: String) {
    #expect(NumberText.shortest(value) == text)
  }

  @Test(arguments: [
    (0.123456789, "0.123457"), (100.0, "100"), (99.999_999_9, "100"), (1.5e-7, "1.5e-07"), (-2.5e9, "-2.5e+09"),
    (1e-5, "0.00001"), (9e-6, "9e-06"), (123_456.7, "123457"), (0.0, "0"), (-0.0, "0"), (1.00002, "1.00002"),
  ]) func rounded(value: Double, text: String) {
    #expect(NumberText.rounded(value) == text)
  }

  @Test func aColumnHasOneNotation() {
    #expect(NumberText.column([0.1, 0.01, 12.5], digits: 6) == ["0.1", "0.01", "12.5"])
    #expect(NumberText.column([0.1, 1e-9, 0], digits: 3) == ["1e-01", "1e-09", "0"])
    #expect(NumberText.column([0.1, 1.25e-9], digits: 6) == ["1.00e-01", "1.25e-09"])
    #expect(NumberText.column([1, 2, 300], digits: 3) == ["1", "2", "300"])
    #expect(NumberText.column([], digits: 3) == [])
  }

  @Test(arguments: [
    (1.00234, 0.00123, "1.0023 ± 0.0012"), (0.5, 0.0996, "0.50 ± 0.10"), (1234.5, 67, "1234 ± 67"),
    (1.5e-7, 2e-9, "(1.500 ± 0.020)e-07"), (3e8, 1.2e7, "(3.00 ± 0.12)e+08"), (2, 0, "2 ± 0"),
    (1e-12, 0.5, "0.00 ± 0.50"),
  ]) func estimate(value: Double, error: Double, text: String) {
    #expect(NumberText.estimate(value, standardError: error) == text)
  }

  @Test func pointsStandUnderEachOther() {
    #expect(NumberText.alignedAtPoint(["1.5", "-12", "0.25", "–"]) == ["  1.5 ", "-12   ", "  0.25", "  –   "])
    #expect(NumberText.alignedAtPoint(["1", "20"]) == [" 1", "20"])
  }
}
