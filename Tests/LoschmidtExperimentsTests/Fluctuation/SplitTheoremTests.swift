import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

struct SplitTheoremTests {
  /// The driven chain of the references: its kernels at k = 1 … 4 rotate faster and their centres move.
  private static let process = """
    loschmidt: 1
    seed: 5
    process:
      parameters: {x: 0, y: 0}
      protocol: {w: 0.1 + 0.02*t}
      force:
        x: -0.2*(x - 0.2*t) + w*(y + 0.1*t)
        y: -w*(x - 0.2*t) - 0.25*(y + 0.1*t)
      gradient: {constant-covariance: {matrix: [[0.4, 0.05], [0.05, 0.3]]}}
      algorithm: {gradient-descent: {learning-rate: 1}}
    experiments:
      - fluctuation-theorem:

    """

  @Test func theSplitOfTheReferencesIsReproduced() throws {
    let result = try FluctuationCase.result(
      Self.process, "steps: 4\ntrajectories: 60000\ntheorems: hatano-sasa")
    let golden = ThermodynamicReference.entry("t2_hatano_sasa")["outputs"]
    for (name, key) in [
      ("hatano-sasa", "hatano_sasa_Y"), ("adiabatic", "adiabatic"), ("nonadiabatic", "nonadiabatic"),
    ] {
      let mean = golden[key]["mean"].double
      #expect(agrees(try result.value("exact.\(name).mean"), with: mean), "\(name)")
      // Five standard errors: a false alarm of 6e-7 a figure.
      #expect(try result.deviation("\(name).mean", from: mean) < 5, "\(name)")
    }
    #expect(try result.verdict("hatano-sasa").status == .pass)
    #expect(try result.value("kernel.p") > 1e-6)
  }

  /// Y of a noise that is wrong by 10 % is that of its own stationary laws, whose covariances are too large by as much: the
  /// quadratic forms shrink by the factor, and with no change of shape in time so does Y.
  @Test func aWrongNoiseDoesNotPass() throws {
    let pulled = Self.process.replacing("{w: 0.1 + 0.02*t}", with: "{w: 0.1 + 0*t}")
    let settings = "steps: 4\ntrajectories: 20000\ntheorems: hatano-sasa\nmargin: 0.2"
    let right = try FluctuationCase.result(pulled, settings)
    #expect(try right.verdict("hatano-sasa").status == .pass)
    for factor in [1.1, 1 / 1.1] {
      let wrong = try FluctuationCase.result(pulled, settings + "\nmisspecify: {noise: \(factor)}")
      let verdict = try wrong.verdict("hatano-sasa")
      #expect(verdict.status == .undecided && verdict.reason.contains("the noise of the steps is not that"))
      #expect(try wrong.value("kernel.p") < 1e-100)
      for name in ["hatano-sasa.mean", "adiabatic.mean", "nonadiabatic.mean"] {
        // A handful of roundings of terms of the size of one.
        #expect(try abs(wrong.value(name) * factor - right.value(name)) < 1e-12, "\(name)")
      }
      #expect(!wrong.figures.contains { $0.name.hasPrefix("exact.") })
    }
  }
}
