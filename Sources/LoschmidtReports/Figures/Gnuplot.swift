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
  public func draw(_ script: String, stem: String) -> Drawing {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("loschmidt-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    func file(_ name: String) -> URL { folder.appendingPathComponent(name) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try FileSystem.write(Array(script.utf8), to: file("script.gp").path)
      try FileSystem.write([], to: file("errors.txt").path)
      let complaint = try run(in: folder, errors: file("errors.txt"))
      let svg = (try? Data(contentsOf: file("\(stem).svg"))).map {
        Self.wellFormed(String(decoding: $0, as: UTF8.self))
      }
      let png = (try? Data(contentsOf: file("\(stem).png"))).map { Array($0) }
      let isWhole = svg?.contains("</svg>") == true
      return Drawing(
        svg: isWhole ? svg : nil, png: png?.isEmpty == false ? png : nil,
        complaint: complaint ?? (isWhole ? nil : "it wrote no picture"))
    } catch {
      return Drawing(complaint: "it cannot be run: \(error)")
    }
  }

  /// The picture with the end of a CDATA section, which a name may hold, escaped.
  ///
  /// Gnuplot leaves `>` alone, and XML does not allow `]]>` in text (XML 1.0, section 2.4). Gnuplot itself writes no such section into pictures without scripts.
  static func wellFormed(_ svg: String) -> String {
    svg.contains("<![CDATA[") ? svg : svg.replacing("]]>", with: "]]&gt;")
  }

  /// - Returns: What went wrong; `nil` where the program ended well.
  private func run(in folder: URL, errors: URL) throws -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["script.gp"]
    process.currentDirectoryURL = folder
    // Without settings of the user's, so that equal results have equal pictures.
    process.environment = ProcessInfo.processInfo.environment.merging(["GNUTERM": "dumb", "HOME": folder.path]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    let end = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in end.signal() }
    try process.run()
    if end.wait(timeout: .now() + timeLimit) == .timedOut {
      // The signal that cannot be blocked.
      kill(process.processIdentifier, SIGKILL)
      end.wait()
      return "it took more than \(NumberText.rounded(timeLimit)) seconds and was ended"
    }
    guard process.terminationStatus != 0 else { return nil }
    let said = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
    let line = said.split(separator: "\n").last { !$0.allSatisfy { " ^\t".contains($0) } }
    return "it ended with status \(process.terminationStatus)" + (line.map { ": \(Prose.printable(String($0)))" } ?? "")
  }
}

extension Gnuplot.Drawing {
  fileprivate init(complaint: String) { self.init(svg: nil, png: nil, complaint: complaint) }
}
