/// The named numbers of an experiment as HTML: each with its error, as exact, or with the reason why it is not there.
enum HTMLNumbers {
  /// More of them are folded away.
  static let mostNumbers = 30

  /// One table of all numbers; empty without any.
  static func text(_ figures: [(name: String, value: FigureValue)]) -> String {
    guard !figures.isEmpty else { return "" }
    let rows = figures.map { name, figure in
      let kind = kind(figure)
      return "<tr>\(HTMLText.element("th", [("scope", "row")], HTMLText.escaped(name)))"
        + HTMLText.element("td", [("data-value", figure.value.map(NumberText.shortest) ?? "")], value(figure))
        + HTMLText.element("td", [("class", "word")], HTMLText.escaped(Prose.unit(figure.unit ?? "")))
        + HTMLText.element("td", [("class", "word reason")], HTMLText.escaped(kind)) + "</tr>"
    }
    let head = ["number", "value ± standard error", "unit", "kind"].enumerated().map { place, name in
      HTMLText.element("th", [("scope", "col")] + (place == 1 ? [] : [("class", "word")]), name)
    }
    let table = HTMLText.element(
      "table", [("class", "sortable")],
      "<thead><tr>\(head.joined())</tr></thead>\n<tbody>\n\(rows.joined(separator: "\n"))\n</tbody>")
    let element = "<div class=\"wide\" tabindex=\"0\">\(table)</div>"
    if figures.count <= mostNumbers { return element }
    return "<details><summary>\(figures.count) numbers</summary>\n\(element)\n</details>"
  }

  private static func value(_ figure: FigureValue) -> String {
    guard let value = figure.value else { return "–" }
    let text = figure.standardError.map { NumberText.estimate(value, standardError: $0) } ?? NumberText.rounded(value)
    return HTMLText.escaped(text.withMinus)
  }

  /// What kind of number it is, with its reason where it has one.
  private static func kind(_ figure: FigureValue) -> String {
    guard figure.value != nil else { return figure.reason ?? "" }
    // An estimate whose error does not exist says why; what describes the sample has none to miss.
    let describes = figure.standardError == nil && figure.reason == nil
    let kind = figure.exact ? "exact" : describes ? "describes the sample" : ""
    return [kind, figure.reason ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
  }
}
