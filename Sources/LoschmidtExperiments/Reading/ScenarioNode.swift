import LoschmidtReports

/// Where a piece of a scenario comes from.
enum Origin: Hashable, Sendable {
  /// From the file. Line and column count from 1; columns count Unicode scalars.
  case text(line: Int32, column: Int32)
  /// From the command line, by the index of the override.
  case override(Int32)

  /// The start of the file.
  static let start = Origin.text(line: 1, column: 1)
}

/// A scenario as it is written: text, lists and ordered maps, each with its origin.
///
/// Every scalar is text, quoted or not; what it means is decided by who reads it.
struct ScenarioNode: Sendable, Equatable {
  /// What stands at a place.
  indirect enum Content: Sendable, Equatable {
    case scalar(String, quoted: Bool)
    case list([ScenarioNode])
    case map([Entry])
  }

  /// A key and its value.
  struct Entry: Sendable, Equatable {
    var key: String
    var origin: Origin
    var value: ScenarioNode
  }

  var content: Content
  var origin: Origin

  /// A piece of text.
  static func scalar(_ text: String, at origin: Origin, quoted: Bool = false) -> ScenarioNode {
    ScenarioNode(content: .scalar(text, quoted: quoted), origin: origin)
  }

  /// The text of a scalar.
  var text: String? {
    if case .scalar(let text, _) = content { return text }
    return nil
  }

  /// The entries of a list.
  var list: [ScenarioNode]? {
    if case .list(let items) = content { return items }
    return nil
  }

  /// The entries of a map.
  var map: [Entry]? {
    if case .map(let entries) = content { return entries }
    return nil
  }

  /// Whether nothing stands here: `key:` without a value.
  var isEmpty: Bool {
    if case .scalar(let text, let quoted) = content { return text.isEmpty && !quoted }
    return false
  }

  /// The value for messages: the text itself, or what kind of thing it is.
  var shown: String {
    switch content {
    case .scalar(let text, let quoted): return text.isEmpty && !quoted ? "nothing" : text.shown
    case .list(let items): return items.isEmpty ? "an empty list" : "a list of \(items.count)"
    case .map(let entries):
      if entries.isEmpty { return "an empty map" }
      let keys = entries.prefix(3).map { $0.key.shown }.joined(separator: ", ")
      return "a map with \(entries.count == 1 ? "the key" : "the keys") \(keys)\(entries.count > 3 ? ", …" : "")"
    }
  }
}

extension String {
  /// The text in quotes for messages, cut at 60 characters and in one line.
  var shown: String {
    let line = PrintableText.cleaned(String(prefix(60)))
    return "'\(line)\(count > 60 ? "…" : "")'"
  }
}
