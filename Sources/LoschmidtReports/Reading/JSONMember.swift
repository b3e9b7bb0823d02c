/// A value inside a JSON document that knows its path, and is read strictly as one type or refused.
struct JSONMember {
  /// The member is of another type or value than is allowed.
  struct Problem: Error, Equatable {
    var path: String
    var message: String
  }

  let value: JSONValue
  let path: String

  init(_ value: JSONValue, path: String = "") {
    self.value = value
    self.path = path
  }

  /// A refusal of this member.
  func problem(_ message: String) -> Problem { Problem(path: path, message: message) }

  private func mustBe(_ what: String) -> Problem { problem("must be \(what), and is \(Self.described(value))") }

  // MARK: Objects and arrays

  /// The members of an object in their order, each with its key.
  func members() throws(Problem) -> [(key: String, member: JSONMember)] {
    guard case .object(let members, _) = value else { throw mustBe("an object") }
    return members.map { ($0.key, JSONMember($0.value, path: path(of: $0.key))) }
  }

  /// The members of an object by their keys, which must be these; the last ones may be missing.
  func object(_ keys: [String], optional: [String] = []) throws(Problem) -> [String: JSONMember] {
    var found: [String: JSONMember] = [:]
    for (key, member) in try members() {
      guard keys.contains(key) || optional.contains(key) else {
        throw member.problem("is not a member that this version knows")
      }
      found[key] = member
    }
    for key in keys where found[key] == nil {
      throw Problem(path: path(of: key), message: "is missing")
    }
    return found
  }

  func array() throws(Problem) -> [JSONMember] {
    guard case .array(let elements, _) = value else { throw mustBe("an array") }
    return elements.enumerated().map { JSONMember($1, path: "\(path)[\($0)]") }
  }

  /// The path of a member of this object; a key that is no plain word stands in brackets.
  private func path(of key: String) -> String {
    let isWord = !key.isEmpty && key.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) }
    return isWord ? (path.isEmpty ? key : "\(path).\(key)") : "\(path)[\"\(key)\"]"
  }

  // MARK: Scalars

  func text() throws(Problem) -> String {
    guard case .text(let text) = value else { throw mustBe("a text") }
    return text
  }

  func optionalText() throws(Problem) -> String? {
    if value == .null { return nil }
    guard case .text(let text) = value else { throw mustBe("a text or null") }
    return text
  }

  func bool() throws(Problem) -> Bool {
    guard case .bool(let bool) = value else { throw mustBe("true or false") }
    return bool
  }

  func real() throws(Problem) -> Double {
    guard let number = Self.number(value) else { throw mustBe("a number") }
    return number
  }

  func optionalReal() throws(Problem) -> Double? {
    if value == .null { return nil }
    guard let number = Self.number(value) else { throw mustBe("a number or null") }
    return number
  }

  func integer(atLeast least: Int) throws(Problem) -> Int {
    guard case .integer(let integer) = value, integer >= least else {
      throw mustBe("a whole number of \(least) or more")
    }
    return integer
  }

  func unsigned() throws(Problem) -> UInt64 {
    switch value {
    case .integer(let integer) where integer >= 0: return UInt64(integer)
    case .unsigned(let integer): return integer
    default: throw mustBe("a whole number between 0 and 18446744073709551615")
    }
  }

  /// One cell of a table; `reason` says why it is missing where it is.
  func cell(_ reason: String?) throws(Problem) -> Cell {
    switch (value, reason) {
    case (.null, let reason?): return .missing(reason: reason)
    case (.null, nil): throw problem("is null, and 'reasons' does not say why")
    case (_, _?): throw problem("has a value, and 'reasons' says that it has none")
    case (.integer(let integer), nil): return .integer(integer)
    case (.text(let text), nil): return .text(text)
    case (_, nil):
      guard let number = Self.number(value) else { throw mustBe("a number, a text or null") }
      return .real(number)
    }
  }

  private static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .integer(let integer): Double(integer)
    case .unsigned(let integer): Double(integer)
    case .real(let number): number
    case .null, .bool, .text, .array, .object: nil
    }
  }

  private static func described(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let integer): String(integer)
    case .unsigned(let integer): String(integer)
    case .real(let number): NumberText.shortest(number)
    case .text(let text): "the text '\(Prose.printable(String(text.prefix(40))))'"
    case .array: "an array"
    case .object: "an object"
    }
  }
}
