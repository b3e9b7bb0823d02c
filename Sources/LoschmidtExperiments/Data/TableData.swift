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
    let vectors = others.compactMap { vector($0) }
    let whole = vectors.count == others.count
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
    let table = CSVTable(path: path) { name in
      parts.contains(name) || (!vectorNames.contains(name) && (lossNames?.contains(name) ?? false))
    }
    let names = table.header.filter(Self.isName) + vectorNames
    table.problems.forEach { problems.add($0) }
    guard table.problems.isEmpty else {
      return DataReading(samples: nil, columnNames: table.header.isEmpty ? nil : names)
    }
    var columns = vectors.compactMap { vectorColumn($0, table) }
    let good = whole && columns.count == vectors.count
    for name in table.header where !vectorNames.contains(name) {
      if let column = scalarColumn(name, table, lossNames, csv) { columns.append((column, csv.origin)) }
    }
    let samples = SampleTable(count: table.count, columns: columns.map(\.column))
    return DataReading(samples: good ? samples : nil, columnNames: names)
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
          ?? "the headers are \(table.header.prefix(20).joined(separator: ", "))\(table.header.count > 20 ? ", …" : "")"
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

  private mutating func scalarColumn(
    _ name: String, _ table: CSVTable, _ lossNames: [String]?, _ csv: ScenarioNode.Entry
  ) -> SampleTable.Column? {
    guard lossNames?.contains(name) ?? false else { return nil }
    guard declare(name, as: "column", at: csv.value.origin), let values = table.columns[name] else { return nil }
    return SampleTable.Column(name: name, values: values)
  }
}
