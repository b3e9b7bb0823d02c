/// The stationary imbalance Q = u² − |w|² of single-sample SGD on ℓ = ½ (u w·x − y)², for x ~ N(0, I_k) and y = x_1 +
/// σε with ε ~ N(0, 1), as η → 0.
///
/// Q is stationary where E[r² ((w·x)² − u²|x|²)] = 0. On the solutions u w = e_1 the residual is −σε, so that 1/u² = k
/// u²: the charge is k^{−1/2} − k^{1/2}, **not balanced for k > 1**. Source: theory of symmetry, section 5.
public struct StationaryCharge: Sendable, Equatable {
  /// The number k ≥ 1 of inputs.
  public let inputs: Int
  /// σ², the variance of the noise on the targets, positive.
  public let noiseVariance: Double

  /// The stationary state of a regression.
  public init(inputs: Int, noiseVariance: Double) {
    precondition(inputs >= 1, "there is at least one input")
    precondition(noiseVariance > 0, "without noise on the targets every point of the valley is stationary")
    self.inputs = inputs
    self.noiseVariance = noiseVariance
  }

  private var k: Double { Double(inputs) }

  /// Q* = k^{−1/2} − k^{1/2}; the mean of Q differs from it by O(η).
  public var mean: Double { 1 / k.squareRoot() - k.squareRoot() }

  /// u² = k^{−1/2} on the valley of solutions.
  public var squaredOuterWeight: Double { 1 / k.squareRoot() }

  /// A = 2kσ²/(k + 1): deviations of Q relax at the rate η²A per step.
  public var relaxationRate: Double { 2 * k * noiseVariance / (k + 1) }

  /// The limit of Var(Q)/η², ((k + 1)/(4k)) [6(k − 1)σ² + 4kσ⁴(k − 1)²/(k + 1)²].
  ///
  /// The second term comes from the fast fluctuations of u w_1. For k = 1 it is 0: balance is an absorbing state.
  public var varianceCoefficient: Double {
    let diffusion =
      6 * (k - 1) * noiseVariance
      + 4 * k * noiseVariance * noiseVariance * (k - 1) * (k - 1) / ((k + 1) * (k + 1))
    return (k + 1) / (4 * k) * diffusion
  }
}
