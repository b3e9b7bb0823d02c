import Foundation
import Testing

/// Every link between the documents leads somewhere, and what they say of sources and scenarios exists.
@Suite struct DocumentationTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// All documents, as paths from the root of the package.
  static let documents: [String] = {
    let paths = FileManager.default.enumerator(atPath: root.appending(path: "docs").path)?.compactMap { $0 as? String }
    let inDocs = (paths ?? []).filter { $0.hasSuffix(".md") }.map { "docs/\($0)" }
    return (inDocs + ["README.md", "CONTRIBUTING.md"]).sorted()
  }()

  @Test func thereAreDocuments() {
    #expect(Self.documents.contains("docs/concepts/verdicts.md") && Self.documents.contains("README.md"))
  }

  @Test(arguments: documents) func linksResolve(document: String) throws {
    for (target, anchor) in try links(of: document) {
      let folder = (document as NSString).deletingLastPathComponent
      let path =
        target.isEmpty ? document : ((folder as NSString).appendingPathComponent(target) as NSString).standardizingPath
      let exists = FileManager.default.fileExists(atPath: Self.root.appending(path: path).path)
      #expect(exists, "\(document) links to \(target)")
      guard let anchor, exists else { continue }
      #expect(try anchors(of: path).contains(anchor), "\(document) links to \(target)#\(anchor)")
    }
  }

  @Test(arguments: documents) func sourcesAndScenariosExist(document: String) throws {
    let text = try text(of: document)
    for match in text.matches(of: #/`((?:Sources|scenarios|Tests|scripts|docs)/[A-Za-z0-9_\-./+]+)`/#) {
      let path = String(match.1)
      // The files that a guide has its reader write.
      if document == "docs/guides/noise-model-in-swift.md", path.contains("/Coin") { continue }
      #expect(FileManager.default.fileExists(atPath: Self.root.appending(path: path).path), "\(path) in \(document)")
    }
  }

  /// "`Type` in `Sources/…/File.swift`": the file declares or names the type.
  @Test(arguments: documents) func identifiersStandInTheirFiles(document: String) throws {
    for match in try text(of: document).matches(of: #/`([A-Za-z0-9]+)`\s+in\s+`(Sources/[A-Za-z0-9_\-./+]+\.swift)`/#) {
      let source = try text(of: String(match.2))
      let isThere = ["struct", "enum", "protocol", "class", "extension"].contains {
        source.contains("\($0) \(match.1)")
      }
      #expect(isThere, "\(match.1) in \(match.2), says \(document)")
    }
  }

  /// Each concept has the parts that a reader looks for, and is short; rows of tables do not count.
  @Test(arguments: documents.filter { $0.hasPrefix("docs/concepts/") }) func conceptsAreWhole(document: String) throws {
    let text = try text(of: document)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("|") }
    #expect((40...100).contains(lines.count))
    for part in ["## A worked number", "## Where it is", "](../", "`Sources/", "`scenarios/"] {
      #expect(text.contains(part) || part == "`scenarios/" && text.contains("scenarios/"), "\(part)")
    }
    #expect(try links(of: "docs/README.md").contains { "docs/\($0.target)" == document })
  }

  // MARK: Reading

  private func text(of path: String) throws -> String {
    try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
  }

  /// The targets of relative links with their anchors.
  private func links(of document: String) throws -> [(target: String, anchor: String?)] {
    try text(of: document).matches(of: #/\]\(([^)\s]+)\)/#).compactMap { match in
      let link = String(match.1)
      // Elsewhere, or not a link at all but a formula with brackets.
      guard !link.contains("://"), link.contains(".") || link.hasPrefix("#") else { return nil }
      let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      return (parts[0], parts.count > 1 ? parts[1] : nil)
    }
  }

  /// The anchors that headings make: small letters, hyphens for blanks, no other marks.
  private func anchors(of path: String) throws -> [String] {
    try text(of: path).split(separator: "\n").filter { $0.hasPrefix("#") }.map { line in
      let heading = line.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces).lowercased()
      return String(
        heading.filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }.map { $0 == " " ? "-" : $0 })
    }
  }
}
