import Foundation
import Testing

@testable import LoschmidtReports

@Suite struct HTMLReportTests {
  /// A report with pictures where gnuplot is installed, made once.
  private static let drawn = Result { try RunDocuments(whole(), gnuplot: Gnuplot.installed()) }

  private func report(
    _ run: RunResult, _ documents: RunDocuments? = nil
  ) throws -> (text: String, outline: XMLOutline) {
    let documents = try documents ?? RunDocuments(run, gnuplot: nil)
    let file = try #require(documents.files.first { $0.name == "report.html" })
    let text = String(decoding: file.bytes, as: UTF8.self)
    return (text, try #require(XMLOutline(text), "the report is well-formed XML"))
  }

  private static func whole() -> RunResult {
    var run = sampleRun()
    run.experiments += sampleExperiments()
    run.subject = RunSubject(
      source: "# Does it?\n#\n#   DE   backward error\n#   TR   renormalisation\n#\n# Expect: yes.\nseed: 1\n",
      formulas: [.init(label: "step", mathML: "<mrow><mi>θ</mi></mrow>")],
      settings: [.init(key: "loss", value: "x^2 < 1")], topics: ["minibatch", "philox"])
    return run
  }

  @Test func everythingIsThere() throws {
    let (text, outline) = try report(Self.whole())
    for part in [
      "Does it?", "Expect: yes.", "TR   renormalisation", "x^2 < 1", "seed: 1", "18446744073709551615",
      "A remark.", "The limit is 1.00002.", "Note: my own claim", "Thermodynamic Irreversibility", "Robbins",
      "Parallel random numbers", Version.current,
    ] {
      #expect(outline.text.contains(part), "\(part)")
    }
    #expect(outline.elements.contains("math"))
    // Verdicts before everything else.
    let sections = outline.attributes.filter { $0.element == "section" && $0.name == "id" }.map(\.value)
    #expect(sections.prefix(3) == ["verdicts", "process", "experiment-0"])
    #expect(text.hasPrefix("<!DOCTYPE html>"))
  }

  @Test func aCommentBecomesParagraphs() {
    let lines = ["Does `x` < 1?", "", "One", "two.", "Expect: `a <b>`, yes."]
    #expect(
      HTMLReport.paragraphs(lines) == [
        "<p class=\"question\">Does <code>x</code> &lt; 1?</p>", "<p>One two.</p>",
        "<p>Expect: <code>a &lt;b&gt;</code>, yes.</p>",
      ])
    #expect(HTMLReport.paragraphs(["  laid", "  out"]) == ["<pre tabindex=\"0\">  laid\n  out</pre>"])
    #expect(HTMLReport.paragraphs(["an ` odd one"]) == ["<p class=\"question\">an ` odd one</p>"])
  }

  @Test func nothingIsLoadedFromElsewhere() throws {
    let (text, outline) = try report(Self.whole(), Self.drawn.get())
    for name in ["src", "srcset", "data", "action", "poster", "background"] {
      #expect(outline.values(of: name).isEmpty)
    }
    #expect(
      !outline.elements.contains("link") && !outline.elements.contains("iframe") && !outline.elements.contains("object")
    )
    for attribute in outline.attributes where attribute.name == "href" || attribute.name == "xlink:href" {
      #expect(attribute.element == "a" || attribute.value.hasPrefix("#") || attribute.value.hasPrefix("data:"))
    }
    #expect(!text.contains("@import") && !text.contains("url(http"))
    #expect(outline.values(of: "content").contains { $0.hasPrefix("default-src 'none'") })
  }

  @Test func idsAreUniqueAndFound() throws {
    let (_, outline) = try report(Self.whole(), Self.drawn.get())
    let ids = outline.values(of: "id")
    #expect(Set(ids).count == ids.count)
    for target in outline.values(of: "xlink:href") where target.hasPrefix("#") {
      #expect(ids.contains(String(target.dropFirst())))
    }
  }

  @Test func hostileWordsStayWords() throws {
    let hostile = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>&amp;\u{0}\u{1b}]]>"
    var run = Self.whole()
    run.title = hostile
    run.scenario = hostile
    run.overrides = [hostile]
    run.subject.source = "# \(hostile)\nseed: \(hostile)"
    run.subject.settings = [.init(key: hostile, value: hostile)]
    for index in run.experiments.indices {
      run.experiments[index].title = hostile
      run.experiments[index].remarks = [hostile]
      run.experiments[index].figures.append((hostile, .missing(hostile, unit: hostile)))
      run.experiments[index].tables.append(
        (hostile, table([hostile], [[.text(hostile)], [.missing(reason: hostile)]])))
    }
    run.experiments[0].verdicts[0].claim = hostile
    run.experiments[0].verdicts[0].reason = hostile
    run.experiments[0].verdicts[0].note = hostile
    let (_, outline) = try report(run)
    #expect(outline.elements.filter { $0 == "script" }.count == 1)
    #expect(!outline.elements.contains("img"))
    #expect(!outline.attributes.contains { $0.name.hasPrefix("on") })
    #expect(outline.text.contains("<img src=x onerror=alert(1)>"))
  }

  @Test func withoutGnuplotItSaysWhatIsMissing() throws {
    let (_, outline) = try report(Self.whole())
    #expect(outline.text.contains("gnuplot is not installed"))
    #expect(outline.text.contains("Not drawn; the script is in 2-potentials-convergence-0.gp."))
  }

  @Test func aBareResultHasAReport() throws {
    let (_, outline) = try report(
      RunResult(scenario: "s", title: nil, scenarioSHA256: "0", seed: 1, threads: 1, wallSeconds: 0, experiments: []))
    #expect(outline.text.contains("decides nothing"))
  }

  @Test func aLongScenarioIsShortened() throws {
    var run = Self.whole()
    run.subject.source = String(repeating: "# data\n", count: 10_000)
    #expect(try report(run).outline.text.contains("All of it is in scenario.yaml."))
  }
}
