/// A part of the reference numbers that answers every question: what is missing is NaN, empty or has no entries.
///
/// A comparison with NaN fails, so that a missing number cannot pass a test.
public struct ReferenceEntry: Sendable {
  private let value: ReferenceValue?

  /// Wraps a value.
  public init(_ value: ReferenceValue?) { self.value = value }

  /// The entries of `expansions.json` of one kind, such as `potentials`; that there are none is a mistake in the program.
  public static func expansions(ofKind kind: String) -> [ReferenceEntry] {
    let all = ReferenceEntry(try? ReferenceNumbers.load("expansions.json"))["entries"].list
    let entries = all.filter { $0["kind"].text == kind }
    precondition(!entries.isEmpty, "expansions.json has no entries of the kind \(kind)")
    return entries
  }

  /// The value of a key.
  public subscript(key: String) -> ReferenceEntry { ReferenceEntry(value?[key]) }

  /// The entries of a list.
  public var list: [ReferenceEntry] { (value?.list ?? []).map { ReferenceEntry($0) } }

  /// The entries of a map.
  public var map: [String: ReferenceEntry] { (value?.object ?? [:]).mapValues { ReferenceEntry($0) } }

  /// A number.
  public var double: Double { value?.number ?? .nan }

  /// A list of numbers.
  public var doubles: [Double] { list.map(\.double) }

  /// The rows of a matrix.
  public var rows: [[Double]] { list.map(\.doubles) }

  /// A text.
  public var text: String { value?.text ?? "" }

  /// Whether there is nothing.
  public var isMissing: Bool { value == nil }
}
