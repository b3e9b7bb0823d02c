import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct GradientDecodingTests {
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
  ])
  func problems(lines: String, place: String, message: String) {
    #expect(added(lines).split(separator: "\n").contains("s.yaml:\(place): error: \(message)"))
  }

  @Test func samplingByEpochsNeedsASizeThatDividesTheData() {
    let process = goodProcess.replacing("{x: [1, 2], y: [3, 4]}", with: "{x: [1, 2, 3], y: [3, 4, 5]}")
    #expect(
      report(scenario(process: process + "\ngradient: {minibatch: {size: 2, sampling: cyclic}}"))
        == "s.yaml:8:32: error: 'cyclic' needs a 'size' that divides the number of samples, got 2 for 3; "
        + "'reshuffle' leaves those out of an epoch that make no whole batch")
  }

  @Test func reshuffledEpochsMayLeaveTheLastBatchOut() throws {
    let data = goodProcess.replacing("{x: [1, 2], y: [3, 4]}", with: "{x: [1, 2, 3], y: [3, 4, 5]}")
    func text(_ settings: String) -> String { scenario(process: data + "\ngradient: {minibatch: \(settings)}") }
    let batches = try #require(
      try good(text("{size: 2, sampling: reshuffle, last: drop}")).process.gradient as? Minibatch)
    #expect(batches == Minibatch(size: 2, sampling: .reshuffle, dropsLast: true))
    // It is what happens where nothing is written, and `check` says how many are left out.
    let process = try good(text("{size: 2, sampling: reshuffle}")).process
    #expect(process.gradient as? Minibatch == batches)
    #expect(
      process.resolved.contains {
        $0.value == "minibatch: {size: 2, sampling: reshuffle, last: drop}; 1 of 3 samples, other ones in each epoch, "
          + "is in no batch of it"
      })
    let whole = try good(text("{size: 3, sampling: reshuffle}")).process
    #expect(whole.gradient as? Minibatch == Minibatch(size: 3, sampling: .reshuffle))
    #expect(whole.resolved.contains { $0.value == "minibatch: {size: 3, sampling: reshuffle}" })
    #expect(
      report(text("{size: 1, sampling: cyclic, last: drop}"))
        == "s.yaml:8:53: error: 'last' goes with 'sampling: reshuffle', got 'cyclic'")
    #expect(report(text("{size: 2, sampling: reshuffle, last: keep}")).contains("'last' must be one of drop"))
  }
}
