import LoschmidtNumerics

/// A commented scenario to start from, which `loschmidt init` writes.
public struct ScenarioTemplate: Sendable {
  /// The name.
  public let name: String
  /// What it is about, in one line.
  public let summary: String
  /// The scenario: it runs as it stands, and its comments say what to change.
  public let text: String

  /// All templates; the first is written where none is named.
  public static let all = [fourPotentials, fluctuationTheorem, noiseComparison, symmetry]

  /// No template has the name.
  public struct Unknown: Error, Sendable {
    /// The name that was asked for.
    public let name: String
    /// The nearest one that there is.
    public let nearest: String?

    /// What is wrong and what there is.
    public var sentence: String {
      let advice = nearest.map { "; did you mean '\($0)'?" } ?? "."
      return "There is no template '\(name)'\(advice) "
        + "The templates are \(ScenarioTemplate.all.map(\.name).joined(separator: ", "))."
    }
  }

  /// The template of a name.
  public static func named(_ name: String) throws(Unknown) -> ScenarioTemplate {
    if let template = all.first(where: { $0.name == name }) { return template }
    throw Unknown(name: name, nearest: nearestName(to: name, among: all.map(\.name)))
  }

  /// One line a template: the name and what it is about.
  public static var list: String {
    let width = all.map(\.name.count).max() ?? 0
    return all.map { template in
      "  " + template.name + String(repeating: " ", count: width + 2 - template.name.count)
        + template.summary
    }.joined(separator: "\n")
  }
}
