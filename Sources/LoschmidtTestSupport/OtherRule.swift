import LoschmidtDynamics
import LoschmidtNumerics

/// A rule that moves θ as gradient descent does, density included, and that answers nothing else.
///
/// It stands for any rule of which no exact result is known: whoever gives it an exact value has not asked for the rule.
public struct OtherRule: UpdateRule {
  /// A name that no scenario has.
  public static let name = "other"

  private let moves: GradientDescent

  /// The rule with the steps of gradient descent.
  public init(_ moves: GradientDescent) { self.moves = moves }

  /// That of the steps.
  public var learningRate: Schedule { moves.learningRate }

  /// Not known.
  public var descent: PlainDescent? { nil }

  /// That of the steps.
  public func stepLaw(
    _ setting: StepSetting, additiveCovariance: DenseMatrix?, dimension: Int
  ) throws(GSLError) -> StepLaw {
    try moves.stepLaw(setting, additiveCovariance: additiveCovariance, dimension: dimension)
  }
}
