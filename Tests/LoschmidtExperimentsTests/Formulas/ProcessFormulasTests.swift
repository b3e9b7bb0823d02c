import Foundation
import LoschmidtReports
import Testing

@testable import LoschmidtExperiments

@Suite struct ProcessFormulasTests {
  private func formulas(_ process: String) throws -> [RunSubject.Formula] {
    let indented = process.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    let text =
      "loschmidt: 1\nseed: 1\nprocess:\n\(indented)\nexperiments: [{relaxation: {steps: 1, trajectories: 4}}]\n"
    let reading = Scenario.read(bytes: Array(text.utf8), path: "s.yaml")
    let scenario = try #require(reading.scenario, "\(reading.diagnostics)")
    let formulas = ProcessFormulas(scenario.process).formulas
    for formula in formulas { #expect(isMathML(formula.mathML), "\(formula.label): \(formula.mathML)") }
    return formulas
  }

  @Test func lossWithDataAndBatches() throws {
    let formulas = try formulas(
      """
      parameters: {u: 1.5, w: "normal(0, 2)"}
      loss: 0.5*(u*x + w - y)^2
      data: {x: [1, 2], y: [1, 3]}
      gradient: {minibatch: {size: 1}}
      algorithm: {gradient-descent: {learning-rate: 0.1/(1 + step)}}
      """)
    #expect(
      formulas.map(\.label) == [
        "loss", "loss of one sample", "gradient estimate", "noise", "step", "learning rate", "start", "start",
      ])
    #expect(formulas[1].mathML.contains("<msub><mi>x</mi><mrow><mi>i</mi></mrow></msub>"))
    #expect(formulas[3].mathML.contains("with-replacement"))
    #expect(!formulas[4].mathML.contains("<mi>T</mi>") && !formulas[4].mathML.contains("<mi>F</mi>"))
    #expect(formulas[5].mathML.contains("mfrac"))
    #expect(formulas[7].mathML.contains("∼"))
  }

  @Test func forcesBathsAndProtocols() throws {
    let formulas = try formulas(
      """
      parameters: {x: 1, y: 1}
      constants: {a: 2}
      protocol: {centre: 3*t}
      force: {x: a*y - x + centre, y: -y}
      algorithm: {gradient-descent: {learning-rate: 0.1}}
      temperature: {x: 1, y: 10}
      """)
    #expect(
      formulas.map(\.label) == [
        "force on x", "force on y", "protocol", "constant", "step", "learning rate", "temperature of x",
        "temperature of y", "start", "start",
      ])
    // θ + ηF + √(2ηT) ζ, without an estimate of a gradient.
    #expect(formulas[4].mathML.contains("msqrt") && !formulas[4].mathML.contains("mover"))
  }

  @Test func everyScenarioHasFormulas() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../scenarios").standardized
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".yaml") }
    #expect(!files.isEmpty)
    for file in files {
      let reading = Scenario.read(path: folder.appendingPathComponent(file).path)
      let scenario = try #require(reading.scenario, "\(file)")
      let formulas = ProcessFormulas(scenario.process).formulas
      #expect(formulas.contains { $0.label.hasPrefix("step") }, "\(file)")
      for formula in formulas { #expect(isMathML(formula.mathML), "\(file): \(formula.mathML)") }
    }
  }
}
