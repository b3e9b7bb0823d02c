import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// At most so many points, learning rates or steps of a grid.
  static let pointLimit = 1_000_000
  /// At most so many coordinates in all points together.
  static let pointCoordinateLimit = 100_000_000

  /// Reads the points of an experiment: `at` (one), `points` (a list, or a grid), or by default the initial values.
  mutating func pointList(
    at: ScenarioNode.Entry?, points: ScenarioNode.Entry?, _ choice: Choice
  ) -> [[Double]]? {
    if let at, points != nil {
      error("'at' and 'points' exclude each other; one point goes into 'at', several into 'points'", at: at.origin)
      return nil
    }
    guard let parameters = context.parameters, let law = context.initialLaw else { return nil }
    if let at {
      guard let point = point(at.value, "at", parameters, law) else { return nil }
      return checked([(point, at.value.origin)])
    }
    if let points { return severalPoints(points, parameters, law) }
    guard let start = law.point else {
      let names = Self.names(of: Self.undefined(law), parameters)
      error(
        "'\(choice.name)' needs 'at' or 'points', because the initial value of \(names) is a distribution",
        at: choice.origin)
      return nil
    }
    return [start]
  }

  private mutating func severalPoints(
    _ entry: ScenarioNode.Entry, _ parameters: ParameterLayout, _ law: InitialLaw
  ) -> [[Double]]? {
    if entry.value.map != nil { return grid(entry.value, parameters, law) }
    guard let items = entry.value.list, !items.isEmpty else {
      error(
        "'points' must be a list of maps, or a map of parameters to {from, to, count}, got \(entry.value.shown)",
        at: entry.value.origin)
      return nil
    }
    guard fits(items.count, parameters, entry.value.origin) else { return nil }
    var points: [([Double], Origin)] = []
    for item in items {
      if let point = point(item, "points", parameters, law) { points.append((point, item.origin)) }
    }
    return points.count == items.count ? checked(points) : nil
  }

  /// Tries the loss at the points, or at the first of them where all would be much work.
  private mutating func checked(_ points: [([Double], Origin)]) -> [[Double]]? {
    if let landscape = context.landscape {
      let affordable = max(1, 1_000_000 / landscape.samples.count)
      for (index, (point, origin)) in points.prefix(affordable).enumerated() {
        if !checkLoss(landscape, at: point, called: "point \(index)", origin: origin) { return nil }
      }
    }
    return points.map(\.0)
  }

  private mutating func fits(_ count: Int, _ parameters: ParameterLayout, _ origin: Origin) -> Bool {
    if count <= min(Self.pointLimit, Self.pointCoordinateLimit / parameters.dimension) { return true }
    error(
      "\(count) points of \(parameters.dimension) coordinates are too many; allowed are \(Self.pointLimit) points and "
        + "\(Self.pointCoordinateLimit) coordinates", at: origin)
    return false
  }

  /// A map of values to a point; what it does not name keeps its initial value.
  private mutating func point(
    _ node: ScenarioNode, _ name: String, _ parameters: ParameterLayout, _ law: InitialLaw
  ) -> [Double]? {
    guard let entries = node.map else {
      error("'\(name)' must hold a map of parameters and their values, got \(node.shown)", at: node.origin)
      return nil
    }
    var values = Self.base(law)
    var good = true
    var named = NamedCoordinates()
    for entry in entries {
      guard let target = target(entry, parameters), distinct(entry, target, &named),
        let part = definite(entry, target.shape)
      else {
        good = false
        continue
      }
      for (k, value) in part.enumerated() { values[target.offset + k] = value }
    }
    guard good else { return nil }
    return defined(values, parameters, node.origin)
  }

  /// A linear grid: the parameters in the order written, the last one fastest.
  private mutating func grid(
    _ node: ScenarioNode, _ parameters: ParameterLayout, _ law: InitialLaw
  ) -> [[Double]]? {
    var axes: [(offset: Int, values: [Double])] = []
    var total = 1
    var good = true
    var named = NamedCoordinates()
    for entry in node.map ?? [] {
      guard let target = target(entry, parameters), distinct(entry, target, &named),
        let values = axis(entry, target.shape)
      else {
        good = false
        continue
      }
      axes.append((target.offset, values))
      total = total.multipliedReportingOverflow(by: values.count).partialValue
      guard total >= 1, fits(total, parameters, node.origin) else { return nil }
    }
    guard good, let base = defined(Self.base(law), parameters, node.origin, except: axes.map(\.offset)) else {
      return nil
    }
    let points = (0..<total).map { index in
      var (point, rest) = (base, index)
      for axis in axes.reversed() {
        point[axis.offset] = axis.values[rest % axis.values.count]
        rest /= axis.values.count
      }
      return (point, node.origin)
    }
    return checked(points)
  }

  private mutating func axis(_ entry: ScenarioNode.Entry, _ shape: Shape) -> [Double]? {
    guard shape.rank == 0 else {
      error(
        "a grid runs over numbers, and '\(entry.key)' is an array of shape \(shape); name an element, such as "
          + "\"\(entry.key)[\(shape.rank == 1 ? "0" : "0,0")]\"", at: entry.origin)
      return nil
    }
    guard entry.value.map != nil else { return constantValue(entry.value, entry.key).map { [$0] } }
    guard let range = range(entry.value, entry.key) else { return nil }
    return (0..<range.count).map { k in
      if k == 0 { return range.from }
      if k == range.count - 1 { return range.to }
      return range.from + (range.to - range.from) * (Double(k) / Double(range.count - 1))
    }
  }

  private mutating func definite(_ entry: ScenarioNode.Entry, _ shape: Shape) -> [Double]? {
    guard let law = law(entry.value, shape: shape, name: entry.key) else { return nil }
    guard let values = InitialLaw(law).point else {
      error("a point needs definite numbers for '\(entry.key)', got \(entry.value.shown)", at: entry.value.origin)
      return nil
    }
    return values
  }

  /// Whether a key names other coordinates than those before it, or is an element of an array that stands before it, whose
  /// value it replaces; else an error says which key has them.
  mutating func distinct(
    _ entry: ScenarioNode.Entry, _ target: (offset: Int, shape: Shape), _ named: inout NamedCoordinates
  ) -> Bool {
    let range = target.offset..<target.offset + target.shape.count
    func isRefined(_ other: Range<Int>) -> Bool { other.count > range.count && target.shape == .scalar }
    if let other = named.entries.first(where: { $0.range.overlaps(range) && !isRefined($0.range) }) {
      error("'\(entry.key)' and '\(other.key)' name the same coordinate; keep one of them", at: entry.origin)
      return false
    }
    named.entries.append((entry.key, range))
    return true
  }

  /// The coordinates that a key stands for: a parameter, or an element such as `W[0,1]`.
  ///
  /// All maps of parameters are read by it; `place` is put into the message about an unknown one, such as ` in 'force'`.
  mutating func target(
    _ entry: ScenarioNode.Entry, _ parameters: ParameterLayout, _ place: String = ""
  ) -> (offset: Int, shape: Shape)? {
    switch parameters.reference(entry.key) {
    case .parameter(let parameter): return (parameter.offset, parameter.shape)
    case .element(_, let coordinate): return (coordinate, .scalar)
    case .noElement(let parameter):
      let allowed = ParameterLayout.indexRange(of: parameter.name, parameter.shape)
      error("there is no element \(entry.key.shown); \(allowed)", at: entry.origin)
    case .unknown(let name):
      let known = parameters.entries.map(\.name)
      let advice =
        nearestName(to: name, among: known).map { "did you mean '\($0)'?" }
        ?? "the parameters are \(known.prefix(20).joined(separator: ", "))\(known.count > 20 ? ", …" : "")"
      error("unknown parameter \(entry.key.shown)\(place); \(advice)", at: entry.origin)
    }
    return nil
  }

  /// The initial values, NaN where they are distributions.
  private static func base(_ law: InitialLaw) -> [Double] {
    law.coordinates.map { coordinate in
      if case .point(let value) = coordinate { return value }
      return .nan
    }
  }

  private mutating func defined(
    _ values: [Double], _ parameters: ParameterLayout, _ origin: Origin, except: [Int] = []
  ) -> [Double]? {
    let missing = values.indices.filter { values[$0].isNaN && !except.contains($0) }
    if missing.isEmpty { return values }
    error(
      "the point must give a value to \(Self.names(of: missing, parameters)), because the initial value is a distribution",
      at: origin)
    return nil
  }

  private static func undefined(_ law: InitialLaw) -> [Int] {
    law.coordinates.indices.filter { index in
      if case .point = law.coordinates[index] { return false }
      return true
    }
  }

  /// The parameters that coordinates belong to, in quotes.
  private static func names(of coordinates: [Int], _ parameters: ParameterLayout) -> String {
    let marked = Set(coordinates)
    return parameters.entries.filter { entry in
      (entry.offset..<entry.offset + entry.shape.count).contains { marked.contains($0) }
    }.map { "'\($0.name)'" }.joined(separator: ", ")
  }
}

/// The keys of a map of parameters that have been read, with their coordinates.
struct NamedCoordinates {
  var entries: [(key: String, range: Range<Int>)] = []
}

extension ParameterLayout {
  /// Which elements an array has, in words.
  static func indexRange(of name: String, _ shape: Shape) -> String {
    let extents = shape.dimensions
    let range = extents.map { "0 … \($0 - 1)" }.joined(separator: " and ")
    return extents.isEmpty ? "'\(name)' is a number and has no elements" : "indices of '\(name)' are \(range)"
  }
}
