import Foundation
import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

/// Whatever the bytes, reading gives a scenario or an error with a place, and it ends.
///
/// 10⁴ cases, or LOSCHMIDT_FUZZ_CASES of them. The seed of a failing case is in the message.
@Suite struct ScenarioFuzzTests {
  static let cases = ProcessInfo.processInfo.environment["LOSCHMIDT_FUZZ_CASES"].flatMap { Int($0) } ?? 10_000

  @Test func randomBytes() {
    for seed in 0..<UInt64(Self.cases / 5) {
      var random = TestRandom(seed: seed)
      let length = random.below(200)
      check((0..<length).map { _ in random.byte() }, seed)
    }
  }

  @Test func randomTokens() {
    for seed in 0..<UInt64(Self.cases / 5) {
      var random = TestRandom(seed: seed)
      var bytes: [UInt8] = []
      for _ in 0..<random.below(60) { bytes += Array(random.pick(Self.tokens).utf8) }
      check(bytes, seed)
    }
  }

  @Test func randomEdits() {
    for seed in 0..<UInt64(Self.cases - 2 * (Self.cases / 5)) {
      var random = TestRandom(seed: seed)
      var bytes = Array(random.pick(Self.files).utf8)
      for _ in 0...random.below(4) { edit(&bytes, &random) }
      check(bytes, seed)
    }
  }

  private func check(_ bytes: [UInt8], _ seed: UInt64) {
    let reading = Scenario.read(bytes: bytes, path: "fuzz.yaml")
    let errors = reading.diagnostics.filter { $0.severity == .error }
    if (reading.scenario == nil) != !errors.isEmpty {
      Issue.record("seed \(seed): a scenario or an error, not both and not neither: \(reading.diagnostics)")
    }
    let lines = SourceText(bytes)
    for diagnostic in reading.diagnostics {
      guard case .file(_, let line, let column) = diagnostic.place, line >= 1, column >= 1,
        !diagnostic.message.isEmpty, line <= lines.lineCount
      else {
        Issue.record("seed \(seed): no place in the file: \(diagnostic)")
        continue
      }
    }
  }

  private func edit(_ bytes: inout [UInt8], _ random: inout TestRandom) {
    let place = random.below(bytes.count + 1)
    let length = min(bytes.count - place, random.below(random.below(4) == 0 ? 40 : 4))
    switch random.below(6) {
    case 0: bytes.removeSubrange(place..<place + length)
    case 1: bytes.replaceSubrange(place..<place + length, with: (0..<length).map { _ in random.byte() })
    case 2: bytes.insert(contentsOf: Array(random.pick(Self.tokens).utf8), at: place)
    case 3:
      bytes.insert(contentsOf: Array(bytes[place..<place + length]), at: random.below(bytes.count + 1))
    case 4: bytes.replaceSubrange(place..<place + length, with: Array(random.pick(Self.tokens).utf8))
    default: if place < bytes.count { bytes[place] ^= 1 << UInt8(random.below(8)) }
    }
  }

  static let tokens = [
    "[", "]", "{", "}", ",", ": ", ":", "- ", "\n", "\n  ", "  ", "'", "\"", "&a ", "*a", "!x ", "|\n", ">\n", "# ",
    "? ",
    "---\n", "...\n", "%YAML 1.2\n", "<<: ", "\t", "\r\n", "\0", "\u{85}", "\u{FEFF}", "é", "010", "1e6", "1e999", "-1",
    "0", "inf", ".nan", "null", "normal(", "uniform(0, 1)", "(", ")", "^", "@", "**", "log(", "x", "u", "step", "loss",
    "process", "seed", "potentials", "gradient", "minibatch", "data", "csv", "generate", "points", "at", "\\", "\\x41",
    "`",
  ]

  static let files = [
    wholeExample,
    """
    loschmidt: 1
    seed: 18446744073709551615
    process:
      constants: {lambda: 0.1, c: 2*pi}
      protocol: {a: "1 + 0.1*sin(t)"}
      parameters:
        W: {shape: [2, 3], initial: "0.3*sin(1.7*i + 0.9*j)"}
        v: [0.1, 0.2]
        k: normal(0, 1)
      loss: |
        0.5*(dot(v, tanh(W @ x)) - a*y)^2
          + lambda*k^2
      data: {generate: {count: 8, seed: 7, x: {shape: [3], value: "normal(0, 1)"}, z: "uniform(-1, 1)", y: "0.7*z"}}
      gradient: {minibatch: {size: 4, sampling: reshuffle}}
      algorithm: {gradient-descent: {learning-rate: "0.05/(1 + step)", preconditioner: [1, 1, 1, 1, 1, 1, 2, 2, 3]}}
      temperature: {W: 0.1, v: "0.2*exp(-t)", k: 0}
    experiments:
      - potentials:
          title: first
          points: [{k: 1}, {k: 2, "W[0,1]": 3}]
          learning-rates: [0.1, 0.01]
          renormalisation-steps: [2, 3, .inf]
      - potentials: {points: {k: {from: -1, to: 1, count: 3}}, learning-rates: {from: 0.1, to: 0.01, count: 4}}

    """,
    """
    {"loschmidt": 1, "seed": 3, "process": {"parameters": {"u": "1"}, "loss": "u^2/2", "algorithm":
    {"gradient-descent": {"learning-rate": 0.1}}}, "experiments": [{"potentials": {"learning-rates": [0.1]}}]}
    """,
    """
    loschmidt: 1
    seed: &n 5
    process:
      parameters: &start {u: 1.5, w: *n}
      loss: "u^2/2 + \\u0077^2"
      gradient: full-batch
      algorithm: {gradient-descent: {learning-rate: 0.1}}
    experiments:
      - potentials: {at: *start, learning-rates: [0.1], orders: 3}

    """,
  ]
}
