import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct CommonInputsTests {
  private func inputs() throws -> CommonInputs {
    CommonInputs(
      protocols: [
        ("k", try Expression(parsing: "1 + a*t")), ("c", try Expression(parsing: "a^2")),
        ("broken", try Expression(parsing: "1/t")), ("unknown", try Expression(parsing: "b")),
      ], constants: ["a": 3])
  }

  @Test func valuesStandInTheOrderOfTheNames() throws {
    let inputs = try inputs()
    #expect(inputs.names == ["t", "k", "c", "broken", "unknown"])
    #expect(Array(inputs.values(at: 2)[..<4]) == [2, 7, 9, 0.5])
  }

  @Test func whatHasNoValueIsNotFinite() throws {
    let values = try inputs().values(at: 0)
    #expect(values[3] == .infinity && values[4].isNaN)
  }

  @Test func timeIsMentionedByNameOrByProtocol() throws {
    let inputs = try inputs()
    #expect(inputs.mentionsTime(try Expression(parsing: "x*t")))
    #expect(inputs.mentionsTime(try Expression(parsing: "k*x^2")))
    #expect(!inputs.mentionsTime(try Expression(parsing: "a*x^2 + sin(x)")))
  }

  @Test func withoutAnythingThereIsTheTime() {
    #expect(CommonInputs().names == ["t"] && CommonInputs().values(at: 0.25) == [0.25])
  }
}
