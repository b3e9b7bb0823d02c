import Foundation

/// A picture of gnuplot's as an element inside an HTML document.
enum InlineSVG {
  /// The element, without declarations, with ids that no other picture has, and with black as the colour of the text
  /// around it, so that it can be read on a dark page.
  ///
  /// - Parameters:
  ///   - document: The SVG document.
  ///   - prefix: What comes before each id; unique in the page.
  ///   - label: The words that stand for the picture.
  /// - Returns: The element; `nil` where the document holds none.
  static func element(_ document: String, prefix: String, label: String) -> String? {
    guard let start = document.range(of: "<svg") else { return nil }
    var svg = String(document[start.lowerBound...])
    for quote in ["'", "\""] {
      svg = svg.replacing("id=\(quote)", with: "id=\(quote)\(prefix)-")
      svg = svg.replacing("href=\(quote)#", with: "href=\(quote)#\(prefix)-")
      svg = svg.replacing("\(quote)black\(quote)", with: "\(quote)currentColor\(quote)")
      svg = svg.replacing("\(quote)rgb(  0,   0,   0)\(quote)", with: "\(quote)currentColor\(quote)")
    }
    svg = svg.replacing("url(#", with: "url(#\(prefix)-")
    let attributes = "role=\"img\" aria-label=\"\(HTMLText.escaped(label))\""
    svg = "<svg \(attributes)" + svg.dropFirst("<svg".count)
    for name in ["title", "desc"] {
      if let from = svg.range(of: "<\(name)>"), let to = svg.range(of: "</\(name)>"), from.upperBound <= to.lowerBound {
        svg.removeSubrange(from.lowerBound..<to.upperBound)
      }
    }
    return svg
  }
}
