import LoschmidtExperiments
import Testing

@Suite struct DiagnosticTests {
  @Test func textForm() {
    let place = Diagnostic.Place.file("a/b.yaml", line: 3, column: 7)
    #expect(Diagnostic("no", at: place).description == "a/b.yaml:3:7: error: no")
    #expect(Diagnostic("hm", at: place, severity: .warning).description == "a/b.yaml:3:7: warning: hm")
    #expect(Diagnostic("no", at: .override("--set a.b")).description == "--set a.b: error: no")
  }
}
