/// A problem of a scenario: where it is, and in one sentence what is wrong, the value got and what is allowed.
public struct Diagnostic: Error, Hashable, Sendable, CustomStringConvertible {
  /// How serious a problem is.
  public enum Severity: String, Sendable {
    /// The scenario cannot run.
    case error
    /// The scenario runs; a person should look.
    case warning
  }

  /// Where a problem is.
  public enum Place: Hashable, Sendable, CustomStringConvertible {
    /// In a file. Line and column count from 1; columns count Unicode scalars.
    case file(String, line: Int, column: Int)
    /// In a setting of the command line, such as `--set process.temperature` or `--seed`.
    case override(String)

    /// `FILE:LINE:COLUMN`, or the setting of the command line.
    public var description: String {
      switch self {
      case .file(let path, let line, let column): "\(path):\(line):\(column)"
      case .override(let name): name
      }
    }
  }

  /// Where the problem is.
  public let place: Place
  /// How serious it is.
  public let severity: Severity
  /// What is wrong, the value got and what is allowed, in one sentence without a full stop.
  public let message: String

  /// A problem at a place.
  public init(_ message: String, at place: Place, severity: Severity = .error) {
    self.message = Self.bounded(message)
    self.place = place
    self.severity = severity
  }

  /// At most so many characters of a message are kept.
  public static let lengthLimit = 2000

  /// The message; of a longer one the beginning and the end.
  private static func bounded(_ message: String) -> String {
    let scalars = message.unicodeScalars
    guard scalars.count > lengthLimit else { return message }
    let (head, tail) = (lengthLimit * 3 / 4, lengthLimit / 4 - 3)
    return String(scalars.prefix(head)) + " … " + String(scalars.suffix(tail))
  }

  /// `FILE:LINE:COLUMN: error: MESSAGE`.
  public var description: String { "\(place): \(severity.rawValue): \(message)" }
}
