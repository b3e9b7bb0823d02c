import CKernels
import LoschmidtNumerics

/// The tapes that differentiate a gradient field along directions, one direction a lane; the storage of one worker.
final class FieldDerivatives {
  /// D(∇ℓ)v = Hv of one sample; `nil` without a loss.
  fileprivate let curvature: TapeEvaluator?
  /// D(−F)v; `nil` without a force.
  fileprivate let negativeForce: TapeEvaluator?

  /// Compiles the derivatives of a field.
  init(_ program: FieldProgram, lanes: Int) {
    func evaluator(_ function: VectorFunction) -> TapeEvaluator {
      TapeEvaluator(function.derivativeTape(multiplicities: [1]), lanes: lanes)
    }
    curvature = program.landscape.map { evaluator($0.function.gradient) }
    negativeForce = program.force.map { evaluator($0.negative) }
  }
}

extension BlockField {
  /// DG v, the derivative of the full field along a direction of its own in every lane.
  ///
  /// - Parameters:
  ///   - direction: v.
  ///   - theta: θ.
  ///   - result: Receives DG v.
  public func derivative(
    along direction: UnsafePointer<Double>, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    if let linear = program.linear {
      lk_rows_multiply(linear.matrix, nil, dimension, dimension, direction, result, lanes)
      return
    }
    negativeForceDerivative(along: direction, at: theta, into: result)
    guard program.landscape != nil else { return }
    let weight = 1 / Double(program.sampleCount)
    for i in 0..<program.sampleCount {
      derivative(ofSample: i, along: direction, at: theta, into: part.pointer)
      lk_add_scaled(result, part.pointer, weight, dimension * lanes)
    }
  }

  /// H_i v, the Hessian of the loss of one sample times a direction of its own in every lane, without the force.
  ///
  /// - Parameters:
  ///   - i: The sample.
  ///   - direction: v.
  ///   - theta: θ.
  ///   - result: Receives H_i v.
  public func derivative(
    ofSample i: Int, along direction: UnsafePointer<Double>, at theta: UnsafePointer<Double>,
    into result: UnsafeMutablePointer<Double>
  ) {
    setSample(i)
    run(derivatives.curvature, theta, direction, result)
  }

  /// D(−F)v in every lane.
  ///
  /// - Parameters:
  ///   - direction: v.
  ///   - theta: θ.
  ///   - result: Receives D(−F)v.
  public func negativeForceDerivative(
    along direction: UnsafePointer<Double>, at theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    run(derivatives.negativeForce, theta, direction, result)
  }

  private func run(
    _ tape: TapeEvaluator?, _ theta: UnsafePointer<Double>, _ direction: UnsafePointer<Double>,
    _ result: UnsafeMutablePointer<Double>
  ) {
    guard let tape else { return result.update(repeating: 0, count: dimension * lanes) }
    withUnsafeTemporaryAllocation(of: UnsafePointer<Double>.self, capacity: 4) { inputs in
      inputs.initializeElement(at: 0, to: theta)
      inputs.initializeElement(at: 1, to: UnsafePointer(sample.pointer))
      inputs.initializeElement(at: 2, to: UnsafePointer(common.pointer))
      inputs.initializeElement(at: 3, to: direction)
      withUnsafeTemporaryAllocation(of: UnsafeMutablePointer<Double>.self, capacity: 1) { outputs in
        outputs.initializeElement(at: 0, to: result)
        tape.run(inputs: UnsafeBufferPointer(inputs), outputs: UnsafeBufferPointer(outputs))
      }
    }
  }
}
