import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct StepLawTests {
  private let rates = [0.1, 0.5]
  private let variances = [0.3, 2]

  @Test func bothFormsAreOneLaw() throws {
    let diagonal = StepLaw(rates: rates, variances: variances)
    let full = try StepLaw(mobility: .diagonal(rates), covariance: .diagonal(variances))
    #expect(diagonal.dimension == 2 && full.dimension == 2 && diagonal.hasDensity && full.hasDensity)
    #expect(full.mobility == diagonal.mobility && full.mobility == .diagonal(rates))
    // A root, squared: 1 ulp.
    for law in [diagonal, full] {
      #expect((law.covariance - .diagonal(variances)).largestEntry <= 2 * 2.0.ulp)
    }
    let expected = 0.5 * log(4 * Double.pi * Double.pi * 0.6)
    #expect(abs(diagonal.logNormalisation - expected) <= 4 * 2.0.ulp)
    #expect(abs(full.logNormalisation - expected) <= 4 * 2.0.ulp)
  }

  @Test func singularNoise() throws {
    let diagonal = StepLaw(rates: rates, variances: [0.3, 0])
    #expect(!diagonal.hasDensity && !diagonal.isDeterministic)
    let covariance = DenseMatrix([[1, 1], [1, 1]])
    let full = try StepLaw(mobility: .diagonal(rates), covariance: covariance)
    #expect(!full.hasDensity && !full.isDeterministic)
    // Eigenvectors and roots of a 2 × 2 matrix.
    #expect((full.covariance - covariance).largestEntry <= 16 * Double.ulpOfOne)
    #expect(StepLaw(rates: rates, variances: [0, 0]).isDeterministic)
    #expect(try StepLaw(mobility: .diagonal(rates), covariance: .zero(2)).isDeterministic)
  }

  /// Σ = 2ηTΛ + η²ΛCΛ and M = ηΛ by hand.
  @Test func theRuleGivesTheLaw() throws {
    let preconditioner = DenseMatrix([[2, 0.5], [0.5, 1]])
    let noise = DenseMatrix([[1, -0.25], [-0.25, 3]])
    let rule = GradientDescent(
      learningRate: Schedule(0.5), preconditioner: .matrix(preconditioner.entries, dimension: 2))
    let setting = StepSetting(index: 0, startTime: 0, time: 0.5, learningRate: 0.5, temperatures: [0.75])
    let law = try rule.stepLaw(setting, additiveCovariance: noise, dimension: 2)
    let expected = 0.75 * preconditioner + 0.25 * (preconditioner * noise * preconditioner)
    #expect(law.mobility == 0.5 * preconditioner)
    // A factor, multiplied out: a few roundings of the largest entry.
    #expect((law.covariance - expected).largestEntry <= 8 * expected.largestEntry.ulp)
  }

  /// Heat baths and a diagonal noise stay diagonal, and are the same law as by matrices.
  @Test func severalBaths() throws {
    let setting = StepSetting(index: 0, startTime: 0, time: 0.5, learningRate: 0.5, temperatures: [1, 3])
    let rule = GradientDescent(learningRate: Schedule(0.5), preconditioner: .diagonal([2, 4]))
    let law = try rule.stepLaw(setting, additiveCovariance: .diagonal([0, 1]), dimension: 2)
    #expect(law.mobility == .diagonal([1, 2]))
    #expect((law.covariance - .diagonal([2, 16])).largestEntry <= 2 * 16.0.ulp)
  }
}
