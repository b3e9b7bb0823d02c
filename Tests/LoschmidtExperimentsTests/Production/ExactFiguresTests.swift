import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

@Suite struct ExactFiguresTests {
  private func figures(_ process: String) throws -> ExactFigures {
    let plan = try production(productionScenario(process)).plan
    return ExactFigures(plan, EntropyProductionExperiment.exact(plan))
  }

  @Test func twoHeatBaths() throws {
    let values = try figures(
      "parameters: {x: 0, y: 0}\nforce: {x: y - 2*x, y: x - 2*y}\ntemperature: {x: 1, y: 10}")
    // k (T2 − T1)²/(4 T1 T2) with k = 1.
    #expect(agrees(values.continuum ?? 0, with: 81.0 / 40, relative: 1e-12))
    // At η = 0.1 by hand: Σ and the flow of the two-dimensional Lyapunov equation give 81/370.
    #expect(agrees(values.perStep ?? 0, with: 81.0 / 370, relative: 1e-12))
    #expect(values.leading == nil)
  }

  @Test func gradientNoiseOfConstantCovariance() throws {
    let entry = ThermodynamicReference.entry("t1_sgd_to_ou_limit")["outputs"]
    let values = try figures(
      "parameters: {x: 0, y: 0}\nloss: 0.5*x^2 + 0.3*x*y + y^2\n"
        + "gradient: {constant-covariance: {matrix: [[1, 0.6], [0.6, 0.5]]}}")
    #expect(agrees(values.continuum ?? 0, with: entry["ou_limit_rate"].double))
    #expect(agrees((values.perStep ?? 0) / 0.1, with: entry["discrete"].list[0]["ep_per_step_over_eta"].double))
  }

  @Test(arguments: [0, 1]) func bothPicturesOfBatches(index: Int) throws {
    let row = ThermodynamicReference.entry("t6_minibatch_mixture")["outputs"].list[index]
    let values = try figures(
      "parameters: {x: 0}\nloss: 0.5*h*x^2 - c*x\ndata: {h: [1, 0.6, 1.4, 0.8], c: [0.5, -0.4, 0.3, -0.2]}\n"
        + "gradient: minibatch\ntemperature: \(row["T"].double)\n"
        + "algorithm: {gradient-descent: {learning-rate: 0.3}}")
    #expect(agrees(values.perStep ?? 0, with: row["ep_extended"].double))
    #expect(agrees(values.marginal ?? 0, with: row["ep_marginal"].double))
  }

  @Test func equilibriumIsZero() throws {
    let values = try figures("parameters: {x: 0, y: 0}\nloss: x^2 + x*y + y^2\ntemperature: 1")
    #expect(abs(values.perStep ?? 1) < ExactProduction.rounding)
    #expect(values.leading == 0 && values.marginal == nil)
  }
}
