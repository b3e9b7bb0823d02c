/// What a run was about, ready for its report: the scenario and the process in words and formulas.
public struct RunSubject: Sendable, Equatable {
  /// One formula of the process.
  public struct Formula: Sendable, Equatable {
    /// What it defines, in a word or two.
    public var label: String
    /// The content of a MathML element `math`.
    public var mathML: String

    /// A formula.
    public init(label: String, mathML: String) {
      self.label = label
      self.mathML = mathML
    }
  }

  /// One setting of the process as it was understood.
  public struct Setting: Sendable, Equatable {
    /// The key in the words of the scenario format.
    public var key: String
    /// The value, defaults included.
    public var value: String

    /// A setting.
    public init(key: String, value: String) {
      self.key = key
      self.value = value
    }
  }

  /// The scenario as it was read; empty where it is not known.
  public var source: String
  /// The process as formulas.
  public var formulas: [Formula]
  /// The process as settings.
  public var settings: [Setting]
  /// The names of the noise model, the update rule and the generator: they choose the references.
  public var topics: [String]

  /// A subject from its parts.
  public init(source: String = "", formulas: [Formula] = [], settings: [Setting] = [], topics: [String] = []) {
    self.source = source
    self.formulas = formulas
    self.settings = settings
    self.topics = topics
  }

  /// The comment at the top of the scenario, where the question stands: its lines without `#`.
  public var preamble: [String] {
    var lines: [String] = []
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("#") else { break }
      let text = line.dropFirst()
      lines.append(String(text.hasPrefix(" ") ? text.dropFirst() : text).withoutTrailingSpaces)
    }
    return lines
  }
}
