import CHandwritten
import Foundation
import LoschmidtNumerics

/// Losses and gradients by tape against the same by hand.
struct LossComparison {
  let stopwatch: Stopwatch
  static let lanes = 256

  /// The table of all cases, and the names of those beyond their limits.
  func run() throws -> (text: String, failures: [String]) {
    var table = TextTable(["loss and gradient", "instructions", "tape ns", "C ns", "ratio", "quartiles", "limit"])
    var failures: [String] = []
    for loss in LossCase.all {
      let (instructions, tape, hand) = try measure(loss)
      let ratios = zip(tape, hand).map { $0 / $1 }
      table.append([
        loss.name, "\(instructions)", tape.median.cell, hand.median.cell, ratios.median.cell,
        "\(ratios.quantile(0.25).cell)-\(ratios.quantile(0.75).cell)",
        loss.limit.map { String(format: "%.1f", $0) } ?? "",
      ])
      if let limit = loss.limit, ratios.median > limit { failures.append(loss.name) }
    }
    return (table.text, failures)
  }

  private func measure(_ loss: LossCase) throws -> (instructions: Int, tape: [Double], hand: [Double]) {
    let lanes = Self.lanes
    let function = try loss.function()
    let tape = function.valueAndGradientTape
    let evaluator = TapeEvaluator(tape, lanes: lanes)
    let theta = alignedStorage(function.dimension * lanes, filling: scattered)
    let sample = alignedStorage(2 * lanes) { scattered(7 * $0 + 3) }
    let outputs = (0..<2).map { _ in
      (value: alignedStorage(lanes), gradient: alignedStorage(function.dimension * lanes))
    }
    let inputs: [UnsafePointer<Double>] = [UnsafePointer(theta), UnsafePointer(sample), UnsafePointer(sample)]
    let targets = [outputs[0].value, outputs[0].gradient]
    let times = stopwatch.measure([
      (Double(lanes), { evaluator.run(inputs: inputs, outputs: targets) }),
      (
        Double(lanes),
        { handwritten_run(loss.handwritten, theta, sample, outputs[1].value, outputs[1].gradient, lanes) }
      ),
    ])
    check(loss, outputs[0].value, outputs[1].value, lanes)
    check(loss, outputs[0].gradient, outputs[1].gradient, function.dimension * lanes)
    return (tape.instructionCount, times[0], times[1])
  }

  /// Both must have computed the same; the few roundings that differ are amplified by cancellation only.
  private func check(_ loss: LossCase, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) {
    for i in 0..<count {
      precondition(abs(a[i] - b[i]) <= 1e-11 * max(1, abs(b[i])), "\(loss.name) gives \(a[i]) by tape, \(b[i]) by hand")
    }
  }
}
