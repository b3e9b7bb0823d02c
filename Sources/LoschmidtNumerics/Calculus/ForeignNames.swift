/// What people call in NumPy, PyTorch or JAX and what it is in this language.
///
/// A word with a meaning is answered by that, and not by the name that is spelt most like it: `sign` is not `sin`.
enum ForeignNames {
  /// What to write in place of a function that is not here, without a full stop; `nil` for a word without a meaning.
  static func advice(for name: String) -> String? {
    let bare = name.lowercased().filter { $0 != "_" }
    if let own = same[bare] { return "it is called '\(own)' here" }
    return written[bare].map { "write \($0)" } ?? absent[bare]
  }

  /// Functions that are here under another name, underscores left out.
  private static let same: [String: String] = [
    "ln": "log", "logn": "log", "arctan": "atan", "absolute": "abs", "fabs": "abs", "maximum": "max", "fmax": "max",
    "minimum": "min", "fmin": "min", "logistic": "sigmoid", "expit": "sigmoid", "sigm": "sigmoid", "lncosh": "logcosh",
    "gammaln": "lgamma", "loggamma": "lgamma", "lngamma": "lgamma", "inner": "dot", "vdot": "dot", "average": "mean",
    "avg": "mean", "nansum": "sum", "randn": "normal", "gauss": "normal", "gaussian": "normal", "rand": "uniform",
    "permute": "transpose", "swapaxes": "transpose",
  ]

  /// Functions that others make up.
  private static let written: [String: String] = [
    "log1p": "log(1 + x), or softplus(z) for log(1 + exp(z))", "expm1": "exp(x) - 1", "log2": "log(x)/log(2)",
    "log10": "log(x)/log(10)", "exp2": "2^x", "pow": "x^a", "power": "x^a", "square": "x^2", "cube": "x^3",
    "cbrt": "x^(1/3) for x >= 0", "rsqrt": "1/sqrt(x)", "reciprocal": "1/x", "negative": "-x", "divide": "x/y",
    "multiply": "x*y", "add": "x + y", "subtract": "x - y", "matmul": "A @ B", "mm": "A @ B", "mv": "A @ x",
    "einsum": "A @ B, dot(a, b) or sum(a*b)", "hypot": "sqrt(x^2 + y^2)", "norm": "sqrt(sum(x^2))",
    "logsigmoid": "-softplus(-x)", "silu": "x*sigmoid(x)", "swish": "x*sigmoid(x)",
    "gelu": "0.5*x*(1 + erf(x/sqrt(2)))", "leakyrelu": "max(x, 0.01*x)", "relu6": "min(relu(x), 6)",
    "clip": "min(max(x, low), high)", "clamp": "min(max(x, low), high)", "hardtanh": "min(max(x, -1), 1)",
    "softsign": "x/(1 + abs(x))", "mish": "x*tanh(softplus(x))", "erfc": "1 - erf(x)", "gamma": "exp(lgamma(x))",
    "factorial": "exp(lgamma(x + 1))", "logit": "log(x/(1 - x))", "sech": "1/cosh(x)", "cot": "1/tan(x)",
    "sec": "1/cos(x)", "csc": "1/sin(x)", "asinh": "log(x + sqrt(x^2 + 1))", "arcsinh": "log(x + sqrt(x^2 + 1))",
    "acosh": "log(x + sqrt(x^2 - 1))", "arccosh": "log(x + sqrt(x^2 - 1))", "atanh": "0.5*log((1 + x)/(1 - x))",
    "arctanh": "0.5*log((1 + x)/(1 - x))", "asin": "atan(x/sqrt(1 - x^2))", "arcsin": "atan(x/sqrt(1 - x^2))",
    "acos": "pi/2 - atan(x/sqrt(1 - x^2))", "arccos": "pi/2 - atan(x/sqrt(1 - x^2))", "deg2rad": "x*pi/180",
    "logaddexp": "b + softplus(a - b)", "var": "mean((x - mean(x))^2)", "variance": "mean((x - mean(x))^2)",
    "std": "sqrt(mean((x - mean(x))^2))", "mse": "mean((x - y)^2)", "mseloss": "mean((x - y)^2)",
    "softmax": "exp(o - c)/sum(exp(o - c)) with a constant c near the largest entry of o",
    "logsumexp":
      "c + log(sum(exp(o - c))) with a constant c near the largest entry of o, and b + softplus(a - b) for the "
      + "two numbers a and b",
    "logsoftmax": "o - c - log(sum(exp(o - c))) with a constant c near the largest entry of o",
    "crossentropy":
      "c + log(sum(exp(o - c))) - sum(o*target) with a target that is 1 at the class and 0 elsewhere, and a "
      + "constant c near the largest logit",
    "binarycrossentropy": "softplus(z) - y*z for the logit z", "bce": "softplus(z) - y*z for the logit z",
    "sign": "x/abs(x) away from 0, or tanh(x/d) with a small d: 'sign' itself has no derivative to descend along",
    "sgn": "x/abs(x) away from 0, or tanh(x/d) with a small d: 'sign' itself has no derivative to descend along",
    "heaviside": "sigmoid(x/d) with a small d: a step has no derivative to descend along",
    "step": "sigmoid(x/d) with a small d: a step has no derivative to descend along",
  ]

  /// Words for what there is nothing for.
  private static let absent: [String: String] = {
    let noMaximum = "the largest entry of an array is not there; max(a, b) takes two, element by element"
    let noRounding = "nothing rounds here: what is rounded has no derivative to descend along"
    let noChoice = "there are no conditions; max, min, relu and abs are the functions with a kink"
    let noReduction = "there is none; sum, mean and dot bring arrays to a number"
    return [
      "amax": noMaximum, "amin": noMaximum, "argmax": noMaximum, "argmin": noMaximum, "floor": noRounding,
      "ceil": noRounding, "round": noRounding, "trunc": noRounding, "mod": noRounding, "fmod": noRounding,
      "where": noChoice, "cond": noChoice, "piecewise": noChoice, "select": noChoice, "prod": noReduction,
      "det": noReduction, "trace": noReduction, "outer": noReduction, "cumsum": noReduction, "median": noReduction,
      "atan2": "there is none; atan takes one argument", "arctan2": "there is none; atan takes one argument",
      "digamma": "there is none; lgamma has it as its derivative", "elu": "there is none; softplus is near",
    ]
  }()
}
