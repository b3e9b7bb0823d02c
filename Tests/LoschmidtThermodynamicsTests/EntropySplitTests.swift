import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct EntropySplitTests {
  private func chains() throws -> ([GaussianChain], ReferenceEntry) {
    let entry = ThermodynamicReference.entry("t2_hatano_sasa")
    let noise = DenseMatrix(entry["inputs"]["D"].rows)
    let maps = entry["inputs"]["A_k"].list.map { DenseMatrix($0.rows) }
    let means = entry["inputs"]["mu_k"].rows
    let chains = try zip(maps, means).map { map, mean in
      try GaussianChain(map: map, shift: Vectors.sum(mean, map.applied(to: mean), times: -1), noise: noise)
    }
    return (chains, entry["outputs"])
  }

  @Test func agreesWithTheReference() throws {
    let (chains, expected) = try chains()
    #expect(chains.count == 5)
    let split = try EntropySplit(chains: chains)
    let parts = [
      ("total", split.total), ("nonadiabatic", split.nonadiabatic), ("adiabatic", split.adiabatic),
      ("hatano_sasa_Y", split.hatanoSasa),
    ]
    for (name, path) in parts {
      let row = expected[name]
      #expect(agrees(path.mean, with: row["mean"].double), "\(name)")
      #expect(agrees(path.variance, with: row["var"].double), "\(name)")
      #expect(agrees(path.kDivergence, with: row["k_divergence"].double), "\(name)")
      #expect(agrees(path.cumulantGenerating(0.5), with: row["ln_E_exp_minus_half"].double), "\(name)")
      // All four fulfil the integral theorem; log-determinants of order 10 cancel.
      #expect(abs(path.cumulantGenerating(1)) < 1e-13, "\(name)")
    }
    // R = R_na + R_a pathwise, so also on average; the folk identity R_na = Y needs another end.
    #expect(agrees(split.nonadiabatic.mean + split.adiabatic.mean, with: split.total.mean, relative: 1e-13))
    #expect(abs(split.nonadiabatic.mean - split.hatanoSasa.mean) > 0.1)
  }

  @Test func theDualKernelAgreesWithTheReference() throws {
    let (chains, expected) = try chains()
    let dual = try chains[4].dual()
    #expect(agrees(dual.map.entries, with: expected["dual_A_last"].rows.flatMap { $0 }, relative: 1e-13))
    #expect(agrees(dual.noise.entries, with: expected["dual_D_last"].rows.flatMap { $0 }, relative: 1e-13))
    #expect(
      agrees(
        chains[4].stationary.covariance.entries, with: expected["stationary_cov_last"].rows.flatMap { $0 },
        relative: 1e-13))
    // K⁺(x′|x)π(x) = K(x|x′)π(x′) at a point.
    let law = chains[4].stationary.logDensity
    let (x, y) = ([0.3, -1.2], [1.1, 0.4])
    let left = dual.logDensity.value(current: x, next: y) + law.value(at: x)
    let right = chains[4].step.logDensity.value(current: y, next: x) + law.value(at: y)
    #expect(abs(left - right) < 1e-13)  // terms of order 10
  }
}
