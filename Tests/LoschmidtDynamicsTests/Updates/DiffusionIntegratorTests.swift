import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtDynamics

@Suite struct DiffusionIntegratorTests {
  private func block(_ process: TrainingProcess, lanes: Int = 8, first: UInt64 = 0) throws -> TrajectoryBlock {
    let block = try TrajectoryBlock(
      SimulationPlan(process, steps: 100), start: process.initialLaw, options: PathOptions(),
      key: StreamKey(seed: 5), lanes: lanes)
    block.begin(firstTrajectory: first, count: lanes)
    return block
  }

  private func process(
    _ text: ProcessText, _ rule: ModifiedSDE, gradient: any GradientNoise = FullBatch(),
    temperature: Temperature = .zero
  ) throws -> TrainingProcess {
    var process = try text.process(temperature: temperature, gradient: gradient)
    process.algorithm = rule
    return process
  }

  /// Without noise it is the flow of −g − (η/2) Hg, and the error of a step falls as m⁻⁴.
  @Test func withoutNoiseItIsTheModifiedFlow() throws {
    let eta = 0.5
    let text = ProcessText(["x"], loss: "0.25*x^4 + 0.5*x^2")
    var errors: [Double] = []
    for substeps in [2, 4, 8, 16] {
      let block = try block(process(text, ModifiedSDE(learningRate: Schedule(eta), substeps: substeps)))
      let start = block.theta.vector(lane: 3) + block.theta.vector(lane: 0)
      try block.step(0, draw: 0)
      var state = [start[0]]
      try ODEFlow.integrate(
        dimension: 1, from: 0, to: eta, state: &state, absoluteTolerance: 1e-15, relativeTolerance: 1e-14,
        initialStep: 0.01, maximumSteps: 10_000
      ) { _, y, slope in
        let x = y[0]
        let gradient = x * x * x + x
        slope[0] = -gradient - eta / 2 * (3 * x * x + 1) * gradient
        return true
      }
      errors.append(abs(block.theta[0, 3] - state[0]))
    }
    // Rounding of some 100 operations on numbers of the order 1.
    let order = ConvergenceOrder(remainders: errors, roundingBounds: [Double](repeating: 1e-14, count: errors.count))
    // Extrapolated slopes of a method of order 4; the neighbouring orders are 3 and 5.
    #expect(abs((order.order ?? 0) - 4) < 0.25, "\(errors)")
  }

  /// ℓ = ±x²/2 has no mean gradient: every half substep multiplies x by 1 + M + M²/2 with M = −η(z₁ − z₂)/(2√m), the
  /// drift by the series of an exponential to the fourth order.
  @Test(arguments: [ModifiedSDE.Interpretation.ito, .stratonovich])
  func theNoiseIsThatOfTheDraws(interpretation: ModifiedSDE.Interpretation) throws {
    let (eta, substeps, lanes) = (0.3, 2, 8)
    let text = ProcessText(
      ["x"], loss: "0.5*a*x^2", samples: SampleTable(count: 2, columns: [.init(name: "a", values: [1, -1])]))
    let rule = ModifiedSDE(
      learningRate: Schedule(eta), order: .first, interpretation: interpretation, substeps: substeps)
    let block = try block(process(text, rule, gradient: Minibatch(size: 1)))
    var x = (0..<lanes).map { block.theta[0, $0] }
    try block.step(0, draw: 0)
    try block.step(1, draw: 1)
    let source = try RandomGenerator.Algorithm.philox.source(key: StreamKey(seed: 5), lanes: lanes)
    let z = LaneStorage(dimension: 2, lanes: lanes)
    let y = interpretation == .ito ? -eta / 2 * eta / Double(substeps) : 0
    for draw in 0..<4 * substeps {
      source.normals(.gradientNoise, step: draw, into: z.pointer, dimension: 2)
      for lane in 0..<lanes {
        // w_i = η √(1/(2mN)) (z_i − z̄), and Σ w_i g_i = x (w_1 − w_2).
        let m = -eta / Double(4 * substeps).squareRoot() * (z[0, lane] - z[1, lane])
        x[lane] *= 1 + m + m * m / 2
        if draw.isMultiple(of: 2) { x[lane] *= 1 + y + y * y / 2 + y * y * y / 6 + y * y * y * y / 24 }
      }
    }
    for lane in 0..<lanes {
      // 8 half substeps of a dozen roundings each.
      #expect(abs(block.theta[0, lane] - x[lane]) <= 100 * max(1, abs(x[lane])) * Double.ulpOfOne)
    }
  }

  /// A flat loss is left to the heat bath and the constant noise: a step has the variance 2ηT + η²C, whatever m.
  @Test func additiveNoiseHasTheVarianceOfTheLaw() throws {
    let (eta, temperature, noise) = (0.25, 0.5, 3.0)
    let gradient = ConstantCovariance(matrix: DenseMatrix([[noise]]))
    let text = ProcessText(["x"], loss: "0*x")
    let process = try process(
      text, ModifiedSDE(learningRate: Schedule(eta), substeps: 3), gradient: gradient, temperature: .bath(temperature))
    let block = try block(process, lanes: 64)
    var moves = Moments()
    for k in 0..<100 {
      try block.step(k, draw: k)
      for lane in 0..<64 { moves.add(block.theta[0, lane] - block.previous[0, lane]) }
    }
    let expected = 2 * eta * temperature + eta * eta * noise
    // 5 standard errors each; 6400 independent normal numbers.
    #expect(abs(moves.mean) <= 5 * moves.standardError)
    #expect(abs(moves.variance - expected) <= 5 * moves.varianceStandardError)
    // The control: noise of one half substep too few would be rejected.
    #expect(abs(moves.variance - expected * 5 / 6) > 5 * moves.varianceStandardError)
  }

  @Test func pathsDependNeitherOnLanesNorOnBlocks() throws {
    let process = try process(
      ProcessText(
        ["u", "w"], loss: "0.25*(u*w - a)^2 + 0.1*u^2",
        samples: SampleTable(count: 3, columns: [.init(name: "a", values: [1, 2, -0.5])])),
      ModifiedSDE(learningRate: Schedule(0.1), interpretation: .stratonovich, substeps: 2),
      gradient: Minibatch(size: 2, sampling: .withoutReplacement), temperature: .bath(0.01))
    let (wide, narrow) = (try block(process, lanes: 12), try block(process, lanes: 4, first: 8))
    for k in 0..<5 {
      try wide.step(k, draw: k)
      try narrow.step(k, draw: k)
    }
    for lane in 0..<4 { #expect(wide.theta.vector(lane: 8 + lane) == narrow.theta.vector(lane: lane)) }
  }

  /// A learning rate that changes is that of the step, and a path that grows without limit is parked.
  @Test func schedulesAndDivergence() throws {
    let text = ProcessText(["x"], loss: "-0.25*x^4")
    let schedule = Schedule(try Expression(parsing: "0.01*(1 + 1000*step)"), constants: [:])
    let block = try block(process(text, ModifiedSDE(learningRate: schedule)))
    try block.step(0, draw: 0)
    #expect(block.divergence.allSatisfy { $0 == nil })
    let before = (0..<8).map { block.theta[0, $0] }
    for k in 1..<4 { try block.step(k, draw: k) }
    for lane in 0..<8 where abs(before[lane]) > 0.5 { #expect(block.divergence[lane] != nil) }
    #expect(before.contains { abs($0) > 0.5 })
  }
}
