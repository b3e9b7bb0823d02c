import LoschmidtNumerics

/// A density of steps that tells of each step a number with the law χ², if the step was drawn from it.
///
/// The number grows with the size of the noise. A fluctuation theorem can hold for a density that is not that of the
/// steps; the law of this number cannot.
public protocol ResidualDensity: StepDensity {
  /// The degrees of freedom of the χ² law of each step.
  var residualDegrees: Int { get }

  /// Adds the number of a step, of the model with the first noise factor; the beginning of the step was evaluated.
  ///
  /// - Parameters:
  ///   - theta: θ.
  ///   - next: θ′.
  ///   - sums: Two rows of lanes: the number, and the square of what rounding of θ and θ′ may add to its root.
  func addResidual(
    from theta: UnsafePointer<Double>, to next: UnsafePointer<Double>, into sums: UnsafeMutablePointer<Double>)
}

/// A bound of the rounding of a residual of one coordinate, in the unit of θ: the two sums of a step round to half a unit
/// in the last place each, and so does their difference.
@inline(__always)
func residualRounding(_ here: Double, _ next: Double) -> Double { 2 * Double.ulpOfOne * (abs(here) + abs(next)) }
