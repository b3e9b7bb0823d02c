import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// At most so many coordinates of θ.
  static let parameterLimit = 1_000_000

  /// Reads `parameters`, an ordered map of names and initial values, into the context.
  ///
  /// An element such as `W[0,1]`, after its array, has an initial value of its own.
  mutating func parameters(_ entry: ScenarioNode.Entry) {
    guard let entries = entry.value.map, !entries.isEmpty else {
      return error(
        "'parameters' must be a map of names and initial values, got \(entry.value.shown)", at: entry.value.origin)
    }
    var layout: [(name: String, shape: Shape)] = []
    var law: [InitialLaw.Coordinate] = []
    var good = true
    var named = NamedCoordinates()
    for parameter in entries {
      if parameter.key.contains("[") {
        good = initialElement(parameter, of: layout, all: entries, &named, &law) && good
        continue
      }
      let isNamed = declare(parameter.key, as: "parameter", at: parameter.origin)
      guard let start = initialValue(parameter), isNamed else {
        good = false
        continue
      }
      if law.count + start.law.count > Self.parameterLimit {
        return error("the parameters have more than \(Self.parameterLimit) coordinates", at: parameter.origin)
      }
      named.entries.append((parameter.key, law.count..<law.count + start.law.count))
      layout.append((parameter.key, start.shape))
      law += start.law
    }
    if good {
      context.parameters = ParameterLayout(layout)
      context.initialLaw = InitialLaw(law)
    }
  }

  /// Reads the initial value of an element of an array that stands before it; false after an error.
  private mutating func initialElement(
    _ entry: ScenarioNode.Entry, of layout: [(name: String, shape: Shape)], all: [ScenarioNode.Entry],
    _ named: inout NamedCoordinates, _ law: inout [InitialLaw.Coordinate]
  ) -> Bool {
    let parameters = ParameterLayout(layout)
    if case .unknown(let array) = parameters.reference(entry.key), all.contains(where: { $0.key == array }) {
      // An array that could not be read has been reported.
      if context.kind(of: array) == nil {
        error("\(entry.key.shown) stands before its array; write it after '\(array)'", at: entry.origin)
      }
      return false
    }
    guard let target = target(entry, parameters, " in 'parameters'"), distinct(entry, target, &named),
      let value = self.law(entry.value, shape: target.shape, name: entry.key)
    else { return false }
    law[target.offset] = value[0]
    return true
  }

  /// The shape and the initial law of one parameter.
  private mutating func initialValue(
    _ parameter: ScenarioNode.Entry
  ) -> (shape: Shape, law: [InitialLaw.Coordinate])? {
    let node = parameter.value
    switch node.content {
    case .scalar: return law(node, shape: .scalar, name: parameter.key).map { (.scalar, $0) }
    case .list:
      guard let shape = shape(ofNested: node, name: parameter.key) else { return nil }
      return law(node, shape: shape, name: parameter.key).map { (shape, $0) }
    case .map:
      guard var reader = map(node, name: parameter.key, origin: parameter.origin) else { return nil }
      let extents = reader.required("shape").flatMap { shape($0.value, name: "shape") }
      let initial = reader.required("initial")
      reader.finish(&problems)
      guard let shape = extents, let initial else { return nil }
      return law(initial.value, shape: shape, name: "initial").map { (shape, $0) }
    }
  }

  /// Reads a shape: one or two extents.
  mutating func shape(_ node: ScenarioNode, name: String) -> Shape? {
    let items = node.list ?? (node.text != nil ? [node] : [])
    guard items.count == 1 || items.count == 2 else {
      error("'\(name)' must be one or two extents, such as [8, 2], got \(node.shown)", at: node.origin)
      return nil
    }
    var extents: [Int] = []
    for item in items {
      guard let extent = integer(item, name, in: 1...Self.parameterLimit) else { return nil }
      extents.append(extent)
    }
    guard extents.reduce(1, *) <= Self.parameterLimit else {
      error("'\(name)' has more than \(Self.parameterLimit) elements, got \(extents)", at: node.origin)
      return nil
    }
    return Shape(extents)
  }

  /// The shape of a list of numbers, or of a list of equally long lists.
  private mutating func shape(ofNested node: ScenarioNode, name: String) -> Shape? {
    guard let rows = node.list, let first = rows.first else {
      error("'\(name)' is an empty list; an array has at least one element", at: node.origin)
      return nil
    }
    guard let columns = first.list else { return .vector(rows.count) }
    if columns.isEmpty {
      error("a row of '\(name)' is empty; an array has at least one element", at: first.origin)
      return nil
    }
    return .matrix(rows.count, columns.count)
  }
}
