import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

@testable import LoschmidtReports

@Suite struct HTMLTextTests {
  @Test func whatMeansSomethingIsReplaced() {
    #expect(
      HTMLText.escaped("<a href=\"x\" id='y'>&</a>") == "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;&lt;/a&gt;")
    #expect(HTMLText.escaped("η → ∇\n\tb") == "η → ∇\n\tb")
  }

  @Test func whatNoDocumentMayHoldIsBlank() {
    let text = "a\u{0}b\u{1b}c\u{7f}d\u{fffe}e\u{ffff}f\u{85}g\r\nh"
    #expect(HTMLText.escaped(text) == "a b c d e f g \nh")
    #expect(isWellFormed("<p>\(HTMLText.escaped(text))</p>"))
  }

  @Test func attributesAreEscaped() {
    #expect(HTMLText.element("td", [("title", "a\"><b>")], "x") == "<td title=\"a&quot;&gt;&lt;b&gt;\">x</td>")
  }
}

/// What a parser of XML made of a document.
final class XMLOutline: NSObject, XMLParserDelegate {
  private(set) var elements: [String] = []
  private(set) var attributes: [(element: String, name: String, value: String)] = []
  private(set) var text = ""

  /// `nil` where the document is not well-formed.
  init?(_ document: String) {
    super.init()
    let parser = XMLParser(data: Data(document.utf8))
    parser.delegate = self
    if !parser.parse() { return nil }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String] = [:]
  ) {
    elements.append(name)
    for (key, value) in attributes { self.attributes.append((name, key, value)) }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

  func values(of attribute: String) -> [String] { attributes.filter { $0.name == attribute }.map(\.value) }
}

func isWellFormed(_ document: String) -> Bool { XMLOutline(document) != nil }
