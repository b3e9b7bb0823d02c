/// What a name in a scenario or a report stands for.
///
/// A family of names is one entry: `limit.*` stands for `limit.DE[0]`, `limit.TA[3]` and so on.
public struct Explanation: Sendable, Equatable {
  /// What kind of name it is.
  public enum Kind: String, Sendable, CaseIterable {
    /// An experiment of a scenario.
    case experiment
    /// A named number of a result.
    case number
    /// A verdict.
    case verdict
    /// A table.
    case table
    /// A column of a table, or a name in its column `observable`.
    case column
    /// Numbers that were kept one by one, in a file of their own.
    case sample
    /// An update rule.
    case algorithm
    /// A model of the gradient's noise.
    case gradient
    /// A generator of random numbers.
    case generator
    /// A function of expressions.
    case function
    /// A word of the field.
    case term
  }

  /// What kind of name it is.
  public var kind: Kind
  /// The name as it is shown, with words in capitals for what varies: `limit.X[p]`.
  public var name: String
  /// The names that it stands for; `*` stands for any text that is not empty.
  public var patterns: [String]
  /// Where the name occurs: kinds of experiments, for a column tables; empty for everywhere.
  public var places: [String]
  /// What it is, in a sentence or two.
  public var definition: String
  /// How it is computed, in the symbols of docs/Notation.md.
  public var formula: String
  /// The unit of its values, or what its values are.
  public var unit: String
  /// Per step or per unit of time, sign, interpretation, level of the path, statistics.
  public var convention: String
  /// The document that derives or describes it, with its section.
  public var document: String
  /// The keys of its sources in ``References``.
  public var sources: [String]

  /// An entry of the catalogue; without patterns it stands for its own name.
  init(
    _ kind: Kind, _ name: String, as patterns: [String] = [], in places: [String] = [], _ definition: String,
    formula: String, unit: String, convention: String, document: String, sources: [String]
  ) {
    self.kind = kind
    self.name = name
    self.patterns = patterns.isEmpty ? [name] : patterns
    self.places = places
    self.definition = definition
    self.formula = formula
    self.unit = unit
    self.convention = convention
    self.document = document
    self.sources = sources
  }

  /// Whether this entry explains a name, upper and lower case being different.
  public func explains(_ name: String) -> Bool {
    name == self.name || patterns.contains { NamePattern($0).matches(name) }
  }

  /// Whether this entry explains a name of a kind at a place.
  public func explains(_ name: String, _ kind: Kind, in place: String) -> Bool {
    self.kind == kind && (places.isEmpty || places.contains(place)) && explains(name)
  }
}

/// A name in which `*` stands for any text that is not empty.
struct NamePattern {
  private let pieces: [Substring]

  init(_ pattern: String) { pieces = pattern.split(separator: "*", omittingEmptySubsequences: false) }

  /// The number of letters that are not free.
  var fixedCount: Int { pieces.reduce(0) { $0 + $1.count } }

  /// Whether the whole name is of the pattern.
  func matches(_ name: String) -> Bool {
    guard let first = pieces.first, name.hasPrefix(first) else { return false }
    return Self.rest(name.dropFirst(first.count), pieces.dropFirst())
  }

  private static func rest(_ text: Substring, _ pieces: ArraySlice<Substring>) -> Bool {
    guard let piece = pieces.first else { return text.isEmpty }
    // The star before this piece takes one letter at least.
    for length in stride(from: 1, through: text.count, by: 1) {
      let tail = text.dropFirst(length)
      if tail.hasPrefix(piece), rest(tail.dropFirst(piece.count), pieces.dropFirst()) { return true }
    }
    return false
  }
}
