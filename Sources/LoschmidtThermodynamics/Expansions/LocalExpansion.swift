import LoschmidtDynamics
import LoschmidtNumerics

/// Everything about one point that does not depend on the learning rate, averaged over the draws.
public struct LocalExpansion: Sendable {
  /// E[ΛH_ξΛg_ξ]; the leading force is −η/2 times this.
  public let leading: AveragedVector
  /// ḡᵀΛḡ of the full gradient, in units of the loss per unit of η.
  public let drift: Double
  /// E (g_ξ − ḡ)ᵀΛ(g_ξ − ḡ), exactly, in the same unit.
  public let noise: Double
  /// The coefficients of each potential's series, by potential, power (η¹ first) and coordinate.
  public let series: [[AveragedVector]]
  /// The means over the draws of the norms of E[ΛHΛg] and of those coefficients: the scales of their rounding errors.
  public let leadingScale: Double
  /// By potential and power.
  public let seriesScales: [[Double]]
  /// The largest eigenvalue of ΛH_ξ over all draws, raised by the bound of its error.
  public let largestEigenvalue: Double
  /// The largest ‖ΛH_ξ‖ over all draws.
  public let operatorNorm: Double
  /// The average over the draws of T_GΛH − HΛT_G, row-major; `nil` where the dimension is too large.
  public let commutator: [Double]?
}

/// A point, the draws and the potentials that are compared there.
public struct PotentialSurvey: Sendable {
  /// The dimension up to which the curl is computed.
  public static let largestCurlDimension = 64

  /// The loss.
  public let landscape: ExpressionLandscape
  /// θ.
  public let point: [Double]
  /// Λ.
  public let metric: PositiveMatrix
  /// The draws of the minibatch.
  public let average: DrawAverage
  /// The law that the draws obey.
  public let law: DrawSet
  /// The potentials, in the order of the results.
  public let potentials: [any IrreversibilityPotential]
  /// How many threads may work; no result depends on it.
  public let threads: Int

  let groups: [Range<Int>]

  /// A survey of one point.
  public init(
    landscape: ExpressionLandscape, point: [Double], metric: PositiveMatrix, law: DrawSet, average: DrawAverage,
    potentials: [any IrreversibilityPotential], threads: Int
  ) {
    self.landscape = landscape
    self.point = point
    self.metric = metric
    self.law = law
    self.average = average
    self.potentials = potentials
    self.threads = threads
    groups = average.groups(of: landscape.suggestedLanes)
  }

  /// The same survey of some of the potentials.
  public func restricted(to indices: [Int]) -> PotentialSurvey {
    comparing(indices.map { potentials[$0] })
  }

  /// The same survey of other potentials.
  public func comparing(_ potentials: [any IrreversibilityPotential]) -> PotentialSurvey {
    PotentialSurvey(
      landscape: landscape, point: point, metric: metric, law: law, average: average, potentials: potentials,
      threads: threads)
  }

  /// The curvature of every draw, group by group.
  public typealias Curvatures = [LocalCurvature]

  /// The expansion at the point, and the curvatures that the forces need.
  ///
  /// - Parameter orders: The highest power of η in the series.
  /// - Returns: The averages over the draws, and the curvature of each group of draws.
  /// - Throws: What a piece of parallel work throws; none of these does.
  public func expand(orders: Int) throws -> (expansion: LocalExpansion, curvatures: Curvatures) {
    let series = potentials.map { $0.series(orders: orders) }
    let dimension = landscape.dimension
    var leading = VectorMean(dimension: dimension, average: average)
    let zero = VectorMean(dimension: dimension, average: average)
    var coefficients = potentials.map { _ in [VectorMean](repeating: zero, count: orders) }
    var scales = CompensatedVector(count: 1 + potentials.count * orders)
    var curvatures: Curvatures = []
    var commutator = CompensatedVector(count: hasCurl ? dimension * dimension : 0)
    try OrderedMap.run(count: groups.count, threads: threads, makeWorker: { DrawWorkspace(landscape) }) {
      workspace, group in
      expandGroup(group, series, workspace)
    } consume: { _, part in
      leading.add(part.leading)
      scales.add(part.scales)
      curvatures.append(part.curvature)
      commutator.add(part.commutator)
      for (x, powers) in part.series.enumerated() {
        for (power, coefficient) in powers.enumerated() { coefficients[x][power].add(coefficient) }
      }
    }
    let (drift, noise) = driftAndNoise()
    let norms = scales.total
    let expansion = LocalExpansion(
      leading: leading.result, drift: drift, noise: noise, series: coefficients.map { $0.map(\.result) },
      leadingScale: norms[0],
      seriesScales: potentials.indices.map { Array(norms[(1 + $0 * orders)...].prefix(orders)) },
      largestEigenvalue: curvatures.flatMap(\.largestEigenvalues).reduce(-.infinity) { $1 > $0 || $1.isNaN ? $1 : $0 },
      operatorNorm: curvatures.flatMap(\.operatorNorms).reduce(0) { $1 > $0 || $1.isNaN ? $1 : $0 },
      commutator: hasCurl ? commutator.total : nil)
    return (expansion, curvatures)
  }

  /// Whether the curl is small enough to compute, and not zero for want of a second coordinate.
  public var hasCurl: Bool { landscape.dimension >= 2 && landscape.dimension <= Self.largestCurlDimension }

  private struct ExpansionPart {
    let leading: VectorMean.Part
    let series: [[VectorMean.Part]]
    let scales: [Double]
    let curvature: LocalCurvature
    let commutator: [Double]
  }

  private func expandGroup(_ group: Int, _ series: [EtaSeries], _ workspace: DrawWorkspace) -> ExpansionPart {
    let range = groups[group]
    let weights = Array(average.weights[range])
    let field = field(range, workspace)
    let start = Block(broadcasting: point, lanes: range.count)
    let step = field.evaluate(at: start)
    let turned = field.derivative(along: [(direction: step, multiplicity: 1)], at: start)
    let coefficients = SeriesCoefficients.evaluate(series, of: field, at: start).map(\.powers)
    let part = { (block: Block) in VectorMean.Part(block, weights: weights, isSampled: average.isSampled) }
    let scale = { (block: Block) in zip(metric.inverseNorms(block), weights).reduce(0) { $0 + $1.0 * $1.1 } }
    return ExpansionPart(
      leading: part(turned), series: coefficients.map { $0.map(part) },
      scales: [scale(turned)] + coefficients.joined().map(scale),
      curvature: LocalCurvature(of: field, at: start, metric: metric),
      commutator: hasCurl ? commutator(range, workspace) : [])
  }

  func field(_ range: Range<Int>, _ workspace: DrawWorkspace) -> DrawField {
    DrawField(landscape, draws: Array(average.draws[range]), preconditioner: metric, workspace: workspace)
  }

  /// Σ weight × (T_GΛH − HΛT_G) over a range of draws.
  private func commutator(_ range: Range<Int>, _ workspace: DrawWorkspace) -> [Double] {
    let dimension = landscape.dimension
    var total = [Double](repeating: 0, count: dimension * dimension)
    for index in range {
      let draws = [Draw](repeating: average.draws[index], count: dimension)
      let field = DrawField(landscape, draws: draws, preconditioner: metric, workspace: workspace)
      let curl = Curl(of: field, at: point, preconditioner: metric)
      for k in total.indices { total[k] += average.weights[index] * curl.commutator[k] }
    }
    return total
  }

  /// ḡᵀΛḡ, and the mean of (g − ḡ)ᵀΛ(g − ḡ): from single samples by the exact covariance of a batch, or, where the law
  /// has no such factor, over its outcomes.
  private func driftAndNoise() -> (drift: Double, noise: Double) {
    let workspace = DrawWorkspace(landscape)
    let count = landscape.samples.count
    let mean = DrawField(landscape, draws: [Draw(batch: Array(0..<count))], workspace: workspace)
      .gradient(at: Block(broadcasting: point, lanes: 1)).vector(lane: 0)
    let single = Block(broadcasting: mean, lanes: 1)
    let drift = single.innerProducts(with: metric.multiply(single))[0]
    let factor = law.covarianceFactor
    if factor == 0 { return (drift, 0) }
    let singles = DrawAverage(
      draws: (0..<count).map { Draw(batch: [$0]) }, weights: [Double](repeating: 1 / Double(count), count: count))
    let source = factor == nil ? average : singles
    var noise = CompensatedVector(count: 1)
    for range in source.groups(of: landscape.suggestedLanes) {
      let field = DrawField(landscape, draws: Array(source.draws[range]), workspace: workspace)
      var deviation = field.gradient(at: Block(broadcasting: point, lanes: range.count))
      deviation.add(Block(broadcasting: mean, lanes: range.count), times: -1)
      let squares = deviation.innerProducts(with: metric.multiply(deviation))
      noise.add([zip(squares, source.weights[range]).reduce(0) { $0 + $1.0 * $1.1 }])
    }
    return (drift, (factor ?? 1) * noise.total[0])
  }
}
