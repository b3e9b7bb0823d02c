import LoschmidtThermodynamics

/// Results that keep the rules of results, whatever was handed in.
///
/// A finished run is not given up because of one number. What breaks a rule is a fault of the program; it becomes a missing
/// value with its reason, or gets a name of its own, and each such place is told.
extension RunResult {
  /// The same results with every number finite, every missing value explained and every name there once.
  ///
  /// - Returns: The results, and what was mended, one fault a place; none for results that keep the rules.
  public func repaired() -> (result: RunResult, faults: [ResultFault]) {
    do {
      try validate()
      return (self, [])
    } catch {
      var (result, repair) = (self, Repair())
      result.wallSeconds = wallSeconds.isFinite ? wallSeconds : 0
      for index in result.experiments.indices {
        repair.mend(&result.experiments[index], "of experiment \(index) (\(experiments[index].kind))", index)
      }
      return (result, repair.faults)
    }
  }
}

/// One pass over results.
private struct Repair {
  private(set) var faults: [ResultFault] = []

  private static let notFinite = "a fault of the program: the number that was computed is not finite"
  private static let unexplained = "a fault of the program: the value was not computed, and nothing says why"

  mutating func mend(_ experiment: inout ExperimentResult, _ place: String, _ index: Int) {
    let kind = experiment.kind
    rename(&experiment.figures, \.name, "the figure", place)
    rename(&experiment.tables, \.name, "the table", place)
    rename(&experiment.verdicts, \.name, "the verdict", place)
    rename(&experiment.samples, \.name, "the file", place)
    // Names that differ may give one file.
    rename(&experiment.tables, \.name, "the file", place) {
      CSVTable.fileName(experiment: index, kind: kind, table: $0)
    }
    rename(&experiment.samples, \.name, "the file", place) {
      SampleArray.fileName(experiment: index, kind: kind, name: $0)
    }
    for n in experiment.figures.indices {
      mend(&experiment.figures[n].value, "the figure \(experiment.figures[n].name) \(place)")
    }
    for n in experiment.tables.indices {
      mend(&experiment.tables[n].table, "the table \(experiment.tables[n].name) \(place)")
    }
    for n in experiment.samples.indices { mend(&experiment.samples[n], place) }
    for n in experiment.verdicts.indices { mend(&experiment.verdicts[n], place) }
  }

  private mutating func mend(_ figure: inout FigureValue, _ place: String) {
    if figure.value?.isFinite == false {
      faults.append(.notFinite(place: place))
      (figure.value, figure.reason) = (nil, figure.reason ?? Self.notFinite)
    }
    if figure.standardError?.isFinite == false {
      faults.append(.notFinite(place: "the standard error of \(place)"))
      // A number without its error would look exact.
      (figure.value, figure.standardError, figure.reason) = (nil, nil, figure.reason ?? Self.notFinite)
    }
    if figure.value == nil, figure.reason?.isEmpty ?? true {
      faults.append(.unexplained(place: place))
      figure.reason = Self.unexplained
    }
  }

  private mutating func mend(_ table: inout Table, _ place: String) {
    rename(&table.columns, \.name, "the column", "of \(place)")
    var whole = Table(columns: table.columns)
    for (number, row) in table.rows.enumerated() {
      whole.append(
        zip(table.columns, row).map { column, cell -> Cell in
          let cellPlace = { "row \(number), column \(column.name) of \(place)" }
          switch cell {
          case .real(let value) where !value.isFinite:
            faults.append(.notFinite(place: cellPlace()))
            return .missing(reason: Self.notFinite)
          case .missing(let reason) where reason.isEmpty:
            faults.append(.unexplained(place: cellPlace()))
            return .missing(reason: Self.unexplained)
          default: return cell
          }
        })
    }
    table = whole
  }

  /// Trajectories of which a number is not finite are left out and counted, as everywhere.
  private mutating func mend(_ samples: inout SampleArray, _ place: String) {
    guard let values = samples.values, !values.allSatisfy(\.isFinite) else { return }
    faults.append(.notFinite(place: "a number of the samples \(samples.name) \(place)"))
    let width = samples.shape.dropFirst().reduce(1, *)
    let rows = stride(from: 0, to: values.count, by: max(1, width)).map { values[$0..<min($0 + width, values.count)] }
    let kept = rows.filter { $0.allSatisfy(\.isFinite) }
    samples.values = kept.flatMap { $0 }
    samples.leftOut += rows.count - kept.count
    samples.shape = [kept.count] + samples.shape.dropFirst()
  }

  private mutating func mend(_ verdict: inout Verdict, _ place: String) {
    let numbers: [(WritableKeyPath<Verdict, Double?>, String)] = [
      (\.statistic, "the statistic"), (\.pValue, "the p-value"), (\.adjustedPValue, "the adjusted p-value"),
      (\.expected, "the expected value"), (\.estimate, "the estimate"), (\.standardError, "the standard error"),
      (\.margin, "the margin"),
    ]
    var isMended = false
    for (number, name) in numbers where verdict[keyPath: number]?.isFinite == false {
      faults.append(.notFinite(place: "\(name) of the verdict \(verdict.name) \(place)"))
      verdict[keyPath: number] = nil
      isMended = true
    }
    guard isMended else { return }
    // What was decided on such a number is decided on nothing.
    if verdict.status != .undecided { verdict.status = .undecided }
    verdict.reason += (verdict.reason.isEmpty ? "" : "; ") + Self.notFinite
  }

  /// Adds `-2`, `-3`, … to a name that is there already, or whose file is.
  private mutating func rename<Element>(
    _ elements: inout [Element], _ name: WritableKeyPath<Element, String>, _ what: String, _ place: String,
    key: (String) -> String = { $0 }
  ) {
    var seen: Set<String> = []
    for index in elements.indices where !seen.insert(key(elements[index][keyPath: name])).inserted {
      let old = elements[index][keyPath: name]
      faults.append(.repeatedName(place: "\(what) \(old) \(place)"))
      let free = (2...).lazy.map { "\(old)-\($0)" }.first { !seen.contains(key($0)) } ?? old
      elements[index][keyPath: name] = free
      seen.insert(key(free))
    }
  }
}
