import LoschmidtReports
import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

@Suite struct ComparedResultTests {
  /// Langevin dynamics in a parabola: kurtosis 3, no entropy production, and a normal tail, whose index is large.
  @Test func normalNoiseIsNormal() throws {
    let result = try ComparisonCase.result(
      ComparisonCase.text(
        ["full-batch", "{alpha-stable: {alpha: 1.2, scale: 0.05}}"], "trajectories: 4000\nsteps: 4\nburn-in: 60",
        process: "temperature: 0"
      ).replacingOccurrences(of: "full-batch", with: "{isotropic: {standard-deviation: 0.1}}"))
    let table = try #require(result.tables.first { $0.name == "models" }?.table)
    // Five standard errors at a fixed seed.
    #expect(try abs(table.number(0, "kurtosis") - 3) < 5 * table.number(0, "kurtosis_se"))
    #expect(try abs(table.number(0, "entropy_production")) <= 5 * max(table.number(0, "entropy_production_se"), 1e-13))
    let tails = try (table.number(0, "tail_index"), table.number(1, "tail_index"))
    #expect(tails.0 > 4)
    // 63 of 4000 points: the stable law is close to its power there, within a quarter and the error.
    #expect(try abs(tails.1 - 1.2) < 0.3 + 5 * table.number(1, "tail_index_se"))
  }
}
