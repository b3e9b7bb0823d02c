import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics

/// The samples of the data that batches are drawn from, and how far those that are drawn seldom carry a measured error.
///
/// A standard error that comes from the scatter of trajectories is that of the samples that were drawn. One outlier among
/// thousands that was drawn once or not at all carries most of the true error and nothing of the measured one. But the
/// data are known: with D draws in all, the s = mn/D most influential of n samples are drawn about m times together, and
/// an average of d^k, with the deviations d of their gradients from the mean, loses the share f = Σ_s d^2k/Σ d^2k of its
/// variance where they are not. So a decision stands only where it holds as well with the error that is larger by
/// 1/√(1 − f).
///
/// A fail is looked at with m = 13 ln(2/level), 100 draws at the level 0.001: of a number of k draws with the mean m and
/// the error √k, |k − m| > 3.29 √k has the probability 0.002 at m = 100, and more below. A pass is looked at with m = 3: at least
/// one of these samples was drawn in 95 % of all runs, and a wrong claim may pass in 5 % of them.
struct RareSamples {
  /// |d| of every sample, one list for each coordinate.
  private let deviations: [[Double]]
  /// The number of samples that are drawn in all.
  private let draws: Double

  /// The samples around the mean of θ.
  ///
  /// `nil` without batches, without a loss, with so many draws that none is rare, or where a number is not finite.
  ///
  /// - Parameters:
  ///   - plan: The process.
  ///   - ensemble: Its steps, and the number of trajectories.
  ///   - mean: E θ.
  ///   - variances: Those of the coordinates, with which the curvatures of samples count; may be empty.
  init?(_ plan: SimulationPlan, _ ensemble: EnsembleSettings, mean: [Double], variances: [Double] = []) {
    let gradient = plan.process.gradient
    guard gradient is Minibatch || gradient is SVAG, let landscape = plan.process.landscape,
      landscape.samples.count > 1, mean.allSatisfy(\.isFinite)
    else { return nil }
    let size = gradient.samplesPerGradient(sampleCount: landscape.samples.count) * gradient.substeps
    let count = Double(landscape.samples.count)
    let made = Double(ensemble.trajectories) * Double(size)
    guard made * Double(ensemble.steps) < Self.failing(1e-9) * count else { return nil }
    // What was drawn in burn-in counts as long as it is remembered.
    let memory = plan.relaxationFactor(step: ensemble.burnIn).map { min(Double(ensemble.burnIn), 1 / (1 - $0)) } ?? 0
    draws = made * (Double(ensemble.steps) + memory)
    let time = plan.clock.setting(ensemble.burnIn).time
    var squares = Self.transposed(landscape.sampleGradients(at: mean, time: time)).map(Self.squaredDeviations)
    if variances.count == mean.count,
      let field = QuadraticProcess(landscape, nil, plan.process.parameters, time: time)
    {
      // The gradient of a sample moves with θ: E (d + (H_i − H)(θ − E θ))², without correlations of coordinates.
      let curvatures = Self.transposed(field.hessians).map(Self.squaredDeviations)
      for i in mean.indices {
        for (j, variance) in variances.enumerated() where variance > 0 && variance.isFinite {
          for k in squares[i].indices { squares[i][k] += variance * curvatures[i * mean.count + j][k] }
        }
      }
    }
    guard squares.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { return nil }
    deviations = squares.map { $0.map { $0.squareRoot() } }
  }

  /// The deviations of some samples, given.
  init(deviations: [[Double]], draws: Double) {
    self.deviations = deviations
    self.draws = draws
  }

  private static func transposed(_ rows: [[Double]]) -> [[Double]] {
    guard let width = rows.first?.count else { return [] }
    return (0..<width).map { i in rows.map { $0[i] } }
  }

  private static func squaredDeviations(_ values: [Double]) -> [Double] {
    let mean = values.reduce(0) { $0 + $1 / Double(values.count) }
    return values.map { ($0 - mean) * ($0 - mean) }
  }

  private static func failing(_ level: Double) -> Double { 13 * log(2 / level) }

  /// What the samples that are drawn seldom carry.
  struct Influence: Equatable {
    /// The most influential of them, from 1.
    let first: Int
    /// Their number s.
    let count: Int
    /// f.
    let share: Double
    /// How often they are drawn, all together.
    let draws: Double
  }

  /// The largest influence on the variance of the average of d^`order`, of the samples that are drawn `limit` times or less
  /// in all; `nil` where every sample is drawn more often.
  func influence(order: Int, limit: Double) -> Influence? {
    guard let samples = deviations.first?.count, samples > 0 else { return nil }
    let each = draws / Double(samples)
    let count = min(samples, Int((limit / each).rounded(.down)))
    guard count > 0 else { return nil }
    var largest: Influence?
    for values in deviations {
      guard let top = values.max(), top > 0 else { continue }
      let weights = values.map { pow($0 / top, Double(2 * order)) }
      let ranking = weights.indices.sorted { (weights[$0], $1) > (weights[$1], $0) }
      let share = ranking.prefix(count).reduce(0) { $0 + weights[$1] } / weights.reduce(0, +)
      if share > largest?.share ?? 0 {
        largest = Influence(first: ranking[0] + 1, count: count, share: share, draws: Double(count) * each)
      }
    }
    return largest
  }

  /// The outcome, made undecided where it does not hold with the error of all samples.
  ///
  /// - Parameters:
  ///   - outcome: What was decided.
  ///   - order: The power of deviations that is averaged: 1 for a mean, 2 for a variance.
  ///   - level: The level of the test.
  ///   - again: Decides once more with the standard error times a factor.
  /// - Returns: The outcome, or the same as undecided with the reason in front.
  func honoured(
    _ outcome: VerdictOutcome, order: Int, level: Double, again: (_ factor: Double) -> VerdictOutcome
  ) -> VerdictOutcome {
    guard outcome.status != .undecided,
      let found = influence(order: order, limit: outcome.status == .fail ? Self.failing(level) : 3)
    else { return outcome }
    // Where all weight is in few samples the rest is rounding, and the error may be anything.
    if found.share < 1 - 1e-12, again(1 / (1 - found.share).squareRoot()).status == outcome.status { return outcome }
    var outcome = outcome
    outcome.status = .undecided
    outcome.reasons.insert(
      .rareSamples(first: found.first, count: found.count, share: found.share, draws: found.draws), at: 0)
    outcome.trajectoriesToDecide = nil
    return outcome
  }
}
