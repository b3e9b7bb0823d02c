import LoschmidtThermodynamics

extension ResultsJSON {
  /// Reads a `results.json` that ``document(_:)-(RunResult)`` wrote: writing what was read gives the same bytes.
  ///
  /// Every member must be there and of its type, and none that is not known. A whole number in a table comes back as a whole
  /// number, however it was found. The text of the scenario is not in the file.
  ///
  /// - Parameters:
  ///   - bytes: The bytes of the file.
  ///   - file: Its path, for messages.
  /// - Returns: The result; the text of its scenario is empty.
  /// - Throws: What is wrong with it first, with its position or its path.
  public static func read(_ bytes: [UInt8], file: String) throws(ResultsProblem) -> RunResult {
    let value: JSONValue
    do throws(JSONParser.Problem) { value = try JSONParser.value(of: bytes) } catch {
      let place = ResultsProblem.Place.position(line: error.line, column: error.column)
      throw ResultsProblem(file: file, place: place, message: error.message)
    }
    let result: RunResult
    do throws(JSONMember.Problem) { result = try ResultsReader.run(JSONMember(value)) } catch {
      throw ResultsProblem(file: file, place: .member(error.path), message: error.message)
    }
    do throws(ResultFault) { try result.validate() } catch {
      throw ResultsProblem(file: file, place: .member(""), message: "breaks a rule: \(error)")
    }
    return result
  }
}

/// The members of `results.json` as the values of a result.
enum ResultsReader {
  typealias Problem = JSONMember.Problem

  static func run(_ document: JSONMember) throws(Problem) -> RunResult {
    // The number comes first: of another format nothing else can be said.
    if case .object(let members, _) = document.value, let format = members.first(where: { $0.key == "format" }) {
      let number = try JSONMember(format.value, path: "format").integer(atLeast: 1)
      guard number == Version.resultsFormat else {
        throw Problem(
          path: "format",
          message: "is \(number), and this version reads results of format \(Version.resultsFormat) only")
      }
    }
    let run = try document.object(
      [
        "loschmidt", "format", "scenario", "title", "scenario_sha256", "seed", "threads", "wall_seconds",
        "experiments",
      ], optional: ["overrides", "interrupted", "process"])
    var experiments: [ExperimentResult] = []
    for (index, member) in try run["experiments"]!.array().enumerated() {
      experiments.append(try experiment(member, index))
    }
    var result = RunResult(
      scenario: try run["scenario"]!.text(), title: try run["title"]!.optionalText(),
      scenarioSHA256: try run["scenario_sha256"]!.text(), seed: try run["seed"]!.unsigned(),
      overrides: try run["overrides"].map(texts) ?? [], threads: try run["threads"]!.integer(atLeast: 1),
      wallSeconds: try run["wall_seconds"]!.real(), isInterrupted: try run["interrupted"]?.bool() ?? false,
      experiments: experiments, subject: try run["process"].map(subject) ?? RunSubject())
    result.program = try run["loschmidt"]!.text()
    return result
  }

  private static func texts(_ member: JSONMember) throws(Problem) -> [String] {
    var texts: [String] = []
    for element in try member.array() { texts.append(try element.text()) }
    return texts
  }

  private static func subject(_ member: JSONMember) throws(Problem) -> RunSubject {
    let members = try member.object(["settings", "formulas", "topics"])
    var subject = RunSubject(topics: try texts(members["topics"]!))
    for (key, setting) in try members["settings"]!.members() {
      subject.settings.append(.init(key: key, value: try setting.text()))
    }
    for element in try members["formulas"]!.array() {
      let formula = try element.object(["label", "mathml"])
      let mathML = try formula["mathml"]!.text()
      guard MathMLCheck.isSound(mathML) else {
        throw formula["mathml"]!.problem("is not a formula: only elements of MathML may stand in it")
      }
      subject.formulas.append(.init(label: try formula["label"]!.text(), mathML: mathML))
    }
    return subject
  }

  private static func experiment(_ member: JSONMember, _ index: Int) throws(Problem) -> ExperimentResult {
    let members = try member.object(
      ["kind", "title", "figures", "tables", "verdicts", "remarks", "plots"], optional: ["samples"])
    var result = ExperimentResult(
      kind: try members["kind"]!.text(), title: try members["title"]!.optionalText())
    for (name, value) in try members["figures"]!.members() { result.figures.append((name, try figure(value))) }
    for (name, value) in try members["tables"]!.members() { result.tables.append((name, try table(value))) }
    for value in try members["verdicts"]!.array() { result.verdicts.append(try verdict(value)) }
    for value in try members["samples"]?.array() ?? [] {
      result.samples.append(try samples(value, index, result.kind))
    }
    result.remarks = try texts(members["remarks"]!)
    // The pictures are made from the tables; the list is for programs.
    _ = try texts(members["plots"]!)
    return result
  }

  /// What is said of samples; their numbers are in a file of their own, which is not read.
  private static func samples(_ member: JSONMember, _ index: Int, _ kind: String) throws(Problem) -> SampleArray {
    let members = try member.object(["name", "file", "about", "unit", "shape", "left_out"])
    let name = try members["name"]!.text()
    let file = SampleArray.fileName(experiment: index, kind: kind, name: name)
    guard try members["file"]!.text() == file else { throw members["file"]!.problem("must be the text '\(file)'") }
    var shape: [Int] = []
    for length in try members["shape"]!.array() { shape.append(try length.integer(atLeast: 0)) }
    return SampleArray(
      name: name, about: try members["about"]!.text(), unit: try members["unit"]!.optionalText(), shape: shape,
      leftOut: try members["left_out"]!.integer(atLeast: 0), values: nil)
  }

  private static func figure(_ member: JSONMember) throws(Problem) -> FigureValue {
    let members = try member.object(["value", "standard_error", "exact", "unit", "reason"])
    return FigureValue(
      value: try members["value"]!.optionalReal(), standardError: try members["standard_error"]!.optionalReal(),
      exact: try members["exact"]!.bool(), unit: try members["unit"]!.optionalText(),
      reason: try members["reason"]!.optionalText())
  }

  // MARK: Tables

  private struct Address: Hashable {
    var row: Int
    var column: String
  }

  private static func table(_ member: JSONMember) throws(Problem) -> Table {
    let members = try member.object(["columns", "units", "rows", "reasons"])
    let names = try texts(members["columns"]!)
    let units = try members["units"]!.array()
    guard units.count == names.count else {
      throw members["units"]!.problem("has \(units.count) entries for \(names.count) columns")
    }
    var columns: [Table.Column] = []
    for (name, unit) in zip(names, units) { columns.append(.init(name, unit: try unit.optionalText())) }
    var reasons: [Address: String] = [:]
    for element in try members["reasons"]!.array() {
      let reason = try element.object(["row", "column", "reason"])
      let address = Address(row: try reason["row"]!.integer(atLeast: 0), column: try reason["column"]!.text())
      guard reasons.updateValue(try reason["reason"]!.text(), forKey: address) == nil else {
        throw element.problem("is about a cell that has its reason already")
      }
    }
    var table = Table(columns: columns)
    for (number, row) in try members["rows"]!.array().enumerated() {
      let cells = try row.array()
      guard cells.count == columns.count else {
        throw row.problem("has \(cells.count) cells for \(columns.count) columns")
      }
      var values: [Cell] = []
      for (cell, name) in zip(cells, names) {
        values.append(try cell.cell(reasons.removeValue(forKey: Address(row: number, column: name))))
      }
      table.append(values)
    }
    guard reasons.isEmpty else {
      throw members["reasons"]!.problem("names a cell that is not in the table")
    }
    return table
  }

  // MARK: Verdicts

  private static func verdict(_ member: JSONMember) throws(Problem) -> Verdict {
    let members = try member.object([
      "name", "claim", "status", "statistic", "p_value", "p_value_adjusted", "expected", "estimate", "standard_error",
      "margin", "reason", "note",
    ])
    let word = try members["status"]!.text()
    guard let status = VerdictStatus(rawValue: word) else {
      throw members["status"]!.problem("must be pass, fail or undecided, and is '\(Prose.printable(word))'")
    }
    return Verdict(
      name: try members["name"]!.text(), claim: try members["claim"]!.text(), status: status,
      statistic: try members["statistic"]!.optionalReal(), pValue: try members["p_value"]!.optionalReal(),
      adjustedPValue: try members["p_value_adjusted"]!.optionalReal(),
      expected: try members["expected"]!.optionalReal(), estimate: try members["estimate"]!.optionalReal(),
      standardError: try members["standard_error"]!.optionalReal(), margin: try members["margin"]!.optionalReal(),
      reason: try members["reason"]!.text(), note: try members["note"]!.optionalText())
  }
}
