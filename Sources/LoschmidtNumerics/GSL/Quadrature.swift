import CGSL

/// The numerical value of an integral over an interval, from the adaptive Gauss–Kronrod rules of QUADPACK.
public struct Quadrature: Sendable, Equatable {
  /// How subintervals are treated.
  public enum Method: Sendable, Equatable {
    /// QAGS: with extrapolation, for singularities that can be integrated; on an infinite interval QAGI.
    case extrapolating
    /// QAG: Gauss–Kronrod with 15, 21, 31, 41, 51 or 61 points, for smooth functions on a finite interval.
    case plain(points: Int)
  }

  /// The estimate of the integral.
  public let value: Double
  /// GSL's estimate of the absolute error of `value`, usually far too large.
  public let errorEstimate: Double

  /// The integral over an interval without length.
  public static let zero = Quadrature(value: 0, errorEstimate: 0)

  /// Computes ∫ f(x) dx from `lower` to `upper`.
  ///
  /// The estimated error of the result is at most max(absoluteTolerance, relativeTolerance |integral|).
  ///
  /// - Parameters:
  ///   - lower: Where the integral begins; minus infinity is allowed.
  ///   - upper: Where it ends; infinity is allowed. Bounds in falling order change the sign.
  ///   - absoluteTolerance: In units of the integral, not negative.
  ///   - relativeTolerance: Not negative. Where the other is 0, at least 5e-29 and 50 ulps of 1 are needed.
  ///   - maximumIntervals: How many subintervals there may be, at least 1.
  ///   - method: The rule.
  ///   - integrand: f; called from the calling thread only, and not again after it threw or was not finite.
  /// - Returns: The value and the estimate of its error.
  /// - Throws: `GSLError`: what `integrand` throws, `GSL_EBADFUNC` where it is not finite, `GSL_EMAXITER`, `GSL_EROUND`,
  ///   `GSL_ESING` or `GSL_EDIVERGE` where the tolerance is not reached, `GSL_EBADTOL` for tolerances that cannot be
  ///   reached, `GSL_EINVAL` and `GSL_EDOM` for other arguments outside the ranges above.
  public static func integrate(
    from lower: Double, to upper: Double, absoluteTolerance: Double = 0, relativeTolerance: Double = 1e-10,
    maximumIntervals: Int = 1000, method: Method = .extrapolating,
    integrand: (Double) throws(GSLError) -> Double
  ) throws(GSLError) -> Quadrature {
    GSLLibrary.prepare()
    guard !lower.isNaN && !upper.isNaN else { throw .domain("gsl_integration_qag", "a bound is not a number") }
    if lower == upper { return .zero }
    if lower > upper {
      let reversed = try integrate(
        from: upper, to: lower, absoluteTolerance: absoluteTolerance, relativeTolerance: relativeTolerance,
        maximumIntervals: maximumIntervals, method: method, integrand: integrand)
      return Quadrature(value: -reversed.value, errorEstimate: reversed.errorEstimate)
    }
    guard (1...1_000_000).contains(maximumIntervals) else {
      throw GSLError(
        status: GSL_EINVAL, function: "gsl_integration_workspace_alloc",
        detail: "maximumIntervals is \(maximumIntervals), allowed are 1…1000000")
    }
    guard absoluteTolerance >= 0 && relativeTolerance >= 0 else {
      throw GSLError(
        status: GSL_EBADTOL, function: "gsl_integration_qag", detail: "a tolerance is negative or not a number")
    }
    let rule = try Rule(lower: lower, upper: upper, method: method)
    let workspace = try Workspace(intervals: maximumIntervals)
    var call = Call()
    withoutActuallyEscaping(integrand) { integrand in
      var context = Context(integrand: integrand)
      withUnsafeMutablePointer(to: &context) { context in
        call.status = workspace.run(
          rule, absoluteTolerance, relativeTolerance, context: context, value: &call.value, error: &call.error)
        call.failure = context.pointee.failure
      }
    }
    if let failure = call.failure { throw failure }
    try GSLLibrary.check(call.status, rule.function, detail: "the integral from \(lower) to \(upper)")
    guard call.value.isFinite else { throw GSLError(status: GSL_EOVRFLW, function: rule.function) }
    return Quadrature(value: call.value, errorEstimate: call.error)
  }
}

/// What one call of GSL leaves.
private struct Call {
  var status: Int32 = 0
  var value = 0.0
  var error = 0.0
  var failure: GSLError?
}

/// What the C function reads through its pointer.
private struct Context {
  let integrand: (Double) throws(GSLError) -> Double
  var failure: GSLError?

  mutating func value(at x: Double) -> Double {
    if failure != nil { return 0 }
    do throws(GSLError) {
      let value = try integrand(x)
      if value.isFinite { return value }
      failure = GSLError(
        status: GSL_EBADFUNC, function: "gsl_integration_qag", detail: "the integrand is \(value) at x = \(x)")
    } catch {
      failure = error
    }
    return 0
  }
}

/// Which of GSL's functions is called, on which interval.
private enum Rule {
  case plain(Double, Double, key: Int32)
  case finite(Double, Double)
  case from(Double)
  case upTo(Double)
  case line

  init(lower: Double, upper: Double, method: Quadrature.Method) throws(GSLError) {
    switch (lower.isFinite, upper.isFinite, method) {
    case (true, true, .extrapolating): self = .finite(lower, upper)
    case (true, true, .plain(let points)):
      guard let index = [15, 21, 31, 41, 51, 61].firstIndex(of: points) else {
        throw GSLError(
          status: GSL_EINVAL, function: "gsl_integration_qag",
          detail: "points is \(points), allowed are 15, 21, 31, 41, 51 and 61")
      }
      self = .plain(lower, upper, key: Int32(index) + 1)
    case (_, _, .plain):
      throw GSLError(
        status: GSL_EINVAL, function: "gsl_integration_qag", detail: "the plain rules need a finite interval")
    case (true, false, _): self = .from(lower)
    case (false, true, _): self = .upTo(upper)
    case (false, false, _): self = .line
    }
  }

  var function: String {
    switch self {
    case .plain: "gsl_integration_qag"
    case .finite: "gsl_integration_qags"
    case .from: "gsl_integration_qagiu"
    case .upTo: "gsl_integration_qagil"
    case .line: "gsl_integration_qagi"
    }
  }
}

/// GSL's list of subintervals, freed when the integration ends in whatever way.
private struct Workspace: ~Copyable {
  let intervals: Int
  let pointer: UnsafeMutablePointer<gsl_integration_workspace>

  init(intervals: Int) throws(GSLError) {
    self.intervals = intervals
    pointer = try GSLLibrary.allocated(gsl_integration_workspace_alloc(intervals), "gsl_integration_workspace_alloc")
  }

  deinit { gsl_integration_workspace_free(pointer) }

  func run(
    _ rule: Rule, _ absolute: Double, _ relative: Double, context: UnsafeMutablePointer<Context>,
    value: inout Double, error: inout Double
  ) -> Int32 {
    var function = gsl_function(
      function: { x, context in context?.assumingMemoryBound(to: Context.self).pointee.value(at: x) ?? .nan },
      params: context)
    switch rule {
    case .plain(let lower, let upper, let key):
      return gsl_integration_qag(&function, lower, upper, absolute, relative, intervals, key, pointer, &value, &error)
    case .finite(let lower, let upper):
      return gsl_integration_qags(&function, lower, upper, absolute, relative, intervals, pointer, &value, &error)
    case .from(let lower):
      return gsl_integration_qagiu(&function, lower, absolute, relative, intervals, pointer, &value, &error)
    case .upTo(let upper):
      return gsl_integration_qagil(&function, upper, absolute, relative, intervals, pointer, &value, &error)
    case .line:
      return gsl_integration_qagi(&function, absolute, relative, intervals, pointer, &value, &error)
    }
  }
}
