import LoschmidtNumerics

/// Reads a map key by key, and at the end says which keys are unknown and which are missing.
struct MapReader {
  /// How messages call the map, such as `process`.
  let name: String
  /// Where messages about missing keys point: the key that the map stands under.
  let origin: Origin
  private let entries: [ScenarioNode.Entry]
  private var known: [String] = []
  private var missing: [String] = []

  /// A reader of entries.
  init(_ entries: [ScenarioNode.Entry], name: String, origin: Origin) {
    self.entries = entries
    self.name = name
    self.origin = origin
  }

  /// The entry under a key, `nil` where there is none.
  mutating func optional(_ key: String) -> ScenarioNode.Entry? {
    known.append(key)
    return entries.first { $0.key == key }
  }

  /// The entry under a key that must be there; ``finish(_:)`` reports it otherwise.
  mutating func required(_ key: String) -> ScenarioNode.Entry? {
    let entry = optional(key)
    if entry == nil { missing.append(key) }
    return entry
  }

  /// All entries, in their order, other than those read so far: names that the user chose.
  mutating func remaining() -> [ScenarioNode.Entry] {
    let rest = entries.filter { !known.contains($0.key) }
    known += rest.map(\.key)
    return rest
  }

  /// Those of the entries not read so far whose key is chosen.
  mutating func remaining(where isChosen: (String) -> Bool) -> [ScenarioNode.Entry] {
    let rest = entries.filter { !known.contains($0.key) && isChosen($0.key) }
    known += rest.map(\.key)
    return rest
  }

  /// Reports unknown and missing keys.
  ///
  /// A missing key that an unknown one most likely meant is not reported again.
  func finish(_ problems: inout DiagnosticList) {
    var meant: Set<String> = []
    for entry in entries where !known.contains(entry.key) {
      let free = known.filter { key in !entries.contains { $0.key == key } }
      let near = nearestName(to: entry.key, among: free) ?? nearestName(to: entry.key, among: known)
      if let near { meant.insert(near) }
      problems.error("unknown key \(entry.key.shown) in '\(name)'; \(advice(entry.key, near))", at: entry.origin)
    }
    for key in missing where !meant.contains(key) {
      problems.error("'\(name)' needs the key '\(key)', which is missing", at: origin)
    }
  }

  private func advice(_ key: String, _ near: String?) -> String {
    if key == "<<" { return "merge keys are not read, write the keys out" }
    if let near { return "did you mean '\(near)'?" }
    return known.isEmpty ? "no keys are allowed here" : "allowed are \(known.joined(separator: ", "))"
  }
}
