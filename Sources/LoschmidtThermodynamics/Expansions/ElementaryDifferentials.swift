import LoschmidtNumerics

/// The elementary differentials of a block of fields at one block of points, each evaluated once.
public struct ElementaryDifferentials<Field: VectorField> {
  private let field: Field
  private let point: Block
  private var known: [RootedTree: Block] = [:]

  /// The elementary differentials of `field` at `point`.
  public init(of field: Field, at point: Block) {
    self.field = field
    self.point = point
  }

  /// F(τ) = D^mG[F(τ₁), …, F(τ_m)] in every lane; what it needs is kept for the next tree.
  public mutating func evaluate(_ tree: RootedTree) -> Block {
    if let block = known[tree] { return block }
    let block = evaluateOnce(tree)
    known[tree] = block
    return block
  }

  /// F(τ), without keeping it.
  mutating func evaluateOnce(_ tree: RootedTree) -> Block {
    if let block = known[tree] { return block }
    if tree.children.isEmpty { return field.evaluate(at: point) }
    let directions = tree.distinctChildren.map { branch in
      (direction: evaluate(branch.tree), multiplicity: branch.multiplicity)
    }
    return field.derivative(along: directions, at: point)
  }
}

/// The expansion of one force at one block of points: the coefficient of each power of η as a block.
public struct SeriesCoefficients: Sendable {
  /// The coefficients of η¹, η², … , each `dimension` × `lanes`.
  public let powers: [Block]

  /// Evaluates several series of the same fields at the same points, sharing all elementary differentials.
  ///
  /// - Complexity: One derivative of the field per tree.
  public static func evaluate(
    _ series: [EtaSeries], of field: some VectorField, at point: Block
  ) -> [SeriesCoefficients] {
    let zero = Block(dimension: field.dimension, lanes: field.lanes)
    var sums = series.map { [Block](repeating: zero, count: $0.orders) }
    var differentials = ElementaryDifferentials(of: field, at: point)
    let highest = series.map(\.orders).max() ?? 0
    let trees = Set(series.flatMap { $0.powers.joined().map(\.tree) }).sorted()
    for tree in trees {
      let power = tree.order - 1
      // The trees of the highest power are no branches of others: nobody asks for them again.
      let block = power == highest ? differentials.evaluateOnce(tree) : differentials.evaluate(tree)
      for index in series.indices {
        let coefficient = series[index].coefficient(of: tree)
        if !coefficient.isZero { sums[index][power - 1].add(block, times: coefficient.doubleValue) }
      }
    }
    return sums.map { SeriesCoefficients(powers: $0) }
  }

  /// Σ_k η^k times the coefficient of η^k, through the highest known power or through `orders`.
  public func force(learningRate: Double, orders: Int? = nil) -> Block {
    guard var sum = powers.first else { return Block(dimension: 0, lanes: 0) }
    let last = min(orders ?? powers.count, powers.count)
    if last < 1 { return Block(dimension: sum.dimension, lanes: sum.lanes) }
    sum = powers[last - 1]
    for block in powers[..<(last - 1)].reversed() {
      sum.scale(by: learningRate)
      sum.add(block)
    }
    sum.scale(by: learningRate)
    return sum
  }

  /// A bound of the rounding error of `force` per lane, 32 ε Σ_k η^k |coefficient of η^k|, in the norm of Λ⁻¹.
  ///
  /// 32 units stand for the arithmetic of the nested derivatives; inside a derivative that cancels, it can be more.
  public func roundingBound(learningRate: Double, metric: PositiveMatrix) -> [Double] {
    guard let first = powers.first else { return [] }
    var bound = [Double](repeating: 0, count: first.lanes)
    var factor = 1.0
    for block in powers {
      factor *= learningRate
      for (lane, norm) in metric.inverseNorms(block).enumerated() {
        bound[lane] += 32 * Double.ulpOfOne * factor * norm
      }
    }
    return bound
  }
}
