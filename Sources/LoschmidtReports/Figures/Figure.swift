/// A picture of a result: what is drawn, over which axes, in which order; how it looks is up to ``GnuplotScript``.
public struct Figure: Sendable, Equatable {
  /// One axis: what it measures and in which unit.
  public struct Axis: Sendable, Equatable {
    /// How numbers are laid out along the axis.
    public enum Scale: Sendable {
      /// Equal differences are equal distances.
      case linear
      /// Equal ratios are equal distances; what is not positive is not drawn.
      case logarithmic
    }

    /// What is measured.
    public var name: String
    /// The unit; `nil` for a pure number.
    public var unit: String?
    /// How numbers are laid out.
    public var scale: Scale
    /// The ends; `nil` for those of the data.
    public var range: ClosedRange<Double>?
    /// Words that stand at 0, 1, 2, … in place of numbers; empty on an axis of numbers.
    public var categories: [String]

    /// An axis of numbers.
    public init(_ name: String, unit: String?, scale: Scale = .linear, range: ClosedRange<Double>? = nil) {
      self.name = name
      self.unit = unit
      self.scale = scale
      self.range = range
      categories = []
    }

    /// An axis of words.
    public init(_ name: String, categories: [String]) {
      self.init(name, unit: nil)
      self.categories = categories
      range = -0.6...(Double(categories.count) - 0.4)
    }

    /// The words beside the axis: what is measured, with its unit in parentheses.
    public var label: String {
      categories.isEmpty ? "\(name) (\(unit.map(Prose.unit) ?? "pure number"))" : name
    }
  }

  /// What is drawn in one colour.
  public struct Series: Sendable, Equatable {
    /// How numbers become a drawing.
    ///
    /// Every row of the data has the columns named here.
    public enum Mark: Sendable, Equatable {
      /// `x, y, error`: points with bars of one standard error either way; joined by a line on request.
      case points(joined: Bool)
      /// `x, y`: a line.
      case line
      /// `x, y`: a dashed line, for what is expected rather than measured.
      case dashes
      /// `x, lower, upper`: the area between two lines.
      case band
      /// `lower, upper, y`: a histogram as steps; bins that touch have no gap between them.
      case steps
      /// `x, y, z` on a grid, x running faster: lines of equal z at these levels.
      case contours(levels: [Double])
      /// `x, y, dx, dy`: arrows from (x, y).
      case arrows
    }

    /// The words in the key; `nil` for none.
    public var title: String?
    /// How it is drawn.
    public var mark: Mark
    /// The number of the colour in the palette; 0 is that of the text.
    public var colour: Int
    /// The numbers, all finite.
    public var rows: [[Double]]

    /// A series.
    public init(_ title: String?, _ mark: Mark, colour: Int, rows: [[Double]]) {
      precondition(rows.allSatisfy { $0.count == mark.columns }, "the mark says how many columns a row has")
      self.title = title
      self.mark = mark
      self.colour = colour
      self.rows = rows.filter { $0.allSatisfy(\.isFinite) }
    }
  }

  /// The name, unique in its experiment: a part of the names of files.
  public var name: String
  /// A short title.
  public var title: String
  /// What can be seen, in full sentences; it also stands for the picture where that cannot be seen.
  public var caption: String
  /// The axis from left to right.
  public var horizontal: Axis
  /// The axis from bottom to top.
  public var vertical: Axis
  /// What is drawn, the lowest first.
  public var series: [Series]
  /// Whether a unit is as long along both axes.
  public var hasEqualUnits: Bool

  /// A figure; `nil` where there is nothing to draw.
  public init?(
    _ name: String, title: String, caption: String, horizontal: Axis, vertical: Axis, series: [Series],
    hasEqualUnits: Bool = false
  ) {
    self.series = series.filter { !$0.rows.isEmpty }
    if self.series.isEmpty { return nil }
    self.name = name
    self.title = title
    self.caption = caption
    self.horizontal = horizontal
    self.vertical = vertical
    self.hasEqualUnits = hasEqualUnits
  }

  /// The name of the files of a figure without extension: `<experiment index>-<kind>-<name>`.
  public static func stem(_ name: String, experiment index: Int, kind: String) -> String {
    ResultFolder.File.stem(name, experiment: index, kind: kind)
  }
}

extension Figure {
  /// The largest magnitude that is drawn: programs that draw multiply such numbers.
  static let largestNumber = 1e150
  /// The smallest positive number on a logarithmic axis.
  static let smallestNumber = 1e-300

  /// Why the figure cannot be drawn, as a clause; `nil` where it can.
  var obstacle: String? {
    var numbers = series.flatMap { one -> [Double] in
      let (x, y) = (one.extent(horizontal: true, horizontal.scale), one.extent(horizontal: false, vertical.scale))
      return [x, y].compactMap { $0 }.flatMap { [$0.lowerBound, $0.upperBound] }
        + one.rows.lazy.joined().filter { !(abs($0) <= Self.largestNumber) }.prefix(1)
    }
    numbers += [horizontal.range, vertical.range].compactMap { $0 }.flatMap { [$0.lowerBound, $0.upperBound] }
    if let far = numbers.first(where: { !(abs($0) <= Self.largestNumber) }) {
      let text = far.isFinite ? NumberText.rounded(far, digits: 3) : "beyond the range of numbers"
      return "its numbers reach \(text), and up to \(NumberText.rounded(Self.largestNumber)) can be drawn"
    }
    let logarithmic = series.flatMap { one in
      [(true, horizontal.scale), (false, vertical.scale)].compactMap { isHorizontal, scale in
        scale == .logarithmic ? one.extent(horizontal: isHorizontal, scale)?.lowerBound : nil
      }
    }
    if let least = logarithmic.min(), least < Self.smallestNumber {
      return "its numbers go down to \(NumberText.rounded(least, digits: 3)), and a logarithmic axis ends at "
        + NumberText.rounded(Self.smallestNumber)
    }
    return nil
  }
}

extension Figure.Series.Mark {
  /// How many numbers a row has.
  var columns: Int {
    switch self {
    case .line, .dashes: 2
    case .points, .band, .steps, .contours: 3
    case .arrows: 4
    }
  }
}

extension Figure.Series {
  /// The least and the greatest value along an axis, error bars included where the axis is linear; `nil` without any.
  func extent(horizontal: Bool, _ scale: Figure.Axis.Scale) -> ClosedRange<Double>? {
    var values: [Double] = []
    for row in rows {
      switch (mark, horizontal) {
      case (.points, false):
        values += scale == .linear ? [row[1] - row[2], row[1] + row[2]] : [row[1]]
      case (.band, false): values += [row[1], row[2]]
      case (.steps, true): values += [row[0], row[1]]
      case (.steps, false): values += scale == .linear ? [0, row[2]] : [row[2]]
      case (.arrows, true): values += [row[0], row[0] + row[2]]
      case (.arrows, false): values += [row[1], row[1] + row[3]]
      case (_, true): values.append(row[0])
      case (_, false): values.append(row[1])
      }
    }
    if scale == .logarithmic { values.removeAll { $0 <= 0 } }
    guard let least = values.min(), let greatest = values.max() else { return nil }
    return least...greatest
  }
}
