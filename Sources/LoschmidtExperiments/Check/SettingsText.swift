import LoschmidtDynamics
import LoschmidtReports

/// A choice of a scenario that can say its settings as they were understood, defaults included.
protocol SettingsText {
  /// The settings in the order of the documentation; none for a bare word.
  var settings: [(key: String, value: String)] { get }
}

extension Minibatch: SettingsText {
  var settings: [(key: String, value: String)] {
    [("size", "\(size)"), ("sampling", sampling.rawValue)] + (dropsLast ? [("last", "drop")] : [])
  }
}

extension Minibatch.Sampling {
  /// What the word does not say by itself, as a clause.
  var remark: String? { self == .cyclic ? "in the order of the file, over and over" : nil }
}

extension Minibatch {
  /// What the words do not say by themselves, as a clause after a semicolon.
  func remark(sampleCount: Int) -> String? {
    if let remark = sampling.remark { return "the samples come \(remark)" }
    let rest = sampleCount % size
    guard sampling == .reshuffle, rest > 0 else { return nil }
    return "\(rest) of \(sampleCount) samples, other ones in each epoch, \(rest == 1 ? "is" : "are") in no batch of it"
  }
}

extension MatchedGaussian: SettingsText {
  var settings: [(key: String, value: String)] { [("size", "\(size)")] }
}

extension ConstantCovariance: SettingsText {
  var settings: [(key: String, value: String)] {
    let rows = (0..<matrix.rows).map { i in shortened((0..<matrix.columns).map { NumberText.shortest(matrix[i, $0]) }) }
    return [("matrix", shortened(rows))]
  }
}

extension Isotropic: SettingsText {
  var settings: [(key: String, value: String)] {
    switch strength {
    case .standardDeviation(let sigma): [("standard-deviation", NumberText.shortest(sigma))]
    case .size(let size): [("size", "\(size)")]
    }
  }
}

extension StudentT: SettingsText {
  var settings: [(key: String, value: String)] {
    [("size", "\(size)"), ("degrees-of-freedom", NumberText.shortest(degreesOfFreedom))]
  }
}

extension AlphaStable: SettingsText {
  var settings: [(key: String, value: String)] {
    [("alpha", NumberText.shortest(alpha)), ("scale", NumberText.shortest(scale))]
  }
}

extension LabelNoise: SettingsText {
  var settings: [(key: String, value: String)] {
    [("column", column), ("standard-deviation", NumberText.shortest(standardDeviation)), ("size", "\(size)")]
  }
}

extension SVAG: SettingsText {
  var settings: [(key: String, value: String)] { [("size", "\(size)"), ("l", "\(substeps)")] }
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
