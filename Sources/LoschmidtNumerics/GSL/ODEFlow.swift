import CGSL

/// The flow of an ordinary differential equation y′ = f(t, y), by the adaptive steppers of `gsl_odeiv2`.
public struct ODEFlow: Sendable {
  /// An embedded Runge–Kutta pair or its like.
  public enum Stepper: String, Sendable, CaseIterable {
    /// The classical method of order 4, its error estimated by halving the step.
    case rk4
    /// Runge–Kutta–Fehlberg of orders 4 and 5.
    case rkf45
    /// Runge–Kutta Prince–Dormand of orders 8 and 9: 13 evaluations a step.
    case rk8pd
  }

  /// Carries `state` along the flow from `start` to `end`, forwards or backwards in time.
  ///
  /// A step is accepted when its estimated error is at most 1.1 (absoluteTolerance + relativeTolerance |yᵢ|) in every
  /// component i, and the next one aims at 0.9 of the bound without the factor. The bound holds for one step; the
  /// error at the end is of its order times the number of steps, times what the flow itself makes of errors.
  ///
  /// - Parameters:
  ///   - dimension: The number of components, at least 1.
  ///   - start: The time at which `state` is given.
  ///   - end: The time at which `state` is wanted; exactly `start` changes nothing.
  ///   - state: y, with `dimension` components. After an error its content is not specified.
  ///   - absoluteTolerance: In units of y, not negative.
  ///   - relativeTolerance: Not negative; one of the two tolerances must be positive.
  ///   - initialStep: The length of the first trial step; its sign is ignored.
  ///   - maximumSteps: The number of accepted steps after which the integration gives up.
  ///   - trialSteps: After so many accepted steps the integration gives up already where ten times `maximumSteps` steps
  ///     of the mean length until then would not lead to the end; `nil` never does.
  ///   - stepper: The method.
  ///   - derivative: Writes f(t, y) into its third argument. `false` says that f is not finite there: the step is
  ///     tried again with half its length, and when that does not help, the integration stops. Called without any
  ///     allocation of memory, always from the calling thread.
  /// - Returns: The number of accepted steps.
  /// - Complexity: O(dimension) besides the derivative, 5 ns a component and evaluation while the state and the 16
  ///   arrays of rk8pd fit in the cache, twice that beyond: integrate independent parts of a large state one by one.
  /// - Throws: `GSLError`: `GSL_EINVAL` for arguments outside the ranges above, `GSL_EBADLEN` for a state of another
  ///   dimension, `GSL_EBADFUNC` when f or the final state is not finite, `GSL_EMAXITER` when the steps are used up or would be, or
  ///   when a ``StopRequest`` was made meanwhile.
  @discardableResult
  public static func integrate(
    dimension: Int, from start: Double, to end: Double, state: inout [Double], absoluteTolerance: Double,
    relativeTolerance: Double, initialStep: Double, maximumSteps: Int, trialSteps: Int? = nil,
    stepper: Stepper = .rk8pd,
    derivative: (Double, UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Bool
  ) throws(GSLError) -> Int {
    let tolerances = Tolerances(absolute: absoluteTolerance, relative: relativeTolerance)
    try check(dimension, start, end, state.count, tolerances, initialStep, maximumSteps)
    if start == end { return 0 }
    let limits = Limits(steps: maximumSteps, trial: trialSteps, length: abs(end - start))
    let workspace = try Workspace(dimension: dimension, stepper: stepper, tolerances: tolerances)
    var outcome = Outcome(time: start, step: end > start ? abs(initialStep) : -abs(initialStep))
    withoutActuallyEscaping(derivative) { derivative in
      var context = Context(dimension: dimension, derivative: derivative)
      withUnsafeMutablePointer(to: &context) { context in
        state.withUnsafeMutableBufferPointer { state in
          workspace.run(&outcome, to: end, state: state, context: context, limits: limits)
        }
      }
    }
    try outcome.check(state)
    return outcome.steps
  }

  private static func check(
    _ dimension: Int, _ start: Double, _ end: Double, _ count: Int, _ tolerances: Tolerances, _ initialStep: Double,
    _ maximumSteps: Int
  ) throws(GSLError) {
    func require(_ condition: Bool, _ detail: @autoclosure () -> String, _ status: Int = GSL_EINVAL) throws(GSLError) {
      GSLLibrary.prepare()
      if !condition { throw GSLError(status: status, function: "gsl_odeiv2_evolve_apply", detail: detail()) }
    }
    try require(dimension >= 1, "dimension is \(dimension), allowed are 1 and more")
    try require(count == dimension, "state has \(count) components, the equation has \(dimension)", GSL_EBADLEN)
    try require(start.isFinite && end.isFinite, "the interval \(start) to \(end) is not finite")
    let (absolute, relative) = (tolerances.absolute, tolerances.relative)
    try require(absolute.isFinite && absolute >= 0, "absoluteTolerance is \(absolute), allowed are 0 and more")
    try require(relative.isFinite && relative >= 0, "relativeTolerance is \(relative), allowed are 0 and more")
    try require(absolute + relative > 0, "absoluteTolerance and relativeTolerance are both 0")
    try require(initialStep.isFinite && initialStep != 0, "initialStep is \(initialStep), allowed is any other than 0")
    try require(maximumSteps >= 1, "maximumSteps is \(maximumSteps), allowed are 1 and more")
  }
}

private struct Tolerances {
  var absolute: Double
  var relative: Double
}

/// When an integration gives up.
private struct Limits {
  var steps: Int
  var trial: Int?
  /// |end − start|.
  var length: Double

  /// Whether all steps are used up, or will be at the pace of the trial.
  func areReached(_ count: Int, left: Double) -> Bool {
    if count == steps { return true }
    guard let trial, count == trial else { return false }
    return (length - left) / Double(trial) * 10 * Double(steps) < length
  }
}

/// What the C function reads through its pointer.
private struct Context {
  let dimension: Int
  let derivative: (Double, UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>) -> Bool
  var rejected = false
}

/// Where an integration has got to.
private struct Outcome {
  var time: Double
  var step: Double
  var steps = 0
  var status: Int32 = 0
  var rejected = false

  init(time: Double, step: Double) {
    self.time = time
    self.step = step
  }

  func check(_ state: [Double]) throws(GSLError) {
    let function = "gsl_odeiv2_evolve_apply"
    if status != 0 && rejected {
      throw GSLError(status: GSL_EBADFUNC, function: function, detail: "the derivative is not finite near t = \(time)")
    }
    try GSLLibrary.check(status, function, detail: "after \(steps) steps, at t = \(time)")
    let finite = state.withUnsafeBufferPointer { $0.allSatisfy(\.isFinite) }
    if !finite {
      throw GSLError(status: GSL_EBADFUNC, function: function, detail: "the state is not finite at t = \(time)")
    }
  }
}

/// The buffers of one integration, freed when it ends in whatever way.
private struct Workspace: ~Copyable {
  let dimension: Int
  let stepper: UnsafeMutablePointer<gsl_odeiv2_step>
  let control: UnsafeMutablePointer<gsl_odeiv2_control>
  let evolution: UnsafeMutablePointer<gsl_odeiv2_evolve>

  init(dimension: Int, stepper kind: ODEFlow.Stepper, tolerances: Tolerances) throws(GSLError) {
    GSLLibrary.prepare()
    let type =
      switch kind {
      case .rk4: cgsl_step_rk4()
      case .rkf45: cgsl_step_rkf45()
      case .rk8pd: cgsl_step_rk8pd()
      }
    guard let stepper = gsl_odeiv2_step_alloc(type, dimension) else {
      throw GSLError(status: GSL_ENOMEM, function: "gsl_odeiv2_step_alloc")
    }
    guard let control = gsl_odeiv2_control_y_new(tolerances.absolute, tolerances.relative) else {
      gsl_odeiv2_step_free(stepper)
      throw GSLError(status: GSL_ENOMEM, function: "gsl_odeiv2_control_y_new")
    }
    guard let evolution = gsl_odeiv2_evolve_alloc(dimension) else {
      gsl_odeiv2_step_free(stepper)
      gsl_odeiv2_control_free(control)
      throw GSLError(status: GSL_ENOMEM, function: "gsl_odeiv2_evolve_alloc")
    }
    self.dimension = dimension
    self.stepper = stepper
    self.control = control
    self.evolution = evolution
  }

  deinit {
    gsl_odeiv2_evolve_free(evolution)
    gsl_odeiv2_control_free(control)
    gsl_odeiv2_step_free(stepper)
  }

  func run(
    _ outcome: inout Outcome, to end: Double, state: UnsafeMutableBufferPointer<Double>,
    context: UnsafeMutablePointer<Context>, limits: Limits
  ) {
    var system = gsl_odeiv2_system(
      function: { time, state, slope, context in
        guard let context = context?.assumingMemoryBound(to: Context.self) else { return Int32(GSL_EFAULT) }
        let dimension = context.pointee.dimension
        let finite = context.pointee.derivative(
          time, UnsafeBufferPointer(start: state, count: dimension),
          UnsafeMutableBufferPointer(start: slope, count: dimension))
        context.pointee.rejected = !finite
        return Int32(finite ? GSL_SUCCESS : GSL_EFAILED)
      },
      jacobian: nil, dimension: dimension, params: context)
    while outcome.time != end {
      // Now and then, so that asking costs nothing beside the steps.
      let isStopped = outcome.steps % 8 == 7 && StopRequest.isMade
      if isStopped || limits.areReached(outcome.steps, left: abs(end - outcome.time)) {
        outcome.status = Int32(GSL_EMAXITER)
        return
      }
      outcome.status = gsl_odeiv2_evolve_apply(
        evolution, control, stepper, &system, &outcome.time, end, &outcome.step, state.baseAddress)
      if outcome.status != 0 {
        outcome.rejected = context.pointee.rejected
        return
      }
      outcome.steps += 1
    }
  }
}
