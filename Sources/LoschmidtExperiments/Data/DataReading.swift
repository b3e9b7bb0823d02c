import LoschmidtDynamics
import LoschmidtNumerics

/// What could be read of the data of a process.
struct DataReading {
  /// The samples, `nil` after an error.
  var samples: SampleTable?
  /// The names of the columns, `nil` where not even those are known.
  var columnNames: [String]?

  /// No data: one sample without columns.
  static let none = DataReading(samples: SampleTable.none, columnNames: [])
}

extension ScenarioDecoder {
  /// At most so many generated numbers; larger data belong into a CSV file.
  static let dataLimit = 10_000_000

  /// Reads `data`: columns in the scenario, a CSV file, or generated columns.
  ///
  /// `lossNames` are the names in the loss, `nil` where it could not be read; of a CSV only those columns are kept.
  mutating func data(_ entry: ScenarioNode.Entry, lossNames: [String]?) -> DataReading {
    guard let entries = entry.value.map, !entries.isEmpty else {
      error(
        "'data' must be a map: columns, 'csv' with a file, or 'generate', got \(entry.value.shown)",
        at: entry.value.origin)
      return DataReading(samples: nil, columnNames: nil)
    }
    if let csv = entries.first(where: { $0.key == "csv" }) {
      return tableData(csv, entries.filter { $0.key != "csv" }, lossNames: lossNames)
    }
    if let generate = entries.first(where: { $0.key == "generate" }) {
      for other in entries where other.key != "generate" {
        error(
          "\(other.key.shown) stands beside 'generate'; move it into 'generate', which makes all columns",
          at: other.origin)
      }
      return generatedData(generate)
    }
    return inlineData(entries)
  }

  /// Puts columns of equal length together; other lengths are reported.
  mutating func table(_ columns: [(column: SampleTable.Column, origin: Origin)], names: [String]) -> DataReading {
    guard let first = columns.first else { return DataReading(samples: nil, columnNames: names) }
    let count = first.column.values.count / first.column.shape.count
    var good = columns.count == names.count
    for (column, origin) in columns {
      let own = column.values.count / column.shape.count
      if own != count {
        error(
          "the columns must be equally long, got \(own) samples in '\(column.name)' and \(count) in "
            + "'\(first.column.name)'", at: origin)
        good = false
      }
    }
    return DataReading(
      samples: good ? SampleTable(count: count, columns: columns.map(\.column)) : nil, columnNames: names)
  }
}
