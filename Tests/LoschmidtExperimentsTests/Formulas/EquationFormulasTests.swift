import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@testable import LoschmidtExperiments

@Suite struct EquationFormulasTests {
  private func formulas(
    _ order: ModifiedSDE.Order, _ interpretation: ModifiedSDE.Interpretation, _ process: String
  ) throws -> [String] {
    let text = """
      loschmidt: 1
      seed: 1
      process:
        parameters: {x: 1}
        loss: 0.5*(x - y)^2
        data: {y: [1, 2]}
        algorithm: {modified-sde: {learning-rate: 0.1, order: \(order.rawValue), interpretation: \(interpretation.rawValue)}}
      \(process.split(separator: "\n").map { "  \($0)\n" }.joined())experiments: [{relaxation: {steps: 1, trajectories: 4}}]
      """
    let reading = Scenario.read(bytes: Array(text.utf8), path: "s.yaml")
    let scenario = try #require(reading.scenario, "\(reading.diagnostics)")
    let formulas = ProcessFormulas(scenario.process).formulas
    for formula in formulas { #expect(isMathML(formula.mathML), "\(formula.label): \(formula.mathML)") }
    return formulas.filter { $0.label.hasPrefix("step") || $0.label == "field" }.map(\.mathML)
  }

  private let batch = "gradient: {minibatch: {size: 2}}"

  @Test func theDriftIsThatOfItsOrderAndReading() throws {
    let first = try formulas(.first, .ito, batch)
    #expect(first.count == 1 && !first[0].contains("<mn>4</mn>") && !first[0].contains("∘"))
    let ito = try formulas(.second, .ito, batch)
    #expect(ito[0].contains("<mn>4</mn>") && !ito[0].contains("mover") && !ito[0].contains("∘"))
    // The square of the estimate, not of its mean.
    let stratonovich = try formulas(.second, .stratonovich, batch)
    #expect(stratonovich[0].contains("<mn>4</mn>") && stratonovich[0].contains("mover"))
    #expect(stratonovich[0].contains("∘"))
  }

  @Test func theNoiseIsWhatThereIs() throws {
    // f = 1/B with replacement.
    let first = try formulas(.first, .ito, batch)[0]
    #expect(first.contains("<mn>0.5</mn>") && first.contains("<mi>W</mi>"))
    let flow = try formulas(.second, .ito, "gradient: full-batch")
    #expect(!flow[0].contains("<mi>W</mi>") && !flow[0].contains("<mi>B</mi>"))
    let warm = try formulas(.first, .ito, "gradient: {constant-covariance: {matrix: [[0.5]]}}\ntemperature: 0.1")
    #expect(warm[0].contains("<mi>C</mi>") && warm[0].contains("<mi>T</mi>"))
  }

  @Test func aForceMakesTheFieldOfItsOwn() throws {
    let forced = try formulas(.second, .ito, batch + "\nforce: {x: -x}")
    #expect(forced.count == 2 && forced[0].contains("<mi>G</mi>") && forced[1].contains("<mi>F</mi>"))
  }
}
