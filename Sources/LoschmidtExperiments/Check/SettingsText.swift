import LoschmidtDynamics
import LoschmidtReports

/// A choice of a scenario that can say its settings as they were understood, defaults included.
protocol SettingsText {
  /// The settings in the order of the documentation; none for a bare word.
  var settings: [(key: String, value: String)] { get }
}

extension Minibatch: SettingsText {
  var settings: [(key: String, value: String)] { [("size", "\(size)"), ("sampling", sampling.rawValue)] }
}

extension GradientDescent: SettingsText {
  var settings: [(key: String, value: String)] {
    [("learning-rate", learningRate.scenarioText), ("preconditioner", preconditioner.scenarioText)]
  }
}

extension ModifiedSDE: SettingsText {
  var settings: [(key: String, value: String)] {
    [
      ("learning-rate", learningRate.scenarioText), ("order", "\(order.rawValue)"),
      ("interpretation", interpretation.rawValue), ("substeps", "\(substeps)"),
    ]
  }
}

extension Schedule {
  /// The schedule as a scenario writes it.
  var scenarioText: String { constant.map(NumberText.shortest) ?? text ?? "" }
}

extension Preconditioner {
  /// The preconditioner in words and numbers, long ones shortened.
  var scenarioText: String {
    switch self {
    case .identity: "identity"
    case .diagonal(let entries): "diagonal \(shortened(entries.map(NumberText.shortest)))"
    case .matrix(_, let dimension): "a \(dimension) × \(dimension) matrix"
    }
  }
}

/// A choice with its settings, such as `minibatch: {size: 1, sampling: with-replacement}`.
func choiceText(_ name: String, _ choice: Any) -> String {
  guard let settings = (choice as? any SettingsText)?.settings, !settings.isEmpty else { return name }
  return "\(name): {\(settings.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
}

/// A list in brackets, of which a long one shows only the beginning and says how long it is.
func shortened(_ items: [String], limit: Int = 8) -> String {
  let rest = items.count > limit ? ", … (\(items.count))" : ""
  return "[\(items.prefix(limit).joined(separator: ", "))\(rest)]"
}
