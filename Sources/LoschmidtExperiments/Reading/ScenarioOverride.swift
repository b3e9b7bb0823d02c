/// A setting of the command line that replaces one key of a scenario: `--set process.temperature=0.1`.
///
/// The key is a path of keys, with the 0-based index in a list: `experiments.0.at.u`. The word of a choice, which is the only key
/// there, may be left out of the path: the name of an experiment, as here, of a noise model or of an update rule, as in
/// `process.algorithm.learning-rate`; elements of arrays are named as they are printed, `process.parameters.W[0,1]`. The value
/// is read as YAML.
public struct ScenarioOverride: Sendable, Hashable {
  /// The path.
  public let key: String
  /// The text of the value.
  public let value: String
  /// How messages call the setting, such as `--set process.temperature`.
  public let name: String

  /// A setting `--set KEY=VALUE`.
  public init(key: String, value: String) {
    self.key = key
    self.value = value
    name = "--set \(key)"
  }

  /// A setting from the text `KEY=VALUE`; `nil` without a key or an equals sign.
  public init?(_ text: String) {
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
    self.init(key: String(text[..<sign]), value: String(text[text.index(after: sign)...]))
  }

  /// The setting `--seed S`.
  public static func seed(_ text: String) -> ScenarioOverride {
    ScenarioOverride(key: "seed", value: text, name: "--seed")
  }

  private init(key: String, value: String, name: String) {
    self.key = key
    self.value = value
    self.name = name
  }

  /// Replaces the key in a tree; `index` is the place of this setting among all of the command line.
  func apply(to root: inout ScenarioNode, index: Int, problems: inout DiagnosticList) {
    let origin = Origin.override(Int32(index))
    guard let value = parsed(at: origin, &problems) else { return }
    let path = Self.parts(of: key)
    if path.contains("") {
      return problems.error("the path \(key.shown) has an empty part; allowed are keys with dots between", at: origin)
    }
    var edit = NodeEdit(value: value, origin: origin, path: path)
    edit.replace(0, in: &root)
    if let message = edit.problem { problems.error(message, at: origin) }
  }

  /// The parts of a path: the dots inside brackets, as in `W[1.5]`, which is no element, part nothing.
  private static func parts(of key: String) -> [String] {
    var parts = [""]
    var depth = 0
    for character in key {
      if character == "[" { depth += 1 }
      if character == "]" { depth = max(0, depth - 1) }
      let isBorder = character == "." && (depth == 0 || !key.contains("]"))
      if isBorder { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    return parts
  }

  private func parsed(at origin: Origin, _ problems: inout DiagnosticList) -> ScenarioNode? {
    let bytes = Array(value.utf8)
    do throws(BytesCheck.Problem) {
      try BytesCheck.check(bytes)
    } catch {
      problems.error(error.message, at: origin)
      return nil
    }
    let tree = ScenarioTree(reading: SourceText(bytes))
    for problem in tree.problems {
      problems.error(problem.message.replacingFile(with: "the value \(value.shown)"), at: origin)
    }
    guard tree.problems.isEmpty else { return nil }
    return (tree.root ?? .scalar("", at: origin)).moved(to: origin)
  }
}

/// The replacement of one node at a path.
private struct NodeEdit {
  let value: ScenarioNode
  let origin: Origin
  let path: [String]
  private(set) var problem: String?

  init(value: ScenarioNode, origin: Origin, path: [String]) {
    self.value = value
    self.origin = origin
    self.path = path
  }

  /// Replaces what the path leads to from its part number `depth` on.
  mutating func replace(_ depth: Int, in node: inout ScenarioNode) {
    if depth == path.count {
      node = value
      return
    }
    let isChoice = isChoice(depth)
    switch node.content {
    case .map(var entries):
      if isChoice, entries.count == 1, entries[0].key != path[depth], !namesChoice(depth) {
        replace(depth, below: &entries[0].value)
      } else if let k = entries.firstIndex(where: { isSame($0.key, path[depth]) }) {
        replace(depth + 1, in: &entries[k].value)
      } else {
        var added = ScenarioNode.scalar("", at: origin)
        replace(depth + 1, in: &added)
        entries.append(ScenarioNode.Entry(key: path[depth], origin: origin, value: added))
      }
      node.content = .map(entries)
    case .list(var items):
      guard let k = Int(path[depth]), items.indices.contains(k) else {
        let allowed = items.isEmpty ? "it is empty" : "indices are 0 … \(items.count - 1)"
        problem = "\(shownPath(depth)) has no entry \(path[depth].shown); \(allowed)"
        return
      }
      replace(depth + 1, in: &items[k])
      node.content = .list(items)
    case .scalar(let text, _):
      if node.isEmpty {
        node = ScenarioNode(content: .map([]), origin: origin)
        replace(depth, in: &node)
      } else if isChoice {
        let entry = ScenarioNode.Entry(key: text, origin: node.origin, value: .scalar("", at: node.origin))
        node = ScenarioNode(content: .map([entry]), origin: node.origin)
        replace(depth, in: &node)
      } else {
        problem = "\(shownPath(depth)) is \(text.shown), which has no keys; set \(shownPath(depth)) itself"
      }
    }
  }

  /// Whether two keys are one: blanks in the names of elements, as in `W[0, 1]`, make no difference.
  private func isSame(_ key: String, _ other: String) -> Bool {
    key == other || (key.contains("[") && key.filter { $0 != " " } == other.filter { $0 != " " })
  }

  /// Whether a choice stands where the first `depth` parts lead to: a map with one key, or a bare word.
  private func isChoice(_ depth: Int) -> Bool {
    guard depth >= 2 else { return false }
    let (parent, last) = (path[depth - 2], path[depth - 1])
    if depth == 2 {
      return parent == "experiments" || (parent == "process" && ["gradient", "algorithm"].contains(last))
    }
    return path[0] == "experiments" && parent == "models" && Int(last) != nil
  }

  /// Whether a part of the path is the word of another noise model or update rule, which then takes the place of this one.
  private func namesChoice(_ depth: Int) -> Bool {
    path[0] == "process" && (Catalogue.gradients.map(\.name) + Catalogue.algorithms.map(\.name)).contains(path[depth])
  }

  /// Goes on below the word of a choice, which the path leaves out.
  private mutating func replace(_ depth: Int, below node: inout ScenarioNode) {
    if node.isEmpty { node = ScenarioNode(content: .map([]), origin: origin) }
    guard case .map(var entries) = node.content else {
      problem = "\(shownPath(depth)) has no keys, got \(node.shown)"
      return
    }
    if let k = entries.firstIndex(where: { isSame($0.key, path[depth]) }) {
      replace(depth + 1, in: &entries[k].value)
    } else {
      var added = ScenarioNode.scalar("", at: origin)
      replace(depth + 1, in: &added)
      entries.append(ScenarioNode.Entry(key: path[depth], origin: origin, value: added))
    }
    node.content = .map(entries)
  }

  private func shownPath(_ depth: Int) -> String {
    depth == 0 ? "the scenario" : "'\(path[..<depth].joined(separator: "."))'"
  }
}

extension ScenarioNode {
  /// The same node with every place replaced.
  fileprivate func moved(to origin: Origin) -> ScenarioNode {
    switch content {
    case .scalar: return ScenarioNode(content: content, origin: origin)
    case .list(let items): return ScenarioNode(content: .list(items.map { $0.moved(to: origin) }), origin: origin)
    case .map(let entries):
      let moved = entries.map { Entry(key: $0.key, origin: origin, value: $0.value.moved(to: origin)) }
      return ScenarioNode(content: .map(moved), origin: origin)
    }
  }
}

extension String {
  fileprivate func replacingFile(with words: String) -> String {
    hasPrefix("the file") ? words + dropFirst("the file".count) : self
  }
}
