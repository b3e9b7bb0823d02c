import Foundation

/// The law of the path log-ratio R forward and reversed, and the symmetry between them: table `histogram`.
enum FluctuationFigures {
  /// One bin that both directions have hit or not.
  private struct Bin {
    var lower: Double
    var upper: Double
    var forward: Double
    var reverse: Double
    var forwardError: Double
    var reverseError: Double
    var centre: Double { 0.5 * (lower + upper) }
    /// Whether e^R at the centre stands for all of the bin: across one nat the law of most samples shifts ln P(R)/P(−R)
    /// by less than about a tenth.
    var isNarrow: Bool { upper - lower <= 1 }
  }

  static func figures(_ experiment: ExperimentResult) -> [Figure] {
    guard experiment.kind == "fluctuation-theorem", let table = experiment.table("histogram") else { return [] }
    let bins = bins(table)
    return [histogram(bins), ratio(bins, slope: experiment.number("detailed.slope"))].compactMap { $0 }
  }

  private static func bins(_ table: Table) -> [Bin] {
    let columns = ["lower", "upper", "forward", "reverse"].map { table.reals($0) }
    let errors = ["forward_se", "reverse_se"].map { table.reals($0) }
    return table.rows.indices.compactMap { row in
      guard let lower = columns[0][row], let upper = columns[1][row], let forward = columns[2][row],
        let reverse = columns[3][row]
      else { return nil }
      return Bin(
        lower: lower, upper: upper, forward: forward, reverse: reverse, forwardError: errors[0][row] ?? 0,
        reverseError: errors[1][row] ?? 0)
    }
  }

  private static let axis = Figure.Axis("path log-ratio R", unit: "nats")

  private static func histogram(_ bins: [Bin]) -> Figure? {
    let (least, most) = (bins.map(\.forward).filter { $0 > 0 }.min() ?? 0, bins.map(\.forward).max() ?? 0)
    // Far in the tail, where one path weighs more than all forward ones, points would squeeze the picture.
    let weighted = bins.filter { $0.reverse > 0 && $0.isNarrow }.map { bin in
      [bin.centre, exp(bin.centre) * bin.reverse, exp(bin.centre) * bin.reverseError]
    }.filter { 0.1 * least < $0[1] && $0[1] < 10 * most }
    return Figure(
      "histogram", title: "The law of R, forward and reversed",
      caption:
        "Density of R over forward paths, and of −R over reversed ones. The theorem says that the second times e^R "
        + "(points, at the centres of the bins, with one standard error) is the first.",
      horizontal: axis, vertical: .init("density", unit: "1/nats", scale: .logarithmic),
      series: [
        .init("reversed", .steps, colour: 2, rows: bins.map { [$0.lower, $0.upper, $0.reverse] }),
        .init("forward", .steps, colour: 1, rows: bins.map { [$0.lower, $0.upper, $0.forward] }),
        .init("e^R × reversed", .points(joined: false), colour: 3, rows: weighted),
      ])
  }

  private static func ratio(_ bins: [Bin], slope: FigureValue?) -> Figure? {
    // Where the reversed law is that of the same paths, bins at −R say what those at R say.
    let isMirrored = zip(bins, bins.reversed()).allSatisfy { $0.forward == $1.reverse }
    let shown = bins.filter { $0.forward > 0 && $0.reverse > 0 && $0.isNarrow && (!isMirrored || $0.centre > 0) }
    let rows = shown.map { bin in
      let errors = [bin.forwardError / bin.forward, bin.reverseError / bin.reverse]
      return [bin.centre, log(bin.forward / bin.reverse), (errors[0] * errors[0] + errors[1] * errors[1]).squareRoot()]
    }
    guard rows.count >= 2, let first = rows.first?[0], let last = rows.last?[0] else { return nil }
    let measured = slope.flatMap { slope in
      slope.value.map { value in
        let text = slope.standardError.map { NumberText.estimate(value, standardError: $0) }
        return " The test without bins finds the slope \(text ?? NumberText.rounded(value))."
      }
    }
    return Figure(
      "symmetry", title: "The symmetry of the law of R",
      caption:
        "Logarithm of the ratio of the two densities, bin by bin, with one standard error. The theorem is the line of "
        + "slope one; the band about it is two standard errors of each bin wide either way.\(measured ?? "")",
      horizontal: axis, vertical: .init("ln P(R)/P(−R)", unit: "nats"),
      series: [
        .init(
          "±2 s.e.", .band, colour: 6, rows: rows.map { [$0[0], $0[0] - 2 * $0[2], $0[0] + 2 * $0[2]] }),
        .init("slope 1", .dashes, colour: 0, rows: [[first, first], [last, last]]),
        .init("measured", .points(joined: false), colour: 1, rows: rows),
      ])
  }
}
