import LoschmidtReports

extension Catalogue {
  /// What the format offers as text for a terminal, one name a line; entries of later versions say so.
  ///
  /// Lines are no longer than `width`, where there is one.
  public static func text(of sections: [Section], width: Int? = nil) -> String {
    let blocks = sections.map { section in
      let entries = entries(in: section)
      let nameWidth = entries.map(\.name.count).max() ?? 0
      let lines = entries.flatMap { entry in
        let summary = entry.summary + (entry.isLater ? " (in a later version)" : "")
        return Prose.hanging(
          "  " + Prose.padded(entry.name, to: nameWidth + 2), summary, width: width ?? .max)
      }
      return ([section.rawValue] + lines).joined(separator: "\n") + "\n"
    }
    return blocks.joined(separator: "\n")
  }
}
