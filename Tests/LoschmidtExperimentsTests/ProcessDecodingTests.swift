import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct ProcessDecodingTests {
  /// The report of a process with lines added; those begin at line 8.
  private func added(_ lines: String) -> String { report(scenario(process: goodProcess + "\n" + lines)) }

  @Test func gradients() throws {
    func gradient(_ text: String) throws -> any GradientNoise {
      try good(scenario(process: goodProcess + "\ngradient: " + text)).process.gradient
    }
    #expect(try gradient("full-batch") as? FullBatch == FullBatch())
    #expect(try gradient("{full-batch: }") as? FullBatch == FullBatch())
    #expect(try gradient("minibatch") as? Minibatch == Minibatch(size: 1, sampling: .withReplacement))
    #expect(
      try gradient("{minibatch: {size: 2, sampling: \"cyclic\"}}") as? Minibatch
        == Minibatch(size: 2, sampling: .cyclic))
  }

  @Test(arguments: [
    ("gradient: {minibatch: {size: 3}}", "8:32", "'size' is larger than the data: got 3, allowed are 1 … 2"),
    ("gradient: {minibatch: {size: 0}}", "8:32", "'size' must be a whole number, at least 1, got '0'"),
    ("gradient: {minibatch: {size: 1.5}}", "8:32", "'size' must be a whole number, at least 1, got '1.5'"),
    (
      "gradient: {minibatch: {sampling: reshufle}}", "8:36",
      "'sampling' must be one of with-replacement, without-replacement, reshuffle, cyclic, got 'reshufle'; did you mean "
        + "'reshuffle'?"
    ),
    ("gradient: {minibatch: {sise: 1}}", "8:26", "unknown key 'sise' in 'minibatch'; did you mean 'size'?"),
    ("gradient: {minibatch: 3}", "8:25", "'minibatch' must be a map of keys and values, got '3'"),
    ("gradient: mini-batch", "8:13", "unknown gradient 'mini-batch'; did you mean 'minibatch'?"),
    (
      "gradient: {a: 1, b: 2}", "8:13",
      "'gradient' must be a noise model, a word or a map with exactly one key, got a map with the keys 'a', 'b'"
    ),
    (
      "gradient: {student-t: {size: 1, degrees-of-freedom: 3}}", "8:14",
      "the gradient 'student-t' is for a later version; this version runs full-batch, minibatch"
    ),
    (
      "temperature: -0.1", "8:16",
      "'temperature' must be a number >= 0 or an expression of 't' and 'step' that is >= 0, got '-0.1'"
    ),
    ("temperature: 0.1*T", "8:20", "in 'temperature': 'T' is not a known name; did you mean 't'?"),
    ("temperature: {u: 1}", "8:3", "'temperature' needs the key 'w', which is missing"),
    (
      "generator: mt1993", "8:14",
      "'generator' must be one of philox, mt19937, taus2, ranlxd2, gfsr4, got 'mt1993'; did you mean 'mt19937'?"
    ),
    ("protocol: {a: 1 + x}", "8:21", "in 'a': 'x' is not a known name; known here are t, pi, e"),
    ("protocol: {a: log(t)}", "8:17", "the protocol 'a' must be finite, got 'log(t)', which is -inf at t = 0"),
    ("constants: {k: one}", "8:18", "in 'k': 'one' is not a known name; known here are pi, e"),
    ("constants: 3", "8:14", "'constants' must be a map of names and numbers, got '3'"),
    (
      "force: {u: -u}", "8:3",
      "'force' cannot be combined with the experiment 'potentials', which needs the gradient of a loss; take it out"
    ),
    ("force: {v: -u}", "8:11", "unknown key 'v' in 'force'; allowed are u, w"),
    (
      "markov-chain: {states: [A, B]}", "8:3",
      "the process 'markov-chain' is for a later version; this version runs 'parameters' with a 'loss'"
    ),
  ])
  func problems(lines: String, place: String, message: String) {
    #expect(added(lines).split(separator: "\n").contains("s.yaml:\(place): error: \(message)"))
  }

  @Test func samplingByEpochsNeedsASizeThatDividesTheData() {
    let process = goodProcess.replacing("{x: [1, 2], y: [3, 4]}", with: "{x: [1, 2, 3], y: [3, 4, 5]}")
    #expect(
      report(scenario(process: process + "\ngradient: {minibatch: {size: 2, sampling: cyclic}}"))
        == "s.yaml:8:32: error: 'cyclic' needs a 'size' that divides the number of samples, got 2 for 3")
  }

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

  @Test func lossesMayUseConstantsProtocolsAndTime() throws {
    let process = goodProcess.replacing("0.5*(u", with: "k*a*0.5*(t + u")
    let scenario = try good(scenario(process: process + "\nconstants: {k: 2*pi}\nprotocol: {a: 1 + k*t}"))
    #expect(scenario.process.landscape?.sampleLosses(at: [1, 3], time: 0)[0] == 0)
  }
}
