import Testing

@testable import LoschmidtExperiments

struct FluctuationTheoremChecksTests {
  private static func process(
    _ parameters: String = "x: \"normal(0, 1)\"", loss: String = "0.5*x^2*a", gradient: String = "full-batch",
    temperature: String = "1", more: String = ""
  ) -> String {
    """
    loschmidt: 1
    seed: 1
    process:
      parameters: {\(parameters)}
      loss: \(loss)
      data: {a: [1, 2, 3, 4]}
      gradient: \(gradient)
      temperature: \(temperature)
      algorithm: {gradient-descent: {learning-rate: 0.1}}
    \(more)experiments:
      - fluctuation-theorem:

    """
  }

  /// Everything that has no answer is refused with the reason, and with what to do.
  static let refusals: [(process: String, settings: String, reason: String)] = [
    (process(temperature: "0"), "", "the reversed step has probability zero; set 'temperature' > 0"),
    (process(gradient: "minibatch", temperature: "0"), "", "the reversed step has probability zero"),
    (process("x: 1"), "", "a start at a point has no density; write normal(mean, standard deviation)"),
    (process("x: \"uniform(-1, 1)\""), "", "(absolute irreversibility)"),
    (process(), "burn-in: 10", "take 'reverse-initial: stationary', or no burn-in"),
    (
      process(gradient: "{minibatch: {size: 2, sampling: cyclic}}"), "",
      "a cyclic order of batches read backwards never occurs"
    ),
    (
      process(gradient: "{minibatch: {size: 2, sampling: reshuffle}}"), "steps: 3",
      "reshuffled batches are reversal-invariant over whole epochs only; make 'steps' a multiple of 2"
    ),
    (
      process(gradient: "{minibatch: {size: 2, sampling: reshuffle}}"), "level: marginal",
      "the batches of an epoch depend on each other"
    ),
    (
      process(gradient: "minibatch"), "reverse-initial: stationary",
      "the stationary law is known for quadratic losses, linear forces and Gaussian noise only"
    ),
    (process(loss: "x^4*a"), "theorems: hatano-sasa", "the stationary law is known for quadratic losses"),
    (process(loss: "0.5*x^2*a*(1 + t)"), "", "the detailed theorem needs kernels that are the same backwards"),
    (process(), "reverse-initial: {x: \"normal(0, 1)\"}", "a given 'reverse-initial' is for 'integral' alone"),
    (process(gradient: "minibatch"), "theorems: crooks", "work theorems need one heat bath and the full gradient"),
    (process(), "theorems: crooks", "the initial law must be the equilibrium at t = 0, e^(−U/T)/Z"),
    (process(loss: "-x^2*a"), "theorems: crooks\ninitial: boltzmann", "the loss has no equilibrium"),
    (
      process("x: \"normal(0, 1)\", y: \"normal(0, 1)\"", loss: "x^4*a + y^2"), "theorems: crooks\ninitial: boltzmann",
      "the equilibrium can be sampled for quadratic losses and for one coordinate only"
    ),
    (process(), "theorems: integral\ncalibration: {repetitions: 3}", "'calibration' repeats the verdict 'detailed'"),
  ]

  @Test(arguments: refusals.indices) func whatHasNoAnswerIsRefused(index: Int) {
    let (process, settings, reason) = Self.refusals[index]
    let steps = settings.contains("steps:") ? "" : "steps: 4\n"
    let text = FluctuationCase.text(process, "\(steps)trajectories: 10\n\(settings)")
    let reading = Scenario.read(bytes: Array(text.utf8), path: "s.yaml")
    #expect(reading.scenario == nil)
    #expect(reading.diagnostics.contains { $0.message.contains(reason) }, "\(reading.diagnostics.map(\.message))")
  }

  /// Reshuffled batches read backwards over whole epochs are as probable.
  @Test func wholeEpochsAreAllowed() {
    let process = Self.process(gradient: "{minibatch: {size: 2, sampling: reshuffle}}")
    let text = FluctuationCase.text(process, "steps: 4\ntrajectories: 10")
    #expect(Scenario.read(bytes: Array(text.utf8), path: "s.yaml").scenario != nil)
  }
}
