import Testing

@testable import LoschmidtNumerics

@Suite struct LargeIncompleteGammaTests {
  /// Numbers of mpmath: ∫ exp((a − 1) ln t − t − ln Γ(a)) dt by quadrature with 40 digits, from x away from the mean.
  ///
  /// GSL gives up on those with a from 1.2 to 3 × 10⁶, and has 0.152 for 0.159 one standard deviation below 6 × 10⁵.
  @Test(arguments: [
    (1e4, 9200.0, 1.0130928844019716e-16, 4e-11), (1e4, 10300, 0.0014704948963856813, 4e-12),
    (1e5, 90513, 2.3499129192254825e-211, 3e-11), (1e5, 99684, 0.15882956241747924, 1e-13),
    (1.2e6, 1_203_286, 0.001362071640705876, 1e-13), (1.8e6, 1_801_342, 0.15859048667556136, 1e-13),
    (1.8e6, 1_806_708, 2.9586188180753005e-7, 1e-13), (3e6, 3_013_856, 6.8753858630298758e-16, 1e-13),
    (1e9, 999_841_886, 2.8627016633779882e-7, 1e-13), (1e9, 1_000_015_811, 0.30853907842087142, 1e-13),
    (1e9, 1_000_948_683, 6.5227029369153667e-198, 2e-11),
  ])
  func tails(a: Double, x: Double, wanted: Double, relative: Double) {
    let found = LargeIncompleteGamma(a, x)
    // The next term of the expansion at a = 10⁴; rounding of the exponent aη²/2 ≤ 450 far out, of which half the ulp is
    // 3 × 10⁻¹⁴, and of x − a.
    #expect(abs((x < a ? found.lower : found.upper) / wanted - 1) <= relative)
    #expect(abs(found.lower + found.upper - 1) <= 1e-15)
  }

  /// Where it takes over from GSL both agree: GSL has eight digits there.
  @Test func theMethodsMeet() throws {
    let below = LargeIncompleteGamma.leastOrder.nextDown
    for deviations in stride(from: -6.0, through: 6, by: 0.5) {
      let x = below + deviations * below.squareRoot()
      let here = LargeIncompleteGamma(below, x)
      #expect(abs(try SpecialFunctions.lowerIncompleteGamma(below, x) / here.lower - 1) <= 1e-8)
      #expect(abs(try SpecialFunctions.upperIncompleteGamma(below, x) / here.upper - 1) <= 1e-8)
    }
  }

  @Test func edges() throws {
    for a in [1e4, 1e9, 1e300] {
      #expect(try SpecialFunctions.lowerIncompleteGamma(a, 0) == 0 && SpecialFunctions.upperIncompleteGamma(a, 0) == 1)
      #expect(try SpecialFunctions.upperIncompleteGamma(a, 1.5 * a) == 0)
      #expect(try SpecialFunctions.lowerIncompleteGamma(a, .greatestFiniteMagnitude) == 1)
      // The median is about a − ⅓.
      #expect(abs(try SpecialFunctions.lowerIncompleteGamma(a, a) - 0.5) < 0.2 / a.squareRoot())
    }
    #expect(throws: GSLError.self) { try SpecialFunctions.lowerIncompleteGamma(1e5, .nan) }
    #expect(throws: GSLError.self) { try SpecialFunctions.lowerIncompleteGamma(1e5, -1) }
  }
}
