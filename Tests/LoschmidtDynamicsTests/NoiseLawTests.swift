import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

/// What holds for every noise model; a model is tested by standing in the list of ``NoiseModels``.
///
/// Seeds are fixed, and five standard errors of many thousand draws allowed.
@Suite struct NoiseLawTests {
  private static let lanes = 256
  /// Whole epochs of batches of two of eight samples.
  private static let indices = Array(0..<20)
  private static let models = NoiseModels.all(dimension: 1).indices

  private func label(_ noise: any GradientNoise) -> Comment { "\(noise)" }

  /// The model on every problem, with the gradients of many steps at temperature 0.
  private func forEveryProblem(
    _ model: Int, _ body: (any GradientNoise, NoiseLaw, ProcessText, [[Double]]) throws -> Void
  ) throws {
    for problem in NoiseModels.problems {
      let noise = NoiseModels.all(dimension: problem.point.count)[model]
      let law = try NoiseLaw(noise, problem.text, at: problem.point)
      let steps = try law.draw(Self.indices, lanes: Self.lanes)
      try body(noise, law, problem.text, law.gradients(steps))
    }
  }

  /// The mean is ∇L; where there may be none, ∇L is the median.
  @Test(arguments: models) func theEstimateIsUnbiased(model: Int) throws {
    try forEveryProblem(model) { noise, law, _, gradients in
      let hasMean = !(noise is AlphaStable) || noise.covariance(sampleCount: 8, dimension: 1) != nil
      for (i, expected) in law.fullGradient().enumerated() {
        let values = gradients[i]
        if hasMean {
          let (mean, error) = meanAndError(values)
          // Without noise: the sum of 5120 numbers below 4 has as many roundings.
          #expect(abs(mean - expected) <= 5 * error + 4 * 5120 * Double.ulpOfOne, label(noise))
        } else {
          let count = Double(values.count)
          let above = Double(values.count { $0 > expected })
          #expect(abs(above - 0.5 * count) <= 2.5 * count.squareRoot(), label(noise))
        }
      }
    }
  }

  /// The covariance is the stated one, and not a quarter larger.
  @Test(arguments: models) func theCovarianceIsTheStatedOne(model: Int) throws {
    try forEveryProblem(model) { noise, law, text, gradients in
      let d = law.theta.count
      guard let stated = noise.covariance(sampleCount: NoiseModels.sampleCount, dimension: d) else { return }
      let expected = try stated.matrix(text, at: law.theta)
      let deviations = gradients.map { values in
        let mean = meanAndError(values).mean
        return values.map { $0 - mean }
      }
      for i in 0..<d {
        for j in 0...i {
          let (mean, error) = meanAndError(zip(deviations[i], deviations[j]).map { $0 * $1 })
          // Squares of roundings as above are nothing beside 1e-12.
          #expect(abs(mean - expected[i, j]) <= 5 * error + 1e-12, label(noise))
          if i == j, expected[i, i] > 0 { #expect(abs(mean - 1.25 * expected[i, i]) > 5 * error, label(noise)) }
        }
      }
      #expect(noise is FullBatch || expected.trace > 0)
    }
  }

  /// A heat bath where the model allows one.
  private func law(_ noise: any GradientNoise, _ text: ProcessText, at theta: [Double]) throws -> NoiseLaw {
    let warm = try NoiseLaw(noise, text, at: theta, temperature: 0.05)
    if try warm.plan.missingDensity() != .heatedNoise { return warm }
    return try NoiseLaw(noise, text, at: theta)
  }

  /// In one dimension: the integral is 1, draws follow the density, and not one with four times the noise.
  @Test(arguments: models) func theDensityIsThatOfTheSteps(model: Int) throws {
    let problem = NoiseModels.problems[2]
    let noise = NoiseModels.all(dimension: 1)[model]
    let law = try law(noise, problem.text, at: problem.point)
    #expect(try law.plan.missingDensity() == nil)
    let steps = try law.draw(Self.indices, lanes: Self.lanes)
    guard law.logDensities(of: [problem.point]) != nil else {
      return try theRestIsGaussian(law, steps)
    }
    let values = steps.ends[0]
    let sorted = values.sorted()
    let width = 0.5 * (sorted[values.count * 5 / 6] - sorted[values.count / 6])
    for factor in [1.0, 4] {
      let comparison = LineLaw(values, centre: sorted[values.count / 2], width: width) { points in
        law.logDensities(of: points.map { [$0] }, noiseFactor: factor) ?? []
      }
      // Tabulated logarithms are good to 1e-9.
      #expect(abs(comparison.total - 1) <= 2e-9, label(noise))
      #expect((comparison.distance > comparison.threshold) == (factor == 4), label(noise))
    }
  }

  /// Given what was drawn, the step is normal with the covariance of its law.
  private func theRestIsGaussian(_ law: NoiseLaw, _ steps: NoiseLaw.Steps) throws {
    let deviation = law.law.covariance[0, 0].squareRoot()
    let (start, stepSize) = (law.theta[0], law.stepSize)
    let rest = zip(steps.ends[0], steps.gradients[0]).map { $0 - start + stepSize * $1 }
    for factor in [1.0, 4] {
      let comparison = LineLaw(rest, centre: 0, width: deviation) { points in
        points.map {
          let z = $0 / (deviation * factor.squareRoot())
          return -0.5 * z * z - log(deviation * (2 * .pi * factor).squareRoot())
        }
      }
      #expect((comparison.distance > comparison.threshold) == (factor == 4), label(law.plan.process.gradient))
    }
  }

  /// In two dimensions: counts in cells, at a false alarm of 10⁻⁶.
  @Test(arguments: models) func theDensityIsThatOfTheStepsInThePlane(model: Int) throws {
    for problem in NoiseModels.problems.prefix(2) {
      let noise = NoiseModels.all(dimension: 2)[model]
      let law = try law(noise, problem.text, at: problem.point)
      let steps = try law.draw(Self.indices, lanes: Self.lanes)
      let cells = PlaneCells(steps.ends)
      for factor in [1.0, 4] {
        guard let logs = law.logDensities(of: cells.points, noiseFactor: factor) else { continue }
        let p = try cells.pValue(logs)
        #expect((p < 1e-6) == (factor == 4), label(noise))
      }
    }
  }

  /// A trajectory's numbers depend on its number and the step alone, not on its lane, nor on the steps made before.
  @Test(arguments: models) func aTrajectoryCanBeReplayed(model: Int) throws {
    let problem = NoiseModels.problems[1]
    let law = try NoiseLaw(NoiseModels.all(dimension: 2)[model], problem.text, at: problem.point)
    let many = try law.draw([0, 1, 2, 3, 4], lanes: 16)
    let few = try law.draw([0, 1, 2, 3, 4], lanes: 4, firstTrajectory: 8)
    let late = try law.draw([4, 1], lanes: 4, firstTrajectory: 8)
    for lane in 0..<4 {
      for step in 0..<5 { #expect(many.end(16 * step + 8 + lane) == few.end(4 * step + lane)) }
      #expect(late.end(lane) == few.end(16 + lane) && late.end(4 + lane) == few.end(4 + lane))
    }
    let other = try law.draw([0], lanes: 16, seed: 32)
    if !(law.plan.process.gradient is FullBatch), (law.plan.process.gradient as? Minibatch)?.sampling != .cyclic {
      #expect((0..<16).contains { other.end($0) != many.end($0) })
    }
  }

  /// Two statistics of five steps that change their sign when time is reversed: they vanish where the model says that
  /// a sequence read backwards is as probable, and one of them does not where it says otherwise.
  @Test(arguments: models) func reversalOfSequences(model: Int) throws {
    let problem = NoiseModels.problems[2]
    let noise = NoiseModels.all(dimension: 1)[model]
    let law = try NoiseLaw(noise, problem.text, at: problem.point)
    let mean = law.fullGradient()[0]
    let lanes = 2048
    for steps in [4, 5] {
      let draws = law.gradients(try law.draw(Array(0..<steps), lanes: lanes))[0].map { tanh($0 - mean) }
      func value(_ step: Int, _ lane: Int) -> Double { draws[step * lanes + lane] }
      let ends = (0..<lanes).map { value(0, $0) * value(1, $0) - value(steps - 2, $0) * value(steps - 1, $0) }
      let skewness = (0..<lanes).map { lane in
        (1..<steps).reduce(0.0) {
          let (before, after) = (value($1 - 1, lane), value($1, lane))
          return $0 + before * after * (before - after)
        }
      }
      // Roundings where nothing is drawn.
      let isSeen = [ends, skewness].map(meanAndError).contains { abs($0.mean) > 5 * $0.error + 1e-12 }
      let claims = noise.isReversalInvariant(sampleCount: NoiseModels.sampleCount, steps: steps)
      #expect(isSeen != claims, label(noise))
    }
  }

  /// Trajectories of an ensemble with path sums: the block and the threads do not matter.
  @Test(arguments: models) func ensemblesDoNotDependOnBlocks(model: Int) throws {
    let problem = NoiseModels.problems[0]
    let law = try law(NoiseModels.all(dimension: 2)[model], problem.text, at: problem.point)
    let plan = try SimulationPlan(law.plan.process, steps: 3)
    var ensemble = Ensemble(
      plan, start: plan.process.initialLaw, key: StreamKey(seed: 8), trajectories: 150, burnIn: 1, steps: 2,
      options: PathOptions(extended: true))
    let ends = try ensemble.run { PathEnds() }.partials.flatMap { $0 }
    #expect(ends.count == 150 && ends.allSatisfy { $0.allSatisfy(\.isFinite) })
    #expect(try ensemble.run(RunWatch(threads: 3)) { PathEnds() }.partials.flatMap { $0 } == ends)
    ensemble.trajectories = 5
    ensemble.firstTrajectory = 101
    #expect(try ensemble.run { PathEnds() }.partials.flatMap { $0 } == Array(ends[101..<106]))
  }
}

/// Where every trajectory of a block ended, with its path sum.
private final class PathEnds: BlockObserver {
  func finish(_ block: TrajectoryBlock) -> [[Double]] {
    (0..<block.count).map { block.theta.vector(lane: $0) + [block.extended[0, $0]] }
  }
}

/// Six by six cells over the middle of draws in the plane, and one for all that lies outside.
private struct PlaneCells {
  private static let cells = 6
  private static let parts = 8
  /// The midpoints of all parts of the cells, row by row.
  let points: [[Double]]
  private let counts: [Int]
  private let area: Double
  private let total: Int

  init(_ draws: [[Double]]) {
    let bounds = (0..<2).map { i in
      let sorted = draws[i].sorted()
      return (low: sorted[sorted.count / 40], high: sorted[sorted.count * 39 / 40])
    }
    let side = Self.cells * Self.parts
    func place(_ i: Int, _ k: Int) -> Double {
      bounds[i].low + (bounds[i].high - bounds[i].low) * (Double(k) + 0.5) / Double(side)
    }
    points = (0..<side).flatMap { row in (0..<side).map { [place(0, row), place(1, $0)] } }
    area = (bounds[0].high - bounds[0].low) * (bounds[1].high - bounds[1].low) / Double(side * side)
    var counts = [Int](repeating: 0, count: Self.cells * Self.cells)
    func cell(_ i: Int, _ value: Double) -> Int {
      Int(((value - bounds[i].low) / (bounds[i].high - bounds[i].low) * Double(Self.cells)).rounded(.down))
    }
    for (x, y) in zip(draws[0], draws[1]) {
      let (row, column) = (cell(0, x), cell(1, y))
      if 0..<Self.cells ~= row, 0..<Self.cells ~= column { counts[row * Self.cells + column] += 1 }
    }
    self.counts = counts
    total = draws[0].count
  }

  /// P of χ² of the counts; cells in which fewer than ten are expected count as outside.
  func pValue(_ logDensities: [Double]) throws -> Double {
    var masses = [Double](repeating: 0, count: counts.count)
    for (k, logarithm) in logDensities.enumerated() {
      let side = Self.cells * Self.parts
      masses[k / side / Self.parts * Self.cells + k % side / Self.parts] += exp(logarithm) * area
    }
    let used = masses.indices.filter { masses[$0] * Double(total) >= 10 }
    let inside = used.reduce(0.0) { $0 + masses[$1] }
    let observed = used.reduce(0) { $0 + counts[$1] }
    var statistic = used.reduce(0.0) { sum, k in
      let expected = masses[k] * Double(total)
      return sum + (Double(counts[k]) - expected) * (Double(counts[k]) - expected) / expected
    }
    let rest = (1 - inside) * Double(total)
    statistic += (Double(total - observed) - rest) * (Double(total - observed) - rest) / rest
    return try TailProbabilities.chiSquaredTail(statistic, degreesOfFreedom: Double(used.count))
  }
}
