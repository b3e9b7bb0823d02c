import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct BibTeXTests {
  @Test func oneEntry() throws {
    let reference = try #require(References.named("szekely2013"))
    #expect(
      BibTeX.entry(reference) == """
        @article{szekely2013,
          author = {Sz{\\'e}kely, G{\\'a}bor and Rizzo, Maria},
          title = {{Energy statistics: A class of statistics based on distances}},
          journal = {Journal of Statistical Planning and Inference},
          volume = {143},
          number = {8},
          pages = {1249--1272},
          year = {2013},
          doi = {10.1016/j.jspi.2013.03.018},
          url = {https://doi.org/10.1016/j.jspi.2013.03.018},
        }

        """)
  }

  @Test func aProgramByAGroup() {
    #expect(
      BibTeX.entry(References.loschmidt) == """
        @software{loschmidt,
          author = {{The Loschmidt maintainers}},
          title = {{Loschmidt: stochastic thermodynamics of training algorithms}},
          version = {\(Version.current)},
        }

        """)
  }

  @Test(arguments: [
    ("a & b_c 5% #1 $x {y}", "a \\& b\\_c 5\\% \\#1 \\$x \\{y\\}"), ("L'Ecuyer", "L'Ecuyer"),
    (
      "x^2~\\",
      "x{\\textasciicircum}2{\\textasciitilde}{\\textbackslash}"
    ), ("Lüscher–Weiß", "L{\\\"u}scher--Wei{\\ss}"),
  ])
  func charactersOfTeXAreEscaped(text: String, escaped: String) {
    #expect(BibTeX.escaped(text) == escaped)
  }

  @Test func eachKeyOnceAndInOrder() throws {
    let (a, b) = (References.all[0], References.all[1])
    let entries = try Entry.all(in: BibTeX.document([a, b, a]))
    #expect(entries.map(\.key) == [a.key, b.key])
  }

  /// A reader of BibTeX that shares nothing with the writer gets back what was written.
  @Test func allReferencesAreReadBack() throws {
    let entries = try Entry.all(in: BibTeX.document(References.all + [References.loschmidt]))
    #expect(entries.map(\.key) == References.all.map(\.key) + ["loschmidt"])
    for (entry, reference) in zip(entries, References.all) {
      #expect(entry.fields["doi"] == reference.doi && entry.fields["eprint"] == reference.arXiv)
      #expect(entry.fields["year"] == reference.year.map(String.init))
      #expect(entry.fields["author"]?.components(separatedBy: " and ").count == reference.authors.count)
      #expect(entry.fields["title"]?.isEmpty == false && entry.fields["url"] == reference.address)
      let required =
        switch entry.type {
        case "article": ["journal", "volume", "pages"]
        case "book": ["publisher"]
        case "inproceedings": ["booktitle"]
        default: ["eprint"]
        }
      for name in required { #expect(entry.fields[name] != nil, "\(name) of \(entry.key)") }
    }
  }

  /// What CITATION.cff says of the program.
  @Test func theProgramIsCitedAsItAsksToBe() throws {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    let lines = try String(contentsOf: url.appendingPathComponent("CITATION.cff"), encoding: .utf8)
      .split(separator: "\n").map(String.init)
    #expect(lines.contains("title: \"\(References.loschmidt.title)\""))
    #expect(lines.contains("  - name: \(References.loschmidt.authors[0])"))
    #expect(lines.contains("version: \(Version.current)"))
  }
}

/// An entry as a reader of BibTeX sees it: braces in pairs, fields separated by commas.
private struct Entry {
  struct Fault: Error { var what: String }

  var type = ""
  var key = ""
  var fields: [String: String] = [:]

  static func all(in text: String) throws -> [Entry] {
    var rest = text[...]
    var entries: [Entry] = []
    while let start = rest.firstIndex(of: "@") {
      rest = rest[rest.index(after: start)...]
      guard let open = rest.firstIndex(of: "{") else { throw Fault(what: "an entry without a brace") }
      let type = String(rest[..<open])
      guard type.allSatisfy(\.isLetter) else { throw Fault(what: "the type '\(type)'") }
      let body = try group(&rest, from: open)
      entries.append(try Entry(type, body))
    }
    return entries
  }

  private init(_ type: String, _ body: Substring) throws {
    guard let comma = body.firstIndex(of: ",") else { throw Fault(what: "no key") }
    self.type = type
    key = String(body[..<comma])
    guard key.allSatisfy({ $0.isLetter || $0.isNumber }) else { throw Fault(what: "the key '\(key)'") }
    var rest = body[body.index(after: comma)...]
    while let equals = rest.firstIndex(of: "=") {
      let name = rest[..<equals].trimmingCharacters(in: CharacterSet(charactersIn: " ,\n"))
      guard fields[name] == nil, name.allSatisfy(\.isLetter) else { throw Fault(what: "the field '\(name)'") }
      guard let open = rest.firstIndex(of: "{") else { throw Fault(what: "\(name) has no value") }
      fields[name] = String(try Entry.group(&rest, from: open))
    }
  }

  /// What stands between a brace and its partner; `rest` goes on after that.
  private static func group(_ rest: inout Substring, from open: Substring.Index) throws -> Substring {
    var (depth, index) = (0, open)
    while index < rest.endIndex {
      let letter = rest[index]
      if letter == "\\" {
        index = rest.index(index, offsetBy: 2)
        continue
      }
      if letter == "{" { depth += 1 }
      if letter == "}" { depth -= 1 }
      if depth == 0 {
        let content = rest[rest.index(after: open)..<index]
        rest = rest[rest.index(after: index)...]
        return content
      }
      index = rest.index(after: index)
    }
    throw Fault(what: "a brace without a partner")
  }
}
