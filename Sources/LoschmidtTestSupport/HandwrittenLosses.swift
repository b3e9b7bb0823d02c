import LoschmidtNumerics

extension HandwrittenField {
  /// x⁴/4 − x²/2.
  public static func quartic1d(lanes: Int = 1) -> HandwrittenField {
    generalQuartic1d(quartic: 1, quadratic: -1, lanes: lanes)
  }

  /// c₄ x⁴/4 + c₂ x²/2.
  public static func generalQuartic1d(quartic: Double, quadratic: Double, lanes: Int = 1) -> HandwrittenField {
    HandwrittenField(dimension: 1, lanes: lanes) { parameters in
      let square = parameters[0] * parameters[0]
      return quartic / 4 * (square * square) + quadratic / 2 * square
    }
  }

  /// (1 − x)²/2 + (b/2)(y − x²)².
  public static func rosenbrock(b: Double, lanes: Int = 1) -> HandwrittenField {
    HandwrittenField(dimension: 2, lanes: lanes) { parameters in
      let valley = parameters[1] - parameters[0] * parameters[0]
      let distance = parameters[0] - 1
      return 0.5 * (distance * distance) + b / 2 * (valley * valley)
    }
  }

  /// c ((x² + y − 11)² + (x + y² − 7)²).
  public static func himmelblau(c: Double, lanes: Int = 1) -> HandwrittenField {
    HandwrittenField(dimension: 2, lanes: lanes) { parameters in
      let (x, y) = (parameters[0], parameters[1])
      let first = x * x + y - 11
      let second = x + y * y - 7
      return c * (first * first + second * second)
    }
  }

  /// ½ (u w − 1)².
  public static func product2(lanes: Int = 1) -> HandwrittenField {
    HandwrittenField(dimension: 2, lanes: lanes) { parameters in
      let residual = parameters[0] * parameters[1] - 1
      return 0.5 * (residual * residual)
    }
  }

  /// x² y.
  public static func x2y(lanes: Int = 1) -> HandwrittenField {
    HandwrittenField(dimension: 2, lanes: lanes) { parameters in parameters[0] * parameters[0] * parameters[1] }
  }

  /// ½ θᵀHθ − bᵀθ.
  public static func quadratic(hessian: [[Double]], linear: [Double], lanes: Int = 1) -> HandwrittenField {
    HandwrittenField(dimension: linear.count, lanes: lanes) { parameters in
      var sum = 0.0 * parameters[0]
      for (i, row) in hessian.enumerated() {
        sum = sum - linear[i] * parameters[i]
        for (j, entry) in row.enumerated() { sum = sum + (0.5 * entry) * (parameters[i] * parameters[j]) }
      }
      return sum
    }
  }

  /// (1/2N) Σ_i (f(x_i) − y_i)², f(x) = Σ_j a_j tanh(w_j x + b_j), θ = (w, b, a).
  public static func tanhNet(inputs: [Double], targets: [Double], hidden: Int, lanes: Int = 1) -> HandwrittenField {
    HandwrittenField(dimension: 3 * hidden, lanes: lanes) { parameters in
      var sum = 0.0 * parameters[0]
      for (x, y) in zip(inputs, targets) {
        var output = -y + 0.0 * parameters[0]
        for j in 0..<hidden {
          output = output + parameters[2 * hidden + j] * (x * parameters[j] + parameters[hidden + j]).hyperbolicTangent
        }
        sum = sum + output * output
      }
      return 0.5 / Double(inputs.count) * sum
    }
  }

  /// Σ_i ½ (u w x_i − y_i)² / N, which rescaling u by e^s and w by e^{−s} leaves alone.
  public static func rescaling(inputs: [Double], targets: [Double], lanes: Int = 1) -> HandwrittenField {
    HandwrittenField(dimension: 2, lanes: lanes) { parameters in
      var sum = 0.0 * parameters[0]
      for (x, y) in zip(inputs, targets) {
        let residual = x * (parameters[0] * parameters[1]) - y
        sum = sum + residual * residual
      }
      return 0.5 / Double(inputs.count) * sum
    }
  }

  /// A random polynomial of degree 4: the sum of `dimension` + 3 powers 1 to 4 of random linear forms.
  public static func randomPolynomial(dimension: Int, lanes: Int = 1, random: inout TestRandom) -> HandwrittenField {
    let forms = (0..<(dimension + 3)).map { _ in (0..<dimension).map { _ in random.next(in: -1...1) } }
    let weights = forms.map { _ in (0..<4).map { _ in random.next(in: -0.5...0.5) } }
    return HandwrittenField(dimension: dimension, lanes: lanes) { parameters in
      var sum = 0.0 * parameters[0]
      for (form, weight) in zip(forms, weights) {
        let linear = zip(form, parameters).reduce(0.0 * parameters[0]) { $0 + $1.0 * $1.1 }
        sum = sum + linear * (weight[0] + linear * (weight[1] + linear * (weight[2] + weight[3] * linear)))
      }
      return sum
    }
  }

  /// The loss that an entry of the reference numbers names.
  public static func named(_ loss: ReferenceEntry, lanes: Int = 1) -> HandwrittenField? {
    let parameters = loss["params"]
    switch loss["kind"].text {
    case "quartic1d": return quartic1d(lanes: lanes)
    case "quartic1d_general":
      return generalQuartic1d(quartic: parameters["c4"].double, quadratic: parameters["c2"].double, lanes: lanes)
    case "rosenbrock": return rosenbrock(b: parameters["b"].double, lanes: lanes)
    case "himmelblau": return himmelblau(c: parameters["c"].double, lanes: lanes)
    case "product2": return product2(lanes: lanes)
    case "x2y": return x2y(lanes: lanes)
    case "quadratic": return quadratic(hessian: parameters["H"].rows, linear: parameters["b"].doubles, lanes: lanes)
    case "tanh_net":
      return tanhNet(
        inputs: parameters["x"].doubles, targets: parameters["y"].doubles, hidden: Int(parameters["hidden"].double),
        lanes: lanes)
    default: return nil
    }
  }
}
