import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// Compiles the loss with its data into the context and tries it at the start point.
  mutating func readLandscape(_ loss: Expression, _ node: ScenarioNode, _ data: DataReading) {
    guard let columnNames = data.columnNames, !names(of: "parameter").isEmpty else { return }
    let known = names(of: "parameter") + columnNames + names(of: "protocol") + ["t"]
    guard check(loss, in: node, "loss", names: known) else { return }
    warnOfUnused(loss, node)
    guard let parameters = context.parameters, let samples = data.samples,
      context.protocols.count == names(of: "protocol").count
    else { return }
    do {
      let landscape = try ExpressionLandscape(
        loss: loss, parameters: parameters, samples: samples, constants: constants, protocols: context.protocols)
      context.landscape = landscape
      if let start = context.initialLaw?.point {
        _ = checkLoss(landscape, at: start, called: "the start point", origin: node.origin)
      }
    } catch {
      report(error, in: node, "loss")
    }
  }

  private mutating func warnOfUnused(_ loss: Expression, _ node: ScenarioNode) {
    guard context.forceOrigin == nil, let parameters = context.parameters else { return }
    let used = Set(loss.names().map(\.name))
    for entry in parameters.entries where !used.contains(entry.name) {
      problems.warning("the parameter '\(entry.name)' does not occur in the loss", at: node.origin)
    }
  }

  /// Whether the loss of every sample is finite at a point at t = 0; otherwise an error names the first sample.
  mutating func checkLoss(
    _ landscape: ExpressionLandscape, at point: [Double], called place: String, origin: Origin
  ) -> Bool {
    let losses = landscape.sampleLosses(at: point)
    guard let sample = losses.firstIndex(where: { !$0.isFinite }) else { return true }
    let names = landscape.parameters.coordinateNames.prefix(4)
    let shown = zip(names, point).map { "\($0) = \($1)" }.joined(separator: ", ") + (point.count > 4 ? ", …" : "")
    error("the loss is not finite at \(place) for sample \(sample): it is \(losses[sample]) at \(shown)", at: origin)
    return false
  }
}
