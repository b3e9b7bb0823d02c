import LoschmidtNumerics

/// Observables of θ that are evaluated together: compiled once, shared by all workers.
public struct ObservableProgram: Sendable {
  /// The names, in their order.
  public let names: [String]
  let function: VectorFunction
  let common: CommonInputs

  /// Compiles observables.
  ///
  /// - Parameters:
  ///   - observables: Names and scalar expressions of parameters, protocols, constants and `t`.
  ///   - parameters: The layout of θ.
  ///   - common: What else the expressions may name.
  /// - Throws: What is wrong with the first expression that is wrong, with its position.
  public init(
    _ observables: [(name: String, expression: Expression)], parameters: ParameterLayout, common: CommonInputs
  ) throws(ExpressionError) {
    names = observables.map(\.name)
    self.common = common
    function = try VectorFunction(
      observables.map { ($0.expression, .scalar) },
      inputs: common.functionInputs(parameters, elementsIn: observables.map(\.expression)))
  }
}

/// Evaluates observables on blocks of lanes: the storage of one worker.
public final class ObservableEvaluator {
  /// The values after the last evaluation, one row for each observable.
  public let values: LaneStorage

  private let program: ObservableProgram
  private let tape: TapeEvaluator
  private let common: LaneStorage
  private var time = Double.nan

  /// Storage for a number of lanes, a multiple of 4.
  public init(_ program: ObservableProgram, lanes: Int) {
    self.program = program
    tape = TapeEvaluator(program.function.tape, lanes: lanes)
    common = LaneStorage(dimension: program.common.names.count, lanes: lanes)
    values = LaneStorage(dimension: program.names.count, lanes: lanes)
  }

  /// Evaluates all observables at a point and time.
  public func evaluate(at theta: UnsafePointer<Double>, time t: Double) {
    if t != time {
      time = t
      common.broadcast(program.common.values(at: t))
    }
    withUnsafeTemporaryAllocation(of: UnsafePointer<Double>.self, capacity: 3) { inputs in
      inputs.initializeElement(at: 0, to: theta)
      // Observables name no data; the block of the sample is never read.
      inputs.initializeElement(at: 1, to: theta)
      inputs.initializeElement(at: 2, to: UnsafePointer(common.pointer))
      withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Double>.self, capacity: 1) { outputs in
        outputs.initializeElement(at: 0, to: values.pointer)
        tape.run(inputs: UnsafeBufferPointer(inputs), outputs: UnsafeBufferPointer(outputs))
      }
    }
  }
}
