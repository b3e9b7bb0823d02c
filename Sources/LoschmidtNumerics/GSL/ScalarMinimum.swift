import CGSL

/// A minimum of a function of one variable inside a bracket, by Brent's method (`gsl_min_fminimizer_brent`).
///
/// Near a smooth minimum the function changes by less than its rounding over a distance of about √ε of the scale on
/// which it changes: no method that looks at values alone does better than that.
public struct ScalarMinimum: Sendable, Equatable {
  /// Three abscissae in rising order with the lowest value of the function in the middle.
  public struct Bracket: Sendable, Equatable {
    /// The left end.
    public var lower: Double
    /// Where the function is lower than at both ends.
    public var middle: Double
    /// The right end.
    public var upper: Double

    /// A bracket from its abscissae.
    public init(lower: Double, middle: Double, upper: Double) {
      self.lower = lower
      self.middle = middle
      self.upper = upper
    }
  }

  /// Where the function was lowest.
  public let location: Double
  /// Its value there.
  public let value: Double
  /// The length of the bracket that is left: the minimum of a function without rounding errors lies in it.
  public let uncertainty: Double

  /// Finds a minimum.
  ///
  /// - Parameters:
  ///   - bracket: lower < middle < upper, the function lower in the middle than at both ends.
  ///   - absoluteTolerance: The length of bracket at which the search ends, positive.
  ///   - relativeTolerance: The same per |abscissa|, not negative; GSL's steps are not shorter than √ε of it on either
  ///     side.
  ///   - maximumIterations: After so many shorter brackets the search gives up.
  ///   - function: Called from the calling thread only.
  /// - Returns: The minimum.
  /// - Throws: `GSLError`: `GSL_EINVAL` for a bracket or tolerances that are not as above, `GSL_EBADFUNC` where the
  ///   function is not finite, `GSL_EMAXITER` where the tolerance is not reached.
  public static func find(
    in bracket: Bracket, absoluteTolerance: Double, relativeTolerance: Double = 1e-7, maximumIterations: Int = 200,
    function: (Double) -> Double
  ) throws(GSLError) -> ScalarMinimum {
    GSLLibrary.prepare()
    guard bracket.lower < bracket.middle, bracket.middle < bracket.upper else {
      throw .invalid("the bracket \(bracket.lower), \(bracket.middle), \(bracket.upper) does not rise")
    }
    guard absoluteTolerance > 0, relativeTolerance >= 0, maximumIterations >= 1 else {
      throw .invalid("a tolerance or the number of iterations is not positive")
    }
    let workspace = try Workspace()
    var outcome = Result<ScalarMinimum, GSLError>.failure(.invalid("the search was not started"))
    withoutActuallyEscaping(function) { function in
      var context = Context(function: function)
      withUnsafeMutablePointer(to: &context) { context in
        outcome = workspace.run(bracket, (absoluteTolerance, relativeTolerance), maximumIterations, context: context)
      }
    }
    return try outcome.get()
  }
}

extension GSLError {
  fileprivate static func invalid(_ detail: String) -> GSLError {
    GSLError(status: GSL_EINVAL, function: "gsl_min_fminimizer_set", detail: detail)
  }
}

/// What the C function reads through its pointer.
private struct Context {
  let function: (Double) -> Double
}

/// GSL's minimiser, freed when the search ends in whatever way.
private struct Workspace: ~Copyable {
  let pointer: UnsafeMutablePointer<gsl_min_fminimizer>

  init() throws(GSLError) {
    pointer = try GSLLibrary.allocated(gsl_min_fminimizer_alloc(cgsl_min_brent()), "gsl_min_fminimizer_alloc")
  }

  deinit { gsl_min_fminimizer_free(pointer) }

  func run(
    _ bracket: ScalarMinimum.Bracket, _ tolerances: (absolute: Double, relative: Double), _ iterations: Int,
    context: UnsafeMutablePointer<Context>
  ) -> Result<ScalarMinimum, GSLError> {
    var function = gsl_function(
      function: { x, context in context?.assumingMemoryBound(to: Context.self).pointee.function(x) ?? .nan },
      params: context)
    // The minimiser keeps the address of the function as long as it iterates.
    return withUnsafeMutablePointer(to: &function) { function in
      do throws(GSLError) {
        try GSLLibrary.check(
          gsl_min_fminimizer_set(pointer, function, bracket.middle, bracket.lower, bracket.upper),
          "gsl_min_fminimizer_set", detail: "the bracket \(bracket.lower), \(bracket.middle), \(bracket.upper)")
        for _ in 0..<iterations {
          try GSLLibrary.check(gsl_min_fminimizer_iterate(pointer), "gsl_min_fminimizer_iterate")
          let (lower, upper) = (gsl_min_fminimizer_x_lower(pointer), gsl_min_fminimizer_x_upper(pointer))
          let status = gsl_min_test_interval(lower, upper, tolerances.absolute, tolerances.relative)
          if status == Int32(GSL_CONTINUE) { continue }
          try GSLLibrary.check(status, "gsl_min_test_interval")
          return .success(
            ScalarMinimum(
              location: gsl_min_fminimizer_x_minimum(pointer), value: gsl_min_fminimizer_f_minimum(pointer),
              uncertainty: upper - lower))
        }
        throw GSLError(
          status: GSL_EMAXITER, function: "gsl_min_fminimizer_iterate", detail: "after \(iterations) iterations")
      } catch {
        return .failure(error)
      }
    }
  }
}
