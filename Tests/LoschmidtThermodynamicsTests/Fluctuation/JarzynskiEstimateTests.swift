import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct JarzynskiEstimateTests {
  @Test("normal work: ΔF = mean − variance/(2 T)")
  func normalWork() throws {
    let (freeEnergy, temperature) = (1.5, 2.0)
    // W = ΔF + T R with R ~ N(μ, 2μ).
    let work = normalValues(mean: 0.1, count: 20_000, seed: 41).map { freeEnergy + temperature * $0 }
    let estimate = try JarzynskiEstimate(work: work, temperature: temperature)
    #expect(abs(estimate.freeEnergy - freeEnergy) < 5 * estimate.standardError)
    // T √((e^{2μ} − 1)/n); the error's own scatter is some per cent.
    #expect(abs(estimate.standardError / (2 * (0.2214 / 20_000).squareRoot()) - 1) < 0.2)
    // Work that is shifted shifts ΔF: the rounding of W/T ≈ 10, T times.
    let shifted = try JarzynskiEstimate(work: work.map { $0 + 10 }, temperature: temperature)
    #expect(abs(shifted.freeEnergy - estimate.freeEnergy - 10) < 1e-13)
  }
}
