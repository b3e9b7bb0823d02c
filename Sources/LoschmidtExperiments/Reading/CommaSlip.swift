/// Recognises an expression with a comma that stands inside braces or brackets without quotes.
///
/// YAML ends a value at the comma, so `{u: normal(0, 1)}` reads as a key `u` with the value `normal(0` and a key `1)`
/// without a value. The slip is reported once, and the pieces are put together again so that it causes no further
/// messages.
enum CommaSlip {
  /// Puts together the entries of a map.
  static func mend(
    _ entries: [ScenarioNode.Entry]
  ) -> (entries: [ScenarioNode.Entry], problems: [ScenarioTree.Problem]) {
    guard entries.contains(where: { opens($0.value) }) else { return (entries, []) }
    var result: [ScenarioNode.Entry] = []
    var problems: [ScenarioTree.Problem] = []
    var i = 0
    while i < entries.count {
      var entry = entries[i]
      i += 1
      if opens(entry.value), let head = entry.value.text {
        let strays = entries[i...].prefix { $0.value.isEmpty }
        if let joined = join(head, strays.map(\.key)) {
          problems.append(problem(joined.text, written: "\(entry.key): ", at: strays.first?.origin ?? entry.origin))
          entry.value.content = .scalar(joined.text, quoted: false)
          i += joined.count
        }
      }
      result.append(entry)
    }
    return (result, problems)
  }

  /// Puts together the items of a list.
  static func mend(_ items: [ScenarioNode]) -> (items: [ScenarioNode], problems: [ScenarioTree.Problem]) {
    guard items.contains(where: opens) else { return (items, []) }
    var result: [ScenarioNode] = []
    var problems: [ScenarioTree.Problem] = []
    var i = 0
    while i < items.count {
      var item = items[i]
      i += 1
      if opens(item), let head = item.text {
        let strays = items[i...].prefix { node in
          if case .scalar(_, quoted: false) = node.content { return true }
          return false
        }
        if let joined = join(head, strays.compactMap(\.text)) {
          problems.append(problem(joined.text, written: "", at: strays.first?.origin ?? item.origin))
          item.content = .scalar(joined.text, quoted: false)
          i += joined.count
        }
      }
      result.append(item)
    }
    return (result, problems)
  }

  private static func problem(_ text: String, written: String, at origin: Origin) -> ScenarioTree.Problem {
    ScenarioTree.Problem(
      origin: origin,
      message: "inside braces and brackets a comma ends a value, so \(text.shown) falls apart here; quote it: "
        + "\(written)\"\(text)\"")
  }

  /// Whether a node is plain text in which a parenthesis stays open.
  private static func opens(_ node: ScenarioNode) -> Bool {
    if case .scalar(let text, quoted: false) = node.content { return balance(text) > 0 }
    return false
  }

  private static func balance(_ text: String) -> Int {
    var open = 0
    for byte in text.utf8 {
      if byte == UInt8(ascii: "(") { open += 1 }
      if byte == UInt8(ascii: ")") { open -= 1 }
    }
    return open
  }

  /// The head with as many of the pieces as close its parentheses, at most 16.
  private static func join(_ head: String, _ pieces: [String]) -> (text: String, count: Int)? {
    var text = head
    for (index, piece) in pieces.prefix(16).enumerated() {
      text += ", " + piece
      if balance(text) == 0 { return (text, index + 1) }
    }
    return nil
  }
}
