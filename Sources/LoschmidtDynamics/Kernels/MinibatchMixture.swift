import CKernels
import Foundation
import LoschmidtNumerics

/// The kernel of a step whose batch is not observed: K(θ′ | θ) = Σ_B p_B N(θ′; θ − MG_B(θ), Σ); the storage of one worker.
///
/// With the whitened gradients v_i = L⁻¹MG_i of all samples and Σ = LLᵀ, the exponent of a batch is −½|L⁻¹(θ′ − θ) + v_B|²,
/// v_B the mean of its v_i; backwards −½|−L⁻¹(θ′ − θ) + v′_B|². Sums over the batches are taken by log-sum-exp.
///
/// - Complexity: O(batches × B × d) a lane, and the gradients of all samples at one new point a step.
public final class MinibatchMixture: StepDensity {
  /// At most so many distinct batches are summed over.
  public static let batchLimit = 100_000
  /// So many exponents are held at a time.
  private static let chunk = 32

  /// The number of coordinates.
  public let dimension: Int
  /// The number of lanes, a multiple of 4.
  public let lanes: Int
  private let outcomes: [(draw: Draw, logProbability: Double)]
  private let sampleCount: Int
  /// The factors by which the noise covariance is multiplied; 1 is the right model.
  private let noiseFactors: [Double]

  private var law: StepLaw
  private var here: LaneStorage
  private var there: LaneStorage
  private let force: LaneStorage
  private let part: LaneStorage
  private let displacement: LaneStorage
  private let exponents: LaneStorage
  private let maxima: LaneStorage
  private let totals: LaneStorage

  /// A mixture with its storage.
  ///
  /// - Parameters:
  ///   - law: The step given the batch; it has a density.
  ///   - draws: The law of the batch, with its outcomes listed.
  ///   - noiseFactors: Factors c of models whose Σ is multiplied by c, side by side; 1 is the right one.
  ///   - lanes: The number of lanes, a multiple of 4.
  public init(_ law: StepLaw, draws: DrawSet, noiseFactors: [Double] = [1], lanes: Int) {
    guard let listed = draws.outcomes else { preconditionFailure("the batches of a mixture are listed") }
    self.law = law
    self.lanes = lanes
    self.noiseFactors = noiseFactors
    dimension = law.dimension
    sampleCount = draws.sampleCount
    outcomes = listed.map { ($0.draw, log($0.probability)) }
    here = LaneStorage(dimension: draws.sampleCount * law.dimension, lanes: lanes)
    there = LaneStorage(dimension: draws.sampleCount * law.dimension, lanes: lanes)
    force = LaneStorage(dimension: law.dimension, lanes: lanes)
    part = LaneStorage(dimension: law.dimension, lanes: lanes)
    displacement = LaneStorage(dimension: law.dimension, lanes: lanes)
    exponents = LaneStorage(dimension: noiseFactors.count * Self.chunk, lanes: lanes)
    maxima = LaneStorage(dimension: noiseFactors.count, lanes: lanes)
    totals = LaneStorage(dimension: noiseFactors.count, lanes: lanes)
  }

  /// A number of lanes whose whitened gradients stay in the caches; a multiple of 4.
  public static func suggestedLanes(sampleCount: Int, dimension: Int) -> Int {
    // Two megabytes for both ends of a step.
    [256, 128, 64, 32, 16].first { $0 * sampleCount * dimension * 16 <= 1 << 21 } ?? 8
  }

  /// Changes the law of the steps from now on; the gradients have to be evaluated again.
  public func setLaw(_ law: StepLaw) { self.law = law }

  /// Evaluates the gradients of all samples at the point at which steps begin.
  public func begin(at theta: UnsafePointer<Double>, _ field: BlockField) { whiten(field, theta, into: here) }

  /// Evaluates the gradients of all samples at the point at which a step ends.
  public func evaluateEnd(at next: UnsafePointer<Double>, _ field: BlockField) { whiten(field, next, into: there) }

  /// Makes the end of the step the beginning of the next one.
  public func moveOn() { swap(&here, &there) }

  private func whiten(_ field: BlockField, _ theta: UnsafePointer<Double>, into vectors: LaneStorage) {
    let count = dimension * lanes
    field.negativeForce(at: theta, into: force.pointer)
    for i in 0..<sampleCount {
      let target = vectors.row(i * dimension)
      field.gradient(ofSample: i, at: theta, into: part.pointer)
      lk_add_scaled(part.pointer, force.pointer, 1, count)
      switch law.form {
      case .diagonal(let rates, let deviations, _):
        for k in 0..<dimension {
          let factor = rates[k] / deviations[k]
          (target + k * lanes).update(repeating: 0, count: lanes)
          lk_add_scaled(target + k * lanes, part.row(k), factor, lanes)
        }
      case .full(_, _, let whitening):
        guard let whitening else { preconditionFailure("a step with singular noise has no density") }
        lk_rows_multiply(whitening.mobility.entries, nil, dimension, dimension, part.pointer, target, lanes)
      }
    }
  }

  /// Adds ln K(θ′ | θ)/K(θ | θ′) of a step, in nats; both ends were evaluated.
  ///
  /// - Parameters:
  ///   - theta: θ.
  ///   - next: θ′.
  ///   - ratios: One row of lanes for each noise factor.
  public func addLogRatio(
    from theta: UnsafePointer<Double>, to next: UnsafePointer<Double>, into ratios: UnsafeMutablePointer<Double>
  ) {
    whitenDisplacement(from: theta, to: next)
    add(vectors: here, sign: 1, weight: 1, to: ratios)
    add(vectors: there, sign: -1, weight: -1, to: ratios)
  }

  /// Writes ln K(θ′ | θ) in nats of the model with the first noise factor, one number a lane; the beginning was evaluated.
  public func logDensity(
    of next: UnsafePointer<Double>, given theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    whitenDisplacement(from: theta, to: next)
    let values = LaneStorage(dimension: noiseFactors.count, lanes: lanes)
    add(vectors: here, sign: 1, weight: 1, to: values.pointer)
    let normalisation = law.logNormalisation + 0.5 * Double(dimension) * log(noiseFactors[0])
    for lane in 0..<lanes { result[lane] = values.pointer[lane] - normalisation }
  }

  private func whitenDisplacement(from theta: UnsafePointer<Double>, to next: UnsafePointer<Double>) {
    let count = dimension * lanes
    part.pointer.update(from: next, count: count)
    lk_add_scaled(part.pointer, theta, -1, count)
    switch law.form {
    case .diagonal(_, let deviations, _):
      displacement.fill(0)
      for k in 0..<dimension { lk_add_scaled(displacement.row(k), part.row(k), 1 / deviations[k], lanes) }
    case .full(_, _, let whitening):
      guard let whitening else { preconditionFailure("a step with singular noise has no density") }
      lk_rows_multiply(
        whitening.inverseFactor.entries, nil, dimension, dimension, part.pointer, displacement.pointer, lanes)
    }
  }

  /// Adds weight × ln Σ_B p_B exp(−½|sign × displacement + v_B|²/c) for every noise factor c.
  private func add(vectors: LaneStorage, sign: Double, weight: Double, to ratios: UnsafeMutablePointer<Double>) {
    maxima.fill(-.infinity)
    totals.fill(0)
    for start in stride(from: 0, to: outcomes.count, by: Self.chunk) {
      let rows = min(Self.chunk, outcomes.count - start)
      for row in 0..<rows { setExponents(row, outcomes[start + row], vectors, sign) }
      for model in noiseFactors.indices {
        lk_log_sum_exp(
          exponents.row(model * Self.chunk), rows, maxima.row(model), totals.row(model), lanes)
      }
    }
    let count = noiseFactors.count * lanes
    lk_apply(LK_LOG, totals.pointer, totals.pointer, count)
    lk_add_scaled(ratios, maxima.pointer, weight, count)
    lk_add_scaled(ratios, totals.pointer, weight, count)
  }

  private func setExponents(
    _ row: Int, _ outcome: (draw: Draw, logProbability: Double), _ vectors: LaneStorage, _ sign: Double
  ) {
    let count = dimension * lanes
    part.fill(0)
    lk_add_scaled(part.pointer, displacement.pointer, sign, count)
    for member in outcome.draw.members {
      lk_add_scaled(part.pointer, vectors.row(member.sample * dimension), member.weight, count)
    }
    for (model, factor) in noiseFactors.enumerated() {
      let exponent = exponents.row(model * Self.chunk + row)
      exponent.update(repeating: outcome.logProbability, count: lanes)
      lk_inner_products(part.pointer, part.pointer, -0.5 / factor, exponent, dimension, lanes)
    }
  }
}
