import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct ExactProductionTests {
  private func exact(_ process: String) throws -> ExactProduction {
    try ExactProduction(try production(productionScenario(process)).plan)
  }

  private func reason(_ process: String) throws -> String {
    let plan = try production(productionScenario(process)).plan
    guard case .failure(let unknown) = EntropyProductionExperiment.exact(plan) else { return "" }
    return unknown.sentence
  }

  @Test func aLineWithAnyLoss() throws {
    let entry = ReferenceEntry.expansions(ofKind: "ula_entropy_production")[0]
    for row in entry["rows"].list.prefix(3) {
      let text =
        "parameters: {x: 0}\nloss: x^2/2 + 0.4*sin(1.3*x)\ntemperature: \(row["Temp"].double)\n"
        + "algorithm: {gradient-descent: {learning-rate: \(row["eta"].double)}}"
      guard case .line(let chain) = try exact(text) else { return #expect(Bool(false), "a line is expected") }
      let values = try chain.solve().get()
      // The reference states its own uncertainty; the interval here is another one, found from the loss alone.
      let uncertainty = row["abs_uncertainty_EP"].double
      #expect(
        agrees(
          values.productionPerStep, with: row["entropy_production_per_step_nats"].double, relative: 0,
          absolute: 2 * uncertainty))
      #expect(agrees(try #require(values.leading), with: row["leading_prediction"].double, relative: 1e-10))
    }
  }

  @Test func batchesWithTheirMultiplicities() throws {
    let data =
      "data: {h: [1, 0.6, 1.4, 0.8], c: [0.5, -0.4, 0.3, -0.2]}\ntemperature: 0.1\n"
      + "algorithm: {gradient-descent: {learning-rate: 0.3}}"
    let process = "parameters: {x: 0}\nloss: 0.5*h*x^2 - c*x\n" + data
    let row = ThermodynamicReference.entry("t6_minibatch_mixture")["outputs"].list[1]
    guard case .mixture(let one) = try exact(process + "\ngradient: minibatch") else {
      return #expect(Bool(false), "a mixture is expected")
    }
    #expect(agrees(one.extendedEntropyProduction, with: row["ep_extended"].double))
    #expect(agrees(one.mean, with: row["mean"].double))
    guard case .mixture(let two) = try exact(process + "\ngradient: {minibatch: {size: 2}}") else {
      return #expect(Bool(false), "a mixture is expected")
    }
    // All 16 ordered pairs with equal probability, by hand.
    let (h, c) = ([1, 0.6, 1.4, 0.8], [0.5, -0.4, 0.3, -0.2])
    let pairs = h.indices.flatMap { i in h.indices.map { (i, $0) } }
    let reference = try MinibatchMixture1D(
      curvatures: pairs.map { 0.5 * (h[$0.0] + h[$0.1]) }, pulls: pairs.map { 0.5 * (c[$0.0] + c[$0.1]) },
      learningRate: 0.3, temperature: 0.1)
    #expect(two.curvatures.count == 16)
    #expect(agrees(two.extendedEntropyProduction, with: reference.extendedEntropyProduction, relative: 1e-13))
  }

  private func exact(_ process: String, with gradient: any GradientNoise) throws -> (SimulationPlan, ExactProduction) {
    var process = try production(productionScenario(process)).plan.process
    process.gradient = gradient
    let plan = try SimulationPlan(process, steps: 1)
    return (plan, try ExactProduction(plan))
  }

  /// Samples of one curvature make the noise additive: the chain of the constant covariance.
  @Test func normalNoiseOfOneCurvature() throws {
    let process =
      "parameters: {x: 0, y: 0}\nloss: 0.5*(x - a)^2 + 0.3*(x - y)^2 + (y - b)^2\n"
      + "data: {a: [1, 2, 3, 5], b: [0, 1, 0, 2]}"
    let (plan, kind) = try exact(process, with: MatchedGaussian(size: 2))
    guard case .gaussian(let chain) = kind else { return #expect(Bool(false), "a chain is expected") }
    let landscape = try #require(plan.process.landscape)
    let constant = ConstantCovariance(matrix: 0.5 * landscape.gradientCovariance(at: [0.3, -2]))
    guard case .gaussian(let expected) = try exact(process, with: constant).1 else {
      return #expect(Bool(false), "a chain is expected")
    }
    #expect(chain.entropyProductionPerStep > 1e-4)
    #expect(agrees(chain.entropyProductionPerStep, with: expected.entropyProductionPerStep, relative: 1e-10))
    let figures = ExactFigures(plan, .success(kind))
    #expect(figures.perStep == chain.entropyProductionPerStep && figures.leading == nil)
  }

  @Test func heavyTailsOfOneCoordinate() throws {
    let process = "parameters: {x: 0}\nloss: 0.5*(x - a)^2\ndata: {a: [1, 2, 3, 5]}"
    let noise = StatedNoise(
      covariance: NoiseCovariance(samplingFactor: 1), randomness: .integrated,
      heavyTail: .student(degreesOfFreedom: 3))
    let (plan, kind) = try exact(process, with: noise)
    // The step 0.1 of these scenarios in a curvature of 1 is a = 0.9, the second entry.
    let expected = ThermodynamicReference.entries("t7_student_t")[1]["outputs"]["ep_per_step_quadrature"].double
    #expect(abs(try #require(ExactFigures(plan, .success(kind)).perStep) - expected) < 1e-12)
    let unknown = StatedNoise(covariance: NoiseCovariance(samplingFactor: 1), randomness: .integrated)
    #expect(throws: ExactProduction.Unknown.self) { try exact(process, with: unknown) }
  }

  @Test func whatIsNotKnown() throws {
    #expect(try reason("parameters: {x: 0}\nloss: x^2\ntemperature: 1 + t").contains("changes in time"))
    #expect(try reason("parameters: {x: 0}\nloss: 20*x^2\ntemperature: 1").contains("edge of stability"))
    #expect(try reason("parameters: {x: 0, y: 0}\nloss: x^4 + y^2\ntemperature: 1").contains("known are"))
    #expect(try reason("parameters: {x: 0}\nforce: {x: -x^3}\ntemperature: 1").contains("force"))
    #expect(try reason("parameters: {x: 0}\nloss: cos(x)\ntemperature: 1").contains("confine"))
    let fine = "algorithm: {gradient-descent: {learning-rate: 0.0000001}}"
    #expect(try reason("parameters: {x: 0}\nloss: logcosh(x)\ntemperature: 1\n" + fine).contains("points"))
  }
}
