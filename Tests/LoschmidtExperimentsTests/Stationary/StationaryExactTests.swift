import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtThermodynamics
import Testing

@testable import LoschmidtExperiments

@Suite struct StationaryExactTests {
  private func exact(
    _ process: String, _ observables: [(String, String)], steps: Int = 1
  ) throws -> StationaryExact {
    let process = try good(
      scenario(process: process, experiment: "potentials: {at: {u: 1, w: 1}, learning-rates: [0.1]}")
    ).process
    let plan = try SimulationPlan(process, steps: 1)
    return StationaryExact(
      plan, step: 0, steps: steps, observables: try observables.map { ($0.0, try Expression(parsing: $0.1)) })
  }

  @Test func langevinDynamicsInAQuadraticWell() throws {
    let exact = try exact(quadraticWell, [("m", "3*u - w + 1"), ("q", "u^2"), ("e", "exp(u)")])
    // s = 2ηT/(1 − (1 − ηh)²) = T/(h (1 − ηh/2)) at h = 1 and 2.
    let (u, w) = (0.1 / 0.95, 0.1 / (2 * 0.9))
    let moments = try #require(exact.moments)
    #expect(moments.isNormal)
    // Solutions of two linear equations of condition 10.
    #expect(abs(moments.covariance[0, 0] - u) < 1e-14 && abs(moments.covariance[1, 1] - w) < 1e-14)
    #expect(abs(try #require(exact.observables[0].mean) - 1) < 1e-14)
    #expect(abs(try #require(exact.observables[0].variance) - (9 * u + w)) < 1e-13)
    #expect(abs(try #require(exact.observables[1].mean) - u) < 1e-14)
    #expect(abs(try #require(exact.observables[1].variance) - 2 * u * u) < 1e-14)
    #expect(exact.observables[2].mean == nil && exact.observables[2].reason.contains("degree two"))
    #expect(exact.verdictCount == 5)
  }

  /// Averages over the steps of whole epochs alone are those of all places of an epoch.
  @Test func epochsAreAveragedAsAWhole() throws {
    let process =
      "parameters: {u: 0, w: 0}\nloss: 0.5*(u - a)^2 + (w - b)^2\ndata: {a: [1, 2, 3, 5], b: [0, 1, 0, 2]}\n"
      + "gradient: {minibatch: {size: 1, sampling: reshuffle}}\nalgorithm: {gradient-descent: {learning-rate: 0.1}}"
    #expect(try exact(process, [("m", "u")], steps: 8).observables[0].mean != nil)
    let partial = try exact(process, [("m", "u")], steps: 6)
    #expect(partial.moments == nil && partial.reason.contains("multiple of 4"))
  }

  @Test func reasonsAreSentences() throws {
    let exact = try exact(quadraticWell.replacing("2*w^2", with: "w^4"), [("m", "u")])
    #expect(exact.moments == nil && exact.verdictCount == 0)
    #expect(exact.reason.contains("quadratic losses") && exact.observables[0].reason == exact.reason)
    let missing: [StationaryMoments.Missing] = [
      .notQuadratic, .noDensity, .dependentBatches, .tooManyOrders, .forceWithBatches, .infiniteVariance,
      .labelNotAffine, .noMinimum, .unstable, .unconfined, .noSecondMoments(nil, mean: nil), .equationNotQuadratic,
      .equationUnstable, .integratorUnstable, .noEquation,
    ]
    #expect(Set(missing.map(\.sentence)).count == missing.count)
    #expect(missing.allSatisfy { !$0.sentence.hasSuffix(".") })
  }

  /// A slope and a saddle have no stationary state whatever the learning rate is; a well has one at a smaller one.
  @Test func whatNoLearningRateHelpsIsSaid() throws {
    func reason(_ loss: String, rate: Double = 0.2) throws -> String {
      let process = """
        parameters: {u: 1, w: 1}
        loss: \(loss)
        algorithm: {gradient-descent: {learning-rate: \(rate)}}
        temperature: 0.5
        """
      return try exact(process, []).reason
    }
    for loss in ["u + 0.5*w^2", "-0.001*u^2 + 0.5*w^2", "0.5*(u - w)^2"] {
      #expect(try reason(loss).contains("at any learning rate"), "\(loss)")
    }
    #expect(try reason("u^2 + 0.5*w^2", rate: 1.5).contains("beyond the edge of stability"))
  }
}
