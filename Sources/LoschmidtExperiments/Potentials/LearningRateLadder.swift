import Foundation
import LoschmidtNumerics
import LoschmidtThermodynamics

/// The forces at learning rates of the experiment's own, η, η/2, η/4, …, from which limits and orders are read.
///
/// The ladder begins at η‖ΛH‖ = 1/2, or where the Hessian changes by half over one step if that is smaller, and goes down
/// until the extrapolated limit of every potential is known to 1e-4, or rounding hides more. Larger η are added for
/// remainders that are too small to see. The remainder of DE, which can be seen only between the truncation of its series
/// and its rounding, has a finer ladder of its own.
struct LearningRateLadder {
  /// The error of the extrapolated limit at which no smaller η are added.
  static let wantedError = 1e-4
  private static let firstRungs = 10
  private static let lowestRung = 40
  /// The same where a limit is not 1: steps down to the last digits of a position.
  private static let lowestDisputedRung = 90
  private static let highestRung = -6
  /// How far the Hessian may have changed, in itself, at the end of the first step of the ladder and of every smaller one.
  private static let largestChange = 0.5
  /// By so many units of rounding the leading force must stand out at the first rung.
  private static let leastResolution = 100.0

  /// Why there is nothing to compare the forces with.
  enum Absence {
    /// Derivatives at the point are infinite or not a number.
    case notFinite
    /// The leading force cannot be told from rounding.
    case critical
  }

  /// The order of a remainder in η, with what the last step of its extrapolation changed, or why there is none.
  enum Order {
    case measured(Double, error: Double)
    case exact
    case absent(String)
  }

  /// Why there is nothing to compare with, `nil` where there is.
  private(set) var absence: Absence?
  /// All forces, η falling by factors of 2.
  private(set) var rows: [SurveyRow] = []
  /// The forces from which remainders are measured, by potential.
  private var remainders: [RemainderLadder] = []
  /// The first rung: how many times η‖ΛH‖ = 1/2 is halved until the Hessian hardly changes over a step.
  private var start = 0
  /// How far the Hessian has changed after steps of η‖ΛH‖ = 2^−(1 + k), k = 0, 1, … .
  private var changes: [Double] = []
  /// The forces at the learning rates that were asked for.
  private let asked: [SurveyRow]
  private let expansion: LocalExpansion
  private let metric: PositiveMatrix
  private let leadingNorm: Double

  /// Climbs down from where the step is small.
  ///
  /// - Parameters:
  ///   - survey: The point and the potentials.
  ///   - expansion: What is known about the point.
  ///   - curvatures: The curvatures of the draws.
  ///   - asked: The forces at the learning rates that were asked for; a limit has to agree with them.
  ///   - progress: Is told the fraction that is done.
  /// - Throws: `GSLError` where an integration of the flow fails.
  init(
    _ survey: PotentialSurvey, _ expansion: LocalExpansion, _ curvatures: PotentialSurvey.Curvatures,
    asked: [SurveyRow] = [], progress: (Double) -> Void
  ) throws {
    self.expansion = expansion
    self.asked = asked
    metric = survey.metric
    let leading = expansion.leading.mean
    leadingNorm = Self.product(metric, leading, leading).squareRoot()
    guard expansion.operatorNorm.isFinite, leadingNorm.isFinite else {
      absence = .notFinite
      return
    }
    guard let start = try firstRung(survey, curvatures) else {
      absence = .critical
      return
    }
    self.start = start
    rows = try survey.forces(at: rates(0..<Self.firstRungs), curvatures: curvatures) { progress(0.6 * $0) }
    try addSmaller(survey, curvatures)
    progress(0.7)
    remainders = survey.potentials.indices.map { x in
      RemainderLadder(ratio: 2, rungs: rows.map { ($0.learningRate, $0.forces[x]) })
    }
    try refine(survey, curvatures)
    progress(0.8)
    try addLarger(survey, curvatures)
    progress(1)
  }

  // MARK: Rungs

  /// η‖ΛH‖ = 2^−(1 + start + rung), to rounding.
  private func rates(_ rungs: Range<Int>) -> [Double] {
    rungs.map { 0.5 / expansion.operatorNorm * Double(sign: .plus, exponent: -start - $0, significand: 1) }
  }

  /// The first rung from which on the Hessian hardly changes over a step; `nil` where the leading force is zero, or cannot
  /// be told from rounding there.
  ///
  /// The rounding is that of differences of gradients, that of the position included. Learning rates below those at which
  /// the force stands out are looked at too: what changes the Hessian there cannot be seen in a difference.
  private mutating func firstRung(_ survey: PotentialSurvey, _ curvatures: PotentialSurvey.Curvatures) throws -> Int? {
    let highest = 0.5 / expansion.operatorNorm
    guard highest.isFinite, leadingNorm > 0 else { return nil }
    let lowest = 2 * Self.leastResolution * (try survey.differenceRounding(curvatures: curvatures)) / leadingNorm
    guard highest > lowest else { return nil }
    // At most 40 octaves, because ‖ΛHΛg‖ ≤ ‖ΛH‖‖Λg‖; the bound keeps a difference that rounds to 0 from making more.
    let resolved = Int(log2(min(highest / lowest, 0x1p50)).rounded(.up))
    let rates = rates(0..<resolved + 10)
    changes = try survey.curvatureChanges(at: rates, curvatures: curvatures)
    let first = changes.lastIndex { !($0 <= Self.largestChange) }.map { $0 + 1 } ?? 0
    return first < rates.count && rates[first] > lowest ? first : nil
  }

  private mutating func addSmaller(_ survey: PotentialSurvey, _ curvatures: PotentialSurvey.Curvatures) throws {
    while rows.count < Self.lowestDisputedRung, survey.potentials.indices.contains(where: { needsSmaller($0) }) {
      rows += try survey.forces(at: rates(rows.count..<rows.count + 6), curvatures: curvatures)
    }
  }

  /// Whether the limit is not known well enough, or is not 1, and rounding does not forbid to know it better.
  private func needsSmaller(_ x: Int) -> Bool {
    var wanted = Self.wantedError
    if let limit = limit(x), limit.error < wanted {
      let distance = abs(limit.value - 1)
      if distance <= wanted { return false }
      // What is not 1 is followed as far down as it can be seen: a bend of the loss can be close, and show in nothing else.
      wanted = distance / 8
    } else if rows.count >= Self.lowestRung {
      return false
    }
    guard let last = rows.last else { return false }
    // Rounding alone: the truncation of DE can be large where its iterates meet a bend, and small again below.
    return !(last.forces[x].roundingBound / (0.5 * last.learningRate * leadingNorm) > wanted)
  }

  /// The finer ladder of DE: from η‖ΛH‖ = 0.9, where its series still falls, down to 1/64, or lower by as much as the other.
  ///
  /// Here the Newton series may have 20 terms instead of 12: the truncation then leaves room for the remainder of the series in η
  /// at learning rates that are large enough for it to stand above rounding.
  private mutating func refine(_ survey: PotentialSurvey, _ curvatures: PotentialSurvey.Curvatures) throws {
    for x in survey.potentials.indices where survey.potentials[x] is BackwardError {
      let highest = 0.9 / expansion.operatorNorm * Double(sign: .plus, exponent: -start, significand: 1)
      let rates = (0..<24).map { highest * pow(2, -Double($0) / 4) }
      let finer = try survey.comparing([BackwardError(maximumOrder: 20)]).forces(at: rates, curvatures: curvatures)
      remainders[x] = RemainderLadder(
        ratio: pow(2, 0.25), rungs: finer.map { ($0.learningRate, $0.forces[0]) })
    }
  }

  /// Larger η for the potentials whose remainders are still too small to see, as long as the forces exist there, and unless
  /// the Hessian changes too much over such steps.
  private mutating func addLarger(_ survey: PotentialSurvey, _ curvatures: PotentialSurvey.Curvatures) throws {
    guard start == 0 else { return }
    for highest in stride(from: 0, to: Self.highestRung, by: -3) {
      let hidden = survey.potentials.indices.filter { x in
        guard case .absent = remainderOrder(x), remainders[x].ratio == 2 else { return false }
        return remainders[x].rungs.first?.force.force != nil
      }
      if hidden.isEmpty { return }
      let larger = try survey.restricted(to: hidden).forces(at: rates(highest - 3..<highest), curvatures: curvatures)
      for (place, x) in hidden.enumerated() {
        remainders[x].rungs = larger.map { ($0.learningRate, $0.forces[place]) } + remainders[x].rungs
      }
    }
  }

  // MARK: Limits and orders

  /// The limit of ⟨F, leading⟩/⟨leading, leading⟩ with its error; `nil` where learning rates do not agree on one.
  func limit(_ x: Int) -> LimitWindows.Limit? {
    LimitWindows(ratios: rows.map { ratio($0, x) }, others: asked.compactMap { ratio($0, x) }).limit
  }

  /// Whether even the first rungs are not known well enough for the margin, so that rounding hides the limit.
  func isHidden(_ x: Int, margin: Double) -> Bool {
    guard let first = rows.lazy.compactMap({ ratio($0, x) }).first else { return false }
    // Extrapolation from three learning rates, the smallest number, multiplies the first bound by 15: 8/3 · 4 + 2 · 2 + 1/3.
    return !(15 * first.bound < margin)
  }

  /// Whether a limit that is not 1 is one: its error is small against the distance, and the Hessian changes too little
  /// over the smallest steps that can be seen to make it.
  ///
  /// F_TA is −(η/2) times the mean of HG along the step, so that it is no farther from the leading force than the Hessian
  /// changes; 4 is for the other three, which look at several steps.
  func disproves(_ x: Int, _ limit: LimitWindows.Limit) -> Bool {
    let distance = abs(limit.value - 1)
    guard limit.error <= distance / 4 else { return false }
    let smallest = rows.lastIndex { row in ratio(row, x).map { $0.bound <= distance / 4 } ?? false }
    guard let smallest else { return false }
    return distance > 4 * (changes.dropFirst(start + smallest).max() ?? 0)
  }

  private func ratio(_ row: SurveyRow, _ x: Int) -> LimitWindows.Ratio? {
    guard let force = row.forces[x].force else { return nil }
    let size = 0.5 * row.learningRate * leadingNorm
    let product = Self.product(metric, force.mean, expansion.leading.mean)
    let value = product / (-size * leadingNorm)
    guard value.isFinite else { return nil }
    return LimitWindows.Ratio(rate: row.learningRate, value: value, bound: row.forces[x].errorBound / size)
  }

  /// The order in η of ‖F − leading‖/‖leading‖.
  func slope(_ x: Int) -> Order {
    RemainderLadder(ratio: 2, rungs: rows.map { ($0.learningRate, $0.forces[x]) }).order { rate, force, mean in
      let size = 0.5 * rate * leadingNorm
      let difference = zip(mean, expansion.leading.mean).map { $0 + 0.5 * rate * $1 }
      // 32 units for the arithmetic of the nested derivatives.
      let rounding = force.errorBound + 32 * Double.ulpOfOne * 0.5 * rate * expansion.leadingScale
      return (norm(difference) / size, rounding / size, min(1, rate * expansion.operatorNorm))
    }
  }

  /// The order in η of ‖F − series‖, through the highest power that was asked for.
  func remainderOrder(_ x: Int) -> Order {
    let series = expansion.series[x].map(\.mean)
    return remainders[x].order { rate, force, mean in
      var sum = [Double](repeating: 0, count: mean.count)
      var terms = 0.0
      for (coefficient, scale) in zip(series, expansion.seriesScales[x]).reversed() {
        for i in sum.indices { sum[i] = (sum[i] + coefficient[i]) * rate }
        terms = (terms + scale) * rate
      }
      let difference = zip(mean, sum).map { $0 - $1 }
      let typical = 0.5 * rate * leadingNorm * pow(min(1, rate * expansion.operatorNorm), Double(series.count))
      // 32 units for the arithmetic of the nested derivatives in each coefficient.
      return (norm(difference), force.errorBound + 32 * Double.ulpOfOne * terms, typical)
    }
  }

  private static func product(_ metric: PositiveMatrix, _ a: [Double], _ b: [Double]) -> Double {
    metric.inverseProducts(Block(broadcasting: a, lanes: 1), Block(broadcasting: b, lanes: 1))[0]
  }

  private func norm(_ vector: [Double]) -> Double { Self.product(metric, vector, vector).squareRoot() }
}

/// The forces of one potential at learning rates that fall by one ratio, and the order of a remainder that is read from them.
private struct RemainderLadder {
  let ratio: Double
  var rungs: [(rate: Double, force: AveragedForce)]

  /// A remainder with a bound of its rounding error, and the size that it would have with coefficients of order one.
  typealias Remainder = (size: Double, bound: Double, typical: Double)

  /// The order in η of a remainder.
  ///
  /// It is measured over factors of 2, or over smaller ones where that many rungs do not show it; of all ways the one that
  /// changes least at the end of the extrapolation is taken. `exact` is said only where a remainder of a thousandth of its
  /// typical size would have been seen.
  func order(_ remainder: (Double, AveragedForce, [Double]) -> Remainder) -> LearningRateLadder.Order {
    let values = rungs.map { rate, force -> Remainder in
      // A rung where the force does not exist counts as unresolved.
      force.force.map { remainder(rate, force, $0.mean) } ?? (0, .infinity, 0)
    }
    let strides = ratio < 2 ? [4, 2, 1] : [1]
    let orders = strides.flatMap { step in
      (0..<step).map { offset -> ConvergenceOrder in
        let chosen = stride(from: offset, to: values.count, by: step).map { values[$0] }
        return ConvergenceOrder(
          remainders: chosen.map(\.size), roundingBounds: chosen.map(\.bound), ratio: pow(ratio, Double(step)))
      }
    }
    let best = orders.filter { $0.order?.isFinite == true }.min { $0.error ?? .infinity < $1.error ?? .infinity }
    if let best, let order = best.order { return .measured(order, error: best.error ?? .infinity) }
    let isZero = values.allSatisfy { $0.size <= $0.bound }
    if isZero && values.contains(where: { $0.bound <= 1e-3 * $0.typical }) { return .exact }
    return .absent(Self.unresolved)
  }

  private static let unresolved =
    "the remainder does not exceed 100 times the bound of its own error at two neighbouring learning rates"
}

extension AveragedForce {
  /// The errors of truncation and rounding together, a norm.
  fileprivate var errorBound: Double { truncationError + roundingBound }
}
