import LoschmidtNumerics

/// A tagged choice: a map with exactly one key, or the bare word.
struct Choice {
  /// The name of what is chosen.
  var name: String
  /// Where the name stands.
  var origin: Origin
  /// The settings; empty for a bare word.
  var settings: ScenarioNode
}

extension ScenarioDecoder {
  /// Reads a choice; `name` is the key that it stands under and `what` the kind of thing, such as `an algorithm`.
  mutating func choice(_ node: ScenarioNode, _ name: String, what: String) -> Choice? {
    if let text = node.text, !node.isEmpty {
      return Choice(name: text, origin: node.origin, settings: .scalar("", at: node.origin))
    }
    if let entries = node.map, entries.count == 1 {
      return Choice(name: entries[0].key, origin: entries[0].origin, settings: entries[0].value)
    }
    error("'\(name)' must be \(what), a word or a map with exactly one key, got \(node.shown)", at: node.origin)
    return nil
  }

  /// The settings of a choice, opened for reading; a bare word has none.
  mutating func openSettings(of choice: Choice) -> MapReader? {
    map(choice.settings, name: choice.name, origin: choice.origin, emptyAllowed: true)
  }

  /// Looks a choice up in the catalogue and reads its settings.
  mutating func decode<Product>(
    _ choice: Choice, in section: [CatalogueItem<Product>], kind: String
  ) -> Product? {
    let ready = section.filter { $0.decode != nil }.map(\.name)
    guard let item = section.first(where: { $0.name == choice.name }) else {
      let advice =
        nearestName(to: choice.name, among: section.map(\.name)).map { "did you mean '\($0)'?" }
        ?? "allowed are \(ready.joined(separator: ", "))"
      error("unknown \(kind) \(choice.name.shown); \(advice)", at: choice.origin)
      return nil
    }
    guard let decode = item.decode else {
      error(
        "the \(kind) '\(item.name)' is for a later version; this version runs \(ready.joined(separator: ", "))",
        at: choice.origin)
      return nil
    }
    return decode(&self, choice)
  }
}
