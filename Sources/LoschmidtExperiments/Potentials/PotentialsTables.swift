import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

/// The tables of the experiment `potentials`, filled point by point.
///
/// Where the draws are a sample, columns of standard errors, named `…_se`, follow the columns of the format. `DE_error` is
/// the last column of `forces`.
struct PotentialsTables {
  private let names: [String]
  private let coordinates: [String]
  private let isSampled: Bool
  private let hasCurl: Bool
  /// √Λ_ii, which turns a norm into a bound of a coordinate.
  private let scales: [Double]
  private var forces: Table
  private var potentials: Table
  private var series: Table
  private var curl: Table
  private var errors: Table
  private var limits: Table

  init(experiment: PotentialsExperiment) {
    names = experiment.potentials.map(\.name)
    coordinates = experiment.landscape.parameters.coordinateNames
    isSampled = experiment.law.outcomes == nil
    hasCurl = experiment.landscape.dimension <= PotentialSurvey.largestCurlDimension
    let withSeries = names.flatMap { $0 == "DE" ? ["DE", "DE.series"] : [$0] }
    let forceErrors = isSampled ? (["leading"] + names).map { "\($0)_se" } : []
    forces = Table(
      columns: Self.columns(["point", "eta", "coordinate", "leading"] + withSeries + forceErrors + ["DE_error"]))
    scales = experiment.metric.diagonalEntries(dimension: coordinates.count).map { $0.squareRoot() }
    potentials = Table(
      columns: Self.columns(["point", "eta", "leading", "drift", "noise", "ST"] + (isSampled ? ["ST_se"] : [])))
    series = Table(
      columns: Self.columns(
        ["point", "potential", "power", "coordinate", "coefficient"] + (isSampled ? ["coefficient_se"] : [])))
    curl = Table(columns: Self.columns(["point", "potential", "i", "j", "coefficient"]))
    errors = Table(columns: Self.columns(["point", "eta", "potential", "truncation", "rounding"]))
    limits = Table(
      columns: Self.columns([
        "point", "potential", "limit", "limit_error", "slope", "slope_error", "series_remainder",
        "series_remainder_error",
      ]))
  }

  private static func columns(_ names: [String]) -> [Table.Column] { names.map { Table.Column($0) } }

  /// The tables in the order of the results; `curl` is left out where the dimension is too large.
  var named: [(name: String, table: Table)] {
    [("forces", forces), ("potentials", potentials), ("series", series)] + (hasCurl ? [("curl", curl)] : [])
      + [("errors", errors), ("limits", limits)]
  }

  mutating func append(_ analysis: PointAnalysis) {
    for row in analysis.rows {
      appendForces(analysis, row)
      appendPotentials(analysis, row)
      appendErrors(analysis, row)
    }
    appendSeries(analysis)
    appendCurl(analysis)
    appendLimits(analysis)
  }

  private static func cell(_ value: Double) -> Cell {
    // Adding 0 takes the sign off a zero.
    value.isFinite ? .real(value + 0) : .missing(reason: notFinite)
  }

  private static let notFinite =
    "the value is not finite: the loss or its derivatives are undefined, or exceed the range of numbers"

  private mutating func appendForces(_ analysis: PointAnalysis, _ row: SurveyRow) {
    let expansion = analysis.expansion
    let eta = row.learningRate
    for (i, coordinate) in coordinates.enumerated() {
      var cells: [Cell] = [
        .integer(analysis.number), .real(eta), .text(coordinate), Self.cell(-0.5 * eta * expansion.leading.mean[i]),
      ]
      for (x, force) in row.forces.enumerated() {
        cells.append(force.force.map { Self.cell($0.mean[i]) } ?? .missing(reason: force.undefinedSentence))
        guard names[x] == "DE" else { continue }
        let sum = expansion.series[x].reversed().reduce(0) { ($0 + $1.mean[i]) * eta }
        cells.append(Self.cell(sum))
      }
      if isSampled {
        cells.append(Self.cell(0.5 * eta * (expansion.leading.standardErrors?[i] ?? 0)))
        for force in row.forces {
          let error = force.force?.standardErrors?[i]
          cells.append(error.map { Self.cell($0) } ?? .missing(reason: force.undefinedSentence))
        }
      }
      let backward = row.forces[names.firstIndex(of: "DE") ?? 0]
      cells.append(
        backward.force.map { _ in Self.cell(scales[i] * backward.truncationError) }
          ?? .missing(reason: backward.undefinedSentence))
      forces.append(cells)
    }
  }

  private mutating func appendPotentials(_ analysis: PointAnalysis, _ row: SurveyRow) {
    let (drift, noise) = (analysis.expansion.drift, analysis.expansion.noise)
    let factor = row.learningRate / 4
    var cells: [Cell] = [
      .integer(analysis.number), .real(row.learningRate), Self.cell(factor * (drift + noise)),
      Self.cell(factor * drift), Self.cell(factor * noise), Self.cell(row.entropyPotential.mean[0]),
    ]
    if isSampled { cells.append(Self.cell(row.entropyPotential.standardErrors?[0] ?? .nan)) }
    potentials.append(cells)
  }

  private mutating func appendErrors(_ analysis: PointAnalysis, _ row: SurveyRow) {
    for (name, force) in zip(names, row.forces) {
      let missing = force.absence.map { Cell.missing(reason: $0.sentence) }
      errors.append([
        .integer(analysis.number), .real(row.learningRate), .text(name), missing ?? Self.cell(force.truncationError),
        missing ?? Self.cell(force.roundingBound),
      ])
    }
  }

  private mutating func appendSeries(_ analysis: PointAnalysis) {
    for (name, powers) in zip(names, analysis.expansion.series) {
      for (power, coefficient) in powers.enumerated() {
        for (i, coordinate) in coordinates.enumerated() {
          var cells: [Cell] = [
            .integer(analysis.number), .text(name), .integer(power + 1), .text(coordinate),
            Self.cell(coefficient.mean[i]),
          ]
          if isSampled { cells.append(Self.cell(coefficient.standardErrors?[i] ?? .nan)) }
          series.append(cells)
        }
      }
    }
  }

  private mutating func appendLimits(_ analysis: PointAnalysis) {
    for row in analysis.measured {
      let numbers = [row.limit, row.slope, row.remainder].flatMap { [$0.value, $0.error] }
      limits.append(
        [.integer(analysis.number), .text(row.potential)]
          + numbers.map { $0.value.map(Self.cell) ?? .missing(reason: $0.reason ?? "") })
    }
  }

  private mutating func appendCurl(_ analysis: PointAnalysis) {
    guard let commutator = analysis.expansion.commutator else { return }
    let dimension = coordinates.count
    for potential in analysis.survey.potentials {
      let factor = potential.series(orders: 2).curlCoefficient?.doubleValue ?? .nan
      for i in 0..<dimension {
        for j in (i + 1)..<dimension {
          curl.append([
            .integer(analysis.number), .text(potential.name), .text(coordinates[i]), .text(coordinates[j]),
            Self.cell(factor * commutator[i * dimension + j]),
          ])
        }
      }
    }
  }
}

extension PositiveMatrix {
  /// Λ_ii for each coordinate of a vector with this many.
  ///
  /// |v_i| ≤ √Λ_ii (vᵀΛ⁻¹v)^½ by the inequality of Cauchy and Schwarz: so norms bound coordinates.
  fileprivate func diagonalEntries(dimension: Int) -> [Double] {
    switch self {
    case .identity: return [Double](repeating: 1, count: dimension)
    case .diagonal(let entries): return entries
    case .factored(let lower, let dimension):
      return (0..<dimension).map { row in
        lower[row * dimension..<row * dimension + row + 1].reduce(0) { $0 + $1 * $1 }
      }
    }
  }
}
