import LoschmidtReports
import Testing

@Suite struct ProseTests {
  @Test func wrapsAtSpaces() {
    #expect(Prose.wrapped("one two three", width: 7) == ["one two", "three"])
    #expect(Prose.wrapped("a incomprehensibilities b", width: 5) == ["a", "incomprehensibilities", "b"])
    #expect(Prose.wrapped("  ", width: 5) == [])
    #expect(Prose.wrapped("ηηη ηηη", width: 7) == ["ηηη ηηη"])
  }

  @Test func laterLinesHangBelowTheFirst() {
    #expect(Prose.hanging("  a  ", "one two three four five", width: 25) == ["  a  one two three four", "     five"])
    #expect(Prose.hanging("  a  ", "", width: 20) == ["  a"])
    #expect(Prose.hanging("   ", "", width: 20) == [])
  }

  @Test func powersInUnitsAreSuperscripts() {
    #expect(Prose.unit("nats^2") == "nats²" && Prose.unit("loss^10/time^power") == "loss¹⁰/time^power")
    #expect(Prose.unit("nats/time") == "nats/time" && Prose.unit("") == "")
  }

  @Test func controlCharactersAreBlanks() {
    #expect(Prose.printable("a\u{1b}[2Jb\u{7}\r\nc\u{9b}d") == "a [2Jb   c d")
  }
}
