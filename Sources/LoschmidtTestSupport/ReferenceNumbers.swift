import Foundation

/// A JSON value, as the reference numbers are stored.
public enum ReferenceValue: Sendable, Equatable {
  /// A number.
  case number(Double)
  /// A text; numbers with more digits than a double holds, and those that JSON cannot write, are texts too.
  case text(String)
  /// True or false.
  case truth(Bool)
  /// A list.
  case list([ReferenceValue])
  /// Named values.
  case object([String: ReferenceValue])
  /// Nothing.
  case null

  /// The number: of a number itself, or of a text such as `0.1234…`, `inf` or `-inf`, rounded to the nearest double.
  public var number: Double? {
    switch self {
    case .number(let value): value
    case .text(let digits): Double(digits)
    default: nil
    }
  }

  /// The text.
  public var text: String? {
    if case .text(let value) = self { value } else { nil }
  }

  /// The entries of a list.
  public var list: [ReferenceValue]? {
    if case .list(let values) = self { values } else { nil }
  }

  /// The named values of an object.
  public var object: [String: ReferenceValue]? {
    if case .object(let values) = self { values } else { nil }
  }

  /// The entries of a list of numbers, `nil` when one of them is not a number.
  public var numbers: [Double]? {
    guard let list else { return nil }
    let numbers = list.compactMap(\.number)
    return numbers.count == list.count ? numbers : nil
  }

  /// The entries, row by row, of a list of lists of numbers; `nil` when one of them is not a number.
  public var rows: [[Double]]? {
    guard let list else { return nil }
    let rows = list.compactMap(\.numbers)
    return rows.count == list.count ? rows : nil
  }

  /// The value under a name; `nil` where there is none.
  public subscript(name: String) -> ReferenceValue? { object?[name] }

  /// The entry of a list at an index; `nil` where there is none.
  public subscript(index: Int) -> ReferenceValue? {
    guard let list, list.indices.contains(index) else { return nil }
    return list[index]
  }
}

extension ReferenceValue: Decodable {
  /// Decodes any JSON value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .truth(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let values = try? container.decode([ReferenceValue].self) {
      self = .list(values)
    } else {
      self = .object(try container.decode([String: ReferenceValue].self))
    }
  }
}

/// The numbers that tests compare with; each file was written by a generator under Tests/References.
public enum ReferenceNumbers {
  /// A file of reference numbers that is not there.
  public struct Missing: Error, Sendable, Equatable {
    /// The name that was asked for.
    public let name: String
  }

  /// Reads a file of the folder References.
  ///
  /// - Throws: `Missing` when there is no such file, and what the decoder says when it is not JSON.
  public static func load(_ name: String) throws -> ReferenceValue {
    try decode(ReferenceValue.self, from: name)
  }

  /// Reads a file of the folder References as a type of the caller.
  ///
  /// - Throws: `Missing` when there is no such file, and what the decoder says when the file does not fit the type.
  public static func decode<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value {
    guard let url = Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "References") else {
      throw Missing(name: name)
    }
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
  }
}
