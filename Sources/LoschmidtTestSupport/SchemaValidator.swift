import Foundation

/// A validator of the part of JSON Schema, draft 7, that the schema of scenarios uses.
///
/// It shares no code with what writes the schema. A keyword that it does not know is a failed precondition, so that
/// nothing in a schema is passed over in silence.
public struct SchemaValidator {
  private let root: PlainValue
  private let expressions: [String: NSRegularExpression]

  /// A validator for a schema.
  ///
  /// - Throws: Where a pattern is no regular expression.
  public init(_ schema: PlainValue) throws {
    root = schema
    expressions = try Dictionary(
      uniqueKeysWithValues: Self.patterns(in: schema).map { ($0, try NSRegularExpression(pattern: $0)) })
  }

  private static func patterns(in schema: PlainValue) -> Set<String> {
    switch schema {
    case .map(let members):
      var patterns = members.values.map(Self.patterns).reduce(into: Set<String>()) { $0.formUnion($1) }
      if case .text(let pattern)? = members["pattern"] { patterns.insert(pattern) }
      if case .map(let names)? = members["patternProperties"] { patterns.formUnion(names.keys) }
      return patterns
    case .list(let items): return items.map(Self.patterns).reduce(into: Set<String>()) { $0.formUnion($1) }
    default: return []
    }
  }

  /// What is wrong with a value, one line each with its place; empty if it is valid.
  public func faults(of value: PlainValue) -> [String] { faults(value, root, "") }

  private func faults(_ value: PlainValue, _ schema: PlainValue, _ place: String) -> [String] {
    guard case .map(let keywords) = schema else { preconditionFailure("a schema is a map, at \(place)") }
    if case .text(let reference)? = keywords["$ref"] { return faults(value, target(reference), place) }
    return keywords.sorted { $0.key < $1.key }.flatMap { keyword, argument in
      self.check(value, keyword, argument, keywords, place)
    }
  }

  private func target(_ reference: String) -> PlainValue {
    let name = reference.replacingOccurrences(of: "#/definitions/", with: "")
    guard let schema = root["definitions"]?[name] else { preconditionFailure("no definition \(reference)") }
    return schema
  }

  private func check(
    _ value: PlainValue, _ keyword: String, _ argument: PlainValue, _ all: [String: PlainValue], _ place: String
  ) -> [String] {
    switch keyword {
    case "$schema", "title", "description", "definitions", "then", "else": return []
    case "properties", "patternProperties":
      precondition(all["additionalProperties"] == .bool(false), "only maps without further keys are read")
      return []
    case "additionalProperties": return members(value, all, place)
    case "type", "enum", "const", "not", "anyOf", "allOf", "if": return logic(value, keyword, argument, all, place)
    default: break
    }
    switch value {
    case .number(let number): return limits(number, keyword, argument, place)
    case .text(let text): return limits(text, keyword, argument, place)
    case .list(let items): return limits(items, keyword, argument, place)
    case .map(let members): return limits(members, keyword, argument, place)
    case .null, .bool:
      precondition(Self.known.contains(keyword), "unknown keyword \(keyword)")
      return []
    }
  }

  private static let known: Set = [
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minLength", "pattern", "items", "minItems",
    "maxItems", "uniqueItems", "required", "minProperties", "maxProperties",
  ]

  // MARK: Keywords for every value

  private func logic(
    _ value: PlainValue, _ keyword: String, _ argument: PlainValue, _ all: [String: PlainValue], _ place: String
  ) -> [String] {
    switch (keyword, argument) {
    case ("type", .text(let name)): return Self.isOf(value, name) ? [] : ["\(place): not of type \(name)"]
    case ("type", .list(let names)):
      return names.contains { if case .text(let name) = $0 { Self.isOf(value, name) } else { false } }
        ? [] : ["\(place): not of a type of \(names)"]
    case ("enum", .list(let values)): return values.contains(value) ? [] : ["\(place): not one of \(values)"]
    case ("const", _): return value == argument ? [] : ["\(place): not \(argument)"]
    case ("not", _): return faults(value, argument, place).isEmpty ? ["\(place): what must not be"] : []
    case ("allOf", .list(let schemas)): return schemas.flatMap { faults(value, $0, place) }
    case ("anyOf", .list(let schemas)):
      let all = schemas.map { faults(value, $0, place) }
      return all.contains { $0.isEmpty } ? [] : ["\(place): none of \(schemas.count): \(all.joined().prefix(4))"]
    case ("if", _):
      let branch = faults(value, argument, place).isEmpty ? all["then"] : all["else"]
      return branch.map { faults(value, $0, place) } ?? []
    default: preconditionFailure("the keyword \(keyword) with \(argument)")
    }
  }

  private static func isOf(_ value: PlainValue, _ type: String) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .text), ("array", .list),
      ("object", .map):
      true
    case ("integer", .number(let number)): number.isFinite && number == number.rounded()
    default: false
    }
  }

  // MARK: Keywords for one kind of value

  private func limits(_ number: Double, _ keyword: String, _ argument: PlainValue, _ place: String) -> [String] {
    guard case .number(let bound) = argument else { return other(keyword) }
    let good =
      switch keyword {
      case "minimum": number >= bound
      case "maximum": number <= bound
      case "exclusiveMinimum": number > bound
      case "exclusiveMaximum": number < bound
      default: other(keyword).isEmpty
      }
    return good ? [] : ["\(place): \(number) and \(keyword) \(bound)"]
  }

  private func limits(_ text: String, _ keyword: String, _ argument: PlainValue, _ place: String) -> [String] {
    switch (keyword, argument) {
    case ("minLength", .number(let least)):
      return Double(text.unicodeScalars.count) >= least ? [] : ["\(place): a text that is too short"]
    case ("pattern", .text(let pattern)): return matches(text, pattern) ? [] : ["\(place): '\(text)' is not \(pattern)"]
    default: return other(keyword)
    }
  }

  private func limits(_ items: [PlainValue], _ keyword: String, _ argument: PlainValue, _ place: String) -> [String] {
    switch (keyword, argument) {
    case ("items", _):
      return items.enumerated().flatMap { index, item in faults(item, argument, "\(place)[\(index)]") }
    case ("minItems", .number(let least)):
      return Double(items.count) >= least ? [] : ["\(place): \(items.count) items"]
    case ("maxItems", .number(let most)): return Double(items.count) <= most ? [] : ["\(place): \(items.count) items"]
    case ("uniqueItems", .bool(true)): return Set(items).count == items.count ? [] : ["\(place): an item twice"]
    default: return other(keyword)
    }
  }

  private func limits(
    _ members: [String: PlainValue], _ keyword: String, _ argument: PlainValue, _ place: String
  ) -> [String] {
    switch (keyword, argument) {
    case ("required", .list(let names)):
      return names.compactMap { name in
        if case .text(let key) = name, members[key] != nil { return nil }
        return "\(place): no \(name)"
      }
    case ("minProperties", .number(let least)):
      return Double(members.count) >= least ? [] : ["\(place): \(members.count) keys"]
    case ("maxProperties", .number(let most)):
      return Double(members.count) <= most ? [] : ["\(place): \(members.count) keys"]
    default: return other(keyword)
    }
  }

  /// A keyword about another kind of value says nothing about this one.
  private func other(_ keyword: String) -> [String] {
    precondition(Self.known.contains(keyword), "unknown keyword \(keyword)")
    return []
  }

  private func members(_ value: PlainValue, _ all: [String: PlainValue], _ place: String) -> [String] {
    guard case .map(let members) = value else { return [] }
    var patterns: [String: PlainValue] = [:]
    if case .map(let known)? = all["patternProperties"] { patterns = known }
    return members.sorted { $0.key < $1.key }.flatMap { key, member in
      var schemas = patterns.filter { matches(key, $0.key) }.map(\.value)
      if let schema = all["properties"]?[key] { schemas.append(schema) }
      if schemas.isEmpty { return ["\(place): unknown key \(key)"] }
      return schemas.flatMap { faults(member, $0, "\(place).\(key)") }
    }
  }

  private func matches(_ text: String, _ pattern: String) -> Bool {
    guard let expression = expressions[pattern] else { preconditionFailure("no such pattern: \(pattern)") }
    return expression.firstMatch(in: text, range: NSRange(text.startIndex..., in: text)) != nil
  }
}
