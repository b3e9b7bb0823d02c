import LoschmidtDynamics
import LoschmidtNumerics

/// First and second moments of θ under gradient descent and under its modified equation: exact for quadratic losses.
///
/// With G = Mθ + b and g_i − ḡ = D_iθ + r_i both moments close. Under descent m ↦ m − η(Mm + b), and E θθᵀ moves by the
/// map of the step; under the equation with Ito's drift −(Bθ + c), dm/dt = −(Bm + c) and
/// dS/dt = −(BS + cmᵀ) − (BS + cmᵀ)ᵀ + ηf E[mean (D_iθ + r_i)(D_iθ + r_i)ᵀ] + Σ₀/η, Σ₀ = 2ηT + η²C₀, S = E θθᵀ.
public struct QuadraticMoments: Sendable {
  /// The first two moments.
  public struct Moments: Sendable, Equatable {
    /// E θ.
    public var mean: [Double]
    /// E θθᵀ.
    public var second: DenseMatrix

    /// Moments, given.
    public init(mean: [Double], second: DenseMatrix) { (self.mean, self.second) = (mean, second) }

    /// The moments of independent coordinates.
    public init(_ law: InitialLaw) {
      var variances: [Double] = []
      mean = law.coordinates.map { coordinate in
        switch coordinate {
        case .point(let value):
          variances.append(0)
          return value
        case .normal(let mean, let deviation):
          variances.append(deviation * deviation)
          return mean
        case .uniform(let lower, let upper):
          variances.append((upper - lower) * (upper - lower) / 12)
          return 0.5 * (lower + upper)
        }
      }
      second = .diagonal(variances) + .outer(mean, mean)
    }

    /// Cov θ.
    public var covariance: DenseMatrix { second - .outer(mean, mean) }
  }

  /// g_i − ḡ = D_iθ + r_i.
  struct Deviation: Sendable {
    var slope: DenseMatrix
    var constant: [Double]

    func applied(to point: [Double]) -> [Double] { Vectors.sum(slope.applied(to: point), constant) }
  }

  /// η.
  public let learningRate: Double
  /// G = Mθ + b.
  let slope: DenseMatrix
  let constant: [Double]
  /// f.
  let factor: Double
  let deviations: [Deviation]
  /// Σ₀ = 2ηT + η²C₀ of a step.
  let additive: DenseMatrix

  /// The number of coordinates.
  public var dimension: Int { constant.count }

  /// Reads the process; `nil` where steps differ, the field is not linear, or no modified equation of the noise is
  /// known.
  ///
  /// - Parameter plan: A plan of gradient descent without preconditioner, or of a modified equation; both of the same
  ///   settings give the same moments here.
  public init?(_ plan: SimulationPlan) {
    let process = plan.process
    guard plan.isHomogeneous, let law = plan.constantLaw,
      plan.descent?.preconditioner == .identity || process.algorithm is ModifiedSDE,
      let field = QuadraticProcess(process.landscape, process.force, process.parameters, time: 0),
      let noise = ModifiedSDE.noise(
        of: process.gradient, sampleCount: plan.program.sampleCount, dimension: plan.program.dimension)
    else { return nil }
    let d = field.dimension
    func matrix(_ entries: [Double]) -> DenseMatrix { DenseMatrix(rows: d, columns: d, entries: entries) }
    let mean = field.meanGradient
    learningRate = plan.clock.setting(0).learningRate
    slope = matrix(mean.matrix)
    constant = mean.constant
    factor = noise.samplingFactor
    additive = law.covariance
    let (hessian, linear, _) = field.meanLoss
    deviations =
      noise.samplingFactor == 0
      ? []
      : zip(field.hessians, field.linearTerms).map {
        Deviation(slope: matrix($0) - matrix(hessian), constant: Vectors.sum(linear, $1, times: -1))
      }
  }

  /// Whether the noise is the same at every θ.
  public var isNoiseConstant: Bool { deviations.allSatisfy { $0.slope.largestEntry == 0 } }

  // MARK: Gradient descent

  /// The moments after a number of steps of gradient descent.
  public func descent(_ start: Moments, steps: Int) -> Moments {
    let map = DenseMatrix.identity(dimension) - learningRate * slope
    let shift = Vectors.scaled(constant, by: -learningRate)
    var moments = start
    for _ in 0..<steps {
      let noise = sampleNoise(moments)
      let mean = map.applied(to: moments.mean)
      let crossed = DenseMatrix.outer(mean, shift)
      let second = map * moments.second * map.transposed + crossed + crossed.transposed + .outer(shift, shift)
      moments.second = second + (learningRate * learningRate) * noise + additive
      moments.mean = Vectors.sum(mean, shift)
    }
    return moments
  }

  /// f E[mean (D_iθ + r_i)(D_iθ + r_i)ᵀ].
  private func sampleNoise(_ moments: Moments) -> DenseMatrix {
    var sum = DenseMatrix.zero(dimension)
    for deviation in deviations {
      let crossed = DenseMatrix.outer(deviation.slope.applied(to: moments.mean), deviation.constant)
      sum = sum + deviation.slope * moments.second * deviation.slope.transposed + crossed + crossed.transposed
      sum = sum + .outer(deviation.constant, deviation.constant)
    }
    return deviations.isEmpty ? sum : (factor / Double(deviations.count)) * sum
  }

  // MARK: The modified equation

  /// B and c of Ito's drift −(Bθ + c).
  public func itoDrift(
    _ order: ModifiedSDE.Order, _ interpretation: ModifiedSDE.Interpretation
  ) -> (slope: DenseMatrix, constant: [Double]) {
    var (matrix, vector) = (slope, constant)
    func add(_ weight: Double, _ left: DenseMatrix, _ right: DenseMatrix, _ constant: [Double]) {
      matrix = matrix + weight * (left * right)
      vector = Vectors.sum(vector, left.applied(to: constant), times: weight)
    }
    let half = 0.5 * learningRate
    if interpretation == .ito {
      if order == .second { add(half, slope, slope, constant) }
      return (matrix, vector)
    }
    let share = half * factor / Double(max(1, deviations.count))
    if order == .second { add(half * (1 - factor), slope, slope, constant) }
    for deviation in deviations {
      if order == .second {
        // The derivative of g_i − F along itself.
        let own = slope + deviation.slope
        add(share, own, own, Vectors.sum(constant, deviation.constant))
      }
      // Ito's drift is Stratonovich's plus ½ Σ (Dσ_i)σ_i.
      add(-share, deviation.slope, deviation.slope, deviation.constant)
    }
    // Without samples that differ all of the square belongs to the mean.
    if order == .second, deviations.isEmpty, factor != 0 { add(half * factor, slope, slope, constant) }
    return (matrix, vector)
  }

  /// The moments of a modified equation at a time.
  ///
  /// - Throws: `GSLError` where they grow beyond all numbers.
  public func diffusion(
    _ start: Moments, time: Double, order: ModifiedSDE.Order, interpretation: ModifiedSDE.Interpretation = .ito
  ) throws(GSLError) -> Moments {
    let d = dimension
    let drift = itoDrift(order, interpretation)
    var state = start.mean + start.second.entries
    try ODEFlow.integrate(
      dimension: state.count, from: 0, to: time, state: &state, absoluteTolerance: 1e-15, relativeTolerance: 1e-14,
      initialStep: 0.1 * learningRate, maximumSteps: 1_000_000
    ) { _, values, derivative in
      let moments = Moments(
        mean: Array(values[0..<d]), second: DenseMatrix(rows: d, columns: d, entries: Array(values[d...])))
      let rate = rate(moments, drift)
      for i in 0..<d { derivative[i] = rate.mean[i] }
      for k in 0..<d * d { derivative[d + k] = rate.second.entries[k] }
      return values.allSatisfy(\.isFinite)
    }
    return Moments(mean: Array(state[0..<d]), second: DenseMatrix(rows: d, columns: d, entries: Array(state[d...])))
  }

  /// The derivative of the moments by time.
  private func rate(_ moments: Moments, _ drift: (slope: DenseMatrix, constant: [Double])) -> Moments {
    let pull = drift.slope * moments.second + .outer(drift.constant, moments.mean)
    let noise = learningRate * sampleNoise(moments) + (1 / learningRate) * additive
    return Moments(
      mean: Vectors.scaled(Vectors.sum(drift.slope.applied(to: moments.mean), drift.constant), by: -1),
      second: noise - pull - pull.transposed)
  }
}
