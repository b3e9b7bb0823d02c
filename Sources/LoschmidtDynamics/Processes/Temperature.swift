import LoschmidtNumerics

/// The temperature T ≥ 0 of the thermal noise √(2ηTΛ) ζ, in units of the loss.
public enum Temperature: Sendable, Equatable {
  /// One heat bath.
  case uniform(Value)
  /// A heat bath for each parameter, in the order of the parameters.
  case perParameter([Value])
  /// A heat bath for each coordinate, where elements of arrays have their own.
  case perCoordinate([Value])

  /// A number, or an expression of `t` and `step`.
  public enum Value: Sendable, Equatable {
    /// The same at all times.
    case constant(Double)
    /// An expression of `t`, `step` and the constants.
    case expression(Expression, constants: [String: Double])

    /// The temperature at a time and step; NaN where the expression names something unknown.
    public func value(time: Double, step: Int) -> Double {
      switch self {
      case .constant(let value): value
      case .expression(let expression, let constants):
        (try? expression.value { $0 == "t" ? time : $0 == "step" ? Double(step) : constants[$0] }) ?? .nan
      }
    }
  }

  /// Whether the temperature is given for parameters or coordinates one by one.
  public var hasSeveralBaths: Bool {
    if case .uniform = self { return false }
    return true
  }

  /// No thermal noise.
  public static let zero = Temperature.uniform(.constant(0))
}
