/// A block of vector fields G, one per lane, with exact directional derivatives of every order.
///
/// Each lane may be a different field, for instance the preconditioned gradient Λ∇l of one draw of the minibatch.
/// Points and directions are blocks of `dimension` × `lanes`; lanes never mix.
public protocol VectorField {
  /// The number of coordinates.
  var dimension: Int { get }
  /// The number of fields that are evaluated side by side.
  var lanes: Int { get }

  /// G(θ) in every lane. Entries that are not finite are passed on; the caller decides what they mean.
  func evaluate(at point: Block) -> Block

  /// The multilinear derivative D^kG(θ)[a₁,…,a₁,a₂,…] in every lane, without any factorial.
  ///
  /// - Parameters:
  ///   - directions: The directions with their multiplicities m_i ≥ 1; k = Σ m_i. For instance T(a, b) of a gradient
  ///     field is `[(a, 1), (b, 1)]`, and Q4(a, a, b) is `[(a, 2), (b, 1)]`. An empty list gives G(θ).
  ///   - point: θ.
  /// - Returns: The derivative, a block of the same shape.
  func derivative(along directions: [(direction: Block, multiplicity: Int)], at point: Block) -> Block
}
