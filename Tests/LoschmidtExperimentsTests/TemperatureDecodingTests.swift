import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct TemperatureDecodingTests {
  /// The report of a process with lines added; those begin at line 8.
  private func added(_ lines: String) -> String { report(scenario(process: goodProcess + "\n" + lines)) }

  @Test func temperatures() throws {
    func temperature(_ text: String) throws -> Temperature {
      try good(scenario(process: goodProcess + "\ntemperature: " + text)).process.temperature
    }
    #expect(try temperature("0.5") == .uniform(.constant(0.5)))
    #expect(try temperature("1/4") == .uniform(.constant(0.25)))
    #expect(try temperature("{w: 2, u: 1}") == .perParameter([.constant(1), .constant(2)]))
    guard case .uniform(let value) = try temperature("1/(1 + t + step)") else { throw CancellationError() }
    #expect(value.value(time: 1, step: 2) == 0.25)
  }

  @Test(arguments: [
    (
      "temperature: -0.1", "8:16",
      "'temperature' must be a number >= 0 or an expression of 't' and 'step' that is >= 0, got '-0.1'"
    ),
    ("temperature: 0.1*T", "8:20", "in 'temperature': 'T' is not a known name; did you mean 't'?"),
    ("temperature: {u: 1}", "8:3", "'temperature' needs the key 'w', which is missing"),
  ])
  func problems(lines: String, place: String, message: String) {
    #expect(added(lines).split(separator: "\n").contains("s.yaml:\(place): error: \(message)"))
  }
}
