import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct GaussianProtocolTests {
  private struct Case {
    let inputs: ReferenceEntry
    let outputs: ReferenceEntry
    let stiffnesses: [Double]
    let centers: [Double]

    func make(_ convention: GaussianProtocol.Convention) throws -> GaussianProtocol {
      try .trap(
        stiffnesses: stiffnesses, centers: centers, learningRate: inputs["eta"].double,
        temperature: inputs["T"].double, convention: convention)
    }
  }

  private static func trap() -> Case {
    let entry = ThermodynamicReference.entry("t2_dragged_trap")
    let count = Int(entry["inputs"]["n"].double) + 1
    return Case(
      inputs: entry["inputs"], outputs: entry["outputs"],
      stiffnesses: [Double](repeating: entry["inputs"]["kappa"].double, count: count),
      centers: (0..<count).map { Double($0) * entry["inputs"]["dl"].double })
  }

  private static func ramp() -> Case {
    let entry = ThermodynamicReference.entry("t2_stiffness_ramp")
    let stiffnesses = entry["inputs"]["kappas"].doubles
    return Case(
      inputs: entry["inputs"], outputs: entry["outputs"], stiffnesses: stiffnesses,
      centers: stiffnesses.map { _ in 0 })
  }

  private func compare(_ work: GaussianPath, temperature: Double, with expected: ReferenceEntry) {
    #expect(agrees(work.mean, with: expected["mean"].double))
    #expect(agrees(work.variance, with: expected["var"].double))
    // Free energies are logarithms of averages of order one: their errors are absolute.
    let free = -temperature * work.cumulantGenerating(1 / temperature)
    #expect(agrees(free, with: expected["jarzynski_dF_estimate"].double, absolute: 1e-13))
    let half = -temperature * work.cumulantGenerating(0.5 / temperature)
    #expect(agrees(half, with: expected["minus_T_ln_E_exp_minus_W_over_2T"].double))
    if !expected["k_divergence"].isMissing {
      // The reference counts k in e^{−kW/T}.
      #expect(agrees(work.kDivergence * temperature, with: expected["k_divergence"].double))
    }
  }

  @Test(arguments: [true, false]) func agreesWithTheReference(isTrap: Bool) throws {
    let entry = isTrap ? Self.trap() : Self.ramp()
    let temperature = entry.inputs["T"].double
    let physical = try entry.make(.physical)
    let expected = entry.outputs["physical_convention"]
    #expect(agrees(try physical.freeEnergyDifference(), with: expected["dF"].double, absolute: 1e-14))
    compare(physical.protocolWork, temperature: temperature, with: expected["protocol_work"])
    compare(physical.exactWork, temperature: temperature, with: expected["exact_work"])
    #expect(agrees(physical.shadowWork.mean, with: expected["mean_shadow_work"].double))
    let shadow = try entry.make(.shadow)
    let shadowed = entry.outputs["shadow_convention"]
    #expect(agrees(try shadow.freeEnergyDifference(), with: shadowed["dF"].double, absolute: 1e-14))
    compare(shadow.protocolWork, temperature: temperature, with: shadowed["protocol_work"])
    // No shadow work is left, up to rounding of forms with entries of order 10.
    #expect(abs(shadow.shadowWork.mean) < 1e-13 && shadow.shadowWork.variance < 1e-25)
  }

  /// The closed forms of the dragged trap in the shadow convention.
  @Test(arguments: [1, 2, 6, 40]) func theDraggedTrapHasItsClosedForm(steps: Int) throws {
    let (kappa, eta, temperature, drag) = (2.0, 0.1, 1.5, 0.3)
    let driven = try GaussianProtocol.trap(
      stiffnesses: [Double](repeating: kappa, count: steps + 1), centers: (0...steps).map { drag * Double($0) },
      learningRate: eta, temperature: temperature, convention: .shadow)
    let (n, a) = (Double(steps), 1 - eta * kappa)
    let stiffness = kappa * (1 - eta * kappa / 2)
    let mean = stiffness * drag * drag * (n / 2 + a / (1 - a) * (n - (1 - pow(a, n)) / (1 - a)))
    let work = driven.protocolWork
    // Energies up to κ(nΔl)² = 300 cancel.
    #expect(agrees(work.mean, with: mean, relative: 1e-11))
    #expect(agrees(work.variance, with: 2 * temperature * mean, relative: 1e-11))
    // Gaussian work: ln E e^{−kW} = −k⟨W⟩ + ½k² Var W for every k.
    #expect(agrees(work.cumulantGenerating(3), with: mean * (9 * temperature - 3), relative: 1e-10))
    if steps == 6 {
      let expected = ThermodynamicReference.entry("t2_dragged_trap")["outputs"]["closed_form_shadow"]
      #expect(agrees(work.mean, with: expected["mean_W"].double))
      #expect(agrees(work.variance, with: expected["var_W"].double))
    }
  }

  /// The closed forms of the stiffness ramp in the shadow convention.
  @Test func theRampHasItsClosedForm() throws {
    let entry = Self.ramp()
    let (eta, temperature) = (entry.inputs["eta"].double, entry.inputs["T"].double)
    let shadows = entry.stiffnesses.map { $0 * (1 - eta * $0 / 2) }
    let jumps = zip(shadows, shadows.dropFirst()).map { $1 - $0 }
    var spread = [temperature / shadows[0]]
    for stiffness in entry.stiffnesses.dropFirst().dropLast() {
      let a = 1 - eta * stiffness
      spread.append(a * a * (spread.last ?? 0) + 2 * eta * temperature)
    }
    var (mean, variance) = (0.0, 0.0)
    for k in jumps.indices {
      mean += 0.5 * jumps[k] * spread[k]
      for l in jumps.indices {
        let (low, high) = (min(k, l), max(k, l))
        let product = (low..<high).reduce(1.0) { $0 * (1 - eta * entry.stiffnesses[$1 + 1]) }
        variance += 0.5 * jumps[k] * jumps[l] * spread[low] * product * spread[low] * product
      }
    }
    let work = try entry.make(.shadow).protocolWork
    #expect(agrees(work.mean, with: mean, relative: 1e-13))
    #expect(agrees(work.variance, with: variance, relative: 1e-13))
  }

  /// In two dimensions: Jarzynski's equality is exact for the exact work, and fails for the protocol work alone.
  @Test func jarzynskiHoldsForTheExactWorkOnly() throws {
    let temperature = 0.7
    let potentials = try (0...5).map { index in
      let s = Double(index) / 5
      return try QuadraticPotential(
        curvature: DenseMatrix([[1 + s, 0.4 * s], [0.4 * s, 2 - 0.5 * s]]), pull: [s, -s * s], offset: s)
    }
    let driven = try GaussianProtocol(potentials: potentials, learningRate: 0.3, temperature: temperature)
    let free = try driven.freeEnergyDifference()
    #expect(abs(-temperature * driven.exactWork.cumulantGenerating(1 / temperature) - free) < 1e-13)
    #expect(abs(-temperature * driven.protocolWork.cumulantGenerating(1 / temperature) - free) > 1e-3)
    // First law: E U_n(x_n) − E U_0(x_0) = protocol work + energy heat = exact work + action heat, term by term.
    let (protocolWork, exactWork) = (driven.protocolWork.mean, driven.exactWork.mean)
    let shadowWork = driven.shadowWork.mean
    #expect(abs(protocolWork + shadowWork - exactWork) < 1e-14)
    #expect(abs(protocolWork + driven.energyHeat.mean - exactWork - driven.actionHeat.mean) < 1e-14)
    #expect(abs(driven.energyHeat.mean - driven.actionHeat.mean - shadowWork) < 1e-14)
  }

  /// The exact work through densities written by hand, as ΔF + T R with Boltzmann boundaries.
  @Test func theExactWorkIsThePathRatio() throws {
    let (kappas, centers, eta, temperature) = ([1.0, 1.6, 2.5], [0.0, 0.4, 0.1], 0.2, 0.9)
    let driven = try GaussianProtocol.trap(
      stiffnesses: kappas, centers: centers, learningRate: eta, temperature: temperature)
    let free = temperature / 2 * log(kappas[2] / kappas[0])
    #expect(agrees(try driven.freeEnergyDifference(), with: free, relative: 1e-14))
    func logStep(_ k: Int, _ next: Double, _ current: Double) -> Double {
      let center = current - eta * kappas[k] * (current - centers[k])
      return DensePathOracle.logDensity(of: [next], mean: [center], covariance: [[2 * eta * temperature]])
    }
    let oracle = DensePathOracle(
      mean: [centers[0]], covariance: [[temperature / kappas[0]]],
      steps: (1...2).map { k in
        (map: [[1 - eta * kappas[k]]], shift: [eta * kappas[k] * centers[k]], noise: [[2 * eta * temperature]])
      }
    ) { x in
      let start = DensePathOracle.logDensity(of: x[0], mean: [centers[0]], covariance: [[temperature / kappas[0]]])
      let end = DensePathOracle.logDensity(of: x[2], mean: [centers[2]], covariance: [[temperature / kappas[2]]])
      let medium = (1...2).reduce(0) { $0 + logStep($1, x[$1][0], x[$1 - 1][0]) - logStep($1, x[$1 - 1][0], x[$1][0]) }
      return free + temperature * (start - end + medium)
    }
    // Polarisation takes differences of values up to 20.
    #expect(agrees(driven.exactWork.mean, with: oracle.mean, relative: 1e-12))
    #expect(agrees(driven.exactWork.variance, with: oracle.variance, relative: 1e-12))
    #expect(agrees(driven.exactWork.kDivergence, with: oracle.kDivergence, relative: 1e-11))
  }
}
