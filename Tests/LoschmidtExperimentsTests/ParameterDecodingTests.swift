import LoschmidtDynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct ParameterDecodingTests {
  /// A scenario with these parameters and a loss that names them.
  private func text(_ parameters: String, loss: String) -> String {
    scenario(
      process: """
        constants: {c: 2, half: 1/2}
        parameters: \(parameters)
        loss: \(loss)
        algorithm: {gradient-descent: {learning-rate: 0.1}}
        """, potentials: "points: []")
  }

  @Test func namesAndShapes() throws {
    let parameters = "{u: 1, W: {shape: [2, 3], initial: 0.1}, b: {shape: 2, initial: 0}, m: [[1, 2]], v: [3]}"
    let read = try good(
      text(parameters, loss: "u + sum(W) + sum(b) + sum(m) + sum(v)").replacing(
        "points: []", with: "learning-rates: [0.1]"))
    #expect(
      read.process.parameters.coordinateNames == [
        "u", "W[0,0]", "W[0,1]", "W[0,2]", "W[1,0]", "W[1,1]", "W[1,2]", "b[0]", "b[1]", "m[0,0]", "m[0,1]", "v[0]",
      ])
  }

  @Test(arguments: [
    ("{u: []}", "5:19", "'u' is an empty list; an array has at least one element"),
    ("{u: {shape: [2]}}", "5:16", "'u' needs the key 'initial', which is missing"),
    ("{u: {shape: [2, 0], initial: 1}}", "5:31", "'shape' must be a whole number, 1 … 1000000, got '0'"),
    (
      "{u: {shape: [1, 2, 3], initial: 1}}", "5:27",
      "'shape' must be one or two extents, such as [8, 2], got a list of 3"
    ),
    ("{u: {shape: [5000, 500], initial: 1}}", "5:27", "'shape' has more than 1000000 elements, got [5000, 500]"),
    ("{u: {shape: [2], inital: 1}}", "5:32", "unknown key 'inital' in 'u'; did you mean 'initial'?"),
    ("{exp: 1}", "5:16", "the name 'exp' is reserved and cannot be given to a parameter; choose another"),
    ("{c: 1}", "5:16", "the name 'c' stands for a constant already and cannot be given to a parameter"),
    (
      "{a-b: 1}", "5:16",
      "'a-b' cannot be the name of a parameter; allowed are letters, digits and _, beginning with a letter or _"
    ),
    ("[u, w]", "5:15", "'parameters' must be a map of names and initial values, got a list of 2"),
    ("{}", "5:15", "'parameters' must be a map of names and initial values, got an empty map"),
  ])
  func problems(parameters: String, place: String, message: String) {
    let found = reading(text(parameters, loss: "u").replacing("points: []", with: "learning-rates: [0.1]"))
    #expect(found.diagnostics.map(\.description).contains("s.yaml:\(place): error: \(message)"))
    #expect(found.diagnostics.count <= 2)
  }

  @Test func aDistributionNeedsAPoint() {
    let process = goodProcess.replacing("{u: 1.3, w: 0.4}", with: "{u: \"normal(0, 1)\", w: 0.4}")
    #expect(
      report(scenario(process: process))
        == "s.yaml:9:5: error: 'potentials' needs 'at' or 'points', because the initial value of 'u' is a distribution")
  }

  /// A million elements are allowed, and one more is not, in a vector and in a matrix.
  @Test func elementsAreLimited() {
    func found(_ shape: String) -> [String] {
      reading(
        text("{u: {shape: \(shape), initial: 1}}", loss: "sum(u)").replacing(
          "points: []", with: "learning-rates: [0.1]")
      ).diagnostics.map(\.description)
    }
    #expect(found("[1000000]") == [] && found("[1000, 1000]") == [])
    #expect(
      found("[1000001]").first == "s.yaml:5:28: error: 'shape' must be a whole number, 1 … 1000000, got '1000001'")
    #expect(
      found("[1001, 1000]").first == "s.yaml:5:27: error: 'shape' has more than 1000000 elements, got [1001, 1000]")
  }
}
