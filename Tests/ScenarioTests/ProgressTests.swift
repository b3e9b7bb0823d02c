import Foundation
import Loschmidt
import Testing

/// What a run says on standard error while it goes on.
@Suite(.serialized) struct ProgressTests {
  /// A run that would take hours.
  private static let long = """
    loschmidt: 1
    seed: 5
    process:
      parameters: {x: "normal(0, 1)"}
      loss: 0.5*x^2
      temperature: 1
      algorithm: {gradient-descent: {learning-rate: 0.1}}
    experiments:
      - relaxation: {trajectories: 1000000000, steps: 100}

    """

  /// `script` of util-linux gives a command a terminal.
  private static let hasTerminal =
    (try? Program().shell("script --version"))?.output.contains("util-linux") == true

  /// What comes to a terminal until a control-C after so many seconds, and then to the end.
  private func screen(
    seconds: Double, columns: Int = 80, settings: String = "", arguments: String = ""
  ) throws -> String {
    var screen = ""
    try Program.inScratch { (program: Program) throws in
      try program.put(Self.long, at: "long.yaml")
      try program.put(
        """
        stty cols \(columns) 2>/dev/null
        "$LOSCHMIDT" run long.yaml --output out \(arguments) >text &
        sleep \(seconds)
        kill -INT $!
        wait $!
        echo "status $?"
        """, at: "session")
      let outcome = try program.shell(
        "unset NO_COLOR; export TERM=xterm \(settings); script -qec 'sh session' /dev/null")
      screen = outcome.output
      // Nothing of it is on standard output, which a program may read.
      #expect(!(try program.read("text")).contains("gradients/s"))
    }
    return screen
  }

  @Test(.enabled(if: hasTerminal)) func aTerminalHasABarThatGoesAway() throws {
    let screen = try screen(seconds: 2.5)
    let updates = screen.components(separatedBy: "\r\u{1b}[K").dropFirst()
    #expect(updates.contains { $0.hasPrefix("[\u{1b}[32m") && $0.contains(" %  ") })
    #expect(screen.contains("gradients/s  long.yaml: rel"))
    // Ten a second from the first second on, and one for every time that the line goes away.
    #expect(updates.count >= 2 && updates.count <= 40)
    // The bar is gone before anything else is said, and after the last of it nothing of it is left.
    let last = try #require(screen.components(separatedBy: "\r\u{1b}[K").last)
    #expect(!last.contains(" %") && last.contains("status 130"))
    #expect(screen.contains("\r\u{1b}[Kloschmidt: stopping; what is done will be written."))
  }

  @Test(.enabled(if: hasTerminal), arguments: [8, 30]) func aNarrowTerminalHasNoLineThatWraps(
    columns: Int
  ) throws {
    let screen = try screen(seconds: 2.5, columns: columns, settings: "NO_COLOR=1")
    #expect(!screen.contains("\u{1b}[32m"))
    let lines = screen.components(separatedBy: "\r\u{1b}[K").dropFirst().filter { $0.contains("%") }
    #expect(!lines.isEmpty)
    for line in lines {
      #expect(line.prefix { $0 != "\r" && $0 != "\r\n" && $0 != "\n" }.count < columns, "\(line)")
    }
  }

  @Test(.enabled(if: hasTerminal)) func aTerminalThatCannotMoveItsCursorHasLines() throws {
    let screen = try screen(seconds: 2.5, settings: "TERM=dumb")
    #expect(!screen.contains("\u{1b}[") && screen.contains("status 130"))
  }

  @Test(.enabled(if: hasTerminal)) func quietShowsNothing() throws {
    let screen = try screen(seconds: 2.5, arguments: "--quiet")
    #expect(!screen.contains("%") && !screen.contains("\u{1b}["))
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment["LOSCHMIDT_LONG_TESTS"] == "1"))
  func aLogHasAPlainLineNowAndThen() throws {
    try Program.inScratch { (program: Program) throws in
      try program.put(Self.long, at: "long.yaml")
      let outcome = try program.shell(
        """
        "$LOSCHMIDT" run long.yaml --output out >text &
        sleep 23
        kill -INT $!
        wait $!
        """)
      let lines = outcome.errors.split(separator: "\n").filter { $0.contains(" %") }
      #expect(lines.count == 2, "after ten seconds and after twenty")
      #expect(
        lines.allSatisfy { $0.hasPrefix("long.yaml: relaxation, ") && $0.hasSuffix(" gradients/s") }
      )
      #expect(!outcome.errors.contains("\u{1b}") && !outcome.errors.contains("\r"))
    }
  }

  /// A run that is done in no time says nothing, on a terminal or not.
  @Test func aShortRunSaysNothing() throws {
    try Program.inScratch { (program: Program) throws in
      try program.put(
        Self.long.replacingOccurrences(of: "1000000000, steps: 100", with: "4, steps: 4"),
        at: "a.yaml")
      #expect(try program.run("run", "a.yaml").errors.isEmptyButForGnuplot)
    }
  }
}
