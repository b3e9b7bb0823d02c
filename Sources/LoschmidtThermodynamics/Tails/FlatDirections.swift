import LoschmidtDynamics
import LoschmidtNumerics

/// Directions v that every step leaves as they are, mv = v: those in which no sample of a loss has a curvature.
///
/// Moments of θ in them are no matter of the factors m: either nothing moves θ along them, and it keeps where it began, or
/// noise or a slope does, and there is no stationary law. What is stationary then are the differences from step to step
/// and the rest of θ, whose factors are those of the other directions alone.
enum FlatDirections: Sendable, Equatable {
  /// There are none.
  case none
  /// Nothing moves θ along them.
  case still
  /// Noise or a slope moves θ along them.
  case moved
  /// There are some, and what moves θ along them is not known.
  case unknown

  /// Below this a component counts as 0, relative to the largest number it is made of.
  static let rounding = 1e-12

  /// What moves θ in directions without curvature.
  init(_ plan: SimulationPlan, step: Int, directions: [[Double]]) {
    self = .unknown
    let setting = plan.clock.setting(step)
    let (process, d) = (plan.process, plan.program.dimension)
    guard process.algorithm is GradientDescent, process.force == nil, let law = try? plan.law(setting),
      let metric = try? Cholesky(law.mobility),
      let field = QuadraticProcess(process.landscape, nil, process.parameters, time: setting.time)
    else { return }
    // w = M⁻¹v has wᵀm = wᵀ, so that wᵀθ changes by the noise and by v·c alone.
    let heats = directions.contains { direction in
      guard let dual = try? metric.solve(direction) else { return true }
      return law.covariance.form(dual, dual) > 0
    }
    if heats {
      self = .moved
      return
    }
    if let noise = process.gradient.additiveCovariance(dimension: d) {
      if directions.contains(where: { noise.form($0, $0) > 0 }) { self = .moved }
      return
    }
    guard process.gradient.isOfSamples else { return }
    let scale = field.linearTerms.reduce(0) { $1.reduce($0) { max($0, abs($1)) } }
    let slopes = directions.flatMap { direction in field.linearTerms.map { abs(Vectors.inner(direction, $0)) } }
    if slopes.allSatisfy({ $0 <= Self.rounding * scale }) {
      self = .still
    } else if (process.gradient as? Minibatch)?.sampling.usesEpochs != true {
      self = .moved
    }
  }
}

/// The point at which every sample has a vanishing gradient, so that no batch moves θ away from it.
enum CommonMinimum {
  /// The point; `nil` where there is none, where noise acts at it, and where that is not known.
  static func point(_ plan: SimulationPlan, step: Int) -> [Double]? {
    let setting = plan.clock.setting(step)
    let (process, d) = (plan.process, plan.program.dimension)
    guard process.algorithm is GradientDescent, process.force == nil, process.gradient.isOfSamples,
      process.gradient.additiveCovariance(dimension: d) == nil, let law = try? plan.law(setting),
      law.covariance.entries.allSatisfy({ $0 == 0 }),
      let field = QuadraticProcess(process.landscape, nil, process.parameters, time: setting.time),
      !field.hessians.isEmpty
    else { return nil }
    let pull = field.linearTerms.reduce([Double](repeating: 0, count: d)) {
      Vectors.sum($0, $1, times: 1 / Double(field.linearTerms.count))
    }
    guard let solver = try? LUFactorisation(matrix: field.meanHessian, dimension: d),
      let point = try? solver.solve(pull), point.allSatisfy({ $0.isFinite })
    else { return nil }
    for (hessian, linear) in zip(field.hessians, field.linearTerms) {
      let image = DenseMatrix(rows: d, columns: d, entries: hessian).applied(to: point)
      let scale = zip(image, linear).reduce(0) { max($0, abs($1.0), abs($1.1)) }
      guard zip(image, linear).allSatisfy({ abs($0 - $1) <= FlatDirections.rounding * scale }) else { return nil }
    }
    return point
  }
}

extension GradientNoise {
  /// Whether the estimate is a weighted mean of the gradients of samples, or has their covariance: where all of them
  /// vanish there is no noise.
  fileprivate var isOfSamples: Bool {
    self is Minibatch || self is SVAG || self is MatchedGaussian || self is SummedGaussian || self is StudentT
      || (randomness == .partOfStep && heavyTail == nil)
  }
}

extension RandomMaps {
  /// Orthonormal vectors: v with mv = v for every m, and the others.
  var directions: (flat: [[Double]], others: [[Double]]) {
    let d = dimension
    let one = DenseMatrix.identity(d)
    let changes = (outcomes.map(\.map) + normalFields.map { one + $0 } + [mean] + (drift.map { [$0.map] } ?? []))
      .map { $0 - one }
    let gram = changes.reduce(DenseMatrix.zero(d)) { $0 + $1.transposed * $1 }
    guard let eigen = try? SymmetricEigen(matrix: gram.symmetrised.entries, dimension: d) else { return ([], []) }
    var (flat, others) = ([[Double]](), [[Double]]())
    for index in 0..<d {
      let vector = eigen.eigenvector(index)
      // The eigenvalue is a square: the maps themselves tell what is rounding.
      let isFlat = changes.allSatisfy { change in
        change.applied(to: vector).allSatisfy { abs($0) <= FlatDirections.rounding * max(1, change.largestEntry) }
      }
      if isFlat { flat.append(vector) } else { others.append(vector) }
    }
    return (flat, others)
  }

  /// The maps of what is left of θ beside flat directions: QᵀmQ with orthonormal columns of Q.
  func restricted(to basis: [[Double]]) -> RandomMaps {
    let rows = DenseMatrix(basis)
    let columns = rows.transposed
    func part(_ matrix: DenseMatrix) -> DenseMatrix { rows * matrix * columns }
    return RandomMaps(
      outcomes: outcomes.map { Weighted(map: part($0.map), weight: $0.weight) }, exactOrder: exactOrder,
      mean: part(mean), normalFields: normalFields.map(part), drift: drift.map { (part($0.map), $0.substeps) })
  }
}
