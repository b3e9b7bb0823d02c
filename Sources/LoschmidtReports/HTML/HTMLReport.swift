/// A run as one HTML file that needs nothing else: no script, style, font or picture from elsewhere.
///
/// It is well-formed XML too. Verdicts come first; what is shortened is whole in the other files of the result folder.
struct HTMLReport {
  private let result: RunResult
  private let plots: [[Plot]]
  private let complaints: [String]

  init(_ result: RunResult, plots: [[Plot]], complaints: [String]) {
    self.result = result
    self.plots = plots
    self.complaints = complaints
  }

  /// The whole file.
  var document: String {
    let title = HTMLText.escaped(result.title ?? result.scenario)
    let policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
    let sections = [
      header(title), verdicts, process, result.experiments.indices.map(experiment).joined(separator: "\n"), scenario,
      run,
      references,
    ]
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta http-equiv="Content-Security-Policy" content="\(policy)"/>
      <meta name="generator" content="Loschmidt \(Version.current)"/>
      <title>\(title)</title>
      <style>\(ReportStyle.sheet)</style>
      </head>
      <body>
      <main>
      \(sections.filter { !$0.isEmpty }.joined(separator: "\n"))
      </main>
      <script>\(ReportStyle.script)</script>
      </body>
      </html>

      """
  }

  private func section(_ id: String, _ title: String, _ parts: [String]) -> String {
    let content = parts.filter { !$0.isEmpty }.joined(separator: "\n")
    return "<section id=\"\(id)\">\n<h2>\(HTMLText.escaped(title))</h2>\n\(content)\n</section>"
  }

  // MARK: The question and the answer

  private func header(_ title: String) -> String {
    var parts = ["<h1>\(title)</h1>"]
    parts += Self.paragraphs(result.subject.preamble)
    if result.isInterrupted {
      parts.append(
        HTMLText.paragraph(
          "The run was stopped before its end: this is what was done until then.", class: "complaint"))
    }
    parts += complaints.map { HTMLText.paragraph($0, class: "complaint") }
    return "<header>\n\(parts.joined(separator: "\n"))\n</header>"
  }

  /// The lines of a comment as paragraphs.
  ///
  /// An empty line ends a paragraph and the word Expect begins one; lines that are indented stay as they are. What stands
  /// between backquotes is code.
  static func paragraphs(_ lines: [String]) -> [String] {
    var groups: [[String]] = [[]]
    for line in lines {
      if line.isEmpty || line.hasPrefix("Expect") { groups.append([]) }
      if !line.isEmpty { groups[groups.count - 1].append(line) }
    }
    var parts: [String] = []
    for group in groups where !group.isEmpty {
      if group.allSatisfy({ $0.hasPrefix("  ") }) {
        parts.append("<pre tabindex=\"0\">\(HTMLText.escaped(group.joined(separator: "\n")))</pre>")
      } else {
        let name = parts.isEmpty ? [("class", "question")] : []
        parts.append(HTMLText.element("p", name, withCode(group.joined(separator: " "))))
      }
    }
    return parts
  }

  private static func withCode(_ text: String) -> String {
    let pieces = text.split(separator: "`", omittingEmptySubsequences: false).map { HTMLText.escaped(String($0)) }
    // A quotation mark without its partner is one.
    guard pieces.count % 2 == 1 else { return HTMLText.escaped(text) }
    return pieces.enumerated().map { $0 % 2 == 1 ? "<code>\($1)</code>" : $1 }.joined()
  }

  private var verdicts: String {
    section(
      "verdicts", "Verdicts", ["<p class=\"summary\">\(HTMLVerdicts.summary(result))</p>", HTMLVerdicts.text(result)])
  }

  private var process: String {
    let subject = result.subject
    if subject.formulas.isEmpty, subject.settings.isEmpty { return "" }
    let formulas = subject.formulas.map { formula in
      "<dt>\(HTMLText.escaped(formula.label))</dt><dd><math display=\"block\">\(formula.mathML)</math></dd>"
    }
    let settings = subject.settings.map { setting in
      "<dt>\(HTMLText.escaped(setting.key))</dt><dd>\(HTMLText.escaped(setting.value))</dd>"
    }
    return section(
      "process", "Process",
      [
        formulas.isEmpty ? "" : "<dl class=\"formulas\">\n\(formulas.joined(separator: "\n"))\n</dl>",
        settings.isEmpty
          ? ""
          : "<details><summary>The settings as they were understood</summary>\n<dl class=\"settings\">\n"
            + "\(settings.joined(separator: "\n"))\n</dl></details>",
      ])
  }

  // MARK: Experiments

  private func experiment(_ index: Int) -> String {
    let experiment = result.experiments[index]
    let title = "Experiment \(index): \(experiment.kind)"
    let figures = plots[index].enumerated().map { Self.figure($1, id: "figure-\(index)-\($0)") }
    let tables = experiment.tables.map { name, table in
      let file = CSVTable.fileName(experiment: index, kind: experiment.kind, table: name)
      let count = "\(table.rows.count) row\(table.rows.count == 1 ? "" : "s")"
      let isOpen = table.rows.count <= 12 ? " open=\"open\"" : ""
      return "<details\(isOpen)><summary>Table <strong>\(HTMLText.escaped(name))</strong>, \(count)</summary>\n"
        + "\(HTMLTable(table, file: file).text)\n</details>"
    }
    return section(
      "experiment-\(index)", title,
      [experiment.title.map { HTMLText.paragraph($0, class: "subtitle") } ?? ""]
        + experiment.remarks.map { HTMLText.paragraph($0) }
        + [figures.isEmpty ? "" : "<div class=\"figures\">\n\(figures.joined(separator: "\n"))\n</div>"]
        + [HTMLNumbers.text(experiment.figures)] + tables
        + experiment.samples.map { Self.samples($0, experiment.kind, index) })
  }

  /// Where the numbers of single trajectories are.
  private static func samples(_ samples: SampleArray, _ kind: String, _ index: Int) -> String {
    let file = SampleArray.fileName(experiment: index, kind: kind, name: samples.name)
    let shape = samples.shape.map(String.init).joined(separator: " × ")
    let count = samples.leftOut == 1 ? "1 trajectory is" : "\(samples.leftOut) trajectories are"
    let rest = samples.leftOut > 0 ? " \(count) not among them." : ""
    return HTMLText.paragraph("\(file), \(shape) numbers: \(samples.about)\(rest)", class: "aside")
  }

  private static func figure(_ plot: Plot, id: String) -> String {
    let drawing =
      plot.svg.flatMap { InlineSVG.element($0, prefix: id, label: "\(plot.figure.title). \(plot.figure.caption)") }
      ?? HTMLText.paragraph("Not drawn; the script is in \(plot.stem).gp.", class: "complaint")
    return "<figure id=\"\(id)\">\n\(drawing)\n<figcaption>\(HTMLText.escaped(plot.figure.caption)) "
      + "<span class=\"file\">\(HTMLText.escaped(plot.stem))</span></figcaption>\n</figure>"
  }

  // MARK: How to make it again

  /// Longer scenarios hold data: they are in their files.
  private static let longestScenario = 40_000

  private var scenario: String {
    let source = result.subject.source
    guard !source.isEmpty else { return "" }
    let shown = String(source.prefix(Self.longestScenario))
    let overrides = result.overrides.map { HTMLText.paragraph("The command line set \($0).") }
    let rest =
      shown.utf8.count < source.utf8.count ? [HTMLText.paragraph("All of it is in scenario.yaml.", class: "aside")] : []
    return section(
      "scenario", "Scenario",
      overrides + ["<pre tabindex=\"0\">\(HTMLText.escaped(shown))</pre>"] + rest)
  }

  private var run: String {
    let lines = [
      ("seed", String(result.seed)), ("threads", String(result.threads)),
      ("elapsed", "\(NumberText.rounded(result.wallSeconds, digits: 3)) s"),
      ("program", "Loschmidt \(result.program)"),
      ("format of results", String(Version.resultsFormat)), ("scenario", result.scenario),
      ("SHA-256 of the scenario", result.scenarioSHA256),
    ]
    let list = lines.map { "<dt>\($0.0)</dt><dd>\(HTMLText.escaped($0.1))</dd>" }
    return section("run", "Run", ["<dl class=\"settings\">\n\(list.joined(separator: "\n"))\n</dl>"])
  }

  private var references: String {
    let used = References.used(by: result)
    guard !used.isEmpty else { return "" }
    let items = used.map { reference in
      let link = reference.address.map { address in
        " " + HTMLText.element("a", [("href", address)], HTMLText.escaped(address.replacing("https://", with: "")))
      }
      return "<li id=\"\(reference.key)\">\(HTMLText.escaped(reference.citation))\(link ?? "")</li>"
    }
    return section("references", "References", ["<ul class=\"references\">\n\(items.joined(separator: "\n"))\n</ul>"])
  }
}
