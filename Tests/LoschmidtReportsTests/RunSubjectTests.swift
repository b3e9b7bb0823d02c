import LoschmidtReports
import Testing

@Suite struct RunSubjectTests {
  @Test func theCommentAtTheTop() {
    let subject = RunSubject(source: "# Why?\n#\n#   laid out \n#tight\nseed: 1\n# later\n")
    #expect(subject.preamble == ["Why?", "", "  laid out", "tight"])
    #expect(RunSubject(source: "seed: 1").preamble.isEmpty)
    #expect(RunSubject().preamble.isEmpty)
  }
}
