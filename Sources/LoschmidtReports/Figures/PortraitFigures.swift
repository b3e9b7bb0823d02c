/// The landscape of two parameters: level lines, the force, and paths: tables `portrait` and `portrait-paths`.
enum PortraitFigures {
  static func figures(_ experiment: ExperimentResult) -> [Figure] {
    guard let table = experiment.table("portrait"), table.columns.count >= 6 else { return [] }
    // The first two columns are named after the coordinates.
    let names = table.columns.prefix(2).map(\.name)
    let grid = Grid(table)
    let arrows = grid.arrows
    let levels = Self.levels(of: grid.loss)
    var series: [Figure.Series] = [
      Self.levels("l", grid.loss, at: levels, colour: 6), Self.levels("l + φ", grid.effective, at: levels, colour: 2),
      .init("force", .arrows, colour: 0, rows: arrows),
    ]
    if let paths = experiment.table("portrait-paths") { series += self.paths(paths) }
    let effective =
      grid.effective.isEmpty ? "" : " and of l + φ, the loss that the steps really descend, at the same levels"
    let figure = Figure(
      "portrait", title: "Landscape, forces and paths",
      caption:
        "Level lines of the loss l\(effective); arrows along the mean force, their length growing with its size; and a "
        + "few paths of the process from its start.",
      horizontal: .init(names[0].shortened, unit: "θ", range: grid.horizontal),
      vertical: .init(names[1].shortened, unit: "θ", range: grid.vertical), series: series)
    return figure.map { [$0] } ?? []
  }

  private static func levels(_ name: String, _ rows: [[Double]], at levels: [Double], colour: Int) -> Figure.Series {
    Figure.Series(name, .contours(levels: levels), colour: colour, rows: levels.isEmpty ? [] : rows)
  }

  /// Quantiles: level lines that are spread evenly over the picture, whatever the loss grows like.
  private static func levels(of rows: [[Double]]) -> [Double] {
    let sorted = rows.map { $0[2] }.sorted()
    guard let least = sorted.first, let greatest = sorted.last else { return [] }
    let wanted = (1...9).map { sorted[$0 * (sorted.count - 1) / 10] }
    return Set(wanted).sorted().filter { $0 > least && $0 < greatest }
  }

  private static func paths(_ table: Table) -> [Figure.Series] {
    let numbers = table.words("path")
    let values = (0..<table.columns.count).map { place in table.rows.map { $0[place].number } }
    return numbers.distinct.prefix(4).enumerated().map { index, number in
      let rows = table.rows.indices.compactMap { row -> [Double]? in
        guard numbers[row] == number, let x = values[2][row], let y = values[3][row] else { return nil }
        return [x, y]
      }
      return Figure.Series(index == 0 ? "paths" : nil, .line, colour: 1, rows: rows)
    }
  }
}

/// The table `portrait`: coordinates, loss, effective loss and the two components of the force on a grid.
private struct Grid {
  private var rows: [[Double]] = []

  init(_ table: Table) {
    rows = table.rows.map { row in row.prefix(6).map { $0.number ?? .nan } }
  }

  var loss: [[Double]] { level(2) }
  var effective: [[Double]] { level(3) }

  /// Values on the grid; none where one is missing, since level lines need the whole grid.
  private func level(_ column: Int) -> [[Double]] {
    let values = rows.map { [$0[0], $0[1], $0[column]] }
    return values.allSatisfy { $0[2].isFinite } ? values : []
  }

  var horizontal: ClosedRange<Double>? { extent(0) }
  var vertical: ClosedRange<Double>? { extent(1) }

  private func extent(_ column: Int) -> ClosedRange<Double>? {
    guard let least = rows.map({ $0[column] }).min(), let greatest = rows.map({ $0[column] }).max(), least < greatest
    else { return nil }
    return least...greatest
  }

  /// Every third point of the grid either way; the longest arrow is as long as two cells, the others go by a root.
  var arrows: [[Double]] {
    guard let horizontal, let vertical else { return [] }
    let (xs, ys) = (Set(rows.map { $0[0] }).sorted(), Set(rows.map { $0[1] }).sorted())
    let (chosenX, chosenY) = (Set(everyThird(xs)), Set(everyThird(ys)))
    let widths = (horizontal.upperBound - horizontal.lowerBound, vertical.upperBound - vertical.lowerBound)
    let chosen = rows.filter { chosenX.contains($0[0]) && chosenY.contains($0[1]) && ($0[4] + $0[5]).isFinite }
    func size(_ row: [Double]) -> Double {
      let (x, y) = (row[4] / widths.0, row[5] / widths.1)
      return (x * x + y * y).squareRoot()
    }
    guard let largest = chosen.map(size).max(), largest > 0 else { return [] }
    let length = 2.4 / Double(max(xs.count, ys.count))
    return chosen.compactMap { row in
      let size = size(row)
      // The root keeps small forces visible; the direction is that in the picture.
      let scale = size > 0 ? length * (size / largest).squareRoot() / size : 0
      return scale > 0 ? [row[0], row[1], row[4] * scale, row[5] * scale] : nil
    }
  }

  private func everyThird(_ values: [Double]) -> [Double] {
    stride(from: 1, to: values.count, by: 3).map { values[$0] }
  }
}
