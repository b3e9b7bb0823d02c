import Foundation
import Synchronization
import Yams

/// Reads the text of a scenario into a tree of nodes with their places.
///
/// YAML is parsed by libyaml through Yams on a thread with a stack of its own, because both descend once for every level
/// of nesting; the tree that comes out is at most ``depthLimit`` levels deep, so that later readers may recurse.
struct ScenarioTree: Sendable {
  /// So many lists and maps may nest.
  static let depthLimit = 64
  /// So many nodes may come from aliases beyond those that stand in the file.
  static let aliasLimit = 100_000
  /// So many keys may stand in one map; readers compare them all with each other.
  static let keyLimit = 1000
  /// libyaml nests at most 1000 levels; each takes under 2 KB of stack in Yams, without optimisation under 8 KB.
  private static let stackSize = 16 << 20

  /// A problem with its place.
  struct Problem: Error, Hashable, Sendable {
    var origin: Origin
    var message: String
  }

  /// The root, `nil` where the text holds nothing or is not YAML.
  var root: ScenarioNode?
  /// Everything that was found wrong.
  var problems: [Problem]

  /// Reads a text that ``BytesCheck`` has passed.
  init(reading source: SourceText) {
    let result = Mutex<ScenarioTree?>(nil)
    let isThreaded = Self.onOwnStack {
      let tree = Self.compose(source)
      result.withLock { $0 = tree }
    }
    // A system that makes no second thread gives at least the stack of this one, which holds files as people write them.
    if !isThreaded {
      let tree = Self.compose(source)
      result.withLock { $0 = tree }
    }
    self = result.withLock { $0 } ?? ScenarioTree(root: nil, problems: [])
  }

  private init(root: ScenarioNode?, problems: [Problem]) {
    self.root = root
    self.problems = problems
  }

  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Does the work on a thread with a large stack, and waits for it; `false`, and nothing is done, where there can be none.
  private static func onOwnStack(_ body: () -> Void) -> Bool {
    withoutActuallyEscaping(body) { body in
      var attributes = pthread_attr_t()
      pthread_attr_init(&attributes)
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setstacksize(&attributes, stackSize)
      let work = Unmanaged.passRetained(Work(body))
      var thread = pthread_t()
      let status = pthread_create(
        &thread, &attributes,
        { work in
          if let work { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body() }
          return nil
        }, work.toOpaque())
      guard status == 0 else {
        work.release()
        return false
      }
      pthread_join(thread, nil)
      return true
    }
  }

  private static func compose(_ source: SourceText) -> ScenarioTree {
    var renamed = RenamedKeys(source)
    while true {
      do {
        let parser = try Parser(yaml: renamed.text, resolver: .basic, encoding: .utf8)
        guard let root = try parser.singleRoot() else { return ScenarioTree(root: nil, problems: []) }
        var converter = NodeConverter(
          renamed: renamed.keys, nodeLimit: 2 * source.bytes.count + aliasLimit,
          end: source.origin(ofByte: source.bytes.count))
        let tree = converter.convert(root, depth: 0)
        return ScenarioTree(root: converter.gaveUp ? nil : tree, problems: converter.problems)
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        // Yams stops at a key that stands twice; the first of the two gets another name for the moment.
        if renamed.rename(names.sorted().first ?? "", at: context.mark) { continue }
        let origin = Origin.text(line: Int32(clamping: context.mark.line), column: Int32(clamping: context.mark.column))
        let shown = names.map(\.shown).joined(separator: ", ")
        return ScenarioTree(root: nil, problems: [Problem(origin: origin, message: "the key \(shown) stands twice")])
      } catch {
        return ScenarioTree(root: nil, problems: [SyntaxProblem.describe(error, source: source)])
      }
    }
  }
}

/// Keys that stand twice in a map and are renamed, in place and at equal length, to characters of private use.
private struct RenamedKeys {
  private(set) var text: String
  /// The true name of every renamed key.
  private(set) var keys: [String: String] = [:]
  private var bytes: [UInt8]
  private var edits = 0

  private static let limit = 32

  init(_ source: SourceText) {
    bytes = source.bytes
    text = String(decoding: source.bytes, as: UTF8.self)
  }

  /// Renames the key at a mark; false where it is not written out there, or there have been too many.
  mutating func rename(_ name: String, at mark: Mark) -> Bool {
    guard edits < Self.limit, !name.isEmpty, let private0 = Unicode.Scalar(0xE000 + UInt32(edits)) else { return false }
    let current = SourceText(bytes)
    var start = current.byteOffset(line: Int32(clamping: mark.line), column: Int32(clamping: mark.column))
    if start < bytes.count, bytes[start] == UInt8(ascii: "\"") || bytes[start] == UInt8(ascii: "'") { start += 1 }
    let old = Array(name.utf8)
    guard start + old.count <= bytes.count, Array(bytes[start..<start + old.count]) == old else { return false }
    let new = String(repeating: String(Character(private0)), count: name.unicodeScalars.count)
    bytes.replaceSubrange(start..<start + old.count, with: Array(new.utf8))
    keys[new] = name
    edits += 1
    text = String(decoding: bytes, as: UTF8.self)
    return true
  }
}

/// Turns the nodes of Yams into nodes of a scenario.
private struct NodeConverter {
  let renamed: [String: String]
  var nodesLeft: Int
  private(set) var problems: [ScenarioTree.Problem] = []
  /// Whether parts of the file were left out, so that what follows would not be worth reading.
  private(set) var gaveUp = false

  /// The end of the file; libyaml puts a value that is not there one line further.
  private let end: Origin

  init(renamed: [String: String], nodeLimit: Int, end: Origin) {
    self.renamed = renamed
    self.end = end
    nodesLeft = nodeLimit
  }

  mutating func convert(_ node: Node, depth: Int) -> ScenarioNode {
    let origin = origin(of: node)
    nodesLeft -= 1
    if gaveUp { return .scalar("", at: origin) }
    if nodesLeft <= 0 {
      if !gaveUp { report("aliases make this file grow by more than \(ScenarioTree.aliasLimit) nodes here", origin) }
      gaveUp = true
      return .scalar("", at: origin)
    }
    if depth > ScenarioTree.depthLimit {
      if !gaveUp { report("lists and maps nest deeper than \(ScenarioTree.depthLimit) levels here", origin) }
      gaveUp = true
      return .scalar("", at: origin)
    }
    checkTag(node, origin)
    switch node {
    case .scalar(let scalar):
      let quoted = scalar.style != .plain && scalar.style != .any
      return .scalar(scalar.string, at: origin, quoted: quoted)
    case .sequence(let sequence):
      let items = sequence.map { convert($0, depth: depth + 1) }
      return ScenarioNode(content: .list(mendList(items)), origin: origin)
    case .mapping(let mapping):
      return ScenarioNode(content: .map(entries(of: mapping, depth: depth)), origin: origin)
    case .alias:
      report("this alias has no anchor", origin)
      return .scalar("", at: origin)
    }
  }

  private func origin(of node: Node) -> Origin {
    guard let mark = node.mark else { return .start }
    if case .text(let line, _) = end, mark.line > Int(line) { return end }
    return .text(line: Int32(clamping: mark.line), column: Int32(clamping: mark.column))
  }

  private mutating func report(_ message: String, _ origin: Origin) {
    problems.append(ScenarioTree.Problem(origin: origin, message: message))
  }

  private mutating func checkTag(_ node: Node, _ origin: Origin) {
    let tag: Tag
    switch node {
    case .scalar(let scalar): tag = scalar.tag
    case .mapping(let mapping): tag = mapping.tag
    case .sequence(let sequence): tag = sequence.tag
    case .alias: return
    }
    let name = tag.description
    if name.isEmpty || name == "!" || name.hasPrefix("tag:yaml.org,2002:") { return }
    report("the tag \(name.shown) has no meaning in a scenario; leave it out", origin)
  }

  private mutating func entries(of mapping: Node.Mapping, depth: Int) -> [ScenarioNode.Entry] {
    if mapping.count > ScenarioTree.keyLimit {
      report(
        "a map has at most \(ScenarioTree.keyLimit) keys, got \(mapping.count); write parameters as arrays and data as CSV",
        origin(of: .mapping(mapping)))
      gaveUp = true
      return []
    }
    var entries: [ScenarioNode.Entry] = []
    entries.reserveCapacity(mapping.count)
    for (key, value) in mapping {
      let origin = origin(of: key)
      guard case .scalar(let name) = key else {
        report("a key must be a name, not a list or a map", origin)
        continue
      }
      nodesLeft -= 1
      entries.append(
        ScenarioNode.Entry(
          key: renamed[name.string] ?? name.string, origin: origin, value: convert(value, depth: depth + 1)))
    }
    entries = mendMap(entries)
    return withoutDuplicates(entries)
  }

  private mutating func withoutDuplicates(_ entries: [ScenarioNode.Entry]) -> [ScenarioNode.Entry] {
    if renamed.isEmpty { return entries }
    var first: [String: Origin] = [:]
    return entries.filter { entry in
      guard let origin = first[entry.key] else {
        first[entry.key] = entry.origin
        return true
      }
      var place = ""
      if case .text(let line, let column) = origin { place = "; the first is at line \(line), column \(column)" }
      report("the key \(entry.key.shown) stands twice\(place)", entry.origin)
      return false
    }
  }

  private mutating func mendMap(_ entries: [ScenarioNode.Entry]) -> [ScenarioNode.Entry] {
    let mended = CommaSlip.mend(entries)
    problems += mended.problems
    return mended.entries
  }

  private mutating func mendList(_ items: [ScenarioNode]) -> [ScenarioNode] {
    let mended = CommaSlip.mend(items)
    problems += mended.problems
    return mended.items
  }
}
