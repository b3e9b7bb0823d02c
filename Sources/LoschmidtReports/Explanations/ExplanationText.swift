/// Explanations as text for a terminal.
public enum ExplanationText {
  /// One or more entries, each with all that is known about it.
  ///
  /// - Parameters:
  ///   - entries: The entries, at least one.
  ///   - width: The characters of a line; `nil` for a hundred.
  /// - Returns: Whole lines.
  public static func document(_ entries: [Explanation], width: Int? = nil) -> String {
    let width = max(40, min(width ?? 100, 100))
    return entries.map { text($0, width: width) }.joined(separator: "\n")
  }

  /// The entries as JSON: an array of objects with the keys of the text, sources with key, citation and address.
  public static func json(_ entries: [Explanation]) -> String {
    let objects = entries.map { entry -> JSONValue in
      let sources = entry.sources.compactMap(References.named).map { source in
        JSONValue.object(
          [
            .init("key", .text(source.key)), .init("citation", .text(source.citation)),
            .init("address", .optional(source.address)),
          ], .lines)
      }
      return .object(
        [
          .init("kind", .text(entry.kind.rawValue)), .init("name", .text(entry.name)),
          .init("patterns", .array(entry.patterns.map(JSONValue.text), .inline)),
          .init("places", .array(entry.places.map(JSONValue.text), .inline)),
          .init("definition", .text(entry.definition)), .init("formula", .text(entry.formula)),
          .init("unit", .text(entry.unit)), .init("convention", .text(entry.convention)),
          .init("derivation", .text(entry.document)), .init("sources", .array(sources, .lines)),
        ], .lines)
    }
    return JSONValue.array(objects, .lines).document
  }

  /// All names, grouped by kind.
  public static func list(width: Int? = nil) -> String {
    let width = max(40, min(width ?? 100, 100))
    let blocks = Explanation.Kind.allCases.map { kind in
      let names = Explanations.all.filter { $0.kind == kind }.map(\.name).distinct
      return heading(of: kind) + "\n" + lines(names.joined(separator: ", "), indentation: 2, width: width)
    }
    let hint = lines("loschmidt explain NAME says what one of them is.", indentation: 0, width: width)
    return blocks.joined(separator: "\n") + "\n" + hint
  }

  private static func heading(of kind: Explanation.Kind) -> String { kind.rawValue + "s" }

  private static func lines(_ text: String, indentation: Int, width: Int) -> String {
    Prose.hanging(String(repeating: " ", count: indentation), text, width: width).joined(separator: "\n") + "\n"
  }

  private static func text(_ entry: Explanation, width: Int) -> String {
    let place = entry.kind == .column ? "table" : "experiment"
    let places = entry.places.isEmpty ? "" : ", in the \(place)\(entry.places.count > 1 ? "s" : "") "
    var text = "\(entry.name): \(entry.kind.rawValue)\(places)\(entry.places.joined(separator: ", "))\n"
    text = lines(text, indentation: 0, width: width)
    let fields = [
      ("definition", entry.definition), ("formula", entry.formula), ("unit", entry.unit),
      ("convention", entry.convention), ("derivation", entry.document),
    ]
    for (label, content) in fields { text += field(label, content, width: width) }
    for source in entry.sources.compactMap(References.named) {
      let address = source.address.map { " \($0)" } ?? ""
      text += field("source", source.citation + address, width: width)
    }
    return text
  }

  private static func field(_ label: String, _ content: String, width: Int) -> String {
    Prose.hanging("  " + Prose.padded(label, to: 12), content, width: width).joined(separator: "\n") + "\n"
  }
}
