import LoschmidtNumerics

/// What readers of a scenario share: the problems found so far, and the readers of single values.
///
/// A reader returns `nil` after it has reported what is wrong, so that reading goes on with the rest.
struct ScenarioDecoder {
  /// The problems found so far.
  var problems: DiagnosticList
  /// The text of the file, for places inside expressions.
  let source: SourceText
  /// The folder of the scenario, which paths in it are relative to.
  let folder: String
  /// Numbers that every expression may name.
  var constants: [String: Double] = [:]
  /// What is known of the process so far.
  var context = ProcessContext()

  /// Reports an error.
  mutating func error(_ message: String, at origin: Origin) { problems.error(message, at: origin) }

  /// A map, opened for reading; a value left empty counts as an empty map where `emptyAllowed`.
  mutating func map(
    _ node: ScenarioNode, name: String, origin: Origin, emptyAllowed: Bool = false
  ) -> MapReader? {
    if let entries = node.map { return MapReader(entries, name: name, origin: origin) }
    if emptyAllowed, node.isEmpty { return MapReader([], name: name, origin: origin) }
    error("'\(name)' must be a map of keys and values, got \(node.shown)", at: node.origin)
    return nil
  }

  /// A piece of text.
  mutating func text(_ node: ScenarioNode, _ name: String) -> String? {
    if let text = node.text, !node.isEmpty { return text }
    error("'\(name)' must be a text, got \(node.shown)", at: node.origin)
    return nil
  }

  /// A number that `condition` allows; `allowed` says in words which those are.
  mutating func number(
    _ node: ScenarioNode, _ name: String, allowed: String = "a finite number",
    where condition: (Double) -> Bool = { _ in true }
  ) -> Double? {
    if let text = node.text {
      switch NumberLiteral(text) {
      case .number(let value) where condition(value): return value
      case .leadingZero: return leadingZero(text, name, at: node.origin)
      default: break
      }
    }
    error("\(name.quoted) must be \(allowed), got \(node.shown)", at: node.origin)
    return nil
  }

  /// A whole number in a range.
  mutating func integer(_ node: ScenarioNode, _ name: String, in range: ClosedRange<Int>) -> Int? {
    if let text = node.text {
      if case .leadingZero = NumberLiteral(text) { return leadingZero(text, name, at: node.origin) }
      if let value = Self.wholeNumber(text, as: Int.self), range.contains(value) { return value }
    }
    let most = range.upperBound == .max ? "at least \(range.lowerBound)" : "\(range.lowerBound) … \(range.upperBound)"
    error("'\(name)' must be a whole number, \(most), got \(node.shown)", at: node.origin)
    return nil
  }

  /// A seed, 0 … 2⁶⁴ − 1.
  mutating func seed(_ node: ScenarioNode, _ name: String = "seed") -> UInt64? {
    if let text = node.text {
      if case .leadingZero = NumberLiteral(text) { return leadingZero(text, name, at: node.origin) }
      if let value = Self.wholeNumber(text, as: UInt64.self) { return value }
    }
    error("'\(name)' must be a whole number, 0 … \(UInt64.max), got \(node.shown)", at: node.origin)
    return nil
  }

  /// `12`, and what has a whole number as its value, such as `1e6`.
  private static func wholeNumber<Integer: FixedWidthInteger>(_ text: String, as type: Integer.Type) -> Integer? {
    if let value = Integer(text) { return value }
    guard case .number(let value) = NumberLiteral(text) else { return nil }
    return Integer(exactly: value)
  }

  private mutating func leadingZero<Value>(_ text: String, _ name: String, at origin: Origin) -> Value? {
    error(
      "\(name.quoted) begins with a needless zero, got \(text.shown), which some readers of YAML take for an octal number; "
        + "write it without the zero", at: origin)
    return nil
  }

  /// One of the cases of an enumeration by its raw value.
  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ node: ScenarioNode, _ name: String, as type: Word.Type
  ) -> Word? where Word.RawValue == String {
    let known = Word.allCases.map(\.rawValue)
    if let text = node.text, let word = Word(rawValue: text) { return word }
    let advice = node.text.flatMap { nearestName(to: $0, among: known) }.map { "; did you mean '\($0)'?" } ?? ""
    error("'\(name)' must be one of \(known.joined(separator: ", ")), got \(node.shown)\(advice)", at: node.origin)
    return nil
  }
}

extension String {
  /// The name of a setting in quotes; a description that has quotes in it stays as it is.
  fileprivate var quoted: String { contains("'") ? self : "'\(self)'" }
}
