import LoschmidtNumerics

/// The gradient field Λ∇l of a loss that is written down as a polynomial program, the same in every lane.
///
/// Every derivative is a coefficient of the loss along small displacements; nothing of the production calculus is used.
public struct HandwrittenField: VectorField {
  /// A loss as a function of its parameters.
  public typealias Loss = @Sendable ([TruncatedPolynomial]) -> TruncatedPolynomial

  /// The number of parameters.
  public let dimension: Int
  /// The number of copies.
  public let lanes: Int
  /// Λ, row-major; `nil` is the identity.
  public let preconditioner: [Double]?
  private let loss: Loss

  /// The gradient field of `loss`.
  public init(dimension: Int, lanes: Int = 1, preconditioner: [Double]? = nil, loss: @escaping Loss) {
    self.dimension = dimension
    self.lanes = lanes
    self.preconditioner = preconditioner
    self.loss = loss
  }

  /// The same field with another number of lanes or another preconditioner.
  public func with(lanes: Int, preconditioner: [Double]? = nil) -> HandwrittenField {
    HandwrittenField(dimension: dimension, lanes: lanes, preconditioner: preconditioner, loss: loss)
  }

  /// The gradient field of ψ ↦ l(Lψ) for a matrix L, row-major: plain descent there is preconditioned by L Lᵀ here.
  public func pulledBack(by matrix: [Double]) -> HandwrittenField {
    let (dimension, loss) = (dimension, loss)
    return HandwrittenField(dimension: dimension, lanes: lanes) { parameters in
      loss(
        (0..<dimension).map { i in
          (0..<dimension).reduce(0.0 * parameters[0]) { $0 + matrix[i * dimension + $1] * parameters[$1] }
        })
    }
  }

  /// l(θ).
  public func loss(at point: [Double]) -> Double {
    let table = MonomialTable(degrees: [])
    return loss(point.map { TruncatedPolynomial($0, table: table) }).coefficients[0]
  }

  /// Λ∇l in every lane.
  public func evaluate(at point: Block) -> Block { derivative(along: [], at: point) }

  /// The derivatives of Λ∇l in every lane.
  public func derivative(along directions: [(direction: Block, multiplicity: Int)], at point: Block) -> Block {
    let table = MonomialTable(degrees: directions.map(\.multiplicity) + [1])
    var result = Block(dimension: dimension, lanes: lanes)
    for lane in 0..<lanes {
      let covector = covector(along: directions.map { $0.direction.vector(lane: lane) }, at: point, lane, table)
      for i in 0..<dimension { result[i, lane] = preconditioned(covector, i) }
    }
    return result
  }

  private func covector(along directions: [[Double]], at point: Block, _ lane: Int, _ table: MonomialTable) -> [Double]
  {
    let factorials = table.degrees.reduce(1.0) { product, degree in
      (1...degree).reduce(product) { $0 * Double($1) }
    }
    return (0..<dimension).map { coordinate in
      let arguments = (0..<dimension).map { i in
        var argument = TruncatedPolynomial(point[i, lane], table: table)
        for (variable, direction) in directions.enumerated() {
          argument.coefficients[table.index(of: variable)] = direction[i]
        }
        if i == coordinate { argument.coefficients[table.index(of: directions.count)] = 1 }
        return argument
      }
      return factorials * loss(arguments).coefficients[table.count - 1]
    }
  }

  private func preconditioned(_ covector: [Double], _ i: Int) -> Double {
    guard let preconditioner else { return covector[i] }
    return (0..<dimension).reduce(0) { $0 + preconditioner[i * dimension + $1] * covector[$1] }
  }
}
