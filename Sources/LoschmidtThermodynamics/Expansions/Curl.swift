import LoschmidtNumerics

/// The rotation of a force at second order: the coefficient of η² in ∂_jF_i − ∂_iF_j of the covector Λ⁻¹F.
///
/// It is κ (T_GΛH − HΛT_G)_{ij}, with κ the `curlCoefficient` of the series and (T_G)_{ij} = Σ_k T_{ijk}G_k. Proof for
/// Λ = L Lᵀ: in θ = Lψ, where the step is plain gradient descent, the curl is κ [LᵀT_GL, LᵀHL]; a two-form is pulled
/// back by L⁻ᵀ · L⁻¹. Only ST has κ = 0; the others are conservative where the commutator vanishes.
public struct Curl: Sendable, Equatable {
  /// The number of coordinates.
  public let dimension: Int
  /// C = T_GΛH − HΛT_G, antisymmetric, row-major.
  public let commutator: [Double]

  /// The commutator from the matrices of the loss itself.
  ///
  /// - Parameters:
  ///   - hessian: H, row-major.
  ///   - third: T_G, row-major, with G = Λg.
  ///   - dimension: The number of rows.
  ///   - preconditioner: Λ.
  public init(hessian: [Double], third: [Double], dimension: Int, preconditioner: PositiveMatrix = .identity) {
    precondition(hessian.count == dimension * dimension, "H needs one entry per pair of coordinates")
    precondition(third.count == dimension * dimension, "T_G needs one entry per pair of coordinates")
    // Column j of ΛH in lane j: rows of a row-major matrix are coordinates, columns lanes.
    var block = Block(dimension: dimension, lanes: dimension)
    block.entries = hessian
    self.init(dimension: dimension, left: third, right: preconditioner.multiply(block).entries)
  }

  /// The commutator through directional derivatives of G = Λg, one coordinate direction per lane.
  ///
  /// - Parameters:
  ///   - field: The same field G in each of its lanes; it must have as many lanes as coordinates.
  ///   - point: θ, one vector.
  ///   - preconditioner: Λ.
  /// - Complexity: A gradient, a first and a second derivative of the field, and O(dimension³).
  public init(of field: some VectorField, at point: [Double], preconditioner: PositiveMatrix = .identity) {
    let dimension = field.dimension
    precondition(field.lanes == dimension, "the curl needs one lane per coordinate direction")
    var directions = Block(dimension: dimension, lanes: dimension)
    for i in 0..<dimension { directions[i, i] = 1 }
    let points = Block(broadcasting: point, lanes: dimension)
    let step = field.evaluate(at: points)
    let first = field.derivative(along: [(direction: directions, multiplicity: 1)], at: points)
    let second = field.derivative(
      along: [(direction: directions, multiplicity: 1), (direction: step, multiplicity: 1)], at: points)
    // The field gives ΛH and ΛT_G; T_G itself is Λ⁻¹ times the second.
    self.init(dimension: dimension, left: preconditioner.solve(second).entries, right: first.entries)
  }

  /// C = A B − (A B)ᵀ for A = T_G and B = ΛH, since (T_GΛH)ᵀ = HΛT_G.
  private init(dimension: Int, left: [Double], right: [Double]) {
    var product = [Double](repeating: 0, count: dimension * dimension)
    for i in 0..<dimension {
      for k in 0..<dimension {
        let factor = left[i * dimension + k]
        for j in 0..<dimension { product[i * dimension + j] += factor * right[k * dimension + j] }
      }
    }
    self.dimension = dimension
    commutator = product.indices.map { product[$0] - product[($0 % dimension) * dimension + $0 / dimension] }
  }

  /// The coefficient of η² in ∂_jF_i − ∂_iF_j for a force with this series.
  public func coefficient(_ i: Int, _ j: Int, of series: EtaSeries) -> Double {
    (series.curlCoefficient?.doubleValue ?? .nan) * commutator[i * dimension + j]
  }
}
