import LoschmidtDynamics
import LoschmidtNumerics

extension PotentialSurvey {
  /// How far the curvature has changed after straight steps θ − sG: E‖DG(θ − sG)G − DG(θ)G‖ / E‖DG(θ)G‖.
  ///
  /// All four forces agree where this is small, and where it is not, a learning rate of this size says nothing about the
  /// limit of small ones. Nothing nearly equal is subtracted from gradients, so that it is known where differences of
  /// gradients are all rounding: a saturated loss has a tiny Hessian that grows by e over a length of one.
  ///
  /// - Parameters:
  ///   - rates: s > 0.
  ///   - curvatures: What ``expand(orders:)`` returned for this point.
  /// - Returns: One number for each s, 0 where the Hessian is constant; not finite where the Hessian is not.
  /// - Throws: What a piece of parallel work throws; none of these does.
  public func curvatureChanges(at rates: [Double], curvatures: Curvatures) throws -> [Double] {
    // The last entry is E‖DG(θ)G‖.
    var total = CompensatedVector(count: rates.count + 1)
    try OrderedMap.run(count: curvatures.count, threads: threads, makeWorker: { DrawWorkspace(landscape) }) {
      workspace, group in
      changes(in: group, rates, workspace)
    } consume: { _, part in
      total.add(part)
    }
    let sums = total.total
    return sums.dropLast().map { $0 / sums[rates.count] }
  }

  private func changes(in group: Int, _ rates: [Double], _ workspace: DrawWorkspace) -> [Double] {
    let weights = Array(average.weights[groups[group]])
    let field = field(groups[group], workspace)
    let start = Block(broadcasting: point, lanes: weights.count)
    let step = field.evaluate(at: start)
    func mean(_ block: Block) -> Double { zip(metric.inverseNorms(block), weights).reduce(0) { $0 + $1.0 * $1.1 } }
    func turned(_ place: Block) -> Block { field.derivative(along: [(direction: step, multiplicity: 1)], at: place) }
    let here = turned(start)
    return rates.map { mean(turned(start.moved(along: step, by: -$0)) - here) } + [mean(here)]
  }

  /// A bound of the rounding error of the mean over the draws of a difference of two gradients near the point, a norm.
  ///
  /// It contains the rounding of the position: a force below it cannot be told from moving θ by its last digit. Draws are
  /// taken as independent, as in ``AveragedForce/roundingBound``.
  ///
  /// - Throws: What a piece of parallel work throws; none of these does.
  public func differenceRounding(curvatures: Curvatures) throws -> Double {
    var (sum, squares) = (0.0, 0.0)
    try OrderedMap.run(count: curvatures.count, threads: threads, makeWorker: { DrawWorkspace(landscape) }) {
      workspace, group -> [Double] in
      let start = Block(broadcasting: point, lanes: groups[group].count)
      let value = field(groups[group], workspace).evaluate(at: start)
      return zip(curvatures[group].differenceRounding(at: start, value: value), average.weights[groups[group]])
        .map { $0 * $1 }
    } consume: { _, bounds in
      sum += bounds.reduce(0, +)
      squares += bounds.reduce(0) { $0 + $1 * $1 }
    }
    return min(sum, 8 * squares.squareRoot())
  }
}
