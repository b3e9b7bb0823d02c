import Foundation

/// The program gnuplot, which draws figures from their scripts.
///
/// It runs as a child in a folder of its own, a script at a time, and is ended where it takes too long. What it cannot
/// do is told, and spoils nothing else.
public struct Gnuplot: Sendable {
  /// What became of one script.
  public struct Drawing: Sendable, Equatable {
    /// The picture as SVG; `nil` where it failed.
    public var svg: String?
    /// The picture as PNG; `nil` where it failed.
    public var png: [UInt8]?
    /// What went wrong, in one sentence; `nil` for nothing.
    public var complaint: String?
    /// How the program ended.
    var end = End.own

    /// The drawing that was not begun, or given up, because the run is to stop.
    static var stopped: Drawing { Drawing(svg: nil, png: nil, complaint: "the run was stopped", end: .stopped) }
  }

  /// How the program ended.
  enum End: Sendable, Equatable {
    /// By itself, well or not.
    case own
    /// It took too long and was ended.
    case overdue
    /// It was ended because the run is to stop.
    case stopped
  }

  /// The path of the program.
  public let path: String
  /// How many seconds one script may take.
  public let timeLimit: Double

  /// The program at a path.
  public init(path: String, timeLimit: Double = 30) {
    self.path = path
    self.timeLimit = timeLimit
  }

  /// The first gnuplot in the folders of `PATH`; `nil` where there is none.
  public static func installed(
    _ environment: [String: String] = ProcessInfo.processInfo.environment
  ) -> Gnuplot? {
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    let path = folders.map { "\($0)/gnuplot" }.first {
      !FileSystem.isFolder($0) && FileManager.default.isExecutableFile(atPath: $0)
    }
    return path.map { Gnuplot(path: $0) }
  }

  /// Draws one script, which writes `<stem>.svg` and `<stem>.png`.
  ///
  /// - Parameters:
  ///   - script: The script.
  ///   - stem: The name of the pictures without extension.
  ///   - isStopped: Whether to end the program and give up; asked a hundred times a second.
  /// - Returns: What became of the script.
  public func draw(_ script: String, stem: String, isStopped: () -> Bool = { false }) -> Drawing {
    let folder: DrawingFolder
    do { folder = try DrawingFolder() } catch { return Drawing(complaint: "it cannot be run: \(error.message)") }
    defer { folder.remove() }
    do {
      try FileSystem.write(Array(script.utf8), to: folder.path("script.gp"))
      try FileSystem.write([], to: folder.path("errors.txt"))
    } catch { return Drawing(complaint: "it cannot be run: \(error.message)") }
    let end = ChildProcess(
      path: path, arguments: ["script.gp"],
      // Without settings of the user's, so that equal results have equal pictures.
      environment: ProcessInfo.processInfo.environment.merging(["GNUTERM": "dumb", "HOME": folder.path]) { $1 },
      folder: folder.path, errors: folder.path("errors.txt")
    ).run(timeLimit: timeLimit, isStopped: isStopped)
    let complaint: String?
    switch end {
    case .stopped: return .stopped
    case .overdue:
      var drawing = Drawing(complaint: "it took more than \(NumberText.rounded(timeLimit)) seconds and was ended")
      drawing.end = .overdue
      return drawing
    case .notStarted(let reason): return Drawing(complaint: "it cannot be run: \(reason)")
    case .status(0): complaint = nil
    case .status(let status): complaint = "it ended with status \(status)" + Self.lastLine(folder.path("errors.txt"))
    case .signal(let number): complaint = "signal \(number) ended it" + Self.lastLine(folder.path("errors.txt"))
    }
    func bytes(_ name: String) -> [UInt8]? { FileManager.default.contents(atPath: folder.path(name)).map { Array($0) } }
    let svg = bytes("\(stem).svg").map { Self.wellFormed(String(decoding: $0, as: UTF8.self)) }
    let png = bytes("\(stem).png")
    let isWhole = svg?.contains("</svg>") == true
    return Drawing(
      svg: isWhole ? svg : nil, png: png?.isEmpty == false ? png : nil,
      complaint: complaint ?? (isWhole ? nil : "it wrote no picture"))
  }

  /// The picture with the end of a CDATA section, which a name may hold, escaped.
  ///
  /// Gnuplot leaves `>` alone, and XML does not allow `]]>` in text (XML 1.0, section 2.4). Gnuplot itself writes no such
  /// section into pictures without scripts.
  static func wellFormed(_ svg: String) -> String {
    svg.contains("<![CDATA[") ? svg : svg.replacing("]]>", with: "]]&gt;")
  }

  /// What the program said last, after a colon; nothing where it said nothing.
  private static func lastLine(_ path: String) -> String {
    let said = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let line = said.split(separator: "\n").last { !$0.allSatisfy { " ^\t".contains($0) } }
    return line.map { ": \(Prose.printable(String($0)))" } ?? ""
  }

  /// Ends a drawing that is under way on another thread, and removes its folder; for a program that ends at once.
  public static func abandon() {
    ChildProcess.endCurrent()
    DrawingFolder.removeCurrent()
  }
}

extension Gnuplot.Drawing {
  fileprivate init(complaint: String) { self.init(svg: nil, png: nil, complaint: complaint) }
}
