import LoschmidtNumerics
import Testing

@testable import LoschmidtExperiments

/// A scenario with these generators of `symmetry`, in flow style; they begin in line 10, column 19.
func symmetryScenario(_ generators: String, process: String = rescalingProcess, more: String = "") -> String {
  scenario(process: process, experiment: "symmetry:\n" + "      generators: \(generators)\(more)")
}

/// The network u w x on four samples.
let rescalingProcess = """
  parameters: {u: 1.3, w: 0.4}
  loss: 0.5*(u*w*x - y)^2
  data: {x: [1, -0.5, 2, 0.3], y: [0.8, -0.1, 1.7, 0.4]}
  gradient: minibatch
  algorithm: {gradient-descent: {learning-rate: 0.05}}
  """

@Suite struct GeneratorDecodingTests {
  @Test func scalarsArraysAndConstants() throws {
    let process = """
      constants: {c: 2}
      parameters: {u: 1, W: {shape: [2, 2], initial: 0.5}}
      loss: u*sum(W)
      algorithm: {gradient-descent: {learning-rate: 0.05}}
      """
    let text = symmetryScenario(
      "{both: {u: u*exp(-c*s), W: exp(c*s)*W}, one: {W: transpose(W)*s + W*(1 - s)}}", process: process)
    // The second is no group: W + s (Wᵀ − W) moves by 2s at a time what is antisymmetric, which 0.5 everywhere is not.
    let found = report(text)
    #expect(found.contains("generator 'one' is not a group") && !found.contains("'both'"))
    let settings = try #require(
      try good(symmetryScenario("{both: {u: u*exp(-c*s), W: exp(c*s)*W}}", process: process)).experiments[0].settings
        as? SymmetrySettings)
    #expect(settings.generators.map(\.name) == ["both"] && settings.generators[0].isLinear)
    #expect(settings.generators[0].generator(at: [1, 1, 1, 1, 1]) == [-2, 2, 2, 2, 2])
  }

  @Test(arguments: [
    ("{g: {u: u*exp(s)*1.01}}", "g: {u: ", "the generator 'g' is not the identity at s = 0: u = 1.3 becomes 1.313"),
    ("{g: {u: u*(1 + s)}}", "g: {u: ", "the generator 'g' is not a group: 'u' becomes "),
    (
      "{g: {u: u*exp(s), v: 1}}", "g: {u: u*exp(s), ",
      "unknown parameter 'v' in the generator 'g'; the parameters are u, w"
    ),
    (
      "{g: {u: u*exp(s), W: 1}}", "g: {u: u*exp(s), ",
      "unknown parameter 'W' in the generator 'g'; did you mean 'w'?"
    ),
    ("{g: {u: 'u*exp(s) + [1]'}}", nil, "in 'u': the character '[' has no meaning here"),
    ("{g: {u: u*exp(r)}}", "g: {u: u*exp(", "in 'u': 'r' is not a known name"),
    ("{g: {u: u*exp(x*s)}}", "g: {u: u*exp(", "in 'u': 'x' is not a known name"),
    ("{g: {u: u*exp(t)}}", "g: {u: u*exp(", "in 'u': 't' is not a known name"),
    ("{g: {u: 'normal(u, s)'}}", nil, "'normal' is a random number, which only parameters and generated data may use"),
    ("{g: {u: 2*u}}", "", "the generator 'g' does not name 's', the group parameter, so that it moves nothing"),
    (
      "{g: {}}", "g: ",
      "the generator 'g' must be a map of parameters and their transformed expressions in 's', got an empty map"
    ),
    ("{g: 3}", "g: ", "the generator 'g' must be a map"),
    ("{}", nil, "'generators' must be a map of names and transformed parameters"),
    ("[a]", nil, "'generators' must be a map of names and transformed parameters"),
  ])
  func problems(text: String, before: String?, message: String) {
    let found = report(symmetryScenario(text))
    #expect(found.contains(message), "\(found)")
    #expect(!found.contains("\n"), "\(found)")
    guard let before else { return }
    // The generators begin in column 19, after the brace in column 20.
    #expect(found.hasPrefix("s.yaml:11:\(20 + before.count): error: "), "\(found)")
  }

  @Test func orbitsAreFinite() {
    let text = symmetryScenario("{g: {u: u*exp(s), w: w*exp(-s)}}", more: "\n      range: 2000")
    #expect(
      report(text).hasPrefix("s.yaml:11:27: error: the generator 'g' makes 'u' infinite or NaN at s = 1000; choose "))
  }

  @Test func shapesStay() {
    let process = """
      parameters: {u: 1, W: {shape: [2, 2], initial: 0.5}, v: [1, 2]}
      loss: u*sum(W) + sum(v)
      algorithm: {gradient-descent: {learning-rate: 0.05}}
      """
    for (text, message) in [
      (
        "{g: {W: exp(s)*sum(W)}}",
        "the generator 'g' changes the shape of 'W', which is an array of shape [2, 2], got a number"
      ),
      (
        "{g: {v: exp(s)*W}}",
        "the generator 'g' changes the shape of 'v', which is an array of shape [2], got an array of shape [2, 2]"
      ),
      (
        "{g: {u: exp(s)*v}}", "the generator 'g' changes the shape of 'u', which is a number, got an array of shape [2]"
      ),
      ("{g: {W: exp(s)*(W @ u)}}", "in 'W': '@' multiplies arrays"),
    ] {
      let found = report(symmetryScenario(text, process: process))
      #expect(found.hasPrefix("s.yaml:9:") && found.contains("error: " + message), "\(found)")
    }
  }

  @Test func nothingElseMayBeCalledS() {
    let named = rescalingProcess.replacing("{u: 1.3, w: 0.4}", with: "{u: 1.3, s: 0.4}").replacing(
      "u*w*x", with: "u*s*x")
    #expect(report(symmetryScenario("{g: {u: u*exp(s)}}", process: named)).contains("a parameter is called 's'"))
    let constant = rescalingProcess + "\nconstants: {s: 2}"
    #expect(report(symmetryScenario("{g: {u: u*exp(s)}}", process: constant)).contains("a constant is called 's'"))
  }
}
