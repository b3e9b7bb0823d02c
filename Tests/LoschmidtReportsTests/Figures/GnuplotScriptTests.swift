import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct GnuplotScriptTests {
  private func script(_ figure: Figure?, stem: String = "0-x-f") throws -> [String] {
    GnuplotScript(try #require(figure), stem: stem).text.split(separator: "\n").map(String.init)
  }

  @Test func numbersLabelsAndBothPictures() throws {
    let figure = Figure(
      "f", title: "A title", caption: "c", horizontal: .init("η", unit: "time", scale: .logarithmic),
      vertical: .init("rate", unit: "nats"),
      series: [
        .init("measured", .points(joined: true), colour: 1, rows: [[0.1, 2, 0.5], [0.01, 3, 0.25]]),
        .init("±2 s.e.", .band, colour: 6, rows: [[0.1, 1, 3], [0.01, 2.5, 3.5]]),
      ])
    let lines = try script(figure)
    #expect(lines.contains("0.1 2 1.5 2.5"))
    #expect(lines.contains("set xlabel 'η (time)' noenhanced offset 0,0.4"))
    #expect(lines.contains("set ylabel 'rate (nats)' noenhanced"))
    #expect(lines.contains("set logscale x"))
    #expect(lines.contains("set output '0-x-f.svg'"))
    #expect(lines.contains("set output '0-x-f.png'"))
    #expect(lines.contains { $0.hasPrefix("set label 1 'A title' at screen") })
  }

  /// What a scenario says stays inside its quotation marks: nothing of it is a command.
  @Test func hostileWordsStayWords() throws {
    let hostile = "it's'; system('touch x') #`date`\nplot @x"
    let figure = Figure(
      "f", title: hostile, caption: "c", horizontal: .init(hostile, unit: hostile),
      vertical: .init("model", categories: [hostile]),
      series: [.init(hostile, .line, colour: 1, rows: [[0, 0], [1, 1]])])
    for line in try script(figure) where line.contains("system(") && !line.hasPrefix("#") {
      // Outside of pairs of quotation marks there is nothing of it.
      let outside = line.split(separator: "'", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 0 }.map { String($0.element) }.joined()
      #expect(!outside.contains("system("), "\(line)")
      #expect(!outside.contains("`"), "\(line)")
    }
    #expect(GnuplotScript.quoted("a'b\nc") == "'a''b c'")
  }

  @Test func binsThatTouchHaveNoGap() throws {
    let figure = Figure(
      "f", title: "t", caption: "c", horizontal: .init("R", unit: "nats"),
      vertical: .init("density", unit: "1/nats", scale: .logarithmic),
      series: [.init("forward", .steps, colour: 1, rows: [[0, 1, 0.5], [1, 2, 0.25], [2, 3, 0], [3, 4, 0.125]])])
    let lines = GnuplotScript(try #require(figure), stem: "s").text
    // An empty bin breaks the line on a logarithmic axis, where 0 has no place.
    #expect(lines.contains("EOD\n0 0.5\n1 0.5\n1 0.25\n2 0.25\n\n3 0.125\n4 0.125\nEOD"))
  }

  @Test func levelLinesAreMadeBeforeThePlot() throws {
    let grid = [[0.0, 0, 1], [1, 0, 2], [0, 1, 3], [1, 1, 4]]
    let figure = Figure(
      "f", title: "t", caption: "c", horizontal: .init("x", unit: "θ"), vertical: .init("y", unit: "θ"),
      series: [.init("l", .contours(levels: [1.5, 2.5]), colour: 1, rows: grid)])
    let text = GnuplotScript(try #require(figure), stem: "s").text
    #expect(text.contains("1 0 2\n\n0 1 3\n"))
    #expect(text.contains("set cntrparam levels discrete 1.5,2.5"))
    let table = try #require(text.range(of: "set table $level0"))
    let plot = try #require(text.range(of: "\nplot $level0"))
    #expect(table.lowerBound < plot.lowerBound)
  }

  @Test func aShortLogarithmicAxisHasNumbers() throws {
    let axis = Figure.Axis("η", unit: "time", scale: .logarithmic, range: 0.0004...0.006)
    let figure = Figure(
      "f", title: "t", caption: "c", horizontal: axis, vertical: .init("y", unit: "1"),
      series: [.init("s", .line, colour: 1, rows: [[0.001, 0], [0.002, 0]])])
    #expect(
      try script(figure).contains("set xtics ('0.0005' 0.0005, '0.001' 0.001, '0.002' 0.002, '0.005' 0.005)"))
  }

  @Test func equalDataHaveARange() throws {
    let figure = Figure(
      "f", title: "t", caption: "c", horizontal: .init("x", unit: "1"), vertical: .init("y", unit: "1"),
      series: [.init("s", .line, colour: 1, rows: [[1, 0], [2, 0]])])
    let line = try #require(try script(figure).first { $0.hasPrefix("set yrange") })
    #expect(line == "set yrange [-1e-12:1e-12]")
  }
}
