import LoschmidtDynamics
import LoschmidtNumerics

/// What the irreversibility of a step does to a continuous symmetry of the loss: dφ/ds along the orbit of a point.
///
/// φ = (η/4) E|g_ξ|² is the leading potential of plain gradient descent. Differentiated, dφ/ds = ∇φ·ξ = (η/2) E g_ξᵀH_ξ
/// ξ(θ). From the symmetry alone, ∇ℓ·ξ = 0 differentiated by θ is Hξ + Kᵀg = 0, hence **dφ/ds = −(η/4) E gᵀ(K + Kᵀ)g**
/// (theory of symmetry, equation 3). An isometric group, K = −Kᵀ, is preserved; any other is broken, and −dφ/ds drives
/// along the orbit towards the balanced point E gᵀKg = 0. Averages over batches are exact, by
/// ``DrawAverage/init(bilinear:)``.
public struct EmergentForce: Sendable, Equatable {
  /// φ, in units of the loss.
  public let potential: Double
  /// dφ/ds by differentiating φ.
  public let derivative: Double
  /// −(η/4) E gᵀ(K + Kᵀ)g.
  public let exact: Double
  /// How far the two may differ by rounding, and from 0 where they vanish.
  public let roundingBound: Double

  /// Whether the two routes agree.
  public var routesAgree: Bool { abs(derivative - exact) <= roundingBound }
  /// Whether dφ/ds vanishes to rounding.
  public var vanishes: Bool { max(abs(derivative), abs(exact)) <= roundingBound }

  /// Evaluates both routes at a point.
  ///
  /// - Parameters:
  ///   - group: The transformation.
  ///   - jacobian: K at the point.
  ///   - landscape: The loss, at t = 0.
  ///   - law: The law of a batch.
  ///   - point: θ.
  ///   - learningRate: η.
  public init(
    of group: OneParameterGroup, jacobian: GeneratorMatrix, _ landscape: ExpressionLandscape, law: DrawSet,
    at point: [Double], learningRate: Double
  ) {
    let average = DrawAverage(bilinear: law)
    let workspace = DrawWorkspace(landscape)
    let (generator, norm) = (group.generator(at: point), jacobian.norm)
    let lengths = (generator: Self.norm(generator), point: Self.norm(point))
    // E|g|², E gᵀHξ, E gᵀKg, and the scale of the rounding errors of the last two.
    var sums = CompensatedVector(count: 4)
    for range in average.groups(of: landscape.suggestedLanes) {
      let field = DrawField(landscape, draws: Array(average.draws[range]), workspace: workspace)
      let points = Block(broadcasting: point, lanes: range.count)
      let gradients = field.gradient(at: points)
      let turned = field.gradientDerivative(
        along: [(direction: Block(broadcasting: generator, lanes: range.count), multiplicity: 1)], at: points)
      let squares = gradients.innerProducts(with: gradients)
      let (products, forms) = (gradients.innerProducts(with: turned), jacobian.forms(gradients))
      let curvatures = LocalCurvature(of: field, at: points).operatorNorms
      for lane in 0..<range.count {
        let (weight, length) = (average.weights[range.lowerBound + lane], squares[lane].squareRoot())
        let reach = curvatures[lane] * (lengths.generator + norm * lengths.point) + 2 * norm * length
        sums.add([
          weight * squares[lane], weight * products[lane], weight * forms[lane], abs(weight) * length * reach,
        ])
      }
    }
    let total = sums.total
    potential = learningRate / 4 * total[0]
    derivative = learningRate / 2 * total[1]
    exact = -learningRate / 2 * total[2]
    roundingBound = Self.allowance * learningRate / 2 * total[3]
  }

  /// Gradients and their derivatives are right to some dozens of ε of |g|, ‖H‖|θ| and ‖H‖|ξ|.
  private static let allowance = 64 * Double.ulpOfOne

  private static func norm(_ vector: [Double]) -> Double { Vectors.inner(vector, vector).squareRoot() }
}
