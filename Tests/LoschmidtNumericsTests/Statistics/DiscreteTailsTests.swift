import Foundation
import LoschmidtNumerics
import Testing

@Suite struct DiscreteTailsTests {
  @Test("Poisson tails are sums of terms", arguments: [0.3, 4, 21.5])
  func poisson(mean: Double) throws {
    var terms = [exp(-mean)]
    for k in 1..<200 { terms.append(terms[k - 1] * mean / Double(k)) }
    for k in [0, 1, 5, 20, 40] {
      let (below, above) = (terms[...k].reduce(0, +), terms[k...].reversed().reduce(0, +))
      // Each of 200 products rounds twice, and the incomplete gamma function some dozens of times.
      #expect(abs(try DiscreteTails.poissonAtMost(k, mean: mean) / below - 1) < 1e-13)
      #expect(abs(try DiscreteTails.poissonAtLeast(k, mean: mean) / above - 1) < 1e-13)
    }
    #expect(try DiscreteTails.poissonAtMost(-1, mean: mean) == 0)
    #expect(try DiscreteTails.poissonAtLeast(0, mean: mean) == 1)
  }

  @Test("binomial tails are the Poisson-binomial law's", arguments: [0.02, 0.5, 0.9])
  func binomial(probability: Double) throws {
    for k in [0, 1, 7, 29, 30] {
      let law = PoissonBinomial(count: k, probabilities: [Double](repeating: probability, count: 30))
      // 30 × 30 products in the one, dozens in the other.
      #expect(
        abs(try DiscreteTails.binomialAtMost(k, trials: 30, probability: probability) / law.atMost - 1) < 1e-13)
      #expect(
        abs(try DiscreteTails.binomialAtLeast(k, trials: 30, probability: probability) / law.atLeast - 1) < 1e-13)
    }
    #expect(try DiscreteTails.binomialAtLeast(31, trials: 30, probability: probability) == 0)
  }

  @Test func twoSidedIsNoMoreThanOne() {
    #expect(DiscreteTails.twoSided(atMost: 0.7, atLeast: 0.6) == 1)
    #expect(DiscreteTails.twoSided(atMost: 0.01, atLeast: 0.995) == 0.02)
  }
}
