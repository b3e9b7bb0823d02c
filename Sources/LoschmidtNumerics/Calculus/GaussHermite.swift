/// A quadrature for the standard normal distribution: E f(Z) ≈ Σ wᵢ f(xᵢ), exact for polynomials of degree 2n − 1.
///
/// - Source: Golub and Welsch, Math. Comp. 23 (1969) 221, for the Hermite polynomials He_k, whose recurrence has the
///   entries √k beside a vanishing diagonal.
public struct GaussHermite: Sendable, Equatable {
  /// x₁ < … < x_n.
  public let nodes: [Double]
  /// w₁, …, w_n; they are positive and add up to 1.
  public let weights: [Double]

  /// The rule with `count` nodes, at least 1.
  public init(count: Int) {
    precondition(count >= 1, "a quadrature needs at least one node")
    let beside = (1..<max(1, count)).map { Double($0).squareRoot() }
    guard let eigen = TridiagonalEigen(diagonal: [Double](repeating: 0, count: count), offDiagonal: beside) else {
      preconditionFailure("the recurrence of the Hermite polynomials has finite entries")
    }
    nodes = eigen.eigenvalues
    weights = eigen.firstComponents.map { $0 * $0 }
  }

  /// E f(Z) for a standard normal Z.
  public func expectation(of function: (Double) -> Double) -> Double {
    zip(nodes, weights).reduce(0) { $0 + $1.1 * function($1.0) }
  }
}
