import Foundation
import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// Reads `csv: FILE` and the vector columns beside it, `x: {columns: [x1, x2]}`.
  ///
  /// Every column of the file is a scalar column under its header; only those that the loss names are kept.
  mutating func tableData(
    _ csv: ScenarioNode.Entry, _ others: [ScenarioNode.Entry], lossNames: [String]?
  ) -> DataReading {
    let before = problems.errorCount
    let dialect = self.dialect(others)
    let columnEntries = others.filter { !Self.isDialect($0) }
    let vectors = columnEntries.compactMap { vector($0) }
    let whole = vectors.count == columnEntries.count && problems.errorCount == before
    guard let file = text(csv.value, "csv") else { return DataReading(samples: nil, columnNames: nil) }
    let parts = Set(vectors.flatMap(\.columns))
    let vectorNames = Set(vectors.map(\.name))
    let path = file.hasPrefix("/") || folder.isEmpty ? file : folder + "/" + file
    if !FileManager.default.fileExists(atPath: path) {
      error(
        "the file of 'csv' does not exist, got \(file.shown), which is looked for next to the scenario",
        at: csv.value.origin)
      return DataReading(samples: nil, columnNames: nil)
    }
    let scalars = Set(lossNames ?? []).subtracting(vectorNames)
    let wanted = parts.union(scalars.filter { !isKnown($0) })
    let table = CSVTable(path: path, dialect: dialect, wanted: wanted) { name in
      parts.contains(name) || scalars.contains(name)
    }
    let names = table.header.filter(Self.isName) + vectorNames
    context.headers = table.header
    if file.hasPrefix("/") || file.split(separator: "/").contains("..") { context.outsideFile = file }
    table.problems.forEach { problems.add($0) }
    guard table.problems.isEmpty else {
      return DataReading(samples: nil, columnNames: table.isUnreadable || table.header.isEmpty ? nil : names)
    }
    var columns = vectors.compactMap { vectorColumn($0, table) }
    let good = whole && columns.count == vectors.count
    for name in table.header where !vectorNames.contains(name) {
      if let column = scalarColumn(name, table, lossNames, csv) { columns.append((column, csv.origin)) }
    }
    let samples = SampleTable(count: table.count, columns: columns.map(\.column))
    return DataReading(samples: good ? samples : nil, columnNames: names)
  }

  /// Whether a name of the loss has a meaning without the file.
  private func isKnown(_ name: String) -> Bool {
    context.kind(of: name) != nil || Expression.reservedNames.contains(name)
  }

  /// Whether an entry beside `csv` says how the file is written; a map under the same key is a vector column.
  private static func isDialect(_ entry: ScenarioNode.Entry) -> Bool {
    (entry.key == "separator" || entry.key == "decimal") && entry.value.map == nil
  }

  /// Reads `separator` and `decimal`.
  private mutating func dialect(_ entries: [ScenarioNode.Entry]) -> CSVDialect {
    var dialect = CSVDialect.usual
    for entry in entries where Self.isDialect(entry) {
      let text = entry.value.text ?? ""
      if entry.key == "separator" {
        if let separator = CSVDialect.separator(text) { dialect.separator = separator; continue }
        error(
          "'separator' must be one character, such as \";\", or 'tab' or 'whitespace', got \(entry.value.shown)",
          at: entry.value.origin)
      } else if text == "." || text == "," {
        dialect.decimal = text.utf8.first!
      } else {
        error("'decimal' must be \".\" or \",\", got \(entry.value.shown)", at: entry.value.origin)
      }
    }
    return dialect
  }

  /// A column of vectors, as the scenario asks for it.
  private struct VectorRequest {
    var name: String
    var origin: Origin
    var columns: [String]
    var items: [ScenarioNode]
  }

  private mutating func vector(_ entry: ScenarioNode.Entry) -> VectorRequest? {
    guard entry.value.map != nil else {
      error(
        "beside 'csv' a column must be written '\(entry.key): {columns: [name, …]}', got \(entry.value.shown)",
        at: entry.value.origin)
      return nil
    }
    let named = declare(entry.key, as: "column", at: entry.origin)
    guard var reader = map(entry.value, name: entry.key, origin: entry.origin) else { return nil }
    let list = reader.required("columns")
    reader.finish(&problems)
    guard let list else { return nil }
    guard let items = list.value.list, !items.isEmpty else {
      error("'columns' must be a list of headers, got \(list.value.shown)", at: list.value.origin)
      return nil
    }
    let names = items.compactMap { text($0, "columns") }
    guard named, names.count == items.count else { return nil }
    return VectorRequest(name: entry.key, origin: entry.origin, columns: names, items: items)
  }

  private mutating func vectorColumn(
    _ request: VectorRequest, _ table: CSVTable
  ) -> (column: SampleTable.Column, origin: Origin)? {
    var parts: [[Double]] = []
    for (name, item) in zip(request.columns, request.items) {
      guard let values = table.columns[name] else {
        let advice =
          nearestName(to: name, among: table.header).map { "did you mean '\($0)'?" }
          ?? Self.headerList(table.header)
        error("the file has no column \(name.shown); \(advice)", at: item.origin)
        continue
      }
      parts.append(values)
    }
    guard parts.count == request.columns.count else { return nil }
    var values: [Double] = []
    values.reserveCapacity(table.count * parts.count)
    for k in 0..<table.count {
      for part in parts { values.append(part[k]) }
    }
    return (SampleTable.Column(name: request.name, shape: .vector(parts.count), values: values), request.origin)
  }

  /// The headers as they stand, in quotes.
  static func headerList(_ header: [String]) -> String {
    let shown = header.prefix(20).map { $0.isEmpty ? "one without a name" : $0.shown }
    return "the headers are \(shown.joined(separator: ", "))\(header.count > 20 ? ", …" : "")"
  }

  private mutating func scalarColumn(
    _ name: String, _ table: CSVTable, _ lossNames: [String]?, _ csv: ScenarioNode.Entry
  ) -> SampleTable.Column? {
    guard lossNames?.contains(name) ?? false else { return nil }
    guard declare(name, as: "column", at: csv.value.origin), let values = table.columns[name] else { return nil }
    return SampleTable.Column(name: name, values: values)
  }
}
