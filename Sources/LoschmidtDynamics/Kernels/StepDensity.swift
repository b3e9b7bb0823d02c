import LoschmidtNumerics

/// The transition density of a step whose randomness is not that of a Gaussian step alone; the storage of one worker.
///
/// It evaluates what it needs of the gradients at both ends of a step; where the next step begins at the end of the last
/// one, that is not evaluated again. Several models stand side by side, in each of which the covariance of all noise is
/// multiplied by a factor; the first is the right one, or what stands for it.
public protocol StepDensity: AnyObject {
  /// Changes the law of the steps from now on; what was evaluated is evaluated again.
  func setLaw(_ law: StepLaw)

  /// Evaluates what is needed at the point at which steps begin.
  func begin(at theta: UnsafePointer<Double>, _ field: BlockField)

  /// Evaluates what is needed at the point at which a step ends.
  func evaluateEnd(at next: UnsafePointer<Double>, _ field: BlockField)

  /// Makes the end of the step the beginning of the next one.
  func moveOn()

  /// Adds ln K(θ′ | θ)/K(θ | θ′) of a step, in nats; both ends were evaluated.
  ///
  /// - Parameters:
  ///   - theta: θ.
  ///   - next: θ′.
  ///   - ratios: One row of lanes for each noise factor.
  func addLogRatio(
    from theta: UnsafePointer<Double>, to next: UnsafePointer<Double>, into ratios: UnsafeMutablePointer<Double>)

  /// Writes ln K(θ′ | θ) in nats of the model with the first noise factor, one number a lane; the beginning was evaluated.
  func logDensity(
    of next: UnsafePointer<Double>, given theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>)
}
