import LoschmidtNumerics
import Testing

@Suite struct RationalTests {
  @Test func isAlwaysInLowestTerms() {
    #expect(Rational(6, -8) == Rational(-3, 4))
    #expect(Rational(0, -5) == 0)
    #expect(Rational(0, -5).denominator == 1)
    #expect("\(Rational(-10, 4)) \(Rational(8, 4))" == "-5/2 2")
  }

  @Test func obeysTheLawsOfAField() {
    let values = (-4...4).flatMap { n in (1...5).map { Rational(n, $0) } }
    for a in values {
      #expect(a + -a == 0)
      if !a.isZero { #expect(a * (1 / a) == 1) }
      for b in values {
        #expect(a + b == b + a)
        #expect(a * b == b * a)
        #expect((a - b) + b == a)
        #expect((a < b) == (a.doubleValue < b.doubleValue))
        #expect(a * (b + Rational(1, 7)) == a * b + a * Rational(1, 7))
      }
    }
  }

  @Test func addsLargeDenominatorsWithoutTheirProduct() {
    let large = Rational(1, Int.max)
    #expect(large + large == Rational(2, Int.max))
    #expect((large * large) * Rational(Int.max) == large)
  }
}
