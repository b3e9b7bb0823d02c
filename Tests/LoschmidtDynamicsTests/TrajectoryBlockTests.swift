import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct TrajectoryBlockTests {
  /// A driven anharmonic well.
  private static let driven = ProcessText(
    ["x"], loss: "0.25*x^4 + 0.5*k*(x - c)^2", constants: ["k": 2],
    protocols: [("c", "3*t")])

  private func block(
    _ text: ProcessText, steps: Int, options: PathOptions, lanes: Int = 8, temperature: Double = 0.5
  ) throws -> TrajectoryBlock {
    let process = try text.process(learningRate: Schedule(0.05), temperature: .bath(temperature))
    let block = try TrajectoryBlock(
      SimulationPlan(process, steps: steps), start: process.initialLaw, options: options, key: StreamKey(seed: 9),
      lanes: lanes)
    block.begin(firstTrajectory: 40, count: lanes)
    block.beginPath()
    return block
  }

  private static func loss(_ x: Double, _ t: Double) -> Double {
    0.25 * x * x * x * x + (x - 3 * t) * (x - 3 * t)
  }

  private static func gradient(_ x: Double, _ t: Double) -> Double { x * x * x + 2 * (x - 3 * t) }

  /// A second engine in scalars: the same random numbers, the same order of jump and kernel, work and ratio by their definitions.
  @Test(arguments: [PathOptions.Direction.forward, .reverse]) func stepsAgreeWithAScalarLoop(
    direction: PathOptions.Direction
  ) throws {
    let (eta, temperature, steps, lanes) = (0.05, 0.5, 6, 8)
    let isForward = direction == .forward
    let block = try block(
      Self.driven, steps: steps, options: PathOptions(direction: direction, extended: true, work: true), lanes: lanes)
    let source = try RandomGenerator.Algorithm.philox.source(key: StreamKey(seed: 9), lanes: lanes)
    source.begin(firstTrajectory: 40)
    var x = block.start.vector(lane: 0)
    x = (0..<lanes).map { block.start[0, $0] }
    var (work, medium) = ([Double](repeating: 0, count: lanes), [Double](repeating: 0, count: lanes))
    let normals = LaneStorage(dimension: 1, lanes: lanes)
    for j in 0..<steps {
      let k = isForward ? j : steps - 1 - j
      try block.step(k, draw: j)
      source.normals(.thermal, step: j, into: normals.pointer, dimension: 1)
      let (before, after) = (eta * Double(k), eta * Double(k + 1))
      for lane in 0..<lanes {
        if isForward { work[lane] += Self.loss(x[lane], after) - Self.loss(x[lane], before) }
        let old = x[lane]
        let new = old - eta * Self.gradient(old, after) + (2 * eta * temperature).squareRoot() * normals[0, lane]
        let there = new - old + eta * Self.gradient(old, after)
        let back = old - new + eta * Self.gradient(new, after)
        medium[lane] += (back * back - there * there) / (4 * eta * temperature)
        x[lane] = new
        if !isForward { work[lane] += Self.loss(new, before) - Self.loss(new, after) }
      }
    }
    for lane in 0..<lanes {
      // Values of the size of 10 through a few dozen operations, each of relative error 1e-16.
      #expect(abs(block.theta[0, lane] - x[lane]) < 1e-13)
      #expect(abs(block.work[0, lane] - work[lane]) < 1e-12)
      #expect(abs(block.extended[0, lane] - medium[lane]) < 1e-11)
    }
  }

  @Test func aTrajectoryThatBlowsUpIsRecordedWithItsStepAndParked() throws {
    let text = ProcessText(["x"], loss: "-x^4")
    let process = try text.process(learningRate: Schedule(0.5), temperature: .bath(0.1))
    let block = try TrajectoryBlock(
      SimulationPlan(process, steps: 40), start: process.initialLaw, options: PathOptions(extended: true),
      key: StreamKey(seed: 1), lanes: 8)
    block.begin(firstTrajectory: 0, count: 8)
    block.beginPath()
    var firstBad = [Int?](repeating: nil, count: 8)
    for k in 0..<40 {
      try block.step(k, draw: k)
      for lane in 0..<8 where firstBad[lane] == nil { firstBad[lane] = block.divergence[lane] }
    }
    block.checkPaths()
    #expect(block.divergence.contains { $0 != nil })
    for lane in 0..<8 {
      // Once recorded, the step does not change; and no number that is not finite stays behind.
      if let step = firstBad[lane] { #expect(block.divergence[lane] == step && (0..<40).contains(step)) }
      #expect(block.theta[0, lane].isFinite)
    }
    #expect(block.soundLanes == (0..<8).filter { block.divergence[$0] == nil })
  }

  @Test func aLossThatBecomesUndefinedIsAnOutcome() throws {
    let text = ProcessText(["x"], loss: "log(x)")
    let process = try text.process(
      learningRate: Schedule(0.5), temperature: .bath(0.01),
      initial: InitialLaw([.normal(mean: 1, standardDeviation: 0.01)]))
    let block = try TrajectoryBlock(
      SimulationPlan(process, steps: 200), start: process.initialLaw, options: PathOptions(extended: true, work: true),
      key: StreamKey(seed: 1), lanes: 4)
    block.begin(firstTrajectory: 0, count: 4)
    block.beginPath()
    for k in 0..<200 { try block.step(k, draw: k) }
    block.checkPaths()
    // ln x falls until x is negative, where its value is NaN and so is the work, although the gradient 1/x is finite.
    #expect(block.soundLanes.allSatisfy { block.work[0, $0].isFinite && block.theta[0, $0] > 0 })
    #expect(block.soundLanes.count < 4)
  }

  /// Burn-in leaves nothing in the sums.
  @Test func burnInIsNotCounted() throws {
    let block = try block(ProcessText(["x"], loss: "0.5*x^2"), steps: 8, options: PathOptions(extended: true))
    for k in 0..<4 { try block.step(k, draw: k, isBurnIn: true) }
    #expect((0..<8).allSatisfy { block.extended[0, $0] == 0 })
    block.beginPath()
    #expect((0..<8).allSatisfy { block.start[0, $0] == block.theta[0, $0] })
    try block.step(4, draw: 4)
    #expect((0..<8).allSatisfy { block.extended[0, $0] != 0 })
  }
}
