import LoschmidtThermodynamics

/// A run as text for a person: figures, tables and verdicts, aligned and shortened to what a screen can hold.
///
/// Nothing is lost: what is shortened here is whole in the result folder.
public struct TerminalText: Sendable {
  /// The characters of a line; `nil` where the text does not go to a terminal.
  ///
  /// Without a limit tables are as wide as they need, and sentences have lines of 100.
  public var width: Int?
  /// Whether words are coloured.
  public var colour: Bool

  /// Text for a screen of `width` characters (at least 40), or for a file.
  public init(width: Int? = nil, colour: Bool = false) {
    self.width = width.map { max(40, $0) }
    self.colour = colour
  }

  /// Lists longer than this are shortened.
  static let longestList = 30

  /// The whole run; `folder` is the path of the result folder, where one was written.
  public func document(_ result: RunResult, folder: String? = nil) -> String {
    var lines = prose(result.title ?? result.scenario, indentation: 0).map { styled($0, .bold) }
    lines += prose(
      "seed \(result.seed), \(count(result.threads, "thread")), \(seconds(result.wallSeconds))", indentation: 0)
    for (index, experiment) in result.experiments.enumerated() {
      lines += [""] + section(experiment, index: index)
    }
    lines += ["", summary(result)]
    if result.isInterrupted {
      lines += prose("The run was stopped before its end: this is what was done until then.", indentation: 0)
    }
    if let folder { lines.append("The results are in \(Prose.printable(folder))") }
    return lines.joined(separator: "\n") + "\n"
  }

  /// How many verdicts of each kind there are.
  private func summary(_ result: RunResult) -> String {
    let verdicts = result.experiments.flatMap(\.verdicts)
    let counts = VerdictStatus.allCases.map { status in
      "\(verdicts.filter { $0.status == status }.count) \(styled(status.rawValue, Self.style(of: status)))"
    }
    return counts.joined(separator: ", ")
  }

  private func section(_ experiment: ExperimentResult, index: Int) -> [String] {
    let title = experiment.title.map { ": \($0)" } ?? ""
    var lines = prose("\(index) \(experiment.kind)\(title)", indentation: 0).map { styled($0, .bold) }
    lines += experiment.remarks.flatMap { prose($0, indentation: 2) }
    let families = FigureFamilies(experiment.figures)
    if let table = families.table { lines += paragraph(text(table, file: "results.json")) }
    lines += paragraph(figures(families.rest))
    // The grid of a phase portrait is for its picture: as numbers on a screen nobody reads it.
    for (name, table) in experiment.tables where !name.hasPrefix("portrait") {
      let file = CSVTable.fileName(experiment: index, kind: experiment.kind, table: name)
      lines += paragraph(["  " + styled(Prose.printable(name), .bold)] + text(table, file: file))
    }
    lines += paragraph(self.verdicts(experiment.verdicts))
    return lines
  }

  private func paragraph(_ lines: [String]) -> [String] {
    lines.isEmpty ? [] : [""] + lines
  }

  // MARK: Figures

  private func figures(_ all: [(name: String, value: FigureValue)]) -> [String] {
    let figures = all.prefix(Self.longestList)
    let nameWidth = figures.map { $0.name.count }.max() ?? 0
    var numbers = NumberText.alignedAtPoint(figures.compactMap { Self.number($0.value) })[...]
    var lines: [String] = []
    for (name, figure) in figures {
      let start = "  " + Prose.padded(Prose.printable(name), to: nameWidth) + "  "
      if figure.value != nil {
        let unit = figure.unit.map { " \($0)" } ?? ""
        let reason = figure.reason.map { "  (\(Prose.printable($0)))" } ?? ""
        lines.append((start + numbers.removeFirst() + unit + reason).withoutTrailingSpaces)
      } else {
        lines += Prose.hanging(start + "– ", figure.reason ?? "", width: proseWidth)
      }
    }
    if figures.count < all.count {
      lines.append("  \(figures.count) of \(all.count) figures; all of them are in results.json.")
    }
    return lines
  }

  private static func number(_ figure: FigureValue) -> String? {
    guard let value = figure.value else { return nil }
    return figure.standardError.map { NumberText.estimate(value, standardError: $0) } ?? NumberText.rounded(value)
  }

  // MARK: Tables

  private func text(_ table: Table, file: String) -> [String] {
    TerminalTable(table: table, file: file, width: width.map { $0 - 2 }).lines.flatMap { line in
      if line.isProse { return prose(line.text, indentation: 2) }
      return ["  " + (line.isHeader ? styled(line.text, .faint) : line.text)]
    }
  }

  // MARK: Verdicts

  /// Failures and undecided ones first to be seen, all of them; of many passes the first.
  private func verdicts(_ verdicts: [Verdict]) -> [String] {
    var passesLeft = Self.longestList
    var hidden = 0
    var lines: [String] = []
    for verdict in verdicts {
      if verdict.status == .pass {
        passesLeft -= 1
        if passesLeft < 0 {
          hidden += 1
          continue
        }
      }
      lines += text(verdict)
    }
    if hidden > 0 { lines.append("  \(hidden) more pass; all verdicts are in results.json.") }
    return lines
  }

  private func text(_ verdict: Verdict) -> [String] {
    let wordWidth = VerdictStatus.allCases.map(\.rawValue.count).max() ?? 0
    let word = Prose.padded(verdict.status.rawValue, to: wordWidth)
    let indentation = 2 + wordWidth + 2
    var lines = prose(verdict.claim, indentation: indentation)
    if let first = lines.first {
      lines[0] = "  " + styled(word, Self.style(of: verdict.status)) + first.dropFirst(2 + wordWidth)
    }
    lines += prose(verdict.reason, indentation: indentation).map { styled($0, .faint) }
    if let note = verdict.note { lines += prose("Note: \(note)", indentation: indentation) }
    return lines
  }

  // MARK: Lines

  /// How a word looks on a terminal; the numbers are those of ECMA-48.
  private enum Style: String {
    case bold = "1"
    case faint = "2"
    case good = "32"
    case bad = "1;31"
    case open = "33"
  }

  private static func style(of status: VerdictStatus) -> Style {
    switch status {
    case .pass: .good
    case .fail: .bad
    case .undecided: .open
    }
  }

  private func styled(_ text: String, _ style: Style) -> String {
    colour ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
  }

  /// Longer lines are hard to read, whatever the screen.
  private var proseWidth: Int { min(width ?? 100, 100) }

  private func prose(_ text: String, indentation: Int) -> [String] {
    Prose.hanging(String(repeating: " ", count: indentation), text, width: proseWidth)
  }

  private func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  private func seconds(_ value: Double) -> String {
    NumberText.rounded(value, digits: 3) + " s"
  }
}
