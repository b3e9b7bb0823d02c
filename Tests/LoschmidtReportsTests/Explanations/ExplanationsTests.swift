import Foundation
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtReports

@Suite struct ExplanationsTests {
  @Test(arguments: Explanations.all) func everyFieldSaysSomethingAndSourcesExist(entry: Explanation) {
    for text in [entry.name, entry.definition, entry.formula, entry.unit, entry.convention, entry.document] {
      #expect(!text.trimmingCharacters(in: .whitespaces).isEmpty, "\(entry.kind) \(entry.name)")
    }
    #expect(entry.definition.hasSuffix("."), "\(entry.name)")
    #expect(!entry.sources.isEmpty && !entry.patterns.isEmpty, "\(entry.name)")
    for key in entry.sources {
      #expect(References.named(key)?.address != nil, "\(key) of \(entry.name)")
    }
  }

  @Test(arguments: Explanations.all) func theDocumentExists(entry: Explanation) {
    for path in entry.document.split(whereSeparator: { " ,;".contains($0) }) where path.hasSuffix(".md") {
      let file = root.appendingPathComponent(String(path)).path
      #expect(FileManager.default.fileExists(atPath: file), "\(path) of \(entry.name)")
    }
    #expect(entry.document.contains(".md"))
  }

  @Test func noTwoEntriesAreTheSame() {
    let names = Explanations.all.map { "\($0.kind) \($0.name) \($0.places)" }
    #expect(Set(names).count == names.count)
  }

  @Test(arguments: [
    ("limit.DE[3]", "limit.X[p]"), ("limit.TRinf[0]", "limit.X[p]"), ("charge-drift.rotation", "charge-drift.NAME"),
    ("charge-drift.exact.rotation", "charge-drift.exact.NAME"), ("Cov[0,1]", "covariance"),
    ("integral.effective-sample-size", "….effective-sample-size"), ("Effective Sample Size", "effective sample size"),
    ("orbit-derivative.exact.scale[2]", "orbit-derivative.exact.NAME"), ("ta", "TA"),
    (
      "DETAILED theorem",
      "detailed theorem"
    ), ("  e-value ", "e-value"), ("same-law[4]", "same-law[i]"),
    ("TR7", "TRn"), ("mean_se", "mean, mean_se"), ("kurtosis_se", "kurtosis"),
  ])
  func namesFindTheirFamilies(term: String, name: String) {
    guard case .found(let entries) = Explanations.answer(term) else {
      Issue.record("\(term) is unknown")
      return
    }
    #expect(entries.map(\.name).contains(name), "\(entries.map(\.name))")
  }

  @Test func aNameOfSeveralThingsHasSeveralEntries() {
    guard case .found(let entries) = Explanations.answer("stationary") else {
      Issue.record("stationary is unknown")
      return
    }
    #expect(Set(entries.map(\.kind)) == [.verdict, .experiment])
  }

  @Test(arguments: [
    ("minibtch", "minibatch"), ("integral.estimat", "integral.estimate"), ("Jarzinsky", "Jarzynski"),
    ("gradient-decent", "gradient-descent"), ("fluctuation", "fluctuation-theorem"),
  ])
  func misspeltNamesHaveNearOnes(term: String, name: String) {
    guard case .unknown(let near) = Explanations.answer(term) else {
      Issue.record("\(term) is known")
      return
    }
    #expect(near.contains(name), "\(near)")
    #expect(near.count <= 4)
  }

  @Test(arguments: ["", "qqqqqqqqqqqq", "[0]", "💥"]) func nonsenseIsNearNothing(term: String) {
    #expect(Explanations.answer(term) == .unknown(near: []))
  }

  @Test func whatIsMissingIsNamed() {
    var result = sampleRun()
    result.experiments = [ExperimentResult(kind: "scaling")]
    result.experiments[0].figures = [("exponent", .exact(1)), ("gurgle[2]", .exact(1)), ("mean", .exact(1))]
    result.experiments[0].verdicts = [Verdict(name: "limit.TA[0]", claim: "c", status: .pass, reason: "r")]
    result.experiments[0].tables = [("scan", Table(columns: [.init("value"), .init("gurgle")]))]
    #expect(
      Explanations.missing(in: result) == [
        "number gurgle[2] (scaling)", "number mean (scaling)", "verdict limit.TA[0] (scaling)", "column gurgle (scan)",
      ])
  }

  private var root: URL {
    var url = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { url.deleteLastPathComponent() }
    return url
  }
}
