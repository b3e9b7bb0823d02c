/// Figures that belong together, laid out as a table: `limit.TA[0]`, `slope.TA[0]`, `limit.ST[0]`, … become one row for each
/// member (`TA[0]`, `ST[0]`) and one column for each family (`limit`, `slope`).
struct FigureFamilies {
  /// One row a member; `nil` where no two families have the same members.
  let table: Table?
  /// The figures outside the table, in their order.
  let rest: [(name: String, value: FigureValue)]

  /// Finds the families with the same two or more members; those of the largest such group go into the table.
  init(_ figures: [(name: String, value: FigureValue)]) {
    // An estimate without an error says why below its line, for which a table has no room.
    let explained = Set(
      figures.filter { $0.value.value != nil && $0.value.reason != nil }.compactMap { Self.parts($0.name)?.family })
    var families: [String] = []
    var members: [String: [String]] = [:]
    for (name, _) in figures {
      guard let (family, member) = Self.parts(name), !explained.contains(family) else { continue }
      if members[family] == nil { families.append(family) }
      members[family, default: []].append(member)
    }
    let groups = Dictionary(grouping: families) { members[$0] ?? [] }
    let shared = groups.filter { $0.key.count >= 2 && $0.value.count >= 2 }.keys.max { a, b in
      a.count < b.count || (a.count == b.count && a.joined() > b.joined())
    }
    guard let shared else {
      table = nil
      rest = figures
      return
    }
    let columns = families.filter { members[$0] == shared }
    let values = Dictionary(figures.map { ($0.name, $0.value) }) { first, _ in first }
    var table = Table(columns: [Table.Column("")] + columns.map { Table.Column($0) })
    for member in shared {
      table.append([.text(member)] + columns.map { Self.cell(values["\($0).\(member)"]) })
    }
    self.table = table
    rest = figures.filter { figure in !columns.contains { Self.parts(figure.name)?.family == $0 } }
  }

  private static func parts(_ name: String) -> (family: String, member: String)? {
    guard let point = name.firstIndex(of: "."), point != name.startIndex else { return nil }
    return (String(name[..<point]), String(name[name.index(after: point)...]))
  }

  private static func cell(_ figure: FigureValue?) -> Cell {
    guard let value = figure?.value else { return .missing(reason: figure?.reason ?? "not computed") }
    return figure?.standardError.map { .text(NumberText.estimate(value, standardError: $0)) } ?? .real(value)
  }
}
