import LoschmidtReports
import LoschmidtThermodynamics

/// The tables of the experiment `symmetry`: the loss along the orbits, and the charges.
struct SymmetryTables {
  private var invariance = Table(
    columns: ["generator", "point", "s", "relative_change", "sample", "excess"].map { Table.Column($0) })
  private var charges = Table(
    columns: [
      "generator", "point", "start", "end_mean", "end_se", "end_variance", "steps", "overshoots", "largest_violation",
    ].map { Table.Column($0) })

  /// The rows of one generator at one point.
  mutating func append(_ analysis: SymmetryAnalysis) {
    let head: [Cell] = [.text(analysis.group.name), .integer(analysis.number)]
    for row in analysis.invariance.rows {
      let reason = "the loss is not finite there"
      invariance.append(
        head + [
          .real(row.s), .finite(row.change, otherwise: reason), .integer(row.sample),
          .finite(row.excess, otherwise: "rounding explains no change here"),
        ])
    }
    guard let record = analysis.record, case .success(let charge) = analysis.charge else { return }
    let finished = FinishedTrajectories(count: record.last.count)
    let (few, start) = (finished.reason, analysis.settings.points[analysis.number])
    charges.append(
      head + [
        .finite(charge.value(at: start), otherwise: "the charge is not finite"),
        .finite(record.last.mean, otherwise: few), .finite(record.last.standardError, otherwise: few),
        .finite(record.last.variance, otherwise: few), .integer(record.steps), .integer(record.overshoots),
        .finite(
          record.steps > 0 ? record.largestViolation : nil,
          otherwise: record.steps > 0 ? "a charge or its change is not finite" : few),
      ])
  }

  /// The tables with their names; `charges` only where there is one.
  var named: [(name: String, table: Table)] {
    [("invariance", invariance)] + (charges.rows.isEmpty ? [] : [("charges", charges)])
  }
}
