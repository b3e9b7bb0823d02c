import Foundation
import LoschmidtDynamics
import LoschmidtNumerics

/// Steps of one noise model from one point, drawn by the parts of the engine, and the density that it states for them.
public struct NoiseLaw {
  /// What is simulated.
  public let plan: SimulationPlan
  /// The law of a step without the noise that the sampler brings.
  public let law: StepLaw
  /// Where all steps begin.
  public let theta: [Double]

  /// The ends of steps, each with the gradient that it was made with.
  public struct Steps {
    /// θ′, a row for each coordinate, step by step and lane by lane.
    public var ends: [[Double]]
    /// ĝ of the sampler in the same order, which leaves out what is part of the Gaussian step.
    public var gradients: [[Double]]

    /// θ′ of the k-th step.
    public func end(_ k: Int) -> [Double] { ends.map { $0[k] } }

    mutating func append(_ next: LaneStorage, _ gradient: LaneStorage) {
      for i in ends.indices {
        ends[i] += UnsafeBufferPointer(start: next.row(i), count: next.lanes)
        gradients[i] += UnsafeBufferPointer(start: gradient.row(i), count: next.lanes)
      }
    }
  }

  /// Steps from a point.
  ///
  /// - Throws: What is wrong with an expression, or what the plan says.
  public init(
    _ noise: any GradientNoise, _ text: ProcessText, at theta: [Double], temperature: Double = 0,
    learningRate: Double = 0.2
  ) throws {
    let process = try text.process(
      learningRate: Schedule(learningRate), temperature: .bath(temperature), gradient: noise)
    plan = try SimulationPlan(process, steps: 1)
    law = try plan.law(plan.clock.setting(0))
    self.theta = theta
  }

  /// η/l, the length of a step that the sampler is made for.
  public var stepSize: Double { law.mobility[0, 0] }

  /// Draws steps, all from the same point.
  ///
  /// - Throws: `GSLError` when there is no memory.
  public func draw(
    _ indices: [Int], lanes: Int, firstTrajectory: UInt64 = 0, seed: UInt64 = 31
  ) throws -> Steps {
    let program = plan.program
    let sampler = plan.process.gradient.sampler(program, lanes: lanes)
    let kernel = GaussianKernel(law, lanes: lanes)
    let field = BlockField(program, lanes: lanes)
    let source = try PhiloxSource(key: StreamKey(seed: seed), lanes: lanes)
    source.begin(firstTrajectory: firstTrajectory)
    let (start, next) = (storage(lanes), storage(lanes))
    let gradient = storage(lanes)
    start.broadcast(theta)
    let rows = theta.map { _ in [Double]() }
    var steps = Steps(ends: rows, gradients: rows)
    for index in indices {
      sampler.draw(step: index, from: source)
      sampler.evaluate(field, at: start.pointer, into: gradient.pointer)
      _ = kernel.advance(start.pointer, gradient: gradient.pointer, step: index, from: source, into: next.pointer)
      steps.append(next, gradient)
    }
    return steps
  }

  private func storage(_ lanes: Int) -> LaneStorage { LaneStorage(dimension: theta.count, lanes: lanes) }

  /// (θ − θ′)/(η/l), a row for each coordinate: at temperature 0 the estimated gradients with all of their noise.
  public func gradients(_ steps: Steps) -> [[Double]] {
    let stepSize = stepSize
    return zip(theta, steps.ends).map { start, ends in ends.map { (start - $0) / stepSize } }
  }

  /// ∇L at the point, from the field of a draw of all samples.
  ///
  /// - Throws: What is wrong with an expression.
  public func fullGradient() -> [Double] {
    guard let landscape = plan.process.landscape else { return [] }
    let field = DrawField(landscape, draws: [Draw(batch: Array(0..<landscape.samples.count))])
    return field.gradient(at: Block(broadcasting: theta, lanes: 1)).vector(lane: 0)
  }

  /// ln K(θ′ | θ) of the model, of noise multiplied by a factor, at many θ′; `nil` where only the extended path has a
  /// density.
  public func logDensities(of ends: [[Double]], noiseFactor: Double = 1) -> [Double]? {
    let noise = plan.process.gradient
    let (program, lanes) = (plan.program, (ends.count + 3) / 4 * 4)
    let density: any StepDensity
    switch noise.randomness {
    case .hidden: return nil
    case .integrated:
      density = noise.stepDensity(law, program, noiseFactors: [noiseFactor], lanes: lanes)
    case .partOfStep, .batches:
      let count = program.sampleCount
      let draws = noise.batchLaw(sampleCount: count, limit: 100_000) ?? DrawSet(.fullBatch, sampleCount: count)
      density = MinibatchMixture(law, draws: draws, noiseFactors: [noiseFactor], lanes: lanes)
    }
    return NoiseLaw.logDensities(density, program, from: theta, to: ends)
  }

  /// ln K(θ′ | θ) of a density at many θ′; its lanes are their number, rounded up to a multiple of 4.
  public static func logDensities(
    _ density: any StepDensity, _ program: FieldProgram, from theta: [Double], to ends: [[Double]]
  ) -> [Double] {
    let target = LaneStorage(columns: ends)
    let start = LaneStorage(dimension: theta.count, lanes: target.lanes)
    start.broadcast(theta)
    let result = LaneStorage(dimension: 1, lanes: target.lanes)
    density.begin(at: start.pointer, BlockField(program, lanes: target.lanes))
    density.logDensity(of: target.pointer, given: start.pointer, into: result.pointer)
    return Array(result.entries.prefix(ends.count))
  }
}

/// The law of numbers against a density on a line: the largest distance of their distribution functions, and the
/// integral.
public struct LineLaw {
  /// sup |F_n − F| over the points of the quadrature.
  public let distance: Double
  /// What n draws from the density itself exceed with a probability of at most 1e-6 (Dvoretzky, Kiefer, Wolfowitz,
  /// Massart).
  public let threshold: Double
  /// The integral of the density.
  public let total: Double

  /// Compares numbers with a density.
  ///
  /// The quadrature is the trapezoidal rule in s with x = centre + width sinh s, |s| ≤ 25: exact to rounding for
  /// analytic densities with tails as of a power, of which less than 1e-10 lies beyond.
  ///
  /// - Parameters:
  ///   - values: The numbers.
  ///   - centre: Where the density lies.
  ///   - width: How wide it is, roughly.
  ///   - logDensities: ln p at many points.
  public init(_ values: [Double], centre: Double, width: Double, logDensities: ([Double]) -> [Double]) {
    let count = 1000
    let h = 25 / Double(count)
    let points = (-count...count).map { centre + width * sinh(Double($0) * h) }
    let logs = logDensities(points)
    let sorted = values.sorted()
    var (below, distance, place, last) = (0.0, 0.0, 0, 0.0)
    for (k, logarithm) in logs.enumerated() {
      let term = exp(logarithm) * width * cosh(Double(k - count) * h) * h
      below += 0.5 * (last + term)
      last = term
      while place < sorted.count, sorted[place] <= points[k] { place += 1 }
      distance = max(distance, abs(below - Double(place) / Double(sorted.count)))
    }
    total = below
    self.distance = distance
    threshold = (log(2 / 1e-6) / (2 * Double(values.count))).squareRoot()
  }
}
