import LoschmidtNumerics

/// DE: the field −G + F whose flow for time η makes one step, from backward error analysis of discretisation.
///
/// F = Σ_{k=2}^K ((−1)^k/k) Δ^{k−1}G over the iterates θ_{j+1} = θ_j − ηG(θ_j): the Newton series of ln(1 + Δ)
/// (theory of the expansions, identity 4), asymptotic in general. It stops, lane by lane, at its smallest term; its error
/// is that of `NewtonTail`. Precisely, K minimises the larger of the last term kept and the first left out, so
/// that one term that vanishes by accident does not stop the series, plus the rounding bound, so that no term is taken
/// that is noise.
///
/// F does not exist where ηλ_max(ΛH) ≥ 1: the step does not preserve orientation there, as every flow does.
/// The rounding floor is 8 ε (|θ| ‖ΛH‖ + |G|) / |F| relative, amplified by Σ_{k≤K} 2^{k−2}/k; in a mean over many draws,
/// whose errors are independent, less than half of that counts.
public struct BackwardError: IrreversibilityPotential {
  private let candidates: ClosedRange<Int>

  /// The series stopped at its smallest term, with K ≤ `maximumOrder`: up to `maximumOrder` + 1 gradients.
  public init(maximumOrder: Int = 12) {
    precondition(maximumOrder >= 2, "the series of the backward error begins with K = 2")
    candidates = 2...maximumOrder
  }

  /// The partial sum with K = `order` ≥ 2, whatever its terms do; K = 2 is TA.
  public init(order: Int) {
    precondition(order >= 2, "the series of the backward error begins with K = 2")
    candidates = order...order
  }

  /// `DE`.
  public var name: String { "DE" }

  /// The Newton series of the iterates; undefined where η times the largest eigenvalue of `curvature` reaches 1.
  public func force(
    of field: some VectorField, at point: Block, learningRate: Double, curvature: LocalCurvature
  ) -> PotentialForce {
    var iterates = NewtonDifferences(field: field, point: point)
    var sum = NewtonSum(
      start: curvature.metric.inverseNorms(iterates.latest), dimension: field.dimension, candidates: candidates,
      rounding: curvature.differenceRounding(at: point, value: iterates.latest),
      products: curvature.largestEigenvalues.map { learningRate * $0 })
    let reasons = Self.reasons(curvature, learningRate: learningRate)
    let defined = reasons.indices.filter { reasons[$0] == nil }
    for k in 2...(candidates.upperBound + 1) where !sum.isSettled(in: defined) {
      let difference = iterates.advance(learningRate: learningRate)
      let weight = (k % 2 == 0 ? 1.0 : -1.0) / Double(k)
      sum.add(difference, weight: weight, norms: curvature.metric.inverseNorms(difference), index: k)
    }
    return PotentialForce(
      force: sum.best, truncationErrors: sum.errors, roundingBounds: sum.roundingBounds,
      roundingSpreads: sum.roundingSpreads, undefinedReasons: reasons)
  }

  /// From the field whose time-1 flow is Euler's step.
  public func series(orders: Int) -> EtaSeries {
    EtaSeries(Rational(-1) * BSeries.euler(maximumOrder: orders + 1).modifiedField())
  }

  private static func reasons(_ curvature: LocalCurvature, learningRate: Double) -> [UndefinedForce?] {
    curvature.largestEigenvalues.map { eigenvalue in
      let product = learningRate * eigenvalue
      if product < 1 { return nil }
      return product.isFinite ? .stepIsNoFlow(rateTimesEigenvalue: product) : .curvatureNotFinite
    }
  }
}

/// The forward differences Δ^kG at the start of a sequence of iterates.
private struct NewtonDifferences<Field: VectorField> {
  private let field: Field
  private var position: Block
  /// G_j, ∇G_j, ∇²G_j, … at the latest iterate j; the last of them is Δ^jG at the start.
  private var ladder: [Block]

  init(field: Field, point: Block) {
    self.field = field
    position = point
    ladder = [field.evaluate(at: point)]
  }

  /// G at the latest iterate.
  var latest: Block { ladder[0] }

  /// Makes one step and returns the next forward difference.
  mutating func advance(learningRate: Double) -> Block {
    position.add(latest, times: -learningRate)
    var difference = field.evaluate(at: position)
    for index in ladder.indices {
      let next = difference - ladder[index]
      ladder[index] = difference
      difference = next
    }
    ladder.append(difference)
    return difference
  }
}

/// The partial sums of the series, and in each lane the best of them so far.
private struct NewtonSum {
  var best: Block
  var errors: [Double]
  var roundingBounds: [Double]
  var roundingSpreads: [Double]
  private let candidates: ClosedRange<Int>
  private let rounding: [Double]
  private var partial: Block
  /// ηλ_max(ΛH).
  private let products: [Double]
  /// ‖Δ^{k−2}G‖ and ‖Δ^{k−3}G‖ of the term k to come; ∞ before there is one.
  private var previous: ([Double], [Double])
  private var quality: [Double]
  private var amplification = RoundingAmplification()

  /// No terms yet; `start` has ‖G‖.
  init(
    start: [Double], dimension: Int, candidates: ClosedRange<Int>, rounding: [Double], products: [Double]
  ) {
    let lanes = start.count
    self.candidates = candidates
    self.rounding = rounding
    self.products = products
    partial = Block(dimension: dimension, lanes: lanes)
    best = Block(dimension: dimension, lanes: lanes, repeating: .nan)
    errors = [Double](repeating: .infinity, count: lanes)
    roundingBounds = rounding
    roundingSpreads = rounding
    previous = (start, errors)
    quality = errors
  }

  /// Whether no later partial sum can be better: the rounding bound alone exceeds what the best one has.
  func isSettled(in lanes: [Int]) -> Bool {
    candidates.count > 1 && lanes.allSatisfy { rounding[$0] * amplification.total >= quality[$0] }
  }

  /// Takes the term with this index: the sum through the term before it becomes a candidate, then it is added.
  mutating func add(_ difference: Block, weight: Double, norms: [Double], index: Int) {
    let lanes = partial.lanes
    for lane in 0..<lanes {
      let norm = abs(weight) * norms[lane]
      let bound = rounding[lane] * amplification.total
      let differences = (norms[lane], previous.0[lane], previous.1[lane])
      (previous.0[lane], previous.1[lane]) = (norms[lane], previous.0[lane])
      // Before k = 3 there is no term to compare with, and none is left out.
      let worst = max(index > 2 ? differences.1 / Double(index - 1) : .infinity, norm) + bound
      let isFixed = candidates.lowerBound == candidates.upperBound
      guard candidates.contains(index - 1), isFixed || worst < quality[lane] else { continue }
      quality[lane] = worst
      errors[lane] = NewtonTail.bound(
        differences: differences, index: index, rateTimesEigenvalue: products[lane], rounding: bound)
      roundingBounds[lane] = bound
      roundingSpreads[lane] = rounding[lane] * amplification.spread
      for i in 0..<partial.dimension { best.entries[i * lanes + lane] = partial.entries[i * lanes + lane] }
    }
    partial.add(difference, times: weight)
    amplification.add(index)
  }
}

/// How far the partial sum Σ_{k=2}^K ((−1)^k/k) Δ^{k−1}G amplifies the rounding of the differences ΔG_j of neighbours.
///
/// The sum is Σ_j (−1)^j d_j ΔG_j with d_j = Σ_k C(k−2, j)/k, since Δ^{k−1}G = Σ_j (−1)^{k−j} C(k−2, j) ΔG_j.
private struct RoundingAmplification {
  /// d_j, and C(k−2, j) of the next k.
  private var coefficients: [Double] = []
  private var binomials: [Double] = [1]

  /// How far errors add up at most: Σ d_j = Σ_k 2^{k−2}/k, at least 1.
  var total: Double { max(1, coefficients.reduce(0, +)) }

  /// How far independent errors add up: (Σ d_j²)^½, at least 1.
  var spread: Double { max(1, coefficients.reduce(0) { $0 + $1 * $1 }.squareRoot()) }

  /// Takes the term k.
  mutating func add(_ k: Int) {
    coefficients.append(0)
    for (j, binomial) in binomials.enumerated() { coefficients[j] += binomial / Double(k) }
    binomials = zip([0] + binomials, binomials + [0]).map { $0 + $1 }
  }
}
