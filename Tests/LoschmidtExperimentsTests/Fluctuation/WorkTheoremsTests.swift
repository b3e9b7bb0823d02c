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
