import Foundation
import Loschmidt
import Testing

/// The README and the guides, as a reader follows them: files are written, commands run, and what they print is compared.
///
/// A fence after `<!-- file: NAME -->` is a file. A fence of the kind `console` holds commands, lines that begin with `$ `,
/// each with what it prints, or what it says on standard error where it prints nothing; a line `…` stands for any number of
/// lines, and a `…` at an end for the rest of the line. All of a document runs in one folder that has `scenarios/` of the
/// project, with `loschmidt` on the path.
@Suite struct GuideTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let documents: [String] = {
    let guides = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "docs/guides").path)) ?? []
    return ["README.md"] + guides.filter { $0.hasSuffix(".md") }.sorted().map { "docs/guides/\($0)" }
  }()

  @Test(arguments: documents) func commandsPrintWhatIsWritten(document: String) throws {
    let guide = Guide(try String(contentsOf: Self.root.appending(path: document), encoding: .utf8))
    try Program.inScratch { (program: Program) throws in
      let files = FileManager.default
      try files.createSymbolicLink(
        at: program.folder.appending(path: "scenarios"), withDestinationURL: Self.root.appending(path: "scenarios"))
      try files.createDirectory(at: program.folder.appending(path: ".bin"), withIntermediateDirectories: true)
      try files.createSymbolicLink(
        at: program.folder.appending(path: ".bin/loschmidt"), withDestinationURL: Program.executable)
      for part in guide.parts {
        switch part {
        case .file(let name, let text): try program.put(text, at: name)
        case .command(let command, let expected):
          let outcome = try program.shell("PATH=\"$PWD/.bin:$PATH\"; \(command)")
          let printed = Guide.lines(outcome.output.isEmpty ? outcome.errors : outcome.output)
          let place = Guide.firstDifference(printed, from: expected)
          #expect(place == nil, "\(document): $ \(command)\n\(place ?? "")")
        }
      }
    }
  }

  /// A fence after `<!-- part of: FILE -->` stands in that file of the project, word for word.
  @Test(arguments: documents) func partsOfFilesStandInThem(document: String) throws {
    let guide = Guide(try String(contentsOf: Self.root.appending(path: document), encoding: .utf8))
    for (name, text) in guide.quotations {
      let file = try String(contentsOf: Self.root.appending(path: name), encoding: .utf8)
      #expect(file.contains(text), "\(document) quotes \(name) otherwise:\n\(text)")
    }
  }

  /// What has to be there, so that a change of the format cannot leave nothing to compare.
  @Test func thereIsSomethingToCompare() throws {
    let least = ["README.md": 1, "docs/guides/first-run.md": 4, "docs/guides/write-a-scenario.md": 5]
    for (document, least) in least {
      let guide = Guide(try String(contentsOf: Self.root.appending(path: document), encoding: .utf8))
      #expect(guide.commandCount >= least, "\(document)")
    }
  }

  @Test func omissionsStandForLines() {
    func agrees(_ printed: [String], _ expected: [String]) -> Bool {
      Guide.firstDifference(printed, from: expected) == nil
    }
    #expect(agrees(["a", "b", "c"], ["a", "…", "c"]))
    #expect(agrees(["a", "b", "c"], ["…", "c"]) && agrees(["a", "b"], ["a", "…"]) && agrees(["a"], ["a", "  …"]))
    #expect(agrees(["a b c"], ["a b …"]) && !agrees(["a b c"], ["b …"]))
    #expect(!agrees(["a", "b"], ["a"]) && !agrees(["a"], ["a", "b"]) && !agrees(["a", "b"], ["a", "…", "c"]))
    #expect(agrees(Guide.lines("seed 1, 8 threads, 0.2 s"), Guide.lines("seed 1, 2 threads, 1.25 s")))
    #expect(!agrees(Guide.lines("seed 1, 8 threads, 0.2 s"), Guide.lines("seed 2, 8 threads, 0.2 s")))
  }
}

/// What a document tells its reader to write and to run.
private struct Guide {
  enum Part {
    case file(name: String, text: String)
    case command(String, output: [String])
  }

  private(set) var parts: [Part] = []
  private(set) var quotations: [(name: String, text: String)] = []
  var commandCount: Int { parts.reduce(0) { if case .command = $1 { $0 + 1 } else { $0 } } }

  init(_ document: String) {
    var fence: (kind: String, lines: [String])?
    var announcement = ""
    for line in document.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if let open = fence, line == "```" {
        append(open.kind, open.lines, announcement)
        (fence, announcement) = (nil, "")
      } else if fence != nil {
        fence?.lines.append(line)
      } else if line.hasPrefix("```") {
        fence = (String(line.dropFirst(3)), [])
      } else if !line.isEmpty {
        announcement = line
      }
    }
  }

  private mutating func append(_ kind: String, _ lines: [String], _ announcement: String) {
    func name(after prefix: String) -> String? {
      announcement.hasPrefix(prefix) ? String(announcement.dropFirst(prefix.count).prefix { $0 != " " }) : nil
    }
    let text = lines.joined(separator: "\n") + "\n"
    if let name = name(after: "<!-- file: ") {
      parts.append(.file(name: name, text: text))
    } else if let name = name(after: "<!-- part of: ") {
      quotations.append((name, text))
    } else if announcement.hasPrefix("<!-- example output: begin; the output of `make demo`") {
      parts.append(.command("loschmidt run scenarios/four-potentials.yaml", output: Self.lines(text)))
    } else if kind == "console" {
      // Lines before the first command belong to none.
      for block in lines.blocks(beginningWith: "$ ") {
        parts.append(
          .command(String(block[0].dropFirst(2)), output: Self.lines(block.dropFirst().joined(separator: "\n"))))
      }
    }
  }

  /// The lines of a text that are not empty, without blanks at their ends and without the numbers that differ from run to
  /// run, or with the rounding of the machine: those below 1e-9.
  static func lines(_ text: String) -> [String] {
    // CSV ends its lines by two characters, which are one to Swift.
    text.split(whereSeparator: \.isNewline).map { line in
      String(line).replacing(/[0-9]+ threads?, [0-9.e-]+ s/) { _ in "N threads, X s" }
        .replacing(/[0-9.]+e-[1-9][0-9]/) { _ in "tiny" }.replacing(/\s+$/) { _ in "" }
    }.filter { !$0.isEmpty }
  }

  /// Where what was printed first differs from what is expected; `nil` where it does not.
  static func firstDifference(_ printed: [String], from expected: [String]) -> String? {
    var (place, isOpen) = (0, false)
    for line in expected {
      if line.drop(while: { $0 == " " }) == "…" {
        isOpen = true
        continue
      }
      let candidates = isOpen ? printed[place...] : printed[place...].prefix(1)
      guard let found = candidates.firstIndex(where: { agrees($0, line) }) else {
        let rest = printed[place...].prefix(12).joined(separator: "\n")
        return "expected, \(isOpen ? "somewhere from here on" : "next"):\n\(line)\nprinted:\n\(rest)"
      }
      (place, isOpen) = (found + 1, false)
    }
    return place == printed.count || isOpen ? nil : "printed beyond what is expected:\n\(printed[place])"
  }

  private static func agrees(_ printed: String, _ expected: String) -> Bool {
    guard expected.hasSuffix("…"), !printed.hasSuffix("…") else { return printed == expected }
    var beginning = expected.dropLast()
    while beginning.last == " " { beginning.removeLast() }
    return printed.hasPrefix(beginning)
  }
}

extension [String] {
  /// The runs of lines that each begin with a line of this beginning; what comes before the first is left out.
  fileprivate func blocks(beginningWith prefix: String) -> [[String]] {
    reduce(into: []) { blocks, line in
      if line.hasPrefix(prefix) {
        blocks.append([line])
      } else if !blocks.isEmpty {
        blocks[blocks.count - 1].append(line)
      }
    }
  }
}
