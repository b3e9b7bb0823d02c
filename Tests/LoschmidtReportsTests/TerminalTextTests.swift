import LoschmidtReports
import LoschmidtThermodynamics
import Testing

@Suite struct TerminalTextTests {
  @Test func theGridOfAPortraitIsForItsPicture() {
    var run = sampleRun()
    run.experiments = [sampleRelaxation()]
    let text = TerminalText().document(run)
    #expect(text.contains("path") && !text.contains("portrait"))
  }

  @Test func theWholeText() {
    #expect(TerminalText().document(sampleRun(), folder: "results/four-potentials") == expected)
  }

  @Test func colourOnlyWhereAsked() {
    #expect(!TerminalText(width: 80).document(sampleRun()).contains("\u{1b}"))
    #expect(TerminalText(width: 80, colour: true).document(sampleRun()).contains("\u{1b}[32mpass\u{1b}[0m"))
  }

  @Test(arguments: [40, 60, 80, 120]) func linesFitTheScreen(width: Int) {
    var run = sampleRun()
    run.title = String(repeating: "a long title ", count: 20)
    run.experiments[0].verdicts[0].reason = String(repeating: "because of reasons ", count: 20)
    for line in TerminalText(width: width).document(run).split(separator: "\n") {
      #expect(line.count <= width, "\(line)")
    }
  }

  @Test func manyPassesAreShortenedAndFailuresAreNot() {
    var run = sampleRun()
    run.experiments[0].verdicts = (0..<80).map { index in
      Verdict(
        name: "v\(index)", claim: "v\(index): claim", status: index < 40 ? .pass : .fail, reason: "It is so.")
    }
    let text = TerminalText().document(run)
    #expect(text.contains("10 more pass; all verdicts are in results.json."))
    #expect(text.contains("fail       v79: claim"))
    #expect(text.contains("40 pass, 40 fail, 0 undecided"))
  }

  private let expected = """
    Größe, η
    seed 18446744073709551615, 2 threads, 1.25 s

    0 potentials: Four "potentials"
      A remark.

      limit.DE[0]  1.00002
      mean         0.1234 ± 0.0056 nat
      slope.DE[0]  – a critical point

      forces
      point   eta  coordinate  DE [1/θ]
          0  0.1   W[0,1]        -0.011
          0  0.01  W[0,1]         –
      – DE: eta is too large

      curl
      i  j

      pass       limit.DE[0]: DE agrees with the leading order.
                 The limit is 1.00002.
      undecided  limit.TA[0]: TA agrees with the leading order.
                 The point is critical.
                 Note: my own claim

    1 stationary

    1 pass, 0 fail, 1 undecided
    The results are in results/four-potentials

    """
}
