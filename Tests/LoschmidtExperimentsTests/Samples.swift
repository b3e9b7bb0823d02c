import Testing

@testable import LoschmidtExperiments

/// The whole example of the format's description, without the experiments of later versions.
let wholeExample = """
  loschmidt: 1                                    # format version, required
  title: SGD on a two-layer linear network
  seed: 20260521

  process:
    parameters: {u: 1.3, w: 0.4}                  # θ, in this order; see "Parameters"
    loss: 0.5*(u*w*x - y)^2                       # ℓ(θ; sample)
    data:
      x: [1.0, -0.5, 2.0, 0.3]
      y: [0.8, -0.1, 1.7, 0.4]
    gradient: {minibatch: {size: 1, sampling: with-replacement}}
    algorithm: {gradient-descent: {learning-rate: 0.05}}
    temperature: 0                                # thermal noise √(2ηT) ζ added to every step

  experiments:
    - potentials:
        learning-rates: {from: 0.1, to: 0.001, count: 9}

  """

/// A small scenario with the lines of `process` and of the settings of `potentials`.
///
/// The process begins at line 4, column 3; the settings stand after it.
func scenario(process: String = goodProcess, potentials: String = "learning-rates: [0.1]") -> String {
  func indented(_ text: String, by spaces: Int) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : String(repeating: " ", count: spaces) + $0 }.joined(separator: "\n")
  }
  return """
    loschmidt: 1
    seed: 1
    process:
    \(indented(process, by: 2))
    experiments:
      - potentials:
    \(indented(potentials, by: 6))

    """
}

let goodProcess = """
  parameters: {u: 1.3, w: 0.4}
  loss: 0.5*(u*w*x - y)^2
  data: {x: [1, 2], y: [3, 4]}
  algorithm: {gradient-descent: {learning-rate: 0.05}}
  """

/// Reads a text as the file `s.yaml`.
func reading(_ text: String, overrides: [ScenarioOverride] = []) -> ScenarioReading {
  Scenario.read(bytes: Array(text.utf8), path: "s.yaml", overrides: overrides)
}

/// The diagnostics of a text, one a line, as they are printed.
func report(_ text: String, overrides: [ScenarioOverride] = []) -> String {
  reading(text, overrides: overrides).diagnostics.map(\.description).joined(separator: "\n")
}

/// A text read without any problem.
func good(
  _ text: String, overrides: [ScenarioOverride] = [], sourceLocation: SourceLocation = #_sourceLocation
) throws -> Scenario {
  let result = reading(text, overrides: overrides)
  #expect(result.diagnostics.map(\.description) == [], sourceLocation: sourceLocation)
  return try #require(result.scenario, sourceLocation: sourceLocation)
}
