import LoschmidtDynamics
import LoschmidtNumerics

/// What is known of the process while the rest of a scenario is read.
///
/// Parts that could not be read are `nil`.
struct ProcessContext {
  /// The layout of θ.
  var parameters: ParameterLayout?
  /// The law of θ_0.
  var initialLaw: InitialLaw?
  /// The number of samples.
  var sampleCount: Int?
  /// The headers of the CSV file as they stand; empty without one.
  var headers: [String] = []
  /// The CSV file, where it is named by an absolute path or leads out of the folder by `..`.
  var outsideFile: String?
  /// The loss with its data.
  var landscape: ExpressionLandscape?
  /// Where the process has a `force`.
  var forceOrigin: Origin?
  /// The functions of time with their names.
  var protocols: [(name: String, expression: Expression)] = []
  /// The whole process, once it has been read.
  var process: TrainingProcess?
  /// Every name that an expression may use, with what it stands for, in the order of the file.
  var names: [(name: String, kind: String)] = []

  /// What a name stands for.
  func kind(of name: String) -> String? { names.first { $0.name == name }?.kind }
}

extension ScenarioDecoder {
  /// Takes a name for a parameter, column, protocol or constant; false after an error where it cannot be used.
  mutating func declare(_ name: String, as kind: String, at origin: Origin) -> Bool {
    guard Self.isName(name) else {
      error(
        "\(name.shown) cannot be the name of a \(kind); allowed are letters, digits and _, beginning with a letter or _",
        at: origin)
      return false
    }
    if Expression.reservedNames.contains(name) {
      error("the name '\(name)' is reserved and cannot be given to a \(kind); choose another", at: origin)
      return false
    }
    if let other = context.kind(of: name) {
      error("the name '\(name)' stands for a \(other) already and cannot be given to a \(kind)", at: origin)
      return false
    }
    context.names.append((name, kind))
    return true
  }

  /// Whether a text can be a name in expressions.
  static func isName(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first == "_" || first.properties.isAlphabetic else { return false }
    return text.unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isAlphabetic || ("0"..."9").contains($0) }
  }
}
