import Foundation

/// A value of JSON.
public indirect enum PlainValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([PlainValue])
  case map([String: PlainValue])

  /// Reads a document of JSON.
  public init(document: String) throws {
    self = try JSONDecoder().decode(PlainValue.self, from: Data(document.utf8))
  }

  /// The member of a map under a key.
  public subscript(key: String) -> PlainValue? {
    if case .map(let members) = self { return members[key] }
    return nil
  }

  /// The keys of a map, sorted.
  public var keys: [String] {
    if case .map(let members) = self { return members.keys.sorted() }
    return []
  }
}

extension PlainValue: Decodable {
  /// Reads whatever stands there.
  public init(from decoder: any Decoder) throws {
    let single = try decoder.singleValueContainer()
    if single.decodeNil() {
      self = .null
    } else if let value = try? single.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? single.decode(Double.self) {
      self = .number(value)
    } else if let value = try? single.decode(String.self) {
      self = .text(value)
    } else if let value = try? single.decode([PlainValue].self) {
      self = .list(value)
    } else {
      self = .map(try single.decode([String: PlainValue].self))
    }
  }
}
