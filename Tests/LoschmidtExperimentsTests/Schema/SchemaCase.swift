import Foundation
import LoschmidtTestSupport

@testable import LoschmidtExperiments

/// A scenario with one change in it.
struct SchemaChange {
  /// What was changed, with its place.
  var what: String
  var root: ScenarioNode

  /// Every change of every node: keys left out, added and misspelt, values of other types, signs and sizes.
  static func all(of root: ScenarioNode) -> [SchemaChange] {
    changes(of: root, "").map { SchemaChange(what: $0.what, root: $0.node) }
  }

  private static func changes(of node: ScenarioNode, _ place: String) -> [(what: String, node: ScenarioNode)] {
    var changes = replacements(of: node).map { ("\(place) becomes \($0.plain)", $0) }
    func with(_ content: ScenarioNode.Content, _ what: String) {
      changes.append(("\(place): \(what)", ScenarioNode(content: content, origin: node.origin)))
    }
    switch node.content {
    case .scalar: break
    case .list(let items):
      with(.list([]), "no items")
      if let first = items.first { with(.list(items + [first]), "the first item twice") }
      for (index, item) in items.prefix(6).enumerated() {
        for change in Self.changes(of: item, "\(place)[\(index)]") {
          var changed = items
          changed[index] = change.node
          changes.append((change.what, ScenarioNode(content: .list(changed), origin: node.origin)))
        }
      }
    case .map(let entries):
      let unknown = ScenarioNode.Entry(key: "zz-unknown", origin: node.origin, value: .scalar("1", at: node.origin))
      with(.map(entries + [unknown]), "an unknown key")
      for (index, entry) in entries.enumerated() {
        var (without, misspelt) = (entries, entries)
        without.remove(at: index)
        misspelt[index].key += "-x"
        with(.map(without), "without \(entry.key)")
        with(.map(misspelt), "\(entry.key) misspelt")
        for change in Self.changes(of: entry.value, "\(place).\(entry.key)") {
          var changed = entries
          changed[index].value = change.node
          changes.append((change.what, ScenarioNode(content: .map(changed), origin: node.origin)))
        }
      }
    }
    return changes
  }

  /// Values of every type in the place of a node.
  private static func replacements(of node: ScenarioNode) -> [ScenarioNode] {
    let origin = node.origin
    let scalars = ["", "0", "-1", "2.5", "1e13", ".inf", "word", "true"].map { ScenarioNode.scalar($0, at: origin) }
    let quoted = ["0", "-1", "1"].map { ScenarioNode.scalar($0, at: origin, quoted: true) }
    let item = ScenarioNode.scalar("1", at: origin)
    let map = ScenarioNode(content: .map([.init(key: "k", origin: origin, value: item)]), origin: origin)
    let others = [ScenarioNode.Content.list([item]), .map([])].map { ScenarioNode(content: $0, origin: origin) }
    return (scalars + quoted + others + [map]).filter { $0.content != node.content }
  }
}

extension ScenarioNode {
  /// The value that a reader of YAML 1.2 makes of the node.
  var plain: PlainValue {
    switch content {
    case .list(let items): .list(items.map(\.plain))
    case .map(let entries): .map(Dictionary(entries.map { ($0.key, $0.value.plain) }) { first, _ in first })
    case .scalar(let text, quoted: true): .text(text)
    case .scalar(let text, quoted: false): Self.plain(text)
    }
  }

  private static func plain(_ text: String) -> PlainValue {
    switch text {
    case "", "~", "null": return .null
    case "true": return .bool(true)
    case "false": return .bool(false)
    case ".inf", "+.inf": return .number(.infinity)
    default: break
    }
    if case .number(let value) = NumberLiteral(text) { return .number(value) }
    return .text(text)
  }
}

/// The keys of a map as its reader knows them, out of what it says about an unknown key and about missing ones.
struct ReaderKeys: Equatable {
  var all: Set<String>
  var required: Set<String>

  init(all: Set<String>, required: Set<String>) { (self.all, self.required) = (all, required) }

  /// What a reader says about a map whose only key it does not know.
  init(readingWith read: (inout ScenarioDecoder, ScenarioNode) -> Void) {
    let origin = Origin.start
    // No key is near to this one, so that the reader names all it knows.
    let entry = ScenarioNode.Entry(key: "zzzzzzzzzzzzzzzzzzzzzzzz", origin: origin, value: .scalar("1", at: origin))
    var decoder = ScenarioDecoder(problems: DiagnosticList(path: "s.yaml"), source: SourceText([]), folder: "")
    read(&decoder, ScenarioNode(content: .map([entry]), origin: origin))
    (all, required) = ([], [])
    for message in decoder.problems.sorted().map(\.message) {
      if let list = message.components(separated: "; allowed are ") {
        all = Set(list.split(separator: ", ").map(String.init))
      }
      if let missing = message.components(separated: "needs the key '") {
        required.insert(String(missing.prefix { $0 != "'" }))
      }
    }
  }

  /// The keys of a schema.
  init(_ schema: Schema) {
    guard case .map(let map) = schema else { preconditionFailure("settings are a map") }
    self.init(all: Set(map.keys.map(\.name)), required: Set(map.keys.filter(\.isRequired).map(\.name)))
  }
}

extension String {
  /// What follows a piece of text.
  fileprivate func components(separated piece: String) -> String? {
    range(of: piece).map { String(self[$0.upperBound...]) }
  }
}
