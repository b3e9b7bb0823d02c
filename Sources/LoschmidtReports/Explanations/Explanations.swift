import LoschmidtNumerics

/// The catalogue of all explanations, and how names are looked up in it.
public enum Explanations {
  /// All entries, family by family.
  public static let all: [Explanation] =
    potentials + fluctuation + work + production + stationary + comparison + symmetry + scaling
    + relaxation + tables + samples + columns + moreColumns + processes + functions + terms + moreTerms

  /// What a name means: every entry that explains it, or the nearest names where none does.
  public enum Answer: Sendable, Equatable {
    /// The entries that explain the name.
    case found([Explanation])
    /// Nothing explains it; these are near, the nearest first, and may be none.
    case unknown(near: [String])
  }

  /// Looks a name up: as it is, then without an index in brackets at its end, then without regard to case and with
  /// blanks for hyphens.
  public static func answer(_ term: String) -> Answer {
    let term = term.split(separator: " ").joined(separator: " ")
    let spellings = [term, withoutIndex(term)]
    for spelling in spellings {
      let entries = entries { $0 == spelling }
      if !entries.isEmpty { return .found(entries) }
    }
    for spelling in spellings.map(folded) {
      let entries = entries { folded($0) == spelling }
      if !entries.isEmpty { return .found(entries) }
    }
    for spelling in spellings {
      let entries = narrowest { $0.matches(spelling) }
      if !entries.isEmpty { return .found(entries) }
    }
    let near = nearest(to: term)
    return .unknown(near: near)
  }

  /// What a result contains that nothing explains, as `kind name (place)`; each once.
  public static func missing(in result: RunResult) -> [String] {
    var names: [String] = []
    func ask(_ kind: Explanation.Kind, _ name: String, _ place: String) {
      let line = "\(kind.rawValue) \(name) (\(place))"
      let isKnown = all.contains {
        $0.explains(name, kind, in: place) || $0.explains(withoutIndex(name), kind, in: place)
      }
      if !isKnown, !names.contains(line) { names.append(line) }
    }
    for experiment in result.experiments {
      ask(.experiment, experiment.kind, experiment.kind)
      for figure in experiment.figures { ask(.number, figure.name, experiment.kind) }
      for verdict in experiment.verdicts { ask(.verdict, verdict.name, experiment.kind) }
      for sample in experiment.samples { ask(.sample, sample.name, experiment.kind) }
      for (name, table) in experiment.tables {
        ask(.table, name, experiment.kind)
        for column in table.columns { ask(.column, column.name, name) }
      }
    }
    return names
  }

  // MARK: Looking up

  private static func entries(_ isName: (String) -> Bool) -> [Explanation] {
    all.filter { entry in isName(entry.name) || entry.patterns.contains { !$0.contains("*") && isName($0) } }
  }

  /// Of the entries with a pattern that matches, those whose pattern leaves least free.
  private static func narrowest(_ matches: (NamePattern) -> Bool) -> [Explanation] {
    let found = all.compactMap { entry -> (entry: Explanation, fixed: Int)? in
      let fixed = entry.patterns.map(NamePattern.init).filter(matches).map(\.fixedCount).max()
      // A pattern that leaves everything free says nothing about a name.
      return fixed.flatMap { $0 > 0 ? (entry, $0) : nil }
    }
    let most = found.map(\.fixed).max()
    return found.filter { $0.fixed == most }.map(\.entry)
  }

  /// The name without an index such as `[3]` or `[0,1]` at its end.
  static func withoutIndex(_ name: String) -> String {
    guard name.hasSuffix("]"), let start = name.lastIndex(of: "["), start != name.startIndex else { return name }
    let index = name[name.index(after: start)...].dropLast()
    let isIndex = !index.isEmpty && index.allSatisfy { $0.isNumber || $0 == "," || $0 == " " }
    return isIndex ? String(name[..<start]) : name
  }

  private static func folded(_ name: String) -> String {
    String(name.lowercased().map { $0 == "-" || $0 == "_" ? " " : $0 })
  }

  /// At most four names, the nearest by edits first, then names that contain the term.
  private static func nearest(to term: String) -> [String] {
    var names = all.flatMap { [$0.name] + $0.patterns.filter { !$0.contains("*") } }.distinct
    var near: [String] = []
    while near.count < 4, let name = nearestName(to: term, among: names) {
      near.append(name)
      names.removeAll { $0 == name }
    }
    let part = folded(term)
    guard part.count >= 3 else { return near }
    return near + names.filter { folded($0).contains(part) }.prefix(max(0, 4 - near.count))
  }
}
