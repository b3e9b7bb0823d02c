/// References as a BibTeX file.
///
/// Accented letters are written as TeX commands, characters that TeX reads as commands are escaped, and titles keep
/// their capitals, so that classic BibTeX and biber read the same.
public enum BibTeX {
  /// One entry for each reference, each key once, with a blank line between entries.
  public static func document(_ references: [Reference]) -> String {
    var keys: Set<String> = []
    return references.filter { keys.insert($0.key).inserted }.map(entry).joined(separator: "\n")
  }

  /// One entry, in whole lines.
  public static func entry(_ reference: Reference) -> String {
    let fields = fields(reference).map { "  \($0.name) = {\($0.value)},\n" }
    return "@\(type(reference)){\(reference.key),\n\(fields.joined())}\n"
  }

  private static func type(_ reference: Reference) -> String {
    switch reference.kind {
    case .article: "article"
    case .book: "book"
    case .proceedings: "inproceedings"
    case .preprint: "misc"
    case .software: "software"
    }
  }

  private static func fields(_ reference: Reference) -> [(name: String, value: String)] {
    let place =
      switch reference.kind {
      case .article: "journal"
      case .book: "publisher"
      case .proceedings, .preprint, .software: "booktitle"
      }
    // A group of authors is one name, whatever words it has.
    let authors = reference.authors.map { $0.contains(",") ? escaped($0) : "{\(escaped($0))}" }
    let range = reference.pages.map { $0.split(separator: "-").joined(separator: "--") }
    let all: [(name: String, value: String?)] = [
      ("author", authors.joined(separator: " and ")), ("title", "{\(escaped(reference.title))}"),
      (place, reference.place.map(escaped)), ("volume", reference.volume), ("number", reference.number),
      ("pages", range), ("year", reference.year.map(String.init)), ("version", reference.version),
      ("doi", reference.doi), ("eprint", reference.arXiv), ("archiveprefix", reference.arXiv.map { _ in "arXiv" }),
      ("url", reference.address),
    ]
    return all.compactMap { field in field.value.map { (field.name, $0) } }
  }

  /// The text as TeX shows it letter by letter.
  static func escaped(_ text: String) -> String {
    text.map { letter in
      switch letter {
      case "{", "}", "$", "&", "%", "#", "_": "\\\(letter)"
      case "\\": "{\\textbackslash}"
      case "~": "{\\textasciitilde}"
      case "^": "{\\textasciicircum}"
      default: accents[letter] ?? String(letter)
      }
    }.joined()
  }

  /// Letters of the names of authors.
  private static let accents: [Character: String] = [
    "á": "{\\'a}", "é": "{\\'e}", "í": "{\\'i}", "ó": "{\\'o}", "ú": "{\\'u}", "ä": "{\\\"a}", "ö": "{\\\"o}",
    "ü": "{\\\"u}", "ß": "{\\ss}", "ø": "{\\o}", "å": "{\\aa}", "ç": "{\\c c}", "Ş": "{\\c S}", "ş": "{\\c s}",
    "–": "--", "’": "'",
  ]
}
