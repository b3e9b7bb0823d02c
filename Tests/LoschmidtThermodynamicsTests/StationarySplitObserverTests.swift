import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct StationarySplitObserverTests {
  /// A homogeneous chain from its stationary law: Y = 0, R_na = 0, and R_a is the whole of R.
  @Test func aSteadyStateIsAllHousekeeping() throws {
    let text = ProcessText(["x", "y"], loss: nil, forces: [("x", "-x + y"), ("y", "-x - y")])
    let process = try text.process(temperature: .bath(1))
    let plan = try SimulationPlan(process, steps: 4)
    let linear = try #require(LinearProcess(plan))
    let law = try #require(linear.chain(0)).stationary
    let start = try #require(law.start)
    let block = try TrajectoryBlock(
      plan, start: start, options: PathOptions(extended: true), key: StreamKey(seed: 2), lanes: 8)
    block.begin(firstTrajectory: 0, count: 8)
    block.beginPath()
    let observer = StationarySplitObserver(laws: [law], final: law)
    observer.begin(block)
    for k in 0..<4 {
      try block.step(k, draw: k)
      observer.record(block, step: k + 1)
    }
    let split = observer.finish(block)
    for lane in 0..<8 {
      let (x, y) = (block.start.vector(lane: lane), block.theta.vector(lane: lane))
      let density = law.logDensity
      #expect(split.hatanoSasa[lane] == 0)
      // Sums of four differences of log-densities of the size of 10.
      #expect(abs(split.nonadiabatic[lane]) < 1e-13)
      #expect(abs(split.boundary[lane] - (density.value(at: x) - density.value(at: y))) < 1e-13)
      #expect(abs(split.adiabatic[lane] - (block.extended[0, lane] + split.boundary[lane])) < 1e-13)
    }
  }
}
