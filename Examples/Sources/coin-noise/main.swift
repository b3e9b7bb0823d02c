import Foundation
import Loschmidt

// SGD in a double well with a loss, a noise and an observable of one's own.
//
// In the stationary state E θ² is the same before and after a step θ′ = θ − ηĝ, whatever the loss and the learning rate:
// 2 E θĝ = η E ĝ² (Yaida 2019). With the noise ĝ = L′(θ) ± σ of a coin it says σ² = E[(2/η) θL′ − L′²], exactly: the
// strength of the noise can be read off the parameter and the loss alone.

/// ĝ = ∇L ± σ, a coin for each coordinate and step.
struct CoinNoise: GradientNoise {
  static let name = "coin"
  let sigma: Double
  var randomness: GradientRandomness { .hidden }  // the density of a step is not used here

  func covariance(sampleCount: Int, dimension: Int) -> NoiseCovariance? {
    NoiseCovariance(constant: .diagonal([Double](repeating: sigma * sigma, count: dimension)))
  }
  func sampler(_ program: FieldProgram, lanes: Int) -> any GradientSampler {
    CoinSampler(sigma, LaneStorage(dimension: program.dimension, lanes: lanes))
  }
}

final class CoinSampler: GradientSampler {
  let sigma: Double
  let noise: LaneStorage
  init(_ sigma: Double, _ noise: LaneStorage) { (self.sigma, self.noise) = (sigma, noise) }

  func draw(step: Int, from source: any RandomSource) {
    source.uniforms(.gradientNoise, step: step, into: noise.pointer, dimension: noise.dimension)
    for k in 0..<noise.count { noise.pointer[k] = noise.pointer[k] < 0.5 ? -sigma : sigma }
  }
  func evaluate(_ field: BlockField, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>) {
    field.gradient(at: theta, into: result)
    for k in 0..<noise.count { result[k] += noise.pointer[k] }
  }
}

/// (2/η) θL′ − L′² of one coordinate, averaged over the steps of each trajectory.
final class NoiseStrength: BlockObserver {
  let learningRate: Double
  var (sums, steps): ([Double], Int) = ([], 0)
  init(learningRate: Double) { self.learningRate = learningRate }

  var recordsSteps: Bool { true }
  func begin(_ block: TrajectoryBlock) { (sums, steps) = ([Double](repeating: 0, count: block.lanes), 0) }
  func record(_ block: TrajectoryBlock, step: Int) {
    let slope = LaneStorage(dimension: 1, lanes: block.lanes)
    block.field.gradient(at: block.theta.pointer, into: slope.pointer)
    for lane in sums.indices {
      sums[lane] += slope[0, lane] * (2 / learningRate * block.theta[0, lane] - slope[0, lane])
    }
    steps += 1
  }
  func finish(_ block: TrajectoryBlock) -> Moments { Moments(block.soundLanes.map { sums[$0] / Double(steps) }) }
}

let (learningRate, sigma, burnIn, steps) = (0.1, 0.8, 1000, 1000)
let parameters = ParameterLayout([("x", .scalar)])
let process = TrainingProcess(
  parameters: parameters, initialLaw: InitialLaw([.uniform(lower: -1, upper: 1)]),
  landscape: try ExpressionLandscape(loss: Expression(parsing: "(x^2 - 1)^2/4"), parameters: parameters),
  gradient: CoinNoise(sigma: sigma), algorithm: GradientDescent(learningRate: Schedule(learningRate)))
let ensemble = Ensemble(
  try SimulationPlan(process, steps: burnIn + steps), start: process.initialLaw, key: StreamKey(seed: 2019),
  trajectories: 8192, burnIn: burnIn, steps: steps)
let result = try ensemble.run(RunWatch(threads: 2), merge: { $0.merge($1) }) {
  NoiseStrength(learningRate: learningRate)
}
let strength = result.partials[0]
let exact = sigma * sigma
print("\(strength.count) trajectories, \(result.divergedCount) diverged")
print(String(format: "σ² = %.4f ± %.4f, exactly %.4f", strength.mean, strength.standardError, exact))

// Wrong where it is five standard errors off, or too unsure to be called a measurement.
let isRight =
  abs(strength.mean - exact) < 5 * strength.standardError && strength.standardError < 0.02 * exact
  && result.divergedCount == 0
exit(isRight ? 0 : 1)
