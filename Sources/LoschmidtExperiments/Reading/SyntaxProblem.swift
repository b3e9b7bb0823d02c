import Yams

/// Turns what the YAML parser says into a problem of a scenario.
enum SyntaxProblem {
  /// The place and the sentence for an error of the parser.
  static func describe(_ error: any Error, source: SourceText) -> ScenarioTree.Problem {
    guard let error = error as? YamlError else {
      return ScenarioTree.Problem(origin: .start, message: "the file is not readable as YAML: \(error)")
    }
    switch error {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
      return describe(problem, context: context, mark: mark, source: source)
    case .composer(_, let problem, let mark, _):
      let message =
        problem.contains("another document")
        ? "a second document starts here; a scenario is one YAML document"
        : "the file is not readable as YAML: \(problem)"
      return ScenarioTree.Problem(origin: origin(mark, source), message: message)
    case .memory:
      return ScenarioTree.Problem(origin: .start, message: "the file does not fit into memory")
    default:
      return ScenarioTree.Problem(origin: .start, message: "the file is not readable as YAML: \(error)")
    }
  }

  private static func describe(
    _ problem: String, context: YamlError.Context?, mark: Mark, source: SourceText
  ) -> ScenarioTree.Problem {
    if problem.hasPrefix("Maximum nesting level") {
      return ScenarioTree.Problem(
        origin: origin(mark, source),
        message: "lists and maps nest deeper than \(ScenarioTree.depthLimit) levels here")
    }
    var message = "the file is not readable as YAML: \(problem)"
    if let context {
      let text = context.text
      message += " \(text) that starts at line \(context.mark.line), column \(context.mark.column)"
    }
    if let hint = hint(problem, context?.text ?? "", mark: mark, source: source) { message += "; \(hint)" }
    return ScenarioTree.Problem(origin: origin(mark, source), message: message)
  }

  private static func hint(_ problem: String, _ context: String, mark: Mark, source: SourceText) -> String? {
    let start = source.byteOffset(line: Int32(clamping: mark.line), column: Int32(clamping: mark.column))
    if problem.contains("cannot start any token"), let scalar = source.scalars(from: start, limit: 4).first {
      switch scalar {
      case "\t": return "indent with spaces, not with a tab"
      case "@", "`", "%": return "quote a value that begins with '\(scalar)'"
      default: return nil
      }
    }
    if problem.contains("mapping values are not allowed") { return "quote a text that has ': ' in it" }
    if context.contains("flow mapping") || context.contains("flow sequence") {
      return "inside braces and brackets, quote names and expressions that have , [ ] { } or : in them"
    }
    return nil
  }

  /// The place of a mark; libyaml reports the end of a file one line too far.
  private static func origin(_ mark: Mark, _ source: SourceText) -> Origin {
    let end = source.origin(ofByte: source.bytes.count)
    guard case .text(let lastLine, _) = end, mark.line <= Int(lastLine) else { return end }
    return .text(line: Int32(clamping: max(1, mark.line)), column: Int32(clamping: max(1, mark.column)))
  }
}
