import CKernels

/// Single values of the elementary functions, by the same kernels that evaluate blocks.
enum Kernel {
  /// f(x).
  static func value(of function: UnaryFunction, at x: Double) -> Double {
    var (input, result) = (x, 0.0)
    switch function {
    case .polygamma(let order): lk_apply_polygamma(Int32(order), &input, &result, 1)
    case .abs: result = abs(x)
    case .relu: result = x > 0 ? x : x.isNaN ? x : 0
    case .sign: result = x > 0 ? 1 : x < 0 ? -1 : x.isNaN ? x : 0
    case .step: result = x > 0 ? 1 : x.isNaN ? x : 0
    default:
      guard let code = function.kernel else { preconditionFailure("every other function has a kernel") }
      lk_apply(code, &input, &result, 1)
    }
    return result
  }

  /// x^y.
  static func power(_ x: Double, _ y: Double) -> Double {
    var (base, exponent, result) = (x, y, 0.0)
    lk_apply_pow(&base, &exponent, &result, 1)
    return result
  }
}

extension UnaryFunction {
  /// The kernel of a function without parameters, `nil` for those that are made of comparisons.
  var kernel: lk_function? {
    switch self {
    case .exp: LK_EXP
    case .log: LK_LOG
    case .sqrt: LK_SQRT
    case .sin: LK_SIN
    case .cos: LK_COS
    case .tan: LK_TAN
    case .tanh: LK_TANH
    case .sinh: LK_SINH
    case .cosh: LK_COSH
    case .atan: LK_ATAN
    case .softplus: LK_SOFTPLUS
    case .sigmoid: LK_SIGMOID
    case .logcosh: LK_LOGCOSH
    case .erf: LK_ERF
    case .lgamma: LK_LGAMMA
    case .squaredSech: LK_SECH2
    case .sigmoidSlope: LK_DSIGMOID
    case .gaussian: LK_GAUSS
    case .abs, .relu, .sign, .step, .polygamma: nil
    }
  }
}
