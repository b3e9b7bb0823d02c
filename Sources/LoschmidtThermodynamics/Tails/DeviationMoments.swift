import LoschmidtDynamics

/// The joint moments to the fourth order of Δ, by which the Hessian of an estimated gradient differs from the mean H.
///
/// With D_i = H_i − H of the samples, whose mean is 0, and means over the samples,
/// E Δ⊗Δ = c₂ mean D⊗D, E Δ⊗³ = c₃ mean D⊗³, E Δ⊗⁴ = c₄ mean D⊗⁴ + c₂₂ Σ (mean D⊗D)(mean D⊗D) over the three pairings.
struct DeviationMoments: Sendable, Equatable {
  /// c₂.
  var second: Double
  /// c₃.
  var third = 0.0
  /// c₄.
  var fourth = 0.0
  /// c₂₂; infinite where there is no fourth moment.
  var pairs: Double

  /// Weights w_i of the samples with Δ = Σ w_iD_i that are exchangeable: the expectations of products of distinct ones.
  ///
  /// `products[j]` is the expectation of a product of powers of distinct weights: w⁴, w³w, w²w², w²ww, wwww; w³, w²w, www;
  /// w², ww. Since Σ D_i = 0, sums over distinct samples are sums of powers.
  private init(
    count: Int, fourths: (Double, Double, Double, Double, Double), thirds: (Double, Double, Double),
    seconds: (Double, Double)
  ) {
    let n = Double(count)
    second = n * (seconds.0 - seconds.1)
    third = n * (thirds.0 - 3 * thirds.1 + 2 * thirds.2)
    fourth = n * (fourths.0 - 4 * fourths.1 - 3 * fourths.2 + 12 * fourths.3 - 6 * fourths.4)
    pairs = n * n * (fourths.2 - 2 * fourths.3 + fourths.4)
  }

  /// The mean of B samples drawn with replacement.
  static func batch(size: Int) -> DeviationMoments {
    let b = Double(size)
    return DeviationMoments(second: 1 / b, third: 1 / (b * b), fourth: 1 / (b * b * b), pairs: (b - 1) / (b * b * b))
  }

  /// The mean of B of N distinct samples.
  static func subset(size: Int, of count: Int) -> DeviationMoments {
    let b = Double(size)
    // The probability that r given samples are all in the batch.
    func chance(_ r: Int) -> Double {
      (0..<r).reduce(1) { $1 < count ? $0 * Double(size - $1) / Double(count - $1) : 0 }
    }
    let (p1, p2, p3, p4) = (chance(1), chance(2), chance(3), chance(4))
    let (b2, b3, b4) = (b * b, b * b * b, b * b * b * b)
    return DeviationMoments(
      count: count, fourths: (p1 / b4, p2 / b4, p2 / b4, p3 / b4, p4 / b4), thirds: (p1 / b3, p2 / b3, p3 / b3),
      seconds: (p1 / b2, p2 / b2))
  }

  /// A normal law that matches batches of B.
  static func gaussian(size: Int) -> DeviationMoments {
    let b = Double(size)
    return DeviationMoments(second: 1 / b, pairs: 1 / (b * b))
  }

  /// Student's law of ν > 2 degrees of freedom with the covariance of batches of B.
  static func student(size: Int, degreesOfFreedom nu: Double) -> DeviationMoments {
    let b = Double(size)
    return DeviationMoments(second: 1 / b, pairs: nu > 4 ? (nu - 2) / ((nu - 4) * b * b) : .infinity)
  }

  /// aX + bY of two independent batches of B with a, b = ½(1 ± √(2l − 1)), the gradient of a substep of `svag`.
  static func amplified(size: Int, substeps: Int) -> DeviationMoments {
    let root = Double(2 * substeps - 1).squareRoot()
    let (a, b) = (0.5 * (1 + root), 0.5 * (1 - root))
    func power(_ x: Double, _ k: Int) -> Double { (0..<k).reduce(1) { product, _ in product * x } }
    func powers(_ k: Int) -> Double { power(a, k) + power(b, k) }
    let one = batch(size: size)
    return DeviationMoments(
      second: powers(2) * one.second, third: powers(3) * one.third, fourth: powers(4) * one.fourth,
      pairs: powers(4) * one.pairs + 2 * a * a * b * b * one.second * one.second)
  }

  /// The moments of a noise of the catalogue; `nil` for those that are no weighted mean of the samples' gradients.
  init?(_ gradient: any GradientNoise, sampleCount: Int) {
    switch gradient {
    case let noise as Minibatch where noise.sampling == .withReplacement: self = .batch(size: noise.size)
    case let noise as Minibatch where noise.sampling == .withoutReplacement:
      self = .subset(size: noise.size, of: sampleCount)
    // Noise on a column that the gradient is affine in is added to it, whatever θ is.
    case let noise as LabelNoise: self = .batch(size: noise.size)
    case let noise as SVAG: self = .amplified(size: noise.size, substeps: noise.substeps)
    case let noise as MatchedGaussian: self = .gaussian(size: noise.size)
    case let noise as SummedGaussian: self = .gaussian(size: noise.size)
    case let noise as StudentT: self = .student(size: noise.size, degreesOfFreedom: noise.degreesOfFreedom)
    default: return nil
    }
  }

  init(second: Double, third: Double = 0, fourth: Double = 0, pairs: Double) {
    (self.second, self.third, self.fourth, self.pairs) = (second, third, fourth, pairs)
  }
}
