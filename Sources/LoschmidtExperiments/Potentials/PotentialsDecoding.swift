import Foundation
import LoschmidtDynamics

extension ScenarioDecoder {
  /// Reads the settings of `potentials`.
  mutating func potentialsSettings(_ choice: Choice) -> PotentialsSettings? {
    let before = problems.errorCount
    guard var reader = openSettings(of: choice) else { return nil }
    let title = reader.optional("title")
    let claim = reader.optional("claim")
    let at = reader.optional("at")
    let points = reader.optional("points")
    let rates = reader.required("learning-rates")
    let orders = reader.optional("orders")
    let steps = reader.optional("renormalisation-steps")
    let margin = reader.optional("margin")
    reader.finish(&problems)
    if let origin = context.forceOrigin {
      error(
        "'force' cannot be combined with the experiment 'potentials', which needs the gradient of a loss; take it out",
        at: origin)
    }
    if let process = context.process, !process.gradient.choosesSamples {
      error(
        "the experiment 'potentials' needs gradients of samples, 'full-batch' or 'minibatch', got "
          + "'\(process.gradient.name)'", at: choice.origin)
    }
    if let process = context.process, process.algorithm.descent == nil {
      error(
        "the experiment 'potentials' needs steps of 'gradient-descent', got '\(process.algorithm.name)'",
        at: choice.origin)
    }
    var settings = PotentialsSettings(points: [], learningRates: [])
    settings.title = title.flatMap { text($0.value, "title") }
    settings.claim = claim.flatMap { text($0.value, "claim") }
    settings.points = pointList(at: at, points: points, choice) ?? []
    settings.learningRates = rates.flatMap { learningRates($0.value) } ?? []
    if let value = orders.flatMap({ integer($0.value, "orders", in: 1...4) }) { settings.orders = value }
    if let value = steps.flatMap({ renormalisationSteps($0.value) }) { settings.renormalisationSteps = value }
    if let value = margin.flatMap({ number($0.value, "margin", allowed: "a number > 0") { $0 > 0 } }) {
      settings.margin = value
    }
    return problems.errorCount == before ? settings : nil
  }

  /// Reads a list of numbers > 0, or `{from, to, count}`: log-spaced, both ends included as they are written.
  mutating func learningRates(_ node: ScenarioNode) -> [Double]? { logSpaced(node, "learning-rates") }

  /// The same under another name.
  mutating func logSpaced(_ node: ScenarioNode, _ name: String) -> [Double]? {
    if node.map != nil { return logRange(node, name) }
    guard let items = node.list, !items.isEmpty else {
      error("'\(name)' must be a list of numbers > 0 or {from, to, count}, got \(node.shown)", at: node.origin)
      return nil
    }
    let values = items.compactMap { number($0, name, allowed: "a number > 0") { $0 > 0 } }
    return values.count == items.count ? values : nil
  }

  private mutating func logRange(_ node: ScenarioNode, _ name: String) -> [Double]? {
    guard let range = range(node, name, allowed: "a number > 0", where: { $0 > 0 }) else { return nil }
    let (first, last) = (log(range.from), log(range.to))
    return (0..<range.count).map { k in
      if k == 0 { return range.from }
      if k == range.count - 1 { return range.to }
      return exp(first + (last - first) * Double(k) / Double(range.count - 1))
    }
  }

  /// Reads `{from, to, count}` with a count of 2 and more, or of 1 where both ends are the same.
  mutating func range(
    _ node: ScenarioNode, _ name: String, allowed: String = "a finite number",
    where condition: (Double) -> Bool = { _ in true }
  ) -> (from: Double, to: Double, count: Int)? {
    guard var reader = map(node, name: name, origin: node.origin) else { return nil }
    let from = reader.required("from").flatMap { constantValue($0.value, "from", allowed: allowed, where: condition) }
    let to = reader.required("to").flatMap { constantValue($0.value, "to", allowed: allowed, where: condition) }
    let countEntry = reader.required("count")
    reader.finish(&problems)
    let count = countEntry.flatMap { integer($0.value, "count", in: 1...Self.pointLimit) }
    guard let from, let to, let count else { return nil }
    if count == 1, from != to {
      error(
        "'count' must be at least 2 where 'from' and 'to' differ, got 1", at: countEntry?.value.origin ?? node.origin)
      return nil
    }
    return (from, to, count)
  }

  /// Reads the n of TR: a list of whole numbers ≥ 2 and `inf`, or one of them.
  private mutating func renormalisationSteps(_ node: ScenarioNode) -> [PotentialsSettings.RenormalisationSteps]? {
    let items = node.list ?? [node]
    if items.isEmpty {
      error("'renormalisation-steps' is an empty list; allowed are whole numbers >= 2 and inf", at: node.origin)
      return nil
    }
    var steps: [PotentialsSettings.RenormalisationSteps] = []
    for item in items {
      guard let step = renormalisationStep(item) else { return nil }
      if steps.contains(step) {
        error("'renormalisation-steps' has \(step) twice; the entries must be distinct", at: item.origin)
        return nil
      }
      steps.append(step)
    }
    return steps
  }

  private mutating func renormalisationStep(_ node: ScenarioNode) -> PotentialsSettings.RenormalisationSteps? {
    if let text = node.text, ["inf", ".inf", "+.inf"].contains(text.lowercased()) { return .infinite }
    if node.list != nil || node.map != nil || node.text.map({ NumberLiteral($0) == .none }) == true {
      error("'renormalisation-steps' must hold whole numbers >= 2 and inf, got \(node.shown)", at: node.origin)
      return nil
    }
    return integer(node, "renormalisation-steps", in: 2...Int.max).map { .finite($0) }
  }
}
