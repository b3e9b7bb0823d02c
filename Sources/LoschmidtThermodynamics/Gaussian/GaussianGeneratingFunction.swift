import Foundation
import LoschmidtNumerics

extension GaussianPath {
  /// G(k) = ln E e^{−kR}; infinity where the expectation diverges.
  ///
  /// Backwards in time, −ln E[e^{−k(r_k + … + g)} | x_k] stays a quadratic form; one Cholesky factorisation per step
  /// says
  /// whether the Gaussian integral over x_{k+1} exists. In a segment of equal steps the recursion ends early when the
  /// form does not change any more.
  ///
  /// - Complexity: O(n d³), or less.
  public func cumulantGenerating(_ argument: Double) -> Double {
    var state = argument * last
    for segment in segments.reversed() {
      let form = argument * segment.form
      for index in 0..<segment.count {
        guard let previous = Self.backward(state, step: segment.step, form: form) else { return .infinity }
        let gain = previous.constant - state.constant
        let isSettled = Self.agree(previous, state)
        state = previous
        if isSettled {
          state.constant += Double(segment.count - index - 1) * gain
          break
        }
      }
    }
    state = state + argument * first
    let start = Self.integrate(
      state, map: nil, mixed: nil, shift: initial.mean, factor: initial.factor)
    return start.map { -$0.constant } ?? .infinity
  }

  /// The largest k > 0 with E e^{−kR} finite, by bisection to the last bits; infinity where there is none.
  ///
  /// The arguments with a finite expectation form an interval around 0. A boundary above 2³⁰ counts as infinity:
  /// there a quadratic form without negative directions cannot be told from one with curvature of the size of rounding.
  public var kDivergence: Double {
    var (finite, infinite) = (0.0, 1.0)
    while cumulantGenerating(infinite).isFinite {
      finite = infinite
      infinite *= 2
      if infinite > 0x1p30 { return .infinity }
    }
    // From an interval of length ≤ its upper end, 60 halvings leave less than the last place unless k is tiny.
    for _ in 0..<60 {
      let middle = 0.5 * (finite + infinite)
      if middle <= finite || middle >= infinite { break }
      if cumulantGenerating(middle).isFinite { finite = middle } else { infinite = middle }
    }
    return finite
  }

  /// −ln E[exp(−r(x, x′) − V(x′)) | x]; `nil` where it diverges.
  private static func backward(_ next: QuadraticForm, step: GaussianStep, form: StepForm) -> QuadraticForm? {
    let total = form.next + next
    guard
      let result = integrate(total, map: step.map, mixed: form.mixed, shift: step.shift, factor: step.factor)
    else { return nil }
    return result + form.current
  }

  /// −ln E_z exp(−x′ᵀNx − f(x′)) with x′ = Ax + b + Lz, as a form of x; without A and N its constant only.
  private static func integrate(
    _ form: QuadraticForm, map: DenseMatrix?, mixed: DenseMatrix?, shift: [Double], factor: Cholesky
  ) -> QuadraticForm? {
    let lower = factor.lowerMatrix
    let (matrix, dimension) = (form.matrix, form.dimension)
    let whitened = (DenseMatrix.identity(dimension) + lower.transposed * matrix * lower).symmetrised
    guard let root = try? Cholesky(whitened) else { return nil }
    let push = Vectors.sum(matrix.applied(to: shift), form.linear)
    let offset = root.solveLower(lower.transposed * DenseMatrix(rows: dimension, columns: 1, entries: push)).entries
    let constant =
      form.value(at: shift) + 0.5 * root.logDeterminant - 0.5 * Vectors.inner(offset, offset)
    guard let map, let mixed else {
      var result = QuadraticForm.zero(dimension)
      result.constant = constant
      return result
    }
    let slope = root.solveLower(lower.transposed * (matrix * map + mixed)).transposed
    let cross = mixed.transposed * map
    return QuadraticForm(
      matrix: map.transposed * matrix * map + cross + cross.transposed - slope * slope.transposed,
      linear: Vectors.sum(
        Vectors.sum(map.transposed.applied(to: push), mixed.transposed.applied(to: shift)),
        slope.applied(to: offset), times: -1),
      constant: constant)
  }

  /// Whether two forms differ by rounding only, their constants aside.
  private static func agree(_ left: QuadraticForm, _ right: QuadraticForm) -> Bool {
    let matrixScale = max(left.matrix.largestEntry, right.matrix.largestEntry)
    let linearScale = left.linear.reduce(matrixScale) { max($0, abs($1)) }
    // Two units in the last place of the largest entry: what the recursion itself cannot keep.
    return (left.matrix - right.matrix).largestEntry <= 0x1p-51 * matrixScale
      && zip(left.linear, right.linear).allSatisfy { abs($0 - $1) <= 0x1p-51 * linearScale }
  }
}
