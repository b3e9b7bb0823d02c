import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

/// One coordinate in any loss; the numbers are those of `UnadjustedLangevin1DTests`, by numpy.
@Suite struct LineChainTests {
  private func figures(_ loss: String, learningRate: Double = 0.2, temperature: Double = 0.5) throws -> ExactFigures {
    let plan = try production(
      productionScenario(
        "parameters: {x: 0}\nloss: \"\(loss)\"\ntemperature: \(temperature)\n"
          + "algorithm: {gradient-descent: {learning-rate: \(learningRate)}}")
    ).plan
    return ExactFigures(plan, EntropyProductionExperiment.exact(plan))
  }

  @Test(arguments: [
    ("0.5*(relu(2*x)-1)^2+0.1*x^2", 0.2, 0.03746905587533), ("0.5*x^2+0.0238095*cos(42*x)", 0.2, 0.0999998000001),
    ("0.5*x^2+3*abs(x-1)", 0.2, 0.63275317914370), ("2*abs(x)", 0.1, 0.11047227023096),
    ("0.5*x^2+0.2*exp(-50*(x-1.7)^2)", 0.2, 0.00250089597920),
    // From beyond 2 a step goes to −18, far outside of where the loss is low.
    ("0.5*x^2+100*relu(x-2)", 0.2, 4.1116792610549),
  ]) func kinksAndFineStructure(loss: String, learningRate: Double, production: Double) throws {
    let values = try figures(loss, learningRate: learningRate)
    // The interval is another one, and its ends leave 1e-11.
    #expect(agrees(try #require(values.perStep), with: production, relative: 1e-8))
    #expect(values.error <= 1e-6 * production && values.remark == nil)
    let hasKink = loss.contains("abs") || loss.contains("relu")
    #expect((values.leading == nil) == hasKink)
  }

  @Test func theLeadingOrderOfAKinkHasAReason() throws {
    let plan = try production(
      productionScenario(
        "parameters: {x: 0}\nloss: \"0.5*x^2 + 3*abs(x - 1)\"\ntemperature: 0.5\n"
          + "algorithm: {gradient-descent: {learning-rate: 0.2}}")
    ).plan
    let values = ExactFigures(plan, EntropyProductionExperiment.exact(plan)).figures(plan)
    let leading = try #require(values.first { $0.name == "leading.per-step" }).value
    #expect(leading.value == nil && leading.reason?.contains("a jump or a kink") == true)
  }

  /// From |x| > √(2/η) = 4.472 the steps of x⁴/4 diverge: the law is quasi-stationary, and a remark says so.
  @Test func aGradientThatGrowsFasterThanLinearly() throws {
    let values = try figures("0.25*x^4", learningRate: 0.1)
    // By numpy as above, on −3.8 … 3.8.
    #expect(agrees(try #require(values.perStep), with: 0.0023781355050, relative: 1e-9))
    let remark = try #require(values.remark)
    #expect(remark.contains("below -4.472 or above 4.472") && remark.contains("quasi-stationary"))
    // At a larger step it is left too often.
    let wild = try figures("0.25*x^4", learningRate: 0.5, temperature: 1)
    #expect(wild.perStep == nil && wild.unknown.contains("does not stay in any interval"))
  }

  @Test func saysWhereTheIntegralDoesNotSettle() throws {
    let values = try figures("0.5*x^2+cos(1e5*x)/1e5")
    #expect(values.perStep == nil && values.unknown.contains("the loss has structure that is finer than"))
  }
}
