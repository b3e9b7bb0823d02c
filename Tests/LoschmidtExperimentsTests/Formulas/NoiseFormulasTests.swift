import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@testable import LoschmidtExperiments

@Suite struct NoiseFormulasTests {
  private func formulas(_ noise: any GradientNoise, loss: Bool = true) throws -> [String] {
    let parameters = ParameterLayout([("x", .scalar)])
    let landscape = try ExpressionLandscape(loss: Expression(parsing: "x^2"), parameters: parameters)
    let process = TrainingProcess(
      parameters: parameters, initialLaw: InitialLaw([.point(1)]), landscape: loss ? landscape : nil, gradient: noise,
      algorithm: GradientDescent(learningRate: Schedule(0.1)))
    let formulas = NoiseFormulas(process).formulas.map(\.mathML)
    for formula in formulas { #expect(isMathML(formula), "\(formula)") }
    return formulas
  }

  @Test func theFullGradientHasNoLaw() throws {
    #expect(try formulas(FullBatch()).count == 1)
    #expect(try formulas(FullBatch(), loss: false).isEmpty)
  }

  @Test func everyOtherNoiseHasItsLaw() throws {
    let isotropic = try formulas(Isotropic(.size(2)))
    #expect(isotropic[1].contains("tr") && isotropic[1].contains("<mn>2</mn><mi>d</mi>"))
    #expect(try formulas(Isotropic(.standardDeviation(0.5)))[1].contains("<mn>0.5</mn>"))
    let stable = try formulas(AlphaStable(alpha: 1.5, scale: 0.25))
    #expect(stable[0].contains("ζ") && stable[1].contains("<mn>1.5</mn>") && stable[1].contains("<mn>0.25</mn>"))
    let label = try formulas(LabelNoise(column: "y", standardDeviation: 0.3, size: 2))
    #expect(label[0].contains("<mn>0.3</mn>") && label[0].contains("<mi>ε</mi>") && label[1].contains("<mn>2</mn>"))
    let amplified = try formulas(SVAG(size: 3, substeps: 4))
    // Both weights, ½(1 ± √(2l − 1)), and l itself.
    #expect(amplified[0].components(separatedBy: "msqrt").count == 5 && amplified[0].contains("<mo>−</mo><msqrt>"))
    #expect(amplified[1].contains("<mi>l</mi><mo>=</mo><mn>4</mn>"))
    // A law, not the words of the scenario: nothing of them is left.
    for text in [isotropic, stable, label, amplified].joined() { #expect(!text.contains("size:")) }
  }

  @Test func batchesAndGaussians() throws {
    #expect(try formulas(Minibatch(size: 3))[1].contains("<mn>3</mn>"))
    #expect(try formulas(MatchedGaussian(size: 2))[1].contains("mfrac"))
    let constant = try formulas(ConstantCovariance(matrix: .diagonal([0.25])))
    #expect(constant[0].contains("ζ") && constant[1].contains("<mtd>"))
    // Without a loss the noise stands alone.
    #expect(try !formulas(ConstantCovariance(matrix: .diagonal([0.25])), loss: false)[0].contains("∇"))
  }
}
