import Foundation
import Loschmidt

/// The two streams of the command, and what the screen behind them can do.
enum Terminal {
  /// A stream of the process.
  enum Stream: Int32 {
    case output = 1
    case error = 2

    /// Whether the stream goes to a screen that understands control sequences.
    var isTerminal: Bool {
      isatty(rawValue) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Whether the stream shows colours: a terminal, unless NO_COLOR is set and not empty (no-color.org).
    var hasColour: Bool {
      let refuses = ProcessInfo.processInfo.environment["NO_COLOR"].map { !$0.isEmpty } ?? false
      return isTerminal && !refuses
    }

    /// The characters of a line, `nil` where the stream does not go to a screen.
    var width: Int? {
      guard isatty(rawValue) == 1 else { return nil }
      var size = winsize()
      guard ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
      return Int(size.ws_col)
    }
  }

  /// The style of text for standard output.
  static var text: TerminalText { TerminalText(width: Stream.output.width, colour: Stream.output.hasColour) }

  /// Writes to standard output.
  ///
  /// - Throws: Where not all of it can be written, such as on a full disk; the message is on standard error then.
  static func print(_ text: String) throws {
    guard FileSystem.writeAll(text, to: Stream.output.rawValue) else {
      complain("standard output: error: cannot write: \(String(cString: strerror(errno)))")
      throw ExitStatus.cannotWrite.exit
    }
  }

  /// Writes a line to standard error; where even that fails, nobody is there to be told.
  static func complain(_ line: String) {
    ProgressLine.clear()
    // What a scenario says is in the line: names, headers, paths.
    _ = FileSystem.writeAll(PrintableText.cleanedLines(line) + "\n", to: Stream.error.rawValue)
  }
}
