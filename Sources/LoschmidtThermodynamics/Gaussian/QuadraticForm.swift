import LoschmidtNumerics

/// The function f(x) = ½ xᵀPx + pᵀx + c of one point.
public struct QuadraticForm: Sendable, Equatable {
  /// P, symmetric.
  public var matrix: DenseMatrix
  /// p.
  public var linear: [Double]
  /// c.
  public var constant: Double

  /// ½ xᵀPx + pᵀx + c; only the symmetric part of the matrix counts.
  public init(matrix: DenseMatrix, linear: [Double], constant: Double = 0) {
    precondition(matrix.rows == linear.count && matrix.columns == linear.count, "the parts of a form fit each other")
    self.matrix = matrix.symmetrised
    self.linear = linear
    self.constant = constant
  }

  /// The function that is 0 everywhere.
  public static func zero(_ dimension: Int) -> QuadraticForm {
    QuadraticForm(matrix: .zero(dimension), linear: [Double](repeating: 0, count: dimension))
  }

  /// The number of coordinates.
  public var dimension: Int { linear.count }

  /// f(x).
  public func value(at point: [Double]) -> Double {
    0.5 * matrix.form(point, point) + Vectors.inner(linear, point) + constant
  }

  /// f + g.
  public static func + (left: QuadraticForm, right: QuadraticForm) -> QuadraticForm {
    QuadraticForm(
      matrix: left.matrix + right.matrix, linear: Vectors.sum(left.linear, right.linear),
      constant: left.constant + right.constant)
  }

  /// f − g.
  public static func - (left: QuadraticForm, right: QuadraticForm) -> QuadraticForm { left + -1 * right }

  /// s f.
  public static func * (factor: Double, form: QuadraticForm) -> QuadraticForm {
    QuadraticForm(
      matrix: factor * form.matrix, linear: Vectors.scaled(form.linear, by: factor), constant: factor * form.constant)
  }

  /// E f(x) for x ~ N(m, S), S given as a matrix that may be singular.
  func expectation(mean: [Double], covariance: DenseMatrix) -> Double {
    value(at: mean) + 0.5 * matrix.inner(covariance)
  }
}

/// The function r(x, x′) = f(x) + g(x′) + x′ᵀNx of two points that follow each other.
public struct StepForm: Sendable, Equatable {
  /// f, the part of the point before the step.
  public var current: QuadraticForm
  /// g, the part of the point after the step.
  public var next: QuadraticForm
  /// N; rows belong to x′, columns to x.
  public var mixed: DenseMatrix

  /// f(x) + g(x′) + x′ᵀNx.
  public init(current: QuadraticForm, next: QuadraticForm, mixed: DenseMatrix) {
    precondition(current.dimension == mixed.columns && next.dimension == mixed.rows, "the parts fit each other")
    self.current = current
    self.next = next
    self.mixed = mixed
  }

  /// The function that is 0 everywhere.
  public static func zero(_ dimension: Int) -> StepForm {
    StepForm(current: .zero(dimension), next: .zero(dimension), mixed: .zero(dimension))
  }

  /// f(x), without dependence on x′.
  public static func current(_ form: QuadraticForm) -> StepForm {
    StepForm(current: form, next: .zero(form.dimension), mixed: .zero(form.dimension))
  }

  /// g(x′), without dependence on x.
  public static func next(_ form: QuadraticForm) -> StepForm {
    StepForm(current: .zero(form.dimension), next: form, mixed: .zero(form.dimension))
  }

  /// r(x′, x), as a function of x and x′.
  public var swapped: StepForm { StepForm(current: next, next: current, mixed: mixed.transposed) }

  /// r(x, x′).
  public func value(current point: [Double], next: [Double]) -> Double {
    current.value(at: point) + self.next.value(at: next) + mixed.form(next, point)
  }

  /// r + s.
  public static func + (left: StepForm, right: StepForm) -> StepForm {
    StepForm(current: left.current + right.current, next: left.next + right.next, mixed: left.mixed + right.mixed)
  }

  /// r − s.
  public static func - (left: StepForm, right: StepForm) -> StepForm { left + -1 * right }

  /// a r.
  public static func * (factor: Double, form: StepForm) -> StepForm {
    StepForm(current: factor * form.current, next: factor * form.next, mixed: factor * form.mixed)
  }
}
