import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct ProcessDecodingTests {
  /// The report of a process with lines added; those begin at line 8.
  private func added(_ lines: String) -> String { report(scenario(process: goodProcess + "\n" + lines)) }

  @Test(arguments: [
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
    ("force: {v: -u}", "8:11", "unknown parameter 'v' in 'force'; the parameters are u, w"),
    (
      "markov-chain: {states: [A, B]}", "8:3",
      "the process 'markov-chain' is for a later version; this version runs 'parameters' with a 'loss'"
    ),
  ])
  func problems(lines: String, place: String, message: String) {
    #expect(added(lines).split(separator: "\n").contains("s.yaml:\(place): error: \(message)"))
  }

  @Test func lossesMayUseConstantsProtocolsAndTime() throws {
    let process = goodProcess.replacing("0.5*(u", with: "k*a*0.5*(t + u")
    let scenario = try good(scenario(process: process + "\nconstants: {k: 2*pi}\nprotocol: {a: 1 + k*t}"))
    #expect(scenario.process.landscape?.sampleLosses(at: [1, 3], time: 0)[0] == 0)
  }
}
