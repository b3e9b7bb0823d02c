import LoschmidtDynamics
import LoschmidtNumerics

/// The force of one potential at one learning rate, averaged over the draws.
public struct AveragedForce: Sendable {
  /// The mean, with standard errors where the draws are a sample; `nil` where the force does not exist for some draw.
  public let force: AveragedVector?
  /// The mean over the draws of the norm of the truncation error.
  public let truncationError: Double
  /// A bound of the norm of the rounding error of the mean.
  ///
  /// The rounding errors of different draws and of different iterates are taken as independent: the mean exceeds
  /// 8 (Σ p²b²)^½, b the bounds of the parts of a draw of probability p, with a probability below 3e-14 (Hoeffding's
  /// inequality for vectors), and never Σ p b.
  public let roundingBound: Double
  /// Why the force does not exist.
  public let absence: UndefinedAverage?
}

/// All forces and φ_ST at one learning rate.
public struct SurveyRow: Sendable {
  /// η.
  public let learningRate: Double
  /// One force for each potential of the survey.
  public let forces: [AveragedForce]
  /// E φ_ST = E (η/16)(g + g′)ᵀΛ(g + g′) with its standard error, one entry; in units of the loss.
  public let entropyPotential: AveragedVector
}

extension PotentialSurvey {
  /// The averaged forces at some learning rates.
  ///
  /// - Parameters:
  ///   - learningRates: η > 0.
  ///   - curvatures: What ``expand(orders:)`` returned for this point.
  ///   - progress: Is told the fraction that is done.
  /// - Returns: One row for each learning rate, in the order given.
  /// - Throws: `Stopped`, and what the program did not foresee; a flow that cannot be integrated makes the force absent.
  public func forces(
    at learningRates: [Double], curvatures: Curvatures, progress: (Double) -> Void = { _ in }
  ) throws -> [SurveyRow] {
    var means = learningRates.map { _ in potentials.map { _ in ForceMean(dimension: landscape.dimension, average) } }
    var entropies = learningRates.map { _ in VectorMean(dimension: 1, average: average) }
    try OrderedMap.run(count: curvatures.count, threads: threads, makeWorker: { DrawWorkspace(landscape) }) {
      workspace, group in
      try learningRates.map {
        try StopRequest.check()
        return try rowPart(group, $0, curvatures[group], workspace)
      }
    } consume: { group, rows in
      for (row, part) in rows.enumerated() {
        entropies[row].add(part.entropy)
        for (x, force) in part.forces.enumerated() { means[row][x].add(force) }
      }
      progress(Double(group + 1) / Double(curvatures.count))
    }
    return learningRates.indices.map { row in
      SurveyRow(
        learningRate: learningRates[row], forces: means[row].map(\.result),
        entropyPotential: entropies[row].result)
    }
  }

  private struct RowPart {
    let forces: [ForceMean.Part]
    let entropy: VectorMean.Part
  }

  private func rowPart(
    _ group: Int, _ learningRate: Double, _ curvature: LocalCurvature, _ workspace: DrawWorkspace
  ) throws -> RowPart {
    let range = groups[group]
    let weights = Array(average.weights[range])
    let field = field(range, workspace)
    let start = Block(broadcasting: point, lanes: range.count)
    let forces = try potentials.map { potential in
      do {
        let force = try potential.force(of: field, at: start, learningRate: learningRate, curvature: curvature)
        return ForceMean.Part(force, weights: weights, metric: metric, isSampled: average.isSampled)
      } catch let error as GSLError {
        return ForceMean.Part(failing: .flowNotIntegrated("\(error)"), draws: range.count)
      }
    }
    var entropy = Block(dimension: 1, lanes: range.count)
    entropy.entries = StochasticThermodynamic().potential(
      of: field, at: start, learningRate: learningRate, metric: metric)
    return RowPart(
      forces: forces, entropy: VectorMean.Part(entropy, weights: weights, isSampled: average.isSampled))
  }
}

/// Collects the mean of a force with its errors, group by group.
private struct ForceMean {
  struct Part {
    let vector: VectorMean.Part?
    let truncation: Double
    /// Σ p b and Σ p²b² of the bounds b of the rounding errors of the draws.
    let rounding: (sum: Double, squares: Double)
    /// A bound of the rounding of the sum over the draws itself.
    let summation: Double
    let draws: Int
    let absence: UndefinedAverage?

    init(_ force: PotentialForce, weights: [Double], metric: PositiveMatrix, isSampled: Bool) {
      draws = weights.count
      absence = UndefinedAverage(force.undefinedReasons)
      vector = absence == nil ? VectorMean.Part(force.force, weights: weights, isSampled: isSampled) : nil
      truncation = zip(force.truncationErrors, weights).reduce(0) { $0 + $1.0 * $1.1 }
      rounding = (
        zip(force.roundingBounds, weights).reduce(0) { $0 + $1.0 * $1.1 },
        zip(force.roundingSpreads, weights).reduce(0) { $0 + ($1.0 * $1.1) * ($1.0 * $1.1) }
      )
      // 64 units: sums over the lanes of a group have four partial sums of at most 64 terms. Forces may cancel in the
      // mean, their errors do not.
      let norms = absence == nil ? metric.inverseNorms(force.force) : []
      summation = zip(norms, weights).reduce(0) { $0 + 64 * Double.ulpOfOne * $1.0 * $1.1 }
    }

    /// Draws that fail together.
    init(failing cause: UndefinedForce, draws: Int) {
      self.draws = draws
      absence = UndefinedAverage(cause: cause, affectedDraws: draws, draws: draws)
      (vector, truncation, rounding, summation) = (nil, .nan, (.nan, .nan), .nan)
    }
  }

  private var mean: VectorMean
  private var truncation = 0.0
  private var rounding = (sum: 0.0, squares: 0.0)
  private var summation = 0.0
  private var draws = 0
  private var absence: UndefinedAverage?

  init(dimension: Int, _ average: DrawAverage) { mean = VectorMean(dimension: dimension, average: average) }

  mutating func add(_ part: Part) {
    draws += part.draws
    absence = .merged(absence, part.absence, draws: draws)
    truncation += part.truncation
    rounding = (rounding.sum + part.rounding.sum, rounding.squares + part.rounding.squares)
    summation += part.summation
    if let vector = part.vector { mean.add(vector) }
  }

  var result: AveragedForce {
    if let absence { return AveragedForce(force: nil, truncationError: .nan, roundingBound: .nan, absence: absence) }
    let bound = min(rounding.sum, 8 * rounding.squares.squareRoot()) + summation
    return AveragedForce(force: mean.result, truncationError: truncation, roundingBound: bound, absence: nil)
  }
}
