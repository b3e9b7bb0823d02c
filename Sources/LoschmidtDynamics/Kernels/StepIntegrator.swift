import LoschmidtNumerics

/// Makes the steps of a block where they are not Gaussian given the gradient; the storage of one worker.
///
/// Such a step has no density that is known, and no gradient that was drawn for it.
public protocol StepIntegrator: AnyObject {
  /// Changes the steps from now on; called before the first step too.
  ///
  /// - Parameters:
  ///   - law: The law that the rule gives for the step: the noise that does not depend on θ.
  ///   - learningRate: η.
  func prepare(_ law: StepLaw, learningRate: Double)

  /// Makes a step.
  ///
  /// - Parameters:
  ///   - theta: θ, `dimension` × `lanes`.
  ///   - field: The gradient field at the time of the step.
  ///   - step: The index of the step, which chooses the random numbers.
  ///   - source: Where they come from.
  ///   - next: Receives θ′.
  /// - Returns: Whether all of θ′ is finite.
  func advance(
    _ theta: UnsafePointer<Double>, _ field: BlockField, step: Int, from source: any RandomSource,
    into next: UnsafeMutablePointer<Double>
  ) -> Bool
}
