import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import Testing

@testable import LoschmidtExperiments

/// `W[0,1]` can be written wherever it is printed: in every map of parameters, in every expression that names them.
@Suite struct ElementNamesTests {
  private func text(
    parameters: String = "{W: {shape: [2, 2], initial: 0.5}, u: 1}", loss: String = "sum(W^2) + u^2", more: String = ""
  ) -> String {
    """
    loschmidt: 1
    seed: 1
    process:
      parameters: \(parameters)
      loss: "\(loss)"
      algorithm: {gradient-descent: {learning-rate: 0.1}}
    \(more.split(separator: "\n").map { "  \($0)\n" }.joined())experiments:
      - relaxation: {trajectories: 2, steps: 2, every: 1}

    """
  }

  @Test func initialValuesOfElements() throws {
    let law = try good(
      text(parameters: "{W: {shape: [2, 2], initial: 0.5}, u: 1, \"W[0, 1]\": 1/4, \"W[1,0]\": \"uniform(0, 1)\"}")
    ).process.initialLaw
    #expect(
      law.coordinates == [.point(0.5), .point(0.25), .uniform(lower: 0, upper: 1), .point(0.5), .point(1)])
  }

  @Test func theLossNamesElements() throws {
    let loss = "W[0, 1]^2 + sum(W) + u*W[1,1]"
    let landscape = try #require(try good(text(loss: loss)).process.landscape)
    let theta = [1.0, 2, 3, 4, 5]
    #expect(landscape.sampleLosses(at: theta) == [4 + 10 + 20])
  }

  @Test func forcesOnElements() throws {
    let lines = "force: {W: \"-W\", u: \"W[0,0]\", \"W[ 1, 0 ]\": \"W[0,1]*u\"}"
    let force = try #require(try good(text(more: lines)).process.force)
    #expect(force.components.map(\.parameter) == ["W", "W[1,0]", "u"])
  }

  @Test func temperaturesOfElements() throws {
    let process = try good(text(more: "temperature: {W: 1, u: 3, \"W[0,1]\": \"1/(1 + step)\"}")).process
    guard case .perCoordinate(let baths) = process.temperature else { throw CancellationError() }
    #expect(baths.map { $0.value(time: 0, step: 1) } == [1, 0.5, 1, 1, 3])
    #expect(process.resolved.contains { $0.value == "W[0,0]: 1, W[0,1]: 1/(1 + step), W[1,0]: 1, W[1,1]: 1, u: 3" })
  }

  @Test(arguments: [
    ("sum(W) + W[2,0]", "in 'loss': there is no element 'W[2,0]'; indices of 'W' are 0 … 1 and 0 … 1", "5:19"),
    ("sum(W) + W[0]", "in 'loss': there is no element 'W[0]'; indices of 'W' are 0 … 1 and 0 … 1", "5:19"),
    (
      "sum(W) + W[1.5]",
      "in 'loss': an element of an array has one or two whole numbers in brackets, such as W[0,1]", "5:20"
    ),
    ("sum(W) + u[0]", "in 'loss': there is no element 'u[0]'; 'u' is a number and has no elements", "5:19"),
    ("sum(W) + q[0]", "in 'loss': 'q[0]' is no element of a parameter; 'q' is not the name of one", "5:19"),
  ])
  func elementsThatAreNotThere(loss: String, message: String, place: String) {
    let found = reading(text(loss: loss)).diagnostics.map(\.description)
    #expect(found.contains("s.yaml:\(place): error: \(message)"), "\(found)")
  }

  @Test(arguments: [
    ("force: {\"W[2,0]\": 1}", "7:11", "there is no element 'W[2,0]'; indices of 'W' are 0 … 1 and 0 … 1"),
    ("force: {\"V[0,0]\": 1}", "7:11", "unknown parameter 'V[0,0]' in 'force'; the parameters are W, u"),
    ("force: {\"W[0,0]\": W}", "7:21", "in 'force': the expression must be a number, got an array of shape [2, 2]"),
    (
      "force: {\"W[0,0]\": 1, \"W[0, 0]\": 2}", "7:24",
      "'W[0, 0]' and 'W[0,0]' name the same coordinate; keep one of them"
    ),
    (
      "temperature: {W: 1, u: 1, \"W[0]\": 1}", "7:29",
      "there is no element 'W[0]'; indices of 'W' are 0 … 1 and 0 … 1"
    ),
    ("temperature: {u: 1, \"W[0,0]\": 1}", "7:3", "'temperature' needs the key 'W[0,1]', which is missing"),
    (
      "temperature: \"W[0,0]\"", "7:17",
      "in 'temperature': 'W[0,0]' is a coordinate of a parameter, which cannot be named here; known here are t, step, pi, "
        + "e"
    ),
  ])
  func problemsInMaps(lines: String, place: String, message: String) {
    let found = reading(text(more: lines)).diagnostics.map(\.description)
    #expect(found.contains("s.yaml:\(place): error: \(message)"), "\(found)")
  }

  @Test(arguments: [
    ("{\"W[0,1]\": 1, W: {shape: [2, 2], initial: 0}}", "'W[0,1]' stands before its array; write it after 'W'"),
    (
      "{W: {shape: [2, 2], initial: 0}, \"W[2,1]\": 1}",
      "there is no element 'W[2,1]'; indices of 'W' are 0 … 1 and 0 … 1"
    ),
    (
      "{W: {shape: [2, 2], initial: 0}, \"W[0,1]\": 1, \"W[0, 1]\": 1}",
      "'W[0, 1]' and 'W[0,1]' name the same coordinate; keep one of them"
    ),
    (
      "{W: {shape: [2, 2], initial: 0}, \"V[0,1]\": 1}",
      "unknown parameter 'V[0,1]' in 'parameters'; the parameters are W"
    ),
    ("{W: {shape: [2, 2], initial: 0}, \"W[0,1]\": [1, 2]}", "'W[0,1]' must be a number, got a list of 2"),
  ])
  func problemsOfInitialValues(parameters: String, message: String) {
    let found = reading(text(parameters: parameters, loss: "sum(W)")).diagnostics
    #expect(found.contains { $0.message == message }, "\(found.map(\.description))")
  }

  @Test func elementsThatTheLossDoesNotName() {
    let found = reading(text(loss: "W[0,0] + W[1,1] + u")).diagnostics.map(\.description)
    let sentence = "'W[0,1]' and 1 other elements of 'W' do not occur in the loss"
    #expect(found.contains { $0.hasSuffix(sentence) }, "\(found)")
    #expect(reading(text(loss: "W[0,0] + W[1,1] + W[0,1] + W[1,0] + u")).diagnostics.isEmpty)
  }

  /// A process with named elements runs as one with numbers of their own: same bits, paths and entropies.
  @Test func aRunIsThatOfNumbers() throws {
    let words = ["W[0,0]": "a", "W[0,1]": "b", "W[1,0]": "c", "W[1,1]": "d"]
    func replaced(_ text: String) -> String {
      words.reduce(text) { text, word in
        text.replacingOccurrences(of: "\"\(word.key)\"", with: word.value)
          .replacingOccurrences(of: word.key, with: word.value)
      }
    }
    let more = "force: {\"W[0,1]\": \"u - W[1,0]\", u: \"-u\"}\n"
    let baths = "temperature: {\"W[0,0]\": 1, \"W[0,1]\": 0.5, \"W[1,0]\": 0.25, \"W[1,1]\": 2, u: 1}"
    let loss = "W[0,0]^2 + W[0,1]^2*W[1,1] + W[1,1]^4/4 + W[1,0]^2 + u^2*W[0,1]^2"
    let elements = "{W: {shape: [2, 2], initial: 0.5}, \"W[0,1]\": 0.75, u: 1}"
    let numbers = "{a: 0.5, b: 0.75, c: 0.5, d: 0.5, u: 1}"
    func ends(_ text: String) throws -> [[Double]] {
      let plan = try SimulationPlan(good(text).process, steps: 30)
      var found: [[Double]] = []
      let key = StreamKey(seed: 1, experiment: 0)
      let ensemble = Ensemble(plan, start: plan.process.initialLaw, key: key, trajectories: 8, steps: 30)
      for trajectory in 0..<8 {
        _ = try ensemble.replay(trajectory: trajectory) { state in found.append(state.theta) }
      }
      return found
    }
    let named = try ends(text(parameters: elements, loss: loss, more: more + baths))
    let plain = try ends(text(parameters: numbers, loss: replaced(loss), more: replaced(more) + replaced(baths)))
    #expect(named == plain)
    // Some paths run away, in both.
    #expect(named.count > 200, "\(named.count)")
  }
}
