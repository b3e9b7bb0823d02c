import LoschmidtDynamics
import LoschmidtNumerics

/// How one step of the integrator of a modified equation moves first and second moments of θ: exact for quadratic losses.
///
/// With x = (θ, 1) every part of a substep is linear in x, and so acts on Z = E xxᵀ alone:
/// the additive noise of half a substep adds its covariance; the drift over h is R(hL), R the polynomial of degree four
/// that the method of Runge and Kutta makes of the exponential; the noise of the samples is 1 + W + ½W² by Heun's method,
/// with the normal matrix W = Σ z_aF_a of half a substep, for which
/// E(1 + W + ½W²)Z(1 + W + ½W²)ᵀ = Z + K(Z) + ½(SZ + ZSᵀ) + ¼(SZSᵀ + K(K(Z)) + Σ_ab F_aF_bZ(F_bF_a)ᵀ),
/// K(Z) = Σ F_aZF_aᵀ and S = Σ F_aF_a. As h → 0 the stationary law is that of the equation, with an error of the order h:
/// Heun's method leaves out parts of fourth order in W, also where the fields commute. Without them the composition is
/// symmetric, and the error is of the order h².
struct IntegratorMoments {
  private let moments: QuadraticMoments
  private let substeps: Int
  private let space: SymmetricSpace
  private var dimension: Int { moments.dimension }

  /// The step of m substeps.
  init(_ moments: QuadraticMoments, substeps: Int) {
    self.moments = moments
    self.substeps = substeps
    space = SymmetricSpace(dimension: moments.dimension + 1)
  }

  /// B and c of the drift −(Bθ + c) as Stratonovich reads it, in which it is integrated.
  static func integratedDrift(
    _ moments: QuadraticMoments, order: ModifiedSDE.Order, interpretation: ModifiedSDE.Interpretation
  ) -> (slope: DenseMatrix, constant: [Double]) {
    var (slope, constant) = moments.itoDrift(order, interpretation)
    // Ito's drift is Stratonovich's and ½ Σ (Dσ_i)σ_i.
    let share = 0.5 * moments.learningRate * moments.factor / Double(max(1, moments.deviations.count))
    for deviation in moments.deviations {
      slope = slope + share * (deviation.slope * deviation.slope)
      constant = Vectors.sum(constant, deviation.slope.applied(to: deviation.constant), times: share)
    }
    return (slope, constant)
  }

  /// R(hL) of the drift over a substep, on x.
  static func driftMap(slope: DenseMatrix, constant: [Double], interval: Double) -> DenseMatrix {
    let d = constant.count
    var flow = DenseMatrix.zero(d + 1)
    for i in 0..<d {
      for j in 0..<d { flow[i, j] = -interval * slope[i, j] }
      flow[i, d] = -interval * constant[i]
    }
    // 1 + z(1 + z/2(1 + z/3(1 + z/4))).
    var sum = DenseMatrix.identity(d + 1)
    for k in [4.0, 3, 2, 1] { sum = .identity(d + 1) + (1 / k) * (flow * sum) }
    return sum
  }

  /// Mean and covariance of θ that a step leaves as they are; `nil` where second moments grow.
  func stationary(
    order: ModifiedSDE.Order, interpretation: ModifiedSDE.Interpretation
  ) -> (mean: [Double], covariance: DenseMatrix)? {
    let map = step(order: order, interpretation: interpretation)
    let (count, d) = (space.size - 1, dimension)
    var linear = DenseMatrix.zero(count)
    for row in 0..<count {
      for column in 0..<count { linear[row, column] = map[row, column] }
    }
    guard let radius = try? linear.spectralRadius(), radius < 1,
      let solved = try? LUFactorisation(DenseMatrix.identity(count) - linear).solve((0..<count).map { map[$0, count] })
    else { return nil }
    let all = space.matrix(of: solved + [1])
    let mean = (0..<d).map { all[$0, d] }
    var second = DenseMatrix.zero(d)
    for i in 0..<d {
      for j in 0..<d { second[i, j] = all[i, j] }
    }
    return (mean, second - .outer(mean, mean))
  }

  /// The map of one step on the entries of Z, the last of which is E 1.
  func step(order: ModifiedSDE.Order, interpretation: ModifiedSDE.Interpretation) -> DenseMatrix {
    let drift = Self.integratedDrift(moments, order: order, interpretation: interpretation)
    var flow = DenseMatrix.zero(space.size)
    space.add(
      congruence: Self.driftMap(
        slope: drift.slope, constant: drift.constant, interval: moments.learningRate / Double(substeps)), to: &flow)
    let (additive, sampled) = (additiveNoise, sampledNoise)
    return (additive * sampled * flow * sampled * additive).power(substeps)
  }

  private var additiveNoise: DenseMatrix {
    let d = dimension
    var (one, noise) = (DenseMatrix.zero(d + 1), DenseMatrix.zero(d + 1))
    one[d, d] = 1
    for i in 0..<d {
      for j in 0..<d { noise[i, j] = moments.additive[i, j] / Double(2 * substeps) }
    }
    var sum = DenseMatrix.identity(space.size)
    space.add(functional: one, times: noise, to: &sum)
    return sum
  }

  private var sampledNoise: DenseMatrix {
    let identity = DenseMatrix.identity(space.size)
    let fields = bordered
    guard !fields.isEmpty else { return identity }
    let square = fields.reduce(DenseMatrix.zero(dimension + 1)) { $0 + $1 * $1 }
    var kept = DenseMatrix.zero(space.size)
    for field in fields { space.add(congruence: field, to: &kept) }
    var sum = identity + kept + 0.25 * (kept * kept)
    let one = DenseMatrix.identity(dimension + 1)
    // ½(SZ + ZSᵀ) = ¼(1 + S)Z(1 + S)ᵀ − ¼(1 − S)Z(1 − S)ᵀ.
    space.add(congruence: one + square, weight: 0.25, to: &sum)
    space.add(congruence: one - square, weight: -0.25, to: &sum)
    space.add(congruence: square, weight: 0.25, to: &sum)
    for (a, left) in fields.enumerated() {
      space.add(congruence: left * left, weight: 0.25, to: &sum)
      for right in fields[..<a] {
        let (straight, crossed) = (left * right, right * left)
        // PZQᵀ + QZPᵀ = ½(P + Q)Z(P + Q)ᵀ − ½(P − Q)Z(P − Q)ᵀ.
        space.add(congruence: straight + crossed, weight: 0.125, to: &sum)
        space.add(congruence: straight - crossed, weight: -0.125, to: &sum)
      }
    }
    return sum
  }

  /// F_a on x, of half a substep.
  private var bordered: [DenseMatrix] {
    let d = dimension
    let matrices = moments.deviations.map { deviation in
      var matrix = DenseMatrix.zero(d + 1)
      for i in 0..<d {
        for j in 0..<d { matrix[i, j] = deviation.slope[i, j] }
        matrix[i, d] = deviation.constant[i]
      }
      return matrix
    }
    let scale = moments.noiseScale(substeps: substeps)
    return RandomMaps.fields(matrices).map { scale * $0 }
  }
}

extension QuadraticMoments {
  /// η√(f/2m), by which the deviations of the samples enter the noise of half a substep.
  func noiseScale(substeps: Int) -> Double { learningRate * (factor / Double(2 * substeps)).squareRoot() }

  /// Mean and covariance of θ in the stationary state of the integrator with m substeps; `nil` where there is none, or
  /// there are too many coordinates.
  public func integrated(
    _ equation: ModifiedSDE
  ) -> (mean: [Double], covariance: DenseMatrix)? {
    guard dimension <= Self.largestStationaryDimension else { return nil }
    return IntegratorMoments(self, substeps: equation.substeps)
      .stationary(order: equation.order, interpretation: equation.interpretation)
  }
}

extension DenseMatrix {
  /// Mᵏ, k ≥ 1, by squaring.
  func power(_ exponent: Int) -> DenseMatrix {
    if exponent <= 1 { return self }
    let half = power(exponent / 2)
    return exponent.isMultiple(of: 2) ? half * half : half * half * self
  }
}
