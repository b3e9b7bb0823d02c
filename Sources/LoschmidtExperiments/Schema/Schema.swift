import LoschmidtReports

/// What may stand at a place of a scenario, as JSON Schema (draft 7) can say it.
///
/// It says what the reader accepts: structure, types, ranges and names. Whether an expression has a meaning, what the data
/// hold, and what one key demands of another the reader alone knows.
indirect enum Schema: Sendable {
  /// A finite number, quoted or not.
  case number(NumberRange)
  /// A whole number, quoted or not; `.max` stands for no upper bound.
  case whole(ClosedRange<Int>)
  /// A seed, 0 … 2⁶⁴ − 1.
  case seed
  /// A piece of text; a word that YAML takes for a number or a truth value is text too.
  case text
  /// An expression; the range is that of a bare number.
  case expression(NumberRange)
  /// A text that a regular expression describes.
  case pattern(String)
  /// Infinity as YAML writes it.
  case infinity
  /// One of these words.
  case words([String])
  /// A list of so many items; `distinct` where none may stand twice.
  case list(Schema, least: Int, most: Int?, distinct: Bool)
  /// A map.
  case map(MapSchema)
  /// What one of these accepts.
  case anyOf([Schema])
  /// What the second accepts where the first key is there, else the last.
  case cases([(key: String, schema: Schema)], otherwise: Schema)
  /// The definition of this name in the document.
  case definition(String)

  /// A list with at least one item.
  static func list(_ item: Schema) -> Schema { .list(item, least: 1, most: nil, distinct: false) }

  /// The words of an enumeration.
  static func words<Word: RawRepresentable & CaseIterable>(of type: Word.Type) -> Schema where Word.RawValue == String {
    .words(Word.allCases.map(\.rawValue))
  }

  /// A map with these keys.
  static func map(
    mayBeEmpty: Bool = false, anyOf needs: [String] = [], excludes: [[String]] = [], _ keys: [MapSchema.Key]
  ) -> Schema {
    .map(MapSchema(keys: keys, needs: needs, excludes: excludes, mayBeEmpty: mayBeEmpty))
  }

  /// A map of names that the user chooses.
  static func names(_ pattern: String, to value: Schema, least: Int = 0) -> Schema {
    .map(MapSchema(others: [.init(pattern: pattern, value: value)], least: least))
  }
}

/// What a map may hold; keys that it does not name are refused.
struct MapSchema: Sendable {
  /// One key.
  struct Key: Sendable {
    var name: String
    var value: Schema
    /// What it means, in a sentence without a full stop: an editor shows it.
    var meaning: String
    var isRequired: Bool

    /// A key that may be left out.
    init(_ name: String, _ value: Schema, _ meaning: String) {
      (self.name, self.value, self.meaning, isRequired) = (name, value, meaning, false)
    }

    /// A key that must be there.
    static func required(_ name: String, _ value: Schema, _ meaning: String) -> Key {
      var key = Key(name, value, meaning)
      key.isRequired = true
      return key
    }
  }

  /// Names that the user chooses.
  struct Names: Sendable {
    var pattern: String
    var value: Schema
  }

  /// The most keys of any map.
  static var keyLimit: Int { ScenarioTree.keyLimit }

  var keys: [Key] = []
  var others: [Names] = []
  /// At least one of these keys must be there.
  var needs: [String] = []
  /// Keys of which not all may be there.
  var excludes: [[String]] = []
  /// So many keys must be there.
  var least = 0
  /// At most so many keys may be there.
  var most: Int?
  /// Whether `key:` without a value counts as an empty map.
  var mayBeEmpty = false

  /// Whether the map may be left out altogether.
  var acceptsNothing: Bool { mayBeEmpty && least == 0 && needs.isEmpty && !keys.contains(where: \.isRequired) }
}

extension Schema {
  /// A tagged choice out of a list of the catalogue: the bare word where no setting is needed, or a map with one key.
  ///
  /// Names of a later version are left out, and so refused.
  static func choice<Product>(of section: [CatalogueItem<Product>]) -> Schema {
    let ready = section.compactMap { item in
      item.schema.map { MapSchema.Key(item.name, $0, item.summary) }
    }
    let words = ready.filter { key in
      if case .map(let map) = key.value { return map.acceptsNothing }
      return false
    }
    let map = Schema.map(MapSchema(keys: ready, least: 1, most: 1))
    return words.isEmpty ? map : .anyOf([.words(words.map(\.name)), map])
  }
}

// MARK: As JSON

extension Schema {
  /// The schema as a value of JSON, with what it means where that is known.
  func json(meaning: String? = nil) -> JSONValue {
    var members = meaning.map { [JSONValue.Member("description", .text($0))] } ?? []
    if case .definition = self, meaning != nil {
      // Beside a reference draft 7 reads nothing else.
      members.append(.init("allOf", .array([json()], .inline)))
    } else {
      members += self.members
    }
    return .object(members, isShort ? .inline : .lines)
  }

  /// Whether it is written on one line.
  private var isShort: Bool {
    switch self {
    case .map, .anyOf, .cases, .list: false
    default: true
    }
  }

  private var members: [JSONValue.Member] {
    switch self {
    case .number(let range): Self.types("number", "string") + range.members + [range.quoted]
    case .whole(let range): Self.types("integer", "string") + NumberRange.members(range)
    case .seed:
      Self.types("integer", "string") + [
        .init("minimum", .integer(0)), .init("maximum", .unsigned(.max)),
        .init("pattern", .text(NumberRange.wholePattern(atLeast: 0))),
      ]
    case .text: Self.types("string", "number", "boolean")
    case .expression(let range):
      Self.types("string", "number", "boolean") + [.init("minLength", .integer(1))] + range.members
        + range.quotedExpression
    case .pattern(let pattern): Self.types("string") + [.init("pattern", .text(pattern))]
    case .infinity:
      // Numbers of JSON are finite, but validators that read YAML know `.inf`.
      Self.types("number") + [
        .init("not", .object([.init("maximum", .real(.greatestFiniteMagnitude))], .inline))
      ]
    case .words(let words): [.init("enum", .array(words.map(JSONValue.text), .inline))]
    case .list(let item, let least, let most, let distinct): Self.list(item, least, most, distinct)
    case .map(let map): map.members
    case .anyOf(let schemas): [.init("anyOf", .array(schemas.map { $0.json() }, .lines))]
    case .cases(let cases, let otherwise): Self.cases(cases[...], otherwise)
    case .definition(let name): [.init("$ref", .text("#/definitions/\(name)"))]
    }
  }

  private static func types(_ names: String...) -> [JSONValue.Member] {
    [.init("type", names.count == 1 ? .text(names[0]) : .array(names.map(JSONValue.text), .inline))]
  }

  private static func list(_ item: Schema, _ least: Int, _ most: Int?, _ distinct: Bool) -> [JSONValue.Member] {
    var members = types("array") + [.init("items", item.json())]
    if least > 0 { members.append(.init("minItems", .integer(least))) }
    if let most { members.append(.init("maxItems", .integer(most))) }
    if distinct { members.append(.init("uniqueItems", .bool(true))) }
    return members
  }

  private static func cases(_ cases: ArraySlice<(key: String, schema: Schema)>, _ otherwise: Schema) -> [JSONValue
    .Member]
  {
    guard let first = cases.first else { return otherwise.members }
    let condition = JSONValue.object([.init("required", .array([.text(first.key)], .inline))], .inline)
    return [
      .init("if", condition), .init("then", first.schema.json()),
      .init("else", .object(Self.cases(cases.dropFirst(), otherwise), .lines)),
    ]
  }
}

extension MapSchema {
  fileprivate var members: [JSONValue.Member] {
    let type: JSONValue = acceptsNothing ? .array([.text("object"), .text("null")], .inline) : .text("object")
    var members = [JSONValue.Member("type", type)]
    if !keys.isEmpty {
      let properties = keys.map { JSONValue.Member($0.name, $0.value.json(meaning: $0.meaning)) }
      members.append(.init("properties", .object(properties, .lines)))
    }
    if !others.isEmpty {
      let patterns = others.map { JSONValue.Member($0.pattern, $0.value.json()) }
      members.append(.init("patternProperties", .object(patterns, .lines)))
    }
    members.append(.init("additionalProperties", .bool(false)))
    let required = keys.filter(\.isRequired).map(\.name)
    if !required.isEmpty { members.append(Self.required(required)) }
    if !needs.isEmpty {
      members.append(.init("anyOf", .array(needs.map { .object([Self.required([$0])], .inline) }, .inline)))
    }
    if !excludes.isEmpty {
      let refused = excludes.map { keys in
        JSONValue.object([.init("not", .object([Self.required(keys)], .inline))], .inline)
      }
      members.append(.init("allOf", .array(refused, .inline)))
    }
    if least > 0 { members.append(.init("minProperties", .integer(least))) }
    if let most = most ?? (others.isEmpty ? nil : Self.keyLimit) {
      members.append(.init("maxProperties", .integer(most)))
    }
    return members
  }

  private static func required(_ keys: [String]) -> JSONValue.Member {
    .init("required", .array(keys.map(JSONValue.text), .inline))
  }
}
