import LoschmidtDynamics
import LoschmidtReports
import LoschmidtThermodynamics

/// The figures, tables and remarks of `stationary`.
struct StationaryReport {
  private let experiment: StationaryExperiment
  private let question: StationaryQuestion
  private let sample: StationarySample
  private let missing: MissingMoments
  private let tails: StationaryTails
  private let continuum: ContinuumColumns
  /// Why an average is not there.
  private let few: String

  init(_ experiment: StationaryExperiment, _ question: StationaryQuestion, _ sample: StationarySample) {
    self.experiment = experiment
    self.question = question
    self.sample = sample
    missing = experiment.missing
    tails = StationaryTails(
      sample, observables: experiment.settings.observables.count, missing: experiment.missing)
    continuum = ContinuumColumns(experiment.plan)
    few = FinishedTrajectories(count: sample.dissipation.count).reason
  }

  var figures: [(name: String, value: FigureValue)] {
    let ratio = sample.dissipation.count > 1 ? sample.ratio : (.nan, .nan)
    let none = ratio.value.isNaN && sample.dissipation.count > 1 ? "both sides of the relation vanish" : few
    var time = FigureValue.missing("the series is constant, too short or not finite", unit: "steps")
    if let missingTime {
      time = .missing(missingTime, unit: "steps")
    } else if let found = sample.autocorrelation {
      time = .measured(found.value, found.standardError, unit: "steps", otherwise: "the series is not finite")
    }
    var relation = FigureValue.measured(ratio.value, ratio.standardError, otherwise: none)
    let rest = StationaryRest(experiment.plan, step: experiment.settings.ensemble.burnIn, sample)
    if let reason = experiment.plan.missingRelation ?? rest.missingRelation ?? missing.reason(order: 2) {
      relation = .missing(reason)
    } else if let reason = missing.reason(order: 4) ?? tails.relation, ratio.value.isFinite {
      // Both sides have means, and their squares none.
      relation = .withoutError(ratio.value, reason: "no error: \(reason)")
    }
    return [
      ("fdr.ratio", relation), ("autocorrelation-time", time),
    ]
  }

  /// Why the series whose autocorrelation is asked for has no variance; `nil` where it may have one.
  private var missingTime: String? {
    missing.reason(power: 2, degree: question.correlatesLoss ? missing.degreeOfLoss : 1)
  }

  /// The user's observables, then the coordinates whose names are not taken.
  var moments: Table {
    let names = [
      "observable", "mean", "mean_se", "variance", "variance_se", "exact_mean", "exact_variance", "continuum_mean",
      "continuum_variance",
    ]
    var table = Table(columns: names.map { Table.Column($0) })
    let own = experiment.settings.observables
    for (index, observable) in own.enumerated() {
      let degree = missing.degree(of: observable.expression)
      table.append(
        row(
          observable.name, sample.observables[index], experiment.exact.observables[index], degree,
          { tails.reason(observable: index, power: $0) })
          + continuum.cells(of: observable.expression))
    }
    let diagonal = question.pairs.indices.filter { question.pairs[$0].0 == question.pairs[$0].1 }
    for (i, (name, index)) in zip(coordinateNames, diagonal).enumerated()
    where !own.contains(where: { $0.name == name }) {
      let exact = experiment.exact
      let value = StationaryExact.Value(
        mean: exact.mean?[i], variance: exact.moments?.covariance[i, i], reason: exact.reason)
      let cells = row(name, sample.coordinates[index], value, 1) { tails.reason(coordinate: i, power: $0) }
      table.append(cells + continuum.cells(ofCoordinate: i))
    }
    return table
  }

  private func row(
    _ name: String, _ product: TimeAveragedProduct, _ exact: StationaryExact.Value, _ degree: Int?,
    _ tail: (_ power: Int) -> String?
  ) -> [Cell] {
    var measured = missing.cells(
      mean: (product.mean, product.meanStandardError), variance: (product.covariance, product.covarianceStandardError),
      degree: degree, otherwise: few)
    for power in [1, 2] { measured[2 * power - 1] = measured[2 * power - 1].without(tail(power)) }
    return [.text(name)] + measured
      + [.finite(exact.mean, otherwise: exact.reason), .finite(exact.variance, otherwise: exact.reason)]
  }

  /// Rows i ≤ j; above 32 coordinates the diagonal alone.
  var covariance: Table {
    var table = Table(columns: ["i", "j", "value", "standard_error", "exact", "continuum"].map { Table.Column($0) })
    let names = coordinateNames
    let gates = names.indices.map { tails.reason(coordinate: $0, power: 2) }
    for ((i, j), product) in zip(question.pairs, sample.coordinates) {
      let measured = missing.cells(
        mean: (product.mean, product.meanStandardError),
        variance: (product.covariance, product.covarianceStandardError), degree: 1, otherwise: few)
      table.append([
        .text(names[i]), .text(names[j]), measured[2], measured[3].without(gates[i] ?? gates[j]),
        .finite(experiment.exact.moments?.covariance[i, j], otherwise: experiment.exact.reason),
        continuum.cell(ofPair: (i, j)),
      ])
    }
    return table
  }

  /// The eigenvalues of the operator that moves second moments by a step; `nil` where there is none.
  var spectrum: Table? {
    guard let spectrum = SecondMomentSpectrum(experiment.plan, step: experiment.settings.ensemble.burnIn) else {
      return nil
    }
    var table = Table(columns: [.init("real"), .init("imaginary")])
    for (real, imaginary) in zip(spectrum.real, spectrum.imaginary) {
      table.append([.finite(real, otherwise: "it is not finite"), .finite(imaginary, otherwise: "it is not finite")])
    }
    return table
  }

  private var coordinateNames: [String] { experiment.plan.process.parameters.coordinateNames }

  var remarks: [String] {
    var remarks = missing.remark.map { [$0] } ?? []
    let dimension = experiment.plan.program.dimension
    if dimension > StationaryQuestion.largestDimension {
      remarks.append(
        "Above \(StationaryQuestion.largestDimension) coordinates 'covariance' has the diagonal alone."
      )
    }
    let origin = experiment.exact.mean == nil ? "the mean of the initial law" : "the exact mean"
    if experiment.plan.missingRelation == nil {
      remarks.append("The left side of the fluctuation-dissipation relation is E (θ − c)·ĝ with c \(origin).")
    }
    if missingTime == nil, !sample.consecutive.isEmpty {
      let name = question.correlatesLoss ? "the loss" : "'\(coordinateNames[0])'"
      remarks.append(
        "The autocorrelation time is that of \(name), in steps, from \(sample.consecutive.count) trajectories.")
      if sample.autocorrelation?.isResolved == false {
        remarks.append("The series are too short for it: the autocorrelation time is a lower estimate.")
      }
    }
    return remarks
  }
}

extension Cell {
  /// A number that is not there where there is a reason against it.
  fileprivate func without(_ reason: String?) -> Cell {
    guard let reason, case .real = self else { return self }
    return .missing(reason: reason)
  }

  /// A number where it is there and finite, else a missing cell with the reason.
  static func finite(_ value: Double?, otherwise reason: String) -> Cell {
    guard let value, value.isFinite else { return .missing(reason: reason) }
    return .real(value)
  }
}
