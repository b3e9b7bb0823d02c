import LoschmidtDynamics
import LoschmidtNumerics

/// Names that the user chooses, as regular expressions that all dialects of them read alike.
enum NamePattern {
  /// A letter or `_`; of the characters beyond ASCII the reader alone knows which are letters.
  private static let first = "[^\\u0000-@\\[-\\^`{-\\u007f]"
  private static let rest = "[^\\u0000-/:-@\\[-\\^`{-\\u007f]*"
  /// A name that expressions can use.
  private static let name = first + rest

  /// A name of a parameter, constant or protocol: none that expressions give a meaning to.
  static let free = own(besides: [])
  /// A name of a column that stands in the scenario: not the two keys of `data`.
  static let inlineColumn = own(besides: ["csv", "generate"])
  /// A name of a generated column: not the settings of `generate`.
  static let generatedColumn = own(besides: ["count", "seed"])
  /// A parameter, in the map of a point.
  static let parameter = "^ *\(name) *$"
  /// One element of a parameter, such as `W[0,1]`.
  static let element = "^ *\(name) *\\[[ 0-9,]+\\] *$"
  /// Any name at all.
  static let any = "^"

  /// A name that is not one of these.
  static func except(_ names: [String]) -> String { "^(?!(\(names.joined(separator: "|")))$)" }

  private static func own(besides others: [String]) -> String {
    let reserved = Expression.reservedNames.sorted() + others
    return except(reserved) + name + "$"
  }
}

/// The schema of `process`.
enum ProcessSchema {
  /// `process`.
  static var process: Schema {
    .map(
      anyOf: ["loss", "force"],
      [
        .required(
          "parameters",
          .map(
            MapSchema(
              others: [
                .init(pattern: NamePattern.free, value: .definition("parameter")),
                .init(pattern: NamePattern.element, value: .definition("expression")),
              ], least: 1)),
          "θ: an ordered map of names and initial values, and of elements of arrays such as W[0,1] after their arrays"),
        .init(
          "loss", .definition("expression"),
          "ℓ(θ; sample, t), the loss of one sample; L(θ) is its mean over the samples"),
        .init(
          "force", byCoordinate(.definition("expression"), least: 1),
          "a force F(θ, t) added to −∇L: a map of parameters and expressions; it need not be conservative"),
        .init("data", .definition("data"), "the samples; left out, there is one sample without columns"),
        .init(
          "gradient", .definition("gradient"), "the noise model: how ∇L is estimated; left out, it is full-batch"),
        .required("algorithm", .choice(of: Catalogue.algorithms), "the update rule"),
        .init(
          "temperature", .anyOf([.expression(.notNegative), byCoordinate(.expression(.notNegative))]),
          "T ≥ 0 of the thermal noise √(2ηT) ζ: a number, an expression of t and step, or a map with one for each "
            + "parameter; left out, it is 0"),
        .init(
          "generator", .words(of: GeneratorName.self), "the random generator; left out, it is philox"),
        .init(
          "protocol", .names(NamePattern.free, to: .definition("expression")),
          "a map of names and expressions of t, which loss and force can use"),
        .init(
          "constants", .names(NamePattern.free, to: .definition("expression")),
          "a map of names and numbers, which every expression can use"),
      ])
  }

  /// The initial value of a parameter.
  static var parameter: Schema {
    .anyOf([
      .definition("value"),
      .map([
        .required("shape", .definition("shape"), "one or two extents, such as [8, 2]"),
        .required(
          "initial", .definition("value"),
          "one value for all elements, an expression of i and j, a distribution, or a list"),
      ]),
    ])
  }

  /// A number, expression or distribution, or a list of them, or a list of rows.
  static var value: Schema {
    .anyOf([.definition("expression"), .list(.definition("expression")), .list(.list(.definition("expression")))])
  }

  /// The extents of an array.
  static var shape: Schema {
    let extent = Schema.whole(1...ScenarioDecoder.parameterLimit)
    return .anyOf([extent, .list(extent, least: 1, most: 2, distinct: false)])
  }

  /// `data`.
  static var data: Schema {
    let vector = Schema.map([
      .required("columns", .list(.text), "the columns of the file that make up the vector")
    ])
    var table = MapSchema(keys: [
      .required("csv", .text, "the file, next to the scenario; its first row has the names of the columns"),
      .init(
        "separator", .anyOf([.text, vector]),
        "what stands between cells: a character, tab or whitespace; left out, a comma"),
      .init("decimal", .anyOf([.text, vector]), "the decimal sign, a point or a comma; left out, a point"),
    ])
    table.others = [.init(pattern: NamePattern.inlineColumn, value: vector)]
    let numbers = Schema.list(.number(.finite))
    let columns = Schema.names(NamePattern.inlineColumn, to: .anyOf([numbers, .list(numbers)]), least: 1)
    let made = Schema.map([.required("generate", generate, "columns of random numbers, the same for ever")])
    return .cases([("csv", .map(table)), ("generate", made)], otherwise: columns)
  }

  private static var generate: Schema {
    var map = MapSchema(keys: [
      .required("count", .whole(1...ScenarioDecoder.dataLimit), "the number of samples"),
      .required("seed", .seed, "the seed of the data"),
    ])
    let column = Schema.map([
      .required("shape", .definition("shape"), "one or two extents"),
      .required("value", .definition("expression"), "an expression for every element"),
    ])
    map.others = [.init(pattern: NamePattern.generatedColumn, value: .anyOf([.definition("expression"), column]))]
    map.least = 3
    return .map(map)
  }

  /// A point of parameter space.
  static var point: Schema { coordinates(.definition("value"), element: .definition("expression")) }

  /// A map of parameters, or elements of them, to values of one kind.
  static func byCoordinate(_ value: Schema, least: Int = 0) -> Schema {
    coordinates(value, element: value, least: least)
  }

  private static func coordinates(_ value: Schema, element: Schema, least: Int = 0) -> Schema {
    .map(
      MapSchema(
        others: [
          .init(pattern: NamePattern.parameter, value: value), .init(pattern: NamePattern.element, value: element),
        ], least: least))
  }

  /// Several points: a list, or a grid.
  static var points: Schema {
    let axis = Schema.anyOf([.definition("expression"), range(.finite)])
    return .anyOf([
      .list(.definition("point"), least: 1, most: ScenarioDecoder.pointLimit, distinct: false),
      coordinates(axis, element: axis),
    ])
  }

  /// `{from, to, count}`.
  static func range(_ numbers: NumberRange, count: ClosedRange<Int> = 1...ScenarioDecoder.pointLimit) -> Schema {
    .map([
      .required("from", .expression(numbers), "the first value"),
      .required("to", .expression(numbers), "the last value"),
      .required("count", .whole(count), "how many values, both ends included"),
    ])
  }
}
