/// A source that a result rests on, with the fields of BibTeX.
public struct Reference: Sendable, Equatable {
  /// What the source is; it chooses the type of the BibTeX entry and what `place` means.
  public enum Kind: String, Sendable, CaseIterable {
    /// An article; `place` is the journal.
    case article
    /// A book; `place` is the publisher.
    case book
    /// A paper of a conference; `place` is the conference.
    case proceedings
    /// A preprint; there is no `place`.
    case preprint
    /// A program; there is no `place`.
    case software
  }

  /// A key such as `jarzynski1997`, unique among all; it does not change from version to version.
  public var key: String
  /// What the source is.
  public var kind: Kind
  /// The authors, `Family, Given` each; a group without a comma.
  public var authors: [String]
  /// The title.
  public var title: String
  /// The journal, publisher or conference; `nil` for preprints and programs.
  public var place: String?
  /// The volume; `nil` without.
  public var volume: String?
  /// The number of the issue; `nil` without.
  public var number: String?
  /// The first page, or first and last with a hyphen, or the number of the article; `nil` without.
  public var pages: String?
  /// The year; `nil` for a program without a dated release.
  public var year: Int?
  /// The digital object identifier, without address; `nil` without.
  public var doi: String?
  /// The number at arXiv; `nil` without.
  public var arXiv: String?
  /// An address where the source has neither number.
  public var url: String?
  /// The version of a program.
  public var version: String?
  /// What uses it: kinds of experiments, names of verdicts, tables and numbers, noise models, update rules, generators.
  public var topics: [String]

  /// A source from its fields.
  public init(
    _ key: String, _ kind: Kind, authors: [String], title: String, in place: String? = nil, volume: String? = nil,
    number: String? = nil, pages: String? = nil, year: Int?, doi: String? = nil, arXiv: String? = nil,
    url: String? = nil, version: String? = nil, topics: [String]
  ) {
    self.key = key
    self.kind = kind
    self.authors = authors
    self.title = title
    self.place = place
    self.volume = volume
    self.number = number
    self.pages = pages
    self.year = year
    self.doi = doi
    self.arXiv = arXiv
    self.url = url
    self.version = version
    self.topics = topics
  }

  /// The journal with volume and first page, the conference or the publisher; `nil` for preprints and programs.
  public var published: String? {
    guard let place else { return nil }
    let first = pages.map { String($0.prefix { $0 != "-" }) }
    // Where every article begins at page 1, its number finds it.
    let issue = first == "1" ? number.map { "(\($0))" } ?? "" : ""
    return [volume.map { "\(place) \($0)\(issue)" } ?? place, first].compactMap(\.self).joined(separator: ", ")
  }

  /// Where the source is found, as an address; `nil` for none.
  public var address: String? {
    doi.map { "https://doi.org/\($0)" } ?? arXiv.map { "https://arxiv.org/abs/\($0)" } ?? url
  }

  /// The source in one line: authors, title, where it was published, year.
  public var citation: String {
    let names = authors.map { author in
      let parts = author.split(separator: ",", maxSplits: 1).map { String($0.drop { $0 == " " }) }
      return parts.count == 2 ? "\(parts[1]) \(parts[0])" : author
    }
    let list = names.count > 1 ? names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1] : names[0]
    let place = published ?? arXiv.map { "arXiv:\($0)" } ?? version.map { "version \($0)" } ?? ""
    return "\(list), “\(title)”" + (place.isEmpty ? "" : ", \(place)") + (year.map { " (\($0))" } ?? "") + "."
  }
}
