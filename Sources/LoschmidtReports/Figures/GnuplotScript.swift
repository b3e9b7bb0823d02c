import Foundation

/// A figure as a script for gnuplot, with its numbers inside: `gnuplot NAME.gp` draws `NAME.svg` and `NAME.png` again.
///
/// The colours are those of Okabe and Ito (2008), which people with any kind of colour vision tell apart; every series
/// also has a shape or a dash of its own.
public struct GnuplotScript {
  /// The whole script.
  public let text: String

  /// Colours by number: 0 is that of the text; then blue, vermilion, green, purple, orange and sky blue.
  static let palette = ["#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9"]
  private static let shapes = [4, 7, 5, 9, 13, 11, 6]
  private static let dashes = ["1", "1", "(14,3)", "(8,3,2,3)", "(4,3)", "(2,2)", "1"]

  /// The size of the SVG in pixels: small enough that its words can be read on a phone.
  static let size = (width: 520, height: 390)

  /// The script for a figure whose files have this name, without extension.
  public init(_ figure: Figure, stem: String) {
    let titleLines = Prose.wrapped(figure.title, width: 56)
    var lines = ["# \(Prose.printable(figure.title))", "# gnuplot \(stem).gp draws \(stem).svg and \(stem).png."]
    for (number, series) in figure.series.enumerated() { lines += Self.data(series, number, figure) }
    lines += Self.contours(figure)
    lines += Self.frame(figure, titleLines)
    lines += Self.axis(
      "x", figure.horizontal,
      figure.series.compactMap {
        $0.extent(horizontal: true, figure.horizontal.scale)
      })
    lines += Self.axis(
      "y", figure.vertical,
      figure.series.compactMap {
        $0.extent(horizontal: false, figure.vertical.scale)
      })
    let plots = figure.series.enumerated().flatMap { Self.plots($1, $0) }
    let (width, height) = Self.size
    lines += [
      "set terminal svg size \(width),\(height) dynamic enhanced font 'sans-serif,14'",
      "set output \(Self.quoted("\(stem).svg"))", "plot " + plots.joined(separator: ", \\\n  "),
      "png = strstrt(GPVAL_TERMINALS, 'pngcairo') > 0 ? 'pngcairo' : 'png'",
      "set terminal @png size \(2 * width),\(2 * height) enhanced font 'sans-serif,21' linewidth 2 pointscale 2",
      "set output \(Self.quoted("\(stem).png"))", "replot", "unset output",
    ]
    text = lines.joined(separator: "\n") + "\n"
  }

  /// A text in single quotation marks: gnuplot takes every character in them as it is.
  static func quoted(_ text: String) -> String {
    "'" + Prose.printable(text).replacing("'", with: "''") + "'"
  }

  // MARK: Numbers

  private static func data(_ series: Figure.Series, _ number: Int, _ figure: Figure) -> [String] {
    let isLogarithmic = figure.vertical.scale == .logarithmic
    var lines = ["$data\(number) << EOD"]
    var last: [Double]?
    for row in series.rows {
      switch series.mark {
      case .points:
        // A bar that reaches 0 has no lower end on a logarithmic axis: it is drawn far beyond the frame.
        let lower = row[1] - row[2]
        lines.append(line([row[0], row[1], isLogarithmic && lower <= 0 ? row[1] * 1e-9 : lower, row[1] + row[2]]))
      case .steps:
        if isLogarithmic, row[2] <= 0 { continue }
        if let last, last[1] != row[0] { lines.append("") }
        lines += [line([row[0], row[2]]), line([row[1], row[2]])]
      case .contours:
        if let last, last[1] != row[1] { lines.append("") }
        lines.append(line(row))
      default: lines.append(line(row))
      }
      last = row
    }
    return lines + ["EOD"]
  }

  private static func line(_ row: [Double]) -> String { row.map(NumberText.shortest).joined(separator: " ") }

  /// Level lines are made from their grid before the plot, so that they lie in the plane with all the rest.
  private static func contours(_ figure: Figure) -> [String] {
    figure.series.enumerated().flatMap { number, series -> [String] in
      guard case .contours(let levels) = series.mark else { return [] }
      return [
        "set contour base", "unset surface",
        "set cntrparam levels discrete \(levels.map(NumberText.shortest).joined(separator: ","))",
        "set table $level\(number)", "splot $data\(number) using 1:2:3", "unset table", "unset contour",
        "set surface",
      ]
    }
  }

  // MARK: Frame

  private static func frame(_ figure: Figure, _ title: [String]) -> [String] {
    // A title that begins at the left is a label, for which gnuplot leaves no room by itself.
    var lines = [
      "set encoding utf8", "set tmargin \(1 + 1.5 * Double(max(1, title.count)))", "set rmargin 3",
      "set key bmargin center horizontal noenhanced samplen 2 width 0 height 0.8", "set errorbars 0.5",
      "set grid lt 1 lc rgb '#BBBBBB' lw 0.5 dt 3",
      "set border lw 1", "set tics nomirror enhanced",
    ]
    if figure.series.allSatisfy({ $0.title == nil }) { lines.append("unset key") }
    for (number, text) in title.enumerated() {
      lines.append(
        "set label \(number + 1) \(quoted(text)) at screen 0.02, screen \(0.955 - 0.052 * Double(number)) left "
          + "noenhanced")
    }
    if figure.hasEqualUnits { lines.append("set size ratio -1") }
    return lines
  }

  private static func axis(_ letter: String, _ axis: Figure.Axis, _ extents: [ClosedRange<Double>]) -> [String] {
    var lines = ["set \(letter)label \(quoted(axis.label)) noenhanced" + (letter == "x" ? " offset 0,0.4" : "")]
    if axis.scale == .logarithmic {
      lines += ["set logscale \(letter)", "set format \(letter) '10^{%L}'"]
    } else if axis.categories.isEmpty {
      lines.append("set format \(letter) '%.4g'")
    } else {
      let tics = axis.categories.enumerated().map { "\(quoted($1.shortened)) \($0)" }
      // Words that do not fit side by side stand aslant.
      let isWide = axis.categories.map(\.shortened.count).reduce(0) { $0 + $1 + 2 } > 48
      lines.append(
        "set \(letter)tics noenhanced (\(tics.joined(separator: ", ")))" + (isWide ? " rotate by 35 right" : ""))
    }
    if let range = axis.range ?? padded(extents, axis.scale) {
      lines.append(
        "set \(letter)range [\(NumberText.shortest(range.lowerBound)):\(NumberText.shortest(range.upperBound))]")
      if axis.scale == .logarithmic, range.upperBound < 100 * range.lowerBound {
        // Powers of ten alone would be one number or none.
        let tics = shortTics(range).map { "\(quoted($0)) \($0)" }
        lines.append("set \(letter)tics (\(tics.joined(separator: ", ")))")
      }
    }
    return lines
  }

  /// 1, 2 and 5 times powers of ten in a range; three other numbers where it holds fewer than two of those.
  private static func shortTics(_ range: ClosedRange<Double>) -> [String] {
    let powers = Int(log10(range.lowerBound).rounded(.down))...Int(log10(range.upperBound).rounded(.up))
    let round = powers.flatMap { power in
      // Read from text, so that 5e-4 is 0.0005 and not a sum of roundings.
      [1, 2, 5].compactMap { Double("\($0)e\(power)") }
    }.filter(range.contains)
    if round.count >= 2 { return round.map { NumberText.rounded($0, digits: 1) } }
    let ratio = range.upperBound / range.lowerBound
    return [0.1, 0.5, 0.9].map { NumberText.rounded(range.lowerBound * pow(ratio, $0), digits: 3) }
  }

  /// The range of the data with a little room; a range of its own for data that are all equal.
  private static func padded(_ extents: [ClosedRange<Double>], _ scale: Figure.Axis.Scale) -> ClosedRange<Double>? {
    guard let lower = extents.map(\.lowerBound).min(), let upper = extents.map(\.upperBound).max() else { return nil }
    if scale == .logarithmic {
      let factor = max(1.2, pow(upper / lower, 0.05))
      let range = (max(lower / factor, .leastNormalMagnitude), min(upper * factor, .greatestFiniteMagnitude / 2))
      return range.0...range.1
    }
    let width = upper - lower
    // Differences that rounding alone makes are no range.
    let room = width > 1e-12 * max(abs(lower), abs(upper)) ? 0.05 * width : max(0.05 * abs(upper), 1e-12)
    return (lower - room)...(upper + room)
  }

  // MARK: Marks

  private static func plots(_ series: Figure.Series, _ number: Int) -> [String] {
    let colour = "lc rgb '\(palette[series.colour % palette.count])'"
    let shape = shapes[series.colour % shapes.count]
    let dash = dashes[series.colour % dashes.count]
    let title = series.title.map { "title \(quoted($0))" } ?? "notitle"
    let source = "$data\(number)"
    switch series.mark {
    case .points(let joined):
      let hasErrors = series.rows.contains { $0[2] > 0 }
      let points =
        hasErrors
        ? "\(source) using 1:2:3:4 with yerrorbars \(colour) pt \(shape) ps 0.7 lw 1.2 \(title)"
        : "\(source) using 1:2 with points \(colour) pt \(shape) ps 0.7 \(title)"
      return (joined ? ["\(source) using 1:2 with lines \(colour) lw 1.2 dt \(dash) notitle"] : []) + [points]
    case .line: return ["\(source) using 1:2 with lines \(colour) lw 1.8 dt \(dash) \(title)"]
    case .dashes: return ["\(source) using 1:2 with lines \(colour) lw 1.4 dt 2 \(title)"]
    case .band:
      return ["\(source) using 1:2:3 with filledcurves \(colour) fs transparent solid 0.22 noborder \(title)"]
    case .steps: return ["\(source) using 1:2 with lines \(colour) lw 1.8 dt \(dash) \(title)"]
    case .contours: return ["$level\(number) using 1:2 with lines \(colour) lw 1 dt \(dash) \(title)"]
    case .arrows:
      return ["\(source) using 1:2:3:4 with vectors head filled size screen 0.012,20 \(colour) lw 1.2 \(title)"]
    }
  }
}
