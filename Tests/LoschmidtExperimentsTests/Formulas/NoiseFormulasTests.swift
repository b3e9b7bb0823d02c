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

  @Test func batchesAndGaussians() throws {
    #expect(try formulas(Minibatch(size: 3))[1].contains("<mn>3</mn>"))
    #expect(try formulas(MatchedGaussian(size: 2))[1].contains("mfrac"))
    let constant = try formulas(ConstantCovariance(matrix: .diagonal([0.25])))
    #expect(constant[0].contains("ζ") && constant[1].contains("<mtd>"))
    // Without a loss the noise stands alone.
    #expect(try !formulas(ConstantCovariance(matrix: .diagonal([0.25])), loss: false)[0].contains("∇"))
  }
}
