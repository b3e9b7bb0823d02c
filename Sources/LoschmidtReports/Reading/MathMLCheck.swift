/// Whether the content of a formula that a file holds may stand in a report.
///
/// A formula goes into the page as it is, so that a file from somewhere else must not bring anything but MathML with it.
enum MathMLCheck {
  private static let elements: Set<String> = [
    "mi", "mn", "mo", "mtext", "mspace", "mrow", "mfrac", "msqrt", "mroot", "mover", "munder", "munderover", "msub",
    "msup", "msubsup", "mtable", "mtr", "mtd", "mstyle", "mpadded",
  ]
  private static let attributes: Set<String> = [
    "separator", "form", "width", "accent", "accentunder", "mathvariant", "stretchy", "fence", "lspace", "rspace",
    "columnalign", "rowspacing", "displaystyle",
  ]

  /// Whether every tag is one of MathML's layout, with attributes that only lay out, and each is closed in its order.
  static func isSound(_ text: String) -> Bool {
    var open: [String] = []
    var rest = text[...]
    while let start = rest.firstIndex(of: "<") {
      guard !rest[..<start].contains(">"), let end = rest[start...].firstIndex(of: ">") else { return false }
      var tag = rest[rest.index(after: start)..<end]
      rest = rest[rest.index(after: end)...]
      if tag.first == "/" {
        guard open.popLast() == String(tag.dropFirst()) else { return false }
        continue
      }
      let isClosed = tag.last == "/"
      if isClosed { tag.removeLast() }
      let parts = tag.split(separator: " ")
      guard let name = parts.first.map(String.init), elements.contains(name),
        parts.dropFirst().allSatisfy({ isSound(attribute: $0) })
      else { return false }
      if !isClosed { open.append(name) }
    }
    return open.isEmpty && !rest.contains(">")
  }

  private static func isSound(attribute: Substring) -> Bool {
    let parts = attribute.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, attributes.contains(String(parts[0])), parts[1].count >= 2, parts[1].first == "\"",
      parts[1].last == "\""
    else { return false }
    return parts[1].dropFirst().dropLast().allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || ".-".contains($0))
    }
  }
}
