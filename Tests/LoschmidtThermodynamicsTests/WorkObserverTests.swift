import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct WorkObserverTests {
  @Test func workAndHeatObeyTheFirstLaw() throws {
    let temperature = 0.7
    let text = ProcessText(["x"], loss: "0.25*x^4 + 0.5*(x - c)^2", protocols: [("c", "2*t")])
    let process = try text.process(temperature: .bath(temperature))
    let plan = try SimulationPlan(process, steps: 5)
    let block = try TrajectoryBlock(
      plan, start: process.initialLaw, options: PathOptions(extended: true, work: true), key: StreamKey(seed: 2),
      lanes: 8)
    block.begin(firstTrajectory: 0, count: 8)
    block.beginPath()
    let observer = WorkObserver(temperature: temperature, times: (0, plan.clock.time(5)))
    observer.begin(block)
    for k in 0..<5 { try block.step(k, draw: k) }
    let result = observer.finish(block)
    func energy(_ x: Double, _ t: Double) -> Double { 0.25 * x * x * x * x + 0.5 * (x - 2 * t) * (x - 2 * t) }
    for lane in 0..<8 {
      let difference = energy(block.theta[0, lane], 0.5) - energy(block.start[0, lane], 0)
      // Energies of the size of 10, a few roundings each.
      #expect(abs(result.work[lane] + result.actionHeat[lane] - difference) < 1e-12)
      #expect(abs(result.protocolWork[lane] + result.energyHeat[lane] - difference) < 1e-12)
      #expect(abs(result.protocolWork[lane] + result.shadowWork[lane] - result.work[lane]) < 1e-12)
      #expect(result.actionHeat[lane] == -temperature * block.extended[0, lane])
    }
  }
}
