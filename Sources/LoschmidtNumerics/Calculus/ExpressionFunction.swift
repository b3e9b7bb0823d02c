/// The functions that an expression may call.
public enum ExpressionFunction: String, CaseIterable, Sendable {
  case exp, log, sqrt, sin, cos, tan, tanh, sinh, cosh, atan, abs, min, max
  case relu, softplus, sigmoid, logcosh, erf, lgamma
  case sum, mean, dot, transpose
  case normal, uniform

  /// The number of arguments.
  public var argumentCount: Int {
    switch self {
    case .min, .max, .dot, .normal, .uniform: 2
    default: 1
    }
  }

  /// Whether the function stands for a random number; only parameters and generated data may call those.
  public var isDistribution: Bool { self == .normal || self == .uniform }

  /// Whether it treats the elements of arrays one by one.
  public var isElementwise: Bool {
    switch self {
    case .sum, .mean, .dot, .transpose, .normal, .uniform: false
    default: true
    }
  }

  /// The definition in a line, with the convention at kinks.
  public var summary: String {
    switch self {
    case .exp: "exponential e^x"
    case .log: "natural logarithm, x > 0"
    case .sqrt: "square root, x >= 0"
    case .sin: "sine, x in radians"
    case .cos: "cosine, x in radians"
    case .tan: "tangent, x in radians"
    case .tanh: "hyperbolic tangent"
    case .sinh: "hyperbolic sine"
    case .cosh: "hyperbolic cosine"
    case .atan: "inverse tangent, in (-pi/2, pi/2)"
    case .abs: "absolute value; derivative 0 at 0"
    case .min: "the smaller of two; the first at a tie"
    case .max: "the larger of two; the first at a tie"
    case .relu: "max(x, 0); derivative 0 at 0"
    case .softplus: "log(1 + e^x)"
    case .sigmoid: "1/(1 + e^-x)"
    case .logcosh: "log(cosh(x))"
    case .erf: "error function, 2/sqrt(pi) times the integral of e^(-s^2) from 0 to x"
    case .lgamma: "log|Gamma(x)|"
    case .sum: "sum of all elements"
    case .mean: "mean of all elements"
    case .dot: "sum of the products of corresponding elements"
    case .transpose: "transpose of a matrix"
    case .normal: "normal(mean, standard deviation), a random number; in parameters and generated data"
    case .uniform: "uniform(lower, upper), a random number; in parameters and generated data"
    }
  }
}
