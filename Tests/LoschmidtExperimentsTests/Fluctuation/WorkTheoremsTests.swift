import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

struct WorkTheoremsTests {
  @Test func theDraggedTrapIsExactInBothConventions() throws {
    let result = try FluctuationCase.result(FluctuationCase.trap, "steps: 6\ntrajectories: 60000\ninitial: boltzmann")
    let golden = ThermodynamicReference.entry("t2_dragged_trap")["outputs"]
    let physical = golden["physical_convention"]
    #expect(agrees(try result.value("exact.work.mean"), with: physical["exact_work"]["mean"].double))
    #expect(agrees(try result.value("exact.protocol-work.mean"), with: physical["protocol_work"]["mean"].double))
    #expect(agrees(try result.value("exact.shadow-work.mean"), with: physical["mean_shadow_work"].double))
    #expect(
      agrees(
        try result.value("exact.free-energy.protocol-work-only"),
        with: physical["protocol_work"]["jarzynski_dF_estimate"].double))
    #expect(agrees(try result.value("shadow.work.mean"), with: golden["closed_form_shadow"]["mean_W"].double))
    // The trap keeps its stiffness: ΔF = 0 up to the rounding of numbers of the size of T.
    #expect(abs(try result.value("free-energy.exact")) < 1e-14)
    // Five standard errors: a false alarm of 6e-7 a figure.
    #expect(try result.deviation("work.mean", from: physical["exact_work"]["mean"].double) < 5)
    #expect(try result.deviation("work.variance", from: physical["exact_work"]["var"].double) < 5)
    #expect(try result.deviation("protocol-work.mean", from: physical["protocol_work"]["mean"].double) < 5)
    #expect(try result.deviation("free-energy.bar", from: 0) < 5)
    #expect(try result.verdict("jarzynski").status == .pass)
    #expect(try result.verdict("crooks").status == .pass)
  }

  @Test func theStiffnessRampKnowsItsFreeEnergy() throws {
    let process = FluctuationCase.trap
      .replacing("{c: 3*t}", with: "{k: 1 + 5*t}").replacing("0.5*2*(x - c)^2", with: "0.5*k*x^2")
    let result = try FluctuationCase.result(process, "steps: 6\ntrajectories: 60000\ninitial: boltzmann")
    let golden = ThermodynamicReference.entry("t2_stiffness_ramp")["outputs"]
    let physical = golden["physical_convention"]
    #expect(agrees(try result.value("free-energy.exact"), with: physical["dF"].double))
    #expect(agrees(try result.value("shadow.free-energy.exact"), with: golden["shadow_convention"]["dF"].double))
    #expect(
      agrees(
        try result.value("exact.free-energy.protocol-work-only"),
        with: physical["protocol_work"]["jarzynski_dF_estimate"].double))
    #expect(try result.deviation("free-energy.bar", from: physical["dF"].double) < 5)
    #expect(try result.verdict("crooks").status == .pass)
  }

  /// A needle in the loss that forward paths hardly meet and backward paths leave at once: the weights that were found look
  /// light, and nothing made of them has an error.
  ///
  /// ΔF = −0.1441 by quadrature; the average of e^−(W − ΔF)/T over paths that do not meet the needle is 0.618.
  @Test func aNeedleLeavesNoError() throws {
    let process = FluctuationCase.trap.replacing("{c: 3*t}", with: "{k: 1 + 100*t}")
      .replacing("0.5*2*(x - c)^2", with: "0.5*x^2 - 4*k*exp(-5000*(x - 3)^2)")
      .replacing("temperature: 1.5", with: "temperature: 0.3")
      .replacing("learning-rate: 0.1", with: "learning-rate: 0.001")
    let result = try FluctuationCase.result(process, "steps: 5\ntrajectories: 20000\ninitial: boltzmann")
    #expect(abs(try result.value("free-energy.exact") + 0.1441) < 5e-5)
    for name in ["free-energy.jarzynski", "jarzynski.estimate"] {
      let figure = try result.figure(name)
      #expect(figure.standardError == nil && figure.reason?.contains("below all that were found") == true)
    }
    for name in ["jarzynski", "crooks"] {
      let verdict = try result.verdict(name)
      #expect(verdict.status == .undecided && verdict.standardError == nil, "\(verdict.reason)")
    }
  }

  /// All theorems in one experiment: every figure once, and R of the paths is not (W − ΔF)/T, as it ends in q = p_0.
  @Test func pathsAndWorkTogether() throws {
    let result = try FluctuationCase.result(
      FluctuationCase.trap,
      "steps: 6\ntrajectories: 20000\ninitial: boltzmann\ntheorems: [integral, jarzynski, crooks, hatano-sasa]")
    #expect(Set(result.figures.map(\.name)).count == result.figures.count)
    #expect(try result.deviation("mean", from: try result.value("exact.mean")) < 5)
    #expect(try result.deviation("work.mean", from: try result.value("exact.work.mean")) < 5)
    #expect(result.verdicts.map(\.name) == ["integral", "jarzynski", "crooks", "hatano-sasa"])
    #expect(result.verdicts.allSatisfy { $0.status != .fail })
  }

  /// A wrong noise covariance spoils the work, and the theorem must notice.
  @Test func aWrongNoiseCovarianceFails() throws {
    let result = try FluctuationCase.result(
      FluctuationCase.trap, "steps: 6\ntrajectories: 60000\ninitial: boltzmann\nmisspecify: {noise: 1.2}")
    #expect(try result.verdict("crooks").status == .fail)
    #expect(try result.verdict("crooks").reason.contains("the noise of the steps is not that of the density"))
  }

  /// A slow drag, in which a noise that is 10 % off moves neither average by as much as the margin: without the test of the
  /// kernel both theorems pass it.
  @Test(arguments: [1.0, 1.1, 1 / 1.1]) func aSmallErrorOfTheNoiseDoesNotPass(factor: Double) throws {
    let process = FluctuationCase.trap.replacing("{c: 3*t}", with: "{c: 2*t}")
    let settings = "steps: 6\ntrajectories: 60000\ninitial: boltzmann\nmargin: 0.2\nmisspecify: {noise: \(factor)}"
    let result = try FluctuationCase.result(process, settings)
    let names = ["jarzynski", "crooks"]
    if factor == 1 {
      for name in names { #expect(try result.verdict(name).status == .pass, "\(name)") }
      // A false alarm of one in a million.
      #expect(try result.value("kernel.p") > 1e-6)
      return
    }
    for name in names {
      let verdict = try result.verdict(name)
      #expect(verdict.status != .pass, "\(name)")
      #expect(verdict.reason.contains("the noise of the steps is not that of the density"), "\(verdict.reason)")
    }
    // The estimates alone would be within the margin.
    #expect(try abs(result.value("jarzynski.estimate") - 1) < 0.1)
    #expect(try result.value("kernel.p") < 1e-100)
  }

  /// 200 paths of six steps would not show an error of 10 %: no pass, however close the averages are, unless the control is
  /// left out.
  @Test func aPassNeedsThePowerToSeeTheNoise() throws {
    let process = FluctuationCase.trap.replacing("{c: 3*t}", with: "{k: 1 + 0.02*t}")
      .replacing("0.5*2*(x - c)^2", with: "0.5*k*x^2")
    let settings = "steps: 6\ntrajectories: 300\ninitial: boltzmann\ntheorems: jarzynski"
    let powerless = try FluctuationCase.result(process, settings).verdict("jarzynski")
    #expect(powerless.status == .undecided && powerless.reason.contains("the residuals of so few steps"))
    // 1800 degrees of freedom; the noise of 1 − 1/1.1 needs 2 ((3.29 + 1.28)/0.0909)² = 5057, as many as 843 paths have.
    #expect(powerless.reason.contains("about 850 trajectories would decide"), "\(powerless.reason)")
    let more = settings.replacing("300", with: "3000")
    #expect(try FluctuationCase.result(process, more).verdict("jarzynski").status == .pass)
    #expect(try FluctuationCase.result(process, settings + "\ncontrol: none").verdict("jarzynski").status == .pass)
  }

  /// `kernel.p` is of both directions: 100 true runs of it are uniform, P(√100 D > 2.69) = 2 exp(−2 × 2.69²) = 1e-6.
  @Test func theKernelOfTrueWorkIsUniform() throws {
    let settings = "steps: 3\ntrajectories: 20\ninitial: boltzmann"
    let values = try (1...100).map { seed in
      let process = FluctuationCase.trap.replacing("seed: 3\n", with: "seed: \(seed)\n")
      return try FluctuationCase.result(process, settings).value("kernel.p")
    }
    #expect(Set(values).count == 100)
    let distance = values.sorted().enumerated().map { place, p in
      max(abs(p - Double(place) / 100), abs(p - Double(place + 1) / 100))
    }.max()
    #expect(try #require(distance) < 2.69 / 100.0.squareRoot())
  }

  /// The equilibrium of a loss that is not quadratic, by quadrature; both directions meet at the exact ΔF.
  @Test func anAnharmonicRampMeetsItsFreeEnergy() throws {
    let process = FluctuationCase.trap
      .replacing("{c: 3*t}", with: "{k: 1 + t}").replacing("0.5*2*(x - c)^2", with: "k*x^2/2 + log(cosh(x))")
    let result = try FluctuationCase.result(process, "steps: 6\ntrajectories: 5000\ninitial: boltzmann")
    // Two estimates of a number that is known by quadrature.
    #expect(try result.deviation("free-energy.bar", from: try result.value("free-energy.exact")) < 5)
    #expect(try result.deviation("free-energy.jarzynski", from: try result.value("free-energy.exact")) < 5)
    // So little work is done that so few trajectories cannot confirm the slope; they must not exclude it either.
    #expect(try result.verdict("crooks").status != .fail)
    #expect(try result.verdict("jarzynski").status == .pass)
  }
}
