// What the pictures of a result read from its tables.

extension ExperimentResult {
  /// The table of this name.
  func table(_ name: String) -> Table? { tables.first { $0.name == name }?.table }

  /// The value of the figure of this name; `nil` where it has none.
  func number(_ name: String) -> FigureValue? {
    figures.first { $0.name == name && $0.value.value != nil }?.value
  }
}

extension Table {
  /// The place of a column; `nil` where there is none of this name.
  func place(of column: String) -> Int? { columns.firstIndex { $0.name == column } }

  /// The numbers of a column, `nil` for cells without one; of a column that is not there, none at all.
  func reals(_ column: String) -> [Double?] {
    guard let place = place(of: column) else { return rows.map { _ in nil } }
    return rows.map { $0[place].number }
  }

  /// The words of a column; whole numbers are words too.
  func words(_ column: String) -> [String] {
    guard let place = place(of: column) else { return rows.map { _ in "" } }
    return rows.map { row in
      switch row[place] {
      case .text(let text): text
      case .integer(let value): String(value)
      case .real(let value): NumberText.shortest(value)
      case .missing: ""
      }
    }
  }

  /// The unit of a column.
  func unit(of column: String) -> String? { place(of: column).flatMap { columns[$0].unit } }
}

extension Cell {
  /// The number, where there is one.
  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .real(let value): value
    case .text, .missing: nil
    }
  }
}

extension Sequence where Element == String {
  /// Each word once, in the order of its first appearance.
  var distinct: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}

extension String {
  /// The name of something of the user's, shortened to what a key or an axis can hold.
  var shortened: String { count > 24 ? prefix(23) + "…" : self }
}
