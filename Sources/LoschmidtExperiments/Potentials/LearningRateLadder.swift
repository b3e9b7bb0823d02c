import LoschmidtNumerics
import LoschmidtThermodynamics

/// The forces at learning rates of the experiment's own, η, η/2, η/4, …, from which limits and orders are read.
///
/// The scale is that of the curvature: the ladder begins at η‖ΛH‖ = 1/2 and goes down until the extrapolated limit of
/// every potential is known to 1e-4. Larger η are added for remainders that are too small to see.
struct LearningRateLadder {
  /// The error of the extrapolated limit at which no smaller η are added.
  static let wantedError = 1e-4
  private static let firstRungs = 10
  private static let lowestRung = 40
  /// How many neighbouring rungs one extrapolation uses.
  private static let window = 7

  /// The rungs with η falling by factors of 2.
  private(set) var rows: [SurveyRow] = []
  /// E[ΛHΛg].
  let leading: [Double]
  private let metric: PositiveMatrix
  private let leadingSquare: Double

  /// The order of a remainder in η, or why there is none.
  enum Order {
    case measured(Double)
    case exact
    case absent(String)
  }

  init(
    _ survey: PotentialSurvey, _ expansion: LocalExpansion, _ curvatures: PotentialSurvey.Curvatures,
    progress: (Double) -> Void
  ) throws {
    metric = survey.metric
    leading = expansion.leading.mean
    leadingSquare = Self.product(metric, leading, leading)
    guard expansion.operatorNorm > 0, expansion.operatorNorm.isFinite, leadingSquare > 0 else { return }
    let largest = 0.5 / expansion.operatorNorm
    func rates(_ rungs: Range<Int>) -> [Double] { rungs.map { largest * Double(sign: .plus, exponent: -$0, significand: 1) } }
    rows = try survey.forces(at: rates(0..<Self.firstRungs), curvatures: curvatures) { progress(0.7 * $0) }
    var next = Self.firstRungs
    while next < Self.lowestRung, survey.potentials.indices.contains(where: { needsSmaller($0) }) {
      rows += try survey.forces(at: rates(next..<next + 6), curvatures: curvatures)
      next += 6
    }
    let higher = survey.potentials.indices.contains { x in
      if case .absent = remainderOrder(x, series: expansion.series[x].map(\.mean)) { return true }
      return false
    }
    if higher { rows = try survey.forces(at: rates(-3..<0), curvatures: curvatures) + rows }
    progress(1)
  }

  private static func product(_ metric: PositiveMatrix, _ a: [Double], _ b: [Double]) -> Double {
    metric.inverseProducts(Block(broadcasting: a, lanes: 1), Block(broadcasting: b, lanes: 1))[0]
  }

  private func norm(_ vector: [Double]) -> Double { Self.product(metric, vector, vector).squareRoot() }

  /// Whether the leading force cannot be told from rounding, as at a critical point.
  var isCritical: Bool {
    guard let first = rows.first(where: { $0.forces.contains { $0.force != nil } }) else { return true }
    let size = 0.5 * first.learningRate * leadingSquare.squareRoot()
    let rounding = first.forces.filter { $0.force != nil }.map(\.roundingBound).min() ?? 0
    return !(size > 100 * rounding)
  }

  /// The limit of ⟨F, leading⟩/⟨leading, leading⟩ with its error, from the rungs that agree best.
  func limit(_ x: Int) -> (value: Double, error: Double)? {
    let ratios: [Double?] = rows.map { row in
      guard let force = row.forces[x].force else { return nil }
      return Self.product(metric, force.mean, leading) / (-0.5 * row.learningRate * leadingSquare)
    }
    var best: (value: Double, error: Double)?
    for first in ratios.indices {
      let values = ratios[first..<min(first + Self.window, ratios.count)].compactMap { $0 }
      guard values.count == Self.window else { continue }
      let extrapolation = RichardsonExtrapolation(values: values, ratio: 2)
      if extrapolation.error < best?.error ?? .infinity { best = (extrapolation.limit, extrapolation.error) }
    }
    return best
  }

  private func needsSmaller(_ x: Int) -> Bool { !(limit(x)?.error ?? .infinity < Self.wantedError) }

  /// The order in η of ‖F − leading‖/‖leading‖.
  func slope(_ x: Int) -> Order {
    order(x) { row, force in
      let size = 0.5 * row.learningRate * leadingSquare.squareRoot()
      let difference = zip(force.mean, leading).map { $0 + 0.5 * row.learningRate * $1 }
      return (norm(difference) / size, row.forces[x].errorBound / size)
    }
  }

  /// The order in η of ‖F − series‖.
  ///
  /// - Parameter series: The coefficients of η¹, η², ….
  func remainderOrder(_ x: Int, series: [[Double]]) -> Order {
    order(x) { row, force in
      var sum = [Double](repeating: 0, count: leading.count)
      var terms = 0.0
      for coefficient in series.reversed() {
        for i in sum.indices { sum[i] = (sum[i] + coefficient[i]) * row.learningRate }
        terms = (terms + norm(coefficient)) * row.learningRate
      }
      let difference = zip(force.mean, sum).map { $0 - $1 }
      // 32 units for the arithmetic of the nested derivatives in each coefficient.
      return (norm(difference), row.forces[x].errorBound + 32 * Double.ulpOfOne * terms)
    }
  }

  private func order(_ x: Int, _ remainder: (SurveyRow, AveragedVector) -> (size: Double, bound: Double)) -> Order {
    var sizes: [Double] = []
    var bounds: [Double] = []
    for row in rows {
      guard let force = row.forces[x].force else {
        // A rung where the force does not exist counts as unresolved.
        sizes.append(0)
        bounds.append(.infinity)
        continue
      }
      let (size, bound) = remainder(row, force)
      sizes.append(size)
      bounds.append(bound)
    }
    let order = ConvergenceOrder(remainders: sizes, roundingBounds: bounds, ratio: 2)
    switch order.absence {
    case .exact: return .exact
    case .unresolved: return .absent("the remainder does not exceed 100 times its rounding bound at two neighbouring η")
    case nil: return order.order.map { .measured($0) } ?? .absent("no order could be measured")
    }
  }
}

extension AveragedForce {
  /// The errors of truncation and rounding together, a norm.
  fileprivate var errorBound: Double { truncationError + roundingBound }
}
