import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports
import LoschmidtThermodynamics

extension ScenarioDecoder {
  /// Reads `generators`: a map of names to maps of parameters and their transformed expressions.
  ///
  /// Each is tested at the points, for |s| up to the range; what is not a group is reported where it stands.
  mutating func generators(
    _ entry: ScenarioNode.Entry, at points: [[Double]]?, range: Double
  ) -> [OneParameterGroup]? {
    guard let entries = entry.value.map, !entries.isEmpty else {
      error(
        "'generators' must be a map of names and transformed parameters, such as "
          + "{rescaling: {u: u*exp(s), w: w*exp(-s)}}, got \(entry.value.shown)", at: entry.value.origin)
      return nil
    }
    if let kind = context.kind(of: OneParameterGroup.parameterName) ?? (constants["s"].map { _ in "constant" }) {
      error(
        "a \(kind) is called 's', which stands for the group parameter inside 'generators'; give it another name",
        at: entry.origin)
      return nil
    }
    let groups = entries.compactMap { generator($0, at: points, range: range) }
    return groups.count == entries.count ? groups : nil
  }

  private mutating func generator(
    _ entry: ScenarioNode.Entry, at points: [[Double]]?, range: Double
  ) -> OneParameterGroup? {
    let name = "generator \(entry.key.shown)"
    guard let items = entry.value.map, !items.isEmpty else {
      error(
        "the \(name) must be a map of parameters and their transformed expressions in 's', got \(entry.value.shown)",
        at: entry.value.origin)
      return nil
    }
    guard let parameters = context.parameters else { return nil }
    let known = parameters.entries.map(\.name)
    var components: [(parameter: String, expression: Expression)] = []
    var named = NamedCoordinates()
    for item in items {
      guard let target = target(item, parameters, " in the \(name)"), distinct(item, target, &named) else { continue }
      let names = known + [OneParameterGroup.parameterName]
      let key = item.key.contains("[") ? parameters.coordinateNames[target.offset] : item.key
      if let expression = expression(item.value, item.key, names: names) {
        components.append((key, expression))
      }
    }
    guard components.count == items.count else { return nil }
    do throws(OneParameterGroup.Fault) {
      let group = try OneParameterGroup(
        name: entry.key, components, parameters: parameters, constants: constants)
      if let points { try group.verify(at: points, range: range) }
      return group
    } catch {
      report(error, name, entry, items)
      return nil
    }
  }

  private mutating func report(
    _ fault: OneParameterGroup.Fault, _ name: String, _ entry: ScenarioNode.Entry, _ items: [ScenarioNode.Entry]
  ) {
    func node(_ parameter: String) -> ScenarioNode? { items.first { $0.key == parameter }?.value }
    func number(_ value: Double) -> String { value.isFinite ? NumberText.rounded(value) : "\(value)" }
    switch fault {
    case .expression(let parameter, let error):
      report(error, in: node(parameter) ?? entry.value, parameter)
    case .shape(let parameter, let expected, let got):
      error(
        "the \(name) changes the shape of '\(parameter)', which is \(expected.noun), got \(got.noun)",
        at: node(parameter)?.origin ?? entry.origin)
    case .constant:
      error("the \(name) does not name 's', the group parameter, so that it moves nothing", at: entry.origin)
    case .notFinite(let parameter, let coordinate, let s):
      error(
        "the \(name) makes '\(coordinate)' infinite or NaN at s = \(number(s)); choose a smaller 'range' or "
          + "another point",
        at: node(parameter)?.origin ?? entry.origin)
    case .notIdentity(let parameter, let coordinate, let value, let becomes):
      error(
        "the \(name) is not the identity at s = 0: \(coordinate) = \(number(value)) becomes \(number(becomes))",
        at: node(parameter)?.origin ?? entry.origin)
    case .notGroup(let parameter, let coordinate, let s, let t, let successive, let direct):
      error(
        "the \(name) is not a group: '\(coordinate)' becomes \(number(successive)) by t = \(number(t)) and then "
          + "s = \(number(s)), but \(number(direct)) by s + t at once", at: node(parameter)?.origin ?? entry.origin)
    }
  }
}
