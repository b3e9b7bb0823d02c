import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// Reads columns that stand in the scenario: lists of numbers, or of equally long lists of numbers.
  mutating func inlineData(_ entries: [ScenarioNode.Entry]) -> DataReading {
    var columns: [(column: SampleTable.Column, origin: Origin)] = []
    for entry in entries {
      let named = declare(entry.key, as: "column", at: entry.origin)
      if let column = inlineColumn(entry), named { columns.append((column, entry.origin)) }
    }
    return table(columns, names: entries.map(\.key))
  }

  private mutating func inlineColumn(_ entry: ScenarioNode.Entry) -> SampleTable.Column? {
    guard let items = entry.value.list else {
      error(
        "the column '\(entry.key)' must be a list of numbers, or of lists of numbers, got \(entry.value.shown)",
        at: entry.value.origin)
      return nil
    }
    guard let first = items.first else {
      error("the column '\(entry.key)' is empty; at least one sample is needed", at: entry.value.origin)
      return nil
    }
    guard let width = first.list?.count else { return scalarColumn(entry.key, items) }
    if width == 0 {
      error("sample 0 of the column '\(entry.key)' is an empty list; at least one number is needed", at: first.origin)
      return nil
    }
    return vectorColumn(entry.key, items, width: width)
  }

  private mutating func scalarColumn(_ name: String, _ items: [ScenarioNode]) -> SampleTable.Column? {
    var values: [Double] = []
    values.reserveCapacity(items.count)
    for (k, item) in items.enumerated() {
      if let text = item.text, case .number(let value) = NumberLiteral(text) {
        values.append(value)
      } else {
        _ = number(item, "sample \(k) of '\(name)'")
      }
    }
    return values.count == items.count ? SampleTable.Column(name: name, values: values) : nil
  }

  private mutating func vectorColumn(_ name: String, _ items: [ScenarioNode], width: Int) -> SampleTable.Column? {
    var values: [Double] = []
    values.reserveCapacity(items.count * width)
    for (k, item) in items.enumerated() {
      guard let row = item.list, row.count == width else {
        error(
          "sample \(k) of '\(name)' must be a list of \(width) numbers like the first, got \(item.shown)",
          at: item.origin)
        continue
      }
      for number in row {
        if let value = self.number(number, "sample \(k) of '\(name)'") { values.append(value) }
      }
    }
    guard values.count == items.count * width else { return nil }
    return SampleTable.Column(name: name, shape: .vector(width), values: values)
  }
}
