import LoschmidtNumerics

extension Explanations {
  /// The functions of expressions, with the definitions of the catalogue itself and their first derivatives.
  static let functions: [Explanation] = ExpressionFunction.allCases.map { function in
    let arguments = function.argumentCount == 1 ? "x" : "x, y"
    return Explanation(
      .function, function.rawValue, "\(function.rawValue)(\(arguments)): \(function.summary).",
      formula: derivative(of: function),
      unit: "that which the expression gives it; arguments of exp, log and others "
        + "are pure numbers",
      convention: function.isDistribution
        ? "in parameters and generated data only"
        : (function.isElementwise ? "element by element on arrays" : "of a whole array")
          + "; derivatives of every order are exact",
      document: "docs/scenario-format.md, expressions", sources: ["griewank2008"])
  }

  private static func derivative(of function: ExpressionFunction) -> String {
    switch function {
    case .exp: "d/dx = e^x"
    case .log: "d/dx = 1/x"
    case .sqrt: "d/dx = 1/(2√x)"
    case .sin: "d/dx = cos x"
    case .cos: "d/dx = −sin x"
    case .tan: "d/dx = 1 + tan² x"
    case .tanh: "d/dx = 1 − tanh² x"
    case .sinh: "d/dx = cosh x"
    case .cosh: "d/dx = sinh x"
    case .atan: "d/dx = 1/(1 + x²)"
    case .abs: "d/dx = sign x, 0 at 0"
    case .min: "d/dx = 1 for x ≤ y, else 0; d/dy = 1 − d/dx"
    case .max: "d/dx = 1 for x ≥ y, else 0; d/dy = 1 − d/dx"
    case .relu: "d/dx = 1 for x > 0, else 0"
    case .softplus: "d/dx = sigmoid x"
    case .sigmoid: "d/dx = sigmoid(x)(1 − sigmoid(x))"
    case .logcosh: "d/dx = tanh x"
    case .erf: "d/dx = (2/√π) e^(−x²)"
    case .lgamma: "d/dx = ψ(x), the digamma function"
    case .sum: "Σ_i x_i, d/dx_i = 1"
    case .mean: "(1/n) Σ_i x_i, d/dx_i = 1/n"
    case .dot: "Σ_i x_i y_i, d/dx_i = y_i"
    case .transpose: "(xᵀ)_ij = x_ji"
    case .normal: "density (2πs²)^(−1/2) exp(−(x − m)²/(2s²)) for normal(m, s)"
    case .uniform: "density 1/(b − a) on [a, b] for uniform(a, b)"
    }
  }
}
