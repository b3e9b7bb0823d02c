/// A function of one number that the kernels evaluate: those of the format, and those that their derivatives need.
enum UnaryFunction: Hashable, Sendable {
  case exp, log, sqrt, sin, cos, tan, tanh, sinh, cosh, atan, abs, relu, softplus, sigmoid, logcosh, erf, lgamma
  /// 1/cosh², the derivative of tanh.
  case squaredSech
  /// σ(x) σ(−x), the derivative of the sigmoid.
  case sigmoidSlope
  /// exp(−x²).
  case gaussian
  /// The derivative of order n + 1 of ln Γ.
  case polygamma(Int)
  /// −1, 0 or 1.
  case sign
  /// 1 where x > 0, else 0.
  case step

  /// Whether a derivative jumps somewhere.
  var hasKink: Bool {
    switch self {
    case .abs, .relu, .sign, .step: true
    default: false
    }
  }
}
