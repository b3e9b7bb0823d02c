import LoschmidtNumerics

/// A number that may change during training: constant, or an expression of `step`, the 0-based index of the step.
public struct Schedule: Sendable, Equatable {
  private enum Rule: Sendable, Equatable {
    case constant(Double)
    case expression(Expression, constants: [String: Double])
  }

  private let rule: Rule

  /// The same number at every step.
  public init(_ constant: Double) { rule = .constant(constant) }

  /// An expression of `step`; `constants` are the other names in it.
  public init(_ expression: Expression, constants: [String: Double] = [:]) {
    rule = .expression(expression, constants: constants)
  }

  /// The number, where it is the same at every step.
  public var constant: Double? {
    if case .constant(let value) = rule { return value }
    return nil
  }

  /// The text of the expression, `nil` for a constant.
  public var text: String? {
    if case .expression(let expression, _) = rule { return expression.text }
    return nil
  }

  /// The value at a step; NaN where the expression names something unknown.
  public func value(at step: Int) -> Double {
    switch rule {
    case .constant(let value): value
    case .expression(let expression, let constants):
      (try? expression.value { $0 == "step" ? Double(step) : constants[$0] }) ?? .nan
    }
  }
}
