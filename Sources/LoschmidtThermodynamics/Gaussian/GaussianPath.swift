import LoschmidtNumerics

/// A functional R of the path x_0, …, x_n of a Gaussian Markov chain that is a sum of quadratic forms of neighbours.
///
/// R = f(x_0) + Σ r_k(x_k, x_{k+1}) + g(x_n), with x_0 ~ N(m, S) and x_{k+1} = A_k x_k + b_k + N(0, D_k). Everything
/// costs O(n d³), by recursions over time; no matrix of the whole path is ever formed.
public struct GaussianPath: Sendable {
  /// Equal steps one after another.
  public struct Segment: Sendable, Equatable {
    /// The kernel of each step.
    public let step: GaussianStep
    /// r, the contribution of each step.
    public let form: StepForm
    /// How many steps there are, at least 1.
    public let count: Int

    /// `count` steps of one kernel with one contribution each.
    public init(step: GaussianStep, form: StepForm, count: Int = 1) {
      precondition(count >= 1, "a segment has at least one step")
      precondition(form.mixed.rows == step.dimension, "the contribution of a step has the dimension of the step")
      self.step = step
      self.form = form
      self.count = count
    }
  }

  /// The law of x_0.
  public let initial: GaussianLaw
  /// f.
  public let first: QuadraticForm
  /// The steps with their contributions.
  public let segments: [Segment]
  /// g.
  public let last: QuadraticForm

  /// The functional with these parts; boundary terms that are not given are 0.
  public init(
    initial: GaussianLaw, first: QuadraticForm? = nil, segments: [Segment], last: QuadraticForm? = nil
  ) {
    precondition(
      segments.allSatisfy { $0.step.dimension == initial.dimension }, "all steps have the dimension of the first law")
    self.initial = initial
    self.first = first ?? .zero(initial.dimension)
    self.segments = segments
    self.last = last ?? .zero(initial.dimension)
  }

  /// The number n of steps.
  public var steps: Int { segments.reduce(0) { $0 + $1.count } }

  /// The law of x_n.
  public var final: GaussianLaw {
    segments.reduce(initial) { law, segment in
      (0..<segment.count).reduce(law) { law, _ in segment.step.propagate(law) }
    }
  }

  /// E R.
  public var mean: Double { moments.mean }

  /// Var R.
  public var variance: Double { moments.variance }

  /// E R and Var R.
  ///
  /// V_k(x) = E[r_k + … + g | x_k = x] is a quadratic form; Var R is the variance of f + V_0 plus the sum over the
  /// steps of the mean conditional variance of r_k + V_{k+1}, none of which is negative.
  public var moments: (mean: Double, variance: Double) {
    let laws = marginals
    var value = last
    var variance = 0.0
    var index = laws.count
    for segment in segments.reversed() {
      for _ in 0..<segment.count {
        index -= 1
        let (mean, covariance) = laws[index]
        let backward = Conditional(step: segment.step, form: segment.form, next: value)
        variance += backward.variance(mean: mean, covariance: covariance)
        value = backward.expectation
      }
    }
    value = value + first
    let slope = Vectors.sum(value.matrix.applied(to: initial.mean), value.linear)
    let spread = initial.covariance * value.matrix
    variance += initial.covariance.form(slope, slope) + 0.5 * spread.inner(spread.transposed)
    return (value.expectation(mean: initial.mean, covariance: initial.covariance), variance)
  }

  /// Mean and covariance of x_0, …, x_{n−1}.
  private var marginals: [(mean: [Double], covariance: DenseMatrix)] {
    var law = (mean: initial.mean, covariance: initial.covariance)
    var laws: [(mean: [Double], covariance: DenseMatrix)] = []
    laws.reserveCapacity(steps)
    for segment in segments {
      for _ in 0..<segment.count {
        laws.append(law)
        law = segment.step.propagate(mean: law.mean, covariance: law.covariance)
      }
    }
    return laws
  }
}

/// The conditional mean and variance of r(x, x′) + V(x′) given x.
private struct Conditional {
  let expectation: QuadraticForm
  private let slope: DenseMatrix
  private let offset: [Double]
  private let constantVariance: Double

  init(step: GaussianStep, form: StepForm, next: QuadraticForm) {
    let total = form.next + next
    let (map, shift) = (step.map, step.shift)
    // With x′ = Ax + b + Lz the function is quadratic in z; total.matrix A + N and so on are its coefficients.
    let pull = total.matrix * map + form.mixed
    let push = Vectors.sum(total.matrix.applied(to: shift), total.linear)
    let lower = step.factor.lowerMatrix
    slope = lower.transposed * pull
    offset = lower.transposed.applied(to: push)
    let curvature = lower.transposed * total.matrix * lower
    constantVariance = 0.5 * curvature.inner(curvature)
    let mixed = form.mixed.transposed * map
    expectation =
      form.current
      + QuadraticForm(
        matrix: map.transposed * total.matrix * map + mixed + mixed.transposed,
        linear: Vectors.sum(map.transposed.applied(to: push), form.mixed.transposed.applied(to: shift)),
        constant: total.value(at: shift) + 0.5 * total.matrix.inner(step.noise))
  }

  func variance(mean: [Double], covariance: DenseMatrix) -> Double {
    let center = Vectors.sum(slope.applied(to: mean), offset)
    return constantVariance + Vectors.inner(center, center) + (slope * covariance).inner(slope)
  }
}
