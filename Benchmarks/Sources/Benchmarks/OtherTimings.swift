import CKernels
import LoschmidtDynamics
import LoschmidtNumerics

/// Times that have no counterpart in C: derivatives along directions, gradients of many samples, single functions.
struct OtherTimings {
  let stopwatch: Stopwatch
  static let lanes = 256

  /// ∇ℓ, Hessian-vector products and third derivatives along two directions by tape.
  func jets() throws -> String {
    var table = TextTable(["derivatives, ns a lane", "gradient", "Hv", "Hv / gradient", "T(v, v)"])
    for loss in LossCase.all where loss.limit != nil {
      let function = try loss.function()
      let tapes = [
        function.gradientTape, function.derivativeTape(multiplicities: [1]),
        function.derivativeTape(multiplicities: [2]),
      ]
      let lanes = Self.lanes
      let theta = alignedStorage(function.dimension * lanes, filling: scattered)
      let sample = alignedStorage(2 * lanes) { scattered(7 * $0 + 3) }
      let direction = alignedStorage(function.dimension * lanes) { scattered(5 * $0 + 1) }
      let inputs: [UnsafePointer<Double>] = [
        UnsafePointer(theta), UnsafePointer(sample), UnsafePointer(sample), UnsafePointer(direction),
      ]
      let times = stopwatch.measure(
        tapes.map { tape in
          let evaluator = TapeEvaluator(tape, lanes: lanes)
          let output = [alignedStorage(function.dimension * lanes)]
          return (Double(lanes), { evaluator.run(inputs: inputs, outputs: output) })
        })
      let ratio = zip(times[1], times[0]).map { $0 / $1 }.median
      table.append([loss.name, times[0].median.cell, times[1].median.cell, ratio.cell, times[2].median.cell])
    }
    return table.text
  }

  /// Linear regression with 11 parameters on 442 samples: the gradient of every sample, and their mean.
  func regression() throws -> String {
    let (features, count) = (10, 442)
    let samples = SampleTable(
      count: count,
      columns: [
        .init(name: "x", shape: .vector(features), values: (0..<features * count).map(scattered)),
        .init(name: "y", values: (0..<count).map { scattered(3 * $0) }),
      ])
    let landscape = try ExpressionLandscape(
      loss: Expression(parsing: "0.5*(dot(w, x) + b - y)^2"),
      parameters: ParameterLayout([("w", .vector(features)), ("b", .scalar)]), samples: samples)
    let workspace = DrawWorkspace(landscape)
    let each = DrawField(landscape, draws: (0..<count).map { Draw(batch: [$0]) }, workspace: workspace)
    let all = DrawField(landscape, draws: [Draw(batch: Array(0..<count))], workspace: workspace)
    let theta = (0..<features + 1).map(scattered)
    let (many, one) = (Block(broadcasting: theta, lanes: count), Block(broadcasting: theta, lanes: 1))
    let times = stopwatch.measure([
      (Double(count), { _ = each.gradient(at: many) }), (Double(count), { _ = all.gradient(at: one) }),
    ])
    var table = TextTable(["linear regression, 11 parameters, 442 samples", "ns a sample"])
    table.append(["gradient of every sample, kept", times[0].median.cell])
    table.append(["gradient of the full loss", times[1].median.cell])
    return table.text
  }

  /// Every elementary function on ordinary arguments.
  func functions() -> String {
    let functions: [(name: String, code: lk_function)] = [
      ("exp", LK_EXP), ("log", LK_LOG), ("sqrt", LK_SQRT), ("sin", LK_SIN), ("cos", LK_COS), ("tan", LK_TAN),
      ("tanh", LK_TANH), ("sinh", LK_SINH), ("cosh", LK_COSH), ("atan", LK_ATAN), ("erf", LK_ERF),
      ("softplus", LK_SOFTPLUS), ("sigmoid", LK_SIGMOID), ("logcosh", LK_LOGCOSH), ("1/cosh^2", LK_SECH2),
      ("slope of sigmoid", LK_DSIGMOID), ("exp(-x^2)", LK_GAUSS), ("expm1", LK_EXPM1), ("log1p", LK_LOG1P),
      ("lgamma", LK_LGAMMA),
    ]
    // Positive arguments, so that every function is defined.
    let arguments = alignedStorage(Self.lanes) { 2 + 1.9 * scattered($0) }
    let values = alignedStorage(Self.lanes)
    var pieces: [(units: Double, run: () -> Void)] = functions.map { _, code in
      (Double(Self.lanes), { lk_apply(code, arguments, values, Self.lanes) })
    }
    pieces.append((Double(Self.lanes), { lk_apply_pow(arguments, arguments, values, Self.lanes) }))
    pieces.append((Double(Self.lanes), { lk_apply_polygamma(0, arguments, values, Self.lanes) }))
    let times = stopwatch.measure(pieces)
    var table = TextTable(["elementary functions", "ns a value"])
    for (name, time) in zip(functions.map(\.name) + ["pow", "digamma"], times) {
      table.append([name, time.median.cell])
    }
    return table.text
  }
}
