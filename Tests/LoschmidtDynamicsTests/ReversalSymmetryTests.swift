import LoschmidtDynamics
import LoschmidtTestSupport
import Testing

@Suite struct ReversalSymmetryTests {
  private func plan(_ protocolText: String?, loss: String = "0.5*(x - c)^2") throws -> SimulationPlan {
    let text = ProcessText(
      ["x"], loss: loss, protocols: protocolText.map { [("c", $0)] } ?? [])
    return try SimulationPlan(try text.process(temperature: .bath(1)), steps: 9)
  }

  @Test func kernelsReadBackwards() throws {
    #expect(try plan(nil, loss: "0.5*x^2").isReversalSymmetric(first: 0, count: 9))
    #expect(try !plan("t").isReversalSymmetric(first: 0, count: 9))
    // The kernels act at t = 0.1, …, 0.9: a parabola about 0.5 reads the same backwards.
    #expect(try plan("(t - 0.5)^2").isReversalSymmetric(first: 0, count: 9))
    #expect(try !plan("(t - 0.5)^2").isReversalSymmetric(first: 0, count: 8))
    // The time itself is another one at every step.
    #expect(try !plan(nil, loss: "0.5*x^2*(t - 0.5)^2").isReversalSymmetric(first: 0, count: 9))
  }

  @Test func theTemperatureOfOneBath() throws {
    let text = ProcessText(["x", "y"], loss: "x^2 + y^2")
    #expect(try SimulationPlan(text.process(temperature: .bath(2)), steps: 1).singleTemperature == 2)
    #expect(try SimulationPlan(text.process(temperature: .bath(0)), steps: 1).singleTemperature == nil)
    #expect(try SimulationPlan(text.process(temperature: .baths([1, 1])), steps: 1).singleTemperature == nil)
    #expect(try SimulationPlan(text.process(temperature: .bath(parsing: "1 + t")), steps: 1).singleTemperature == nil)
  }
}
