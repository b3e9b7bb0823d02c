import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@testable import LoschmidtReports

@Suite struct GnuplotTests {
  /// A script in place of gnuplot.
  ///
  /// Another process puts it into place: a program cannot be run while it is open for writing, and a child that another test
  /// starts just then would inherit an open file of this process.
  private func pretender(_ shell: String, timeLimit: Double = 30, _ body: (Gnuplot) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("loschmidt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("gnuplot").path
    try "#!/bin/sh\n\(shell)\n".write(toFile: path + ".text", atomically: false, encoding: .utf8)
    let copy = try Process.run(
      URL(fileURLWithPath: "/bin/sh"), arguments: ["-c", "cp \"$0.text\" \"$0\" && chmod 755 \"$0\"", path])
    copy.waitUntilExit()
    #expect(copy.terminationStatus == 0)
    #expect(Gnuplot.installed(["PATH": "/nowhere:\(folder.path)"])?.path == path)
    try body(Gnuplot(path: path, timeLimit: timeLimit))
  }

  @Test func nothingInThePathIsNothing() {
    #expect(Gnuplot.installed(["PATH": "/nowhere"]) == nil)
    #expect(Gnuplot.installed([:]) == nil)
  }

  /// A name that ends a section of XML stands in the picture as text.
  @Test func namesDoNotBreakThePicture() throws {
    #expect(Gnuplot.wellFormed("<text>]]>&lt;!--</text>") == "<text>]]&gt;&lt;!--</text>")
    guard let gnuplot = Gnuplot.installed() else { return }
    let script = "set terminal svg\nset output 'f.svg'\nplot x title ']]><!--&'\nunset output\n"
    let svg = try #require(gnuplot.draw(script, stem: "f").svg)
    #expect(XMLParser(data: Data(svg.utf8)).parse())
  }

  @Test func anErrorIsAComplaint() throws {
    try pretender("echo 'line 3: undefined variable' >&2; exit 3") { gnuplot in
      let drawing = gnuplot.draw("plot x", stem: "f")
      #expect(drawing.svg == nil && drawing.png == nil)
      #expect(drawing.complaint == "it ended with status 3: line 3: undefined variable")
    }
  }

  @Test func aProgramThatHangsIsEnded() throws {
    // It ignores the polite signal.
    try pretender("trap '' TERM; while :; do :; done", timeLimit: 0.3) { gnuplot in
      #expect(gnuplot.draw("", stem: "f").complaint == "it took more than 0.3 seconds and was ended")
    }
  }

  @Test func halfAPictureIsNone() throws {
    try pretender("echo '<svg>' > f.svg") { gnuplot in
      #expect(gnuplot.draw("", stem: "f") == .init(svg: nil, png: nil, complaint: "it wrote no picture"))
    }
  }

  @Test func aProgramThatCannotRunIsAComplaint() {
    #expect(Gnuplot(path: "/nowhere/gnuplot").draw("", stem: "f").complaint?.hasPrefix("it cannot be run") == true)
  }

  @Test(.enabled(if: Gnuplot.installed() != nil, "gnuplot is not installed"))
  func drawsEveryMark() throws {
    let gnuplot = try #require(Gnuplot.installed())
    var grid: [[Double]] = []
    for y in 0..<5 {
      for x in 0..<5 { grid.append([Double(x), Double(y), Double(x * x + y)]) }
    }
    let figure = Figure(
      "f", title: "It's <all> & \"more\" {a_b} @x", caption: "c", horizontal: .init("x_1 ^2", unit: "θ"),
      vertical: .init("y", unit: "θ"),
      series: everyMark(grid))
    let drawing = gnuplot.draw(GnuplotScript(try #require(figure), stem: "f").text, stem: "f")
    #expect(drawing.complaint == nil)
    #expect(drawing.png?.prefix(4) == [0x89, 0x50, 0x4e, 0x47])
    let svg = try #require(drawing.svg)
    let outline = try #require(XMLOutline(svg))
    #expect(outline.text.contains("It's <all> & \"more\" {a_b} @x"))
    #expect(outline.text.contains("x_1 ^2 (θ)"))
  }

  private func everyMark(_ grid: [[Double]]) -> [Figure.Series] {
    [
      .init("band", .band, colour: 6, rows: [[0, 1, 2], [4, 2, 3]]),
      .init("points", .points(joined: true), colour: 1, rows: [[0, 1, 0.5], [1, 2, 0.5]]),
      .init("exact", .points(joined: false), colour: 2, rows: [[0, 1, 0]]),
      .init("line", .line, colour: 3, rows: [[0, 0], [4, 4]]),
      .init("dashes", .dashes, colour: 0, rows: [[0, 4], [4, 0]]),
      .init("steps", .steps, colour: 4, rows: [[0, 1, 1], [1, 2, 3]]),
      .init("l", .contours(levels: [2, 6]), colour: 5, rows: grid),
      .init("force", .arrows, colour: 0, rows: [[1, 1, 1, 0.5]]),
    ]
  }
}
