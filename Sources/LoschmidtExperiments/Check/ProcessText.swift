import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtReports

extension TrainingProcess {
  /// The process as it was understood, key by key in the words of the scenario format, defaults included.
  public var resolved: [(key: String, value: String)] {
    var lines: [(key: String, value: String)] = [("parameters", parameterText)]
    if let landscape {
      lines.append(("loss", landscape.loss.text))
      let samples = landscape.samples
      let columns = samples.columns.map { $0.name + ($0.shape.rank == 0 ? "" : " \($0.shape)") }
      lines.append(
        ("data", columns.isEmpty ? "none" : "\(samples.count) samples of \(columns.joined(separator: ", "))"))
    }
    if let force {
      lines.append(("force", force.components.map { "\($0.parameter): \($0.expression.text)" }.joined(separator: ", ")))
    }
    let common = landscape?.common ?? force?.common ?? CommonInputs()
    if !common.constants.isEmpty {
      let constants = common.constants.sorted { $0.key < $1.key }
      lines.append(
        ("constants", constants.map { "\($0.key) = \(NumberText.shortest($0.value))" }.joined(separator: ", ")))
    }
    if !common.protocols.isEmpty {
      lines.append(("protocol", common.protocols.map { "\($0.name) = \($0.expression.text)" }.joined(separator: ", ")))
    }
    let remark = (gradient as? Minibatch)?.remark(sampleCount: landscape?.samples.count ?? 1).map { "; \($0)" }
    lines.append(("gradient", choiceText(gradient.name, gradient) + (remark ?? "")))
    lines.append(("algorithm", choiceText(algorithm.name, algorithm)))
    lines.append(("temperature", temperatureText))
    lines.append(("generator", generator.rawValue))
    return lines
  }

  private var parameterText: String {
    let texts = parameters.entries.map { entry in
      let laws = initialLaw.coordinates[entry.offset..<entry.offset + entry.shape.count].map(\.scenarioText)
      let isOneLaw = laws.allSatisfy { $0 == laws[0] }
      let law = isOneLaw ? laws[0] : shortened(laws)
      return entry.shape.rank == 0 ? "\(entry.name) = \(law)" : "\(entry.name) \(entry.shape) = \(law)"
    }
    let dimension = parameters.dimension
    return texts.joined(separator: ", ") + " (\(dimension) \(dimension == 1 ? "coordinate" : "coordinates"))"
  }

  private var temperatureText: String {
    switch temperature {
    case .uniform(let value): value.scenarioText
    case .perParameter(let values):
      zip(parameters.entries, values).map { "\($0.name): \($1.scenarioText)" }.joined(separator: ", ")
    case .perCoordinate(let values):
      zip(parameters.coordinateNames, values).prefix(8).map { "\($0): \($1.scenarioText)" }.joined(separator: ", ")
        + (values.count > 8 ? ", … (\(values.count))" : "")
    }
  }
}

extension InitialLaw.Coordinate {
  /// The law as a scenario writes it.
  fileprivate var scenarioText: String {
    switch self {
    case .point(let value): NumberText.shortest(value)
    case .normal(let mean, let deviation): "normal(\(NumberText.shortest(mean)), \(NumberText.shortest(deviation)))"
    case .uniform(let lower, let upper): "uniform(\(NumberText.shortest(lower)), \(NumberText.shortest(upper)))"
    }
  }
}

extension Temperature.Value {
  /// The temperature as a scenario writes it.
  fileprivate var scenarioText: String {
    switch self {
    case .constant(let value): NumberText.shortest(value)
    case .expression(let expression, _): expression.text
    }
  }
}
