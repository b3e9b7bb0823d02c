/// Why cells of a table are empty: each reason once, with the columns that it stands in.
struct MissingCells: Equatable {
  /// The reason.
  let reason: String
  /// The names of the columns, in the order in which they are met.
  private(set) var columns: [String]
  /// How many cells it explains.
  private(set) var count = 0

  /// The sentence below a table.
  var note: String { "– \(columns.joined(separator: ", ")): \(reason)" }

  /// The reasons of some rows of a table, in the order in which they are met.
  static func reasons(_ rows: [[Cell]], of table: Table) -> [MissingCells] {
    var places: [String: Int] = [:]
    var found: [MissingCells] = []
    for row in rows {
      for (column, cell) in zip(table.columns, row) {
        guard case .missing(let reason) = cell else { continue }
        let place = places[reason] ?? found.count
        if place == found.count { found.append(MissingCells(reason: reason, columns: [])) }
        places[reason] = place
        found[place].count += 1
        if !found[place].columns.contains(column.name) { found[place].columns.append(column.name) }
      }
    }
    return found
  }
}
