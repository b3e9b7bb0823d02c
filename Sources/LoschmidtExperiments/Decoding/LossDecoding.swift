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
        if checkLoss(landscape, at: start, called: "the start point", origin: node.origin) {
          warnOfGradient(landscape, at: start, called: "the start point", node)
        }
      } else if let law = context.initialLaw {
        tryInitialLaw(landscape, law, node)
      }
    } catch {
      report(error, in: node, "loss")
    }
  }

  private mutating func warnOfUnused(_ loss: Expression, _ node: ScenarioNode) {
    guard context.forceOrigin == nil, let parameters = context.parameters else { return }
    let used = Set(loss.names().map(\.name))
    let elements = Set(parameters.elements(namedIn: [loss]).map(\.offset))
    for entry in parameters.entries where !used.contains(entry.name) {
      let range = entry.offset..<entry.offset + entry.shape.count
      let unused = range.filter { !elements.contains($0) }
      if unused.count == range.count {
        problems.warning("the parameter '\(entry.name)' does not occur in the loss", at: node.origin)
      } else if let first = unused.first {
        let others = unused.count == 1 ? "" : " and \(unused.count - 1) other elements of '\(entry.name)'"
        problems.warning(
          "'\(parameters.name(of: (first, .scalar)))'\(others) \(unused.count == 1 ? "does" : "do") not occur in the loss",
          at: node.origin)
      }
    }
  }

  /// Whether the loss of every sample is finite at a point at t = 0; otherwise an error names the first sample.
  mutating func checkLoss(
    _ landscape: ExpressionLandscape, at point: [Double], called place: String, origin: Origin
  ) -> Bool {
    guard let fault = lossFault(landscape, at: point) else { return true }
    error("the loss is not finite at \(place) for sample \(fault.sample): \(fault.sentence)", at: origin)
    return false
  }

  /// A loss that is not finite: the first sample, and what it is there, with the part of the loss that it comes from.
  private func lossFault(
    _ landscape: ExpressionLandscape, at point: [Double]
  ) -> (sample: Int, sentence: String, position: Int?)? {
    let losses = landscape.sampleLosses(at: point)
    guard let sample = losses.firstIndex(where: { !$0.isFinite }) else { return nil }
    let advice = OverflowAdvice(landscape, at: point, sample: sample)
    let part = advice.map { ", because in 'loss', character \($0.position + 1), \($0.sentence)" } ?? ""
    return (sample, "it is \(losses[sample]) at \(Self.shown(point, landscape))\(part)", advice?.position)
  }

  private static func shown(_ point: [Double], _ landscape: ExpressionLandscape) -> String {
    let names = landscape.parameters.coordinateNames.prefix(4)
    return zip(names, point).map { "\($0) = \($1)" }.joined(separator: ", ") + (point.count > 4 ? ", …" : "")
  }

  /// More evaluations of single samples are left out; the run finds the rest.
  private static let mostTrials = 1_000_000

  /// Warns where the loss or its gradient is not finite at the mean of the initial law, or one standard deviation beside it.
  private mutating func tryInitialLaw(_ landscape: ExpressionLandscape, _ law: InitialLaw, _ node: ScenarioNode) {
    guard landscape.samples.count * landscape.dimension <= Self.mostTrials else { return }
    let mean = law.centre
    let places = [
      ("the mean of the initial law", mean),
      ("a draw of the initial law", zip(mean, law.spread).map { $0 + $1 }),
      ("a draw of the initial law", zip(mean, law.spread).map { $0 - $1 }),
    ]
    for (place, point) in places {
      if let fault = lossFault(landscape, at: point) {
        let origin = fault.position.map { ScalarCursor.origin(of: $0, in: node, source: source) } ?? node.origin
        return problems.warning(
          "the loss is not finite at \(place) for sample \(fault.sample): \(fault.sentence)", at: origin)
      }
      if warnOfGradient(landscape, at: point, called: place, node) { return }
    }
  }

  /// Warns where the loss is finite at a point and its gradient is not; says whether it did.
  @discardableResult
  private mutating func warnOfGradient(
    _ landscape: ExpressionLandscape, at point: [Double], called place: String, _ node: ScenarioNode
  ) -> Bool {
    guard landscape.samples.count * landscape.dimension <= Self.mostTrials,
      let sample = landscape.firstInfiniteGradient(at: point)
    else { return false }
    problems.warning(
      "the loss is finite at \(place), but its gradient is not, for sample \(sample) at \(Self.shown(point, landscape)); "
        + "a root at 0 or a power with a negative base does that, and so does exp beyond 709.78 inside a quotient",
      at: node.origin)
    return true
  }
}
