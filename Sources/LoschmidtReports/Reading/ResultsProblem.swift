/// What is wrong with a `results.json` that is to be read.
public struct ResultsProblem: Error, Sendable, Equatable, CustomStringConvertible {
  /// Where in the file it is.
  public enum Place: Sendable, Equatable {
    /// A line and a column, both from 1: the text is not JSON there.
    case position(line: Int, column: Int)
    /// The path of a member, such as `experiments[0].figures["limit.DE[0]"].value`; empty for the whole document.
    case member(String)
  }

  /// The path of the file.
  public var file: String
  /// Where in the file; `nil` for the file or folder itself.
  public var place: Place?
  /// What is wrong, the value got and what is allowed, in one sentence without a full stop.
  public var message: String

  /// `FILE:LINE:COLUMN: error: …`, `FILE: error: MEMBER …` or `FILE: error: …`.
  public var description: String {
    switch place {
    case nil: "\(file): error: \(message)"
    case .position(let line, let column): "\(file):\(line):\(column): error: \(message)"
    case .member(""): "\(file): error: the document \(message)"
    case .member(let path): "\(file): error: \(Prose.printable(path)) \(message)"
    }
  }
}
