import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct PathRatioObserverTests {
  /// The boundary is the difference of two log-densities by hand, and the bulk what the block has summed.
  @Test func boundaryAndBulk() throws {
    let process = try ProcessText(["x"], loss: "0.5*x^2").process(temperature: .bath(1))
    let other = InitialLaw([.normal(mean: 1, standardDeviation: 2)])
    let block = try TrajectoryBlock(
      SimulationPlan(process, steps: 3), start: process.initialLaw,
      options: PathOptions(extended: true, marginalNoiseFactors: [1, 2]), key: StreamKey(seed: 2), lanes: 8)
    block.begin(firstTrajectory: 0, count: 6)
    block.beginPath()
    let observer = PathRatioObserver(initial: process.initialLaw, final: other)
    observer.begin(block)
    for k in 0..<3 { try block.step(k, draw: k) }
    let ratios = observer.finish(block)
    #expect(ratios.boundary.count == 6 && ratios.extended.count == 6 && ratios.marginal.map(\.count) == [6, 6])
    for lane in 0..<6 {
      let (x, y) = (block.start[0, lane], block.theta[0, lane])
      let expected = -0.5 * x * x + 0.125 * (y - 1) * (y - 1) + 0.6931471805599453
      // Terms of the size of 1, a few roundings.
      #expect(abs(ratios.boundary[lane] - expected) < 1e-14)
      #expect(ratios.extended[lane] == block.extended[0, lane])
      // Without batches the mixture has one component; its noise doubled halves the ratio. The exponents of single steps,
      // of the size of 10, are differences of squares.
      #expect(abs(ratios.marginal[0][lane] - ratios.extended[lane]) < 1e-13)
      #expect(abs(ratios.marginal[1][lane] - 0.5 * ratios.extended[lane]) < 1e-13)
    }
    var twice = ratios
    twice.append(ratios)
    #expect(twice.boundary == ratios.boundary + ratios.boundary && twice.marginal[1].count == 12)
  }
}
