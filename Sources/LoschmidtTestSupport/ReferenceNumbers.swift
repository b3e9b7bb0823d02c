import Foundation

/// The reference numbers in the folder `References`, made by programs that share no code with this package.
public enum ReferenceNumbers {
  /// Reads a file of reference numbers, such as `expansions.json`.
  public static func load(_ name: String) throws -> ReferenceValue {
    guard let folder = Bundle.module.url(forResource: "References", withExtension: nil) else {
      throw CocoaError(.fileNoSuchFile)
    }
    return try JSONDecoder().decode(ReferenceValue.self, from: Data(contentsOf: folder.appending(path: name)))
  }
}

/// A value of JSON, read by key or by index; whatever is missing is `null`.
public enum ReferenceValue: Decodable, Sendable {
  /// Nothing.
  case null
  /// A truth value.
  case boolean(Bool)
  /// A number.
  case number(Double)
  /// A string.
  case string(String)
  /// A list.
  case list([ReferenceValue])
  /// A map.
  case map([String: ReferenceValue])

  /// Decodes any value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([ReferenceValue].self) {
      self = .list(value)
    } else {
      self = .map(try container.decode([String: ReferenceValue].self))
    }
  }

  /// The value of a key.
  public subscript(key: String) -> ReferenceValue {
    if case .map(let entries) = self { return entries[key] ?? .null }
    return .null
  }

  /// The value at an index of a list.
  public subscript(index: Int) -> ReferenceValue { list[index] }

  /// The entries of a list; empty for anything else.
  public var list: [ReferenceValue] {
    if case .list(let entries) = self { return entries }
    return []
  }

  /// The entries of a map; empty for anything else.
  public var map: [String: ReferenceValue] {
    if case .map(let entries) = self { return entries }
    return [:]
  }

  /// A number; NaN for anything else.
  public var double: Double {
    if case .number(let value) = self { return value }
    return .nan
  }

  /// A list of numbers.
  public var doubles: [Double] { list.map(\.double) }

  /// The rows of a matrix.
  public var rows: [[Double]] { list.map(\.doubles) }

  /// A string; empty for anything else.
  public var text: String {
    if case .string(let value) = self { return value }
    return ""
  }

  /// Whether there is nothing.
  public var isMissing: Bool {
    if case .null = self { return true }
    return false
  }
}
