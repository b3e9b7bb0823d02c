import LoschmidtThermodynamics

/// The verdicts of a run as HTML: what fails first, then what is undecided, then what passes.
enum HTMLVerdicts {
  /// Of more passes than these the rest is folded away.
  static let mostPasses = 12

  /// The list of all verdicts.
  static func text(_ result: RunResult) -> String {
    let all = result.experiments.enumerated().flatMap { index, experiment in
      experiment.verdicts.map { (place: "\(index) \(experiment.kind)", verdict: $0) }
    }
    guard !all.isEmpty else { return HTMLText.paragraph("This run decides nothing: its experiments only measure.") }
    let hasPlaces = result.experiments.count > 1
    func items(_ status: VerdictStatus) -> [String] {
      all.filter { $0.verdict.status == status }.map { item($0.verdict, place: hasPlaces ? $0.place : nil) }
    }
    let passes = items(.pass)
    let first = items(.fail) + items(.undecided) + passes.prefix(mostPasses)
    var text = "<ul class=\"verdicts\">\n\(first.joined(separator: "\n"))\n</ul>"
    if passes.count > mostPasses {
      let rest = passes.dropFirst(mostPasses).joined(separator: "\n")
      text += "\n<details><summary>\(passes.count - mostPasses) more pass</summary>\n"
      text += "<ul class=\"verdicts\">\n\(rest)\n</ul></details>"
    }
    return text
  }

  /// How many verdicts of each kind there are, in one line.
  static func summary(_ result: RunResult) -> String {
    let verdicts = result.experiments.flatMap(\.verdicts)
    return VerdictStatus.allCases.map { status in
      let count = verdicts.filter { $0.status == status }.count
      return "\(count) " + HTMLText.element("span", [("class", "status \(status.rawValue)")], status.rawValue)
    }.joined(separator: ", ")
  }

  private static func item(_ verdict: Verdict, place: String?) -> String {
    let status = verdict.status.rawValue
    var claim = HTMLText.element("strong", [("class", "status \(status)")], status) + " "
    if let place { claim += HTMLText.element("span", [("class", "place")], HTMLText.escaped(place)) + " " }
    var parts = ["<p>\(claim)\(HTMLText.escaped(verdict.claim))</p>"]
    let numbers = numbers(verdict)
    if !numbers.isEmpty {
      // A line breaks between numbers, not inside one.
      let unbroken = numbers.map { $0.replacing(" ", with: "\u{a0}") }
      parts.append(HTMLText.paragraph(unbroken.joined(separator: " · "), class: "numbers"))
    }
    parts.append(HTMLText.paragraph(verdict.reason, class: "reason"))
    if let note = verdict.note { parts.append(HTMLText.paragraph("Note: \(note)", class: "note")) }
    return HTMLText.element("li", [("class", status)], parts.joined(separator: "\n"))
  }

  private static func numbers(_ verdict: Verdict) -> [String] {
    var numbers: [String] = []
    if let estimate = verdict.estimate {
      let text =
        verdict.standardError.map { NumberText.estimate(estimate, standardError: $0) }
        ?? "\(NumberText.rounded(estimate)) (exact)"
      numbers.append("estimate \(text.withMinus)")
    }
    let rest: [(String, Double?)] = [
      ("expected", verdict.expected), ("margin", verdict.margin), ("statistic", verdict.statistic),
      ("p", verdict.pValue), ("adjusted p", verdict.adjustedPValue),
    ]
    return numbers
      + rest.compactMap { name, value in
        value.map { "\(name) \(NumberText.rounded($0, digits: 4).withMinus)" }
      }
  }
}
