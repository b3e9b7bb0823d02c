import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct SelectionWatchTests {
  private static let eta = 0.1
  private static let x = [1.0, -0.5, 1.5]
  private static let y = [1.5, 0.4, 0.6]

  private func group(_ name: String, _ components: [(String, String)]) throws -> OneParameterGroup {
    try OneParameterGroup(
      name: name, components.map { (parameter: $0.0, expression: try Expression(parsing: $0.1)) },
      parameters: ParameterLayout([("u", .scalar), ("w", .scalar)]))
  }

  private func rescaling() throws -> OneParameterGroup {
    try group("rescaling", [("u", "u*exp(s)"), ("w", "w*exp(-s)")])
  }

  private func rotation() throws -> OneParameterGroup {
    try group("rotation", [("u", "cos(s)*u - sin(s)*w"), ("w", "sin(s)*u + cos(s)*w")])
  }

  private func ensemble(_ loss: String = "0.5*(u*w*x - y)^2", trajectories: Int = 400, steps: Int = 40) throws
    -> Ensemble
  {
    let parameters = ParameterLayout([("u", .scalar), ("w", .scalar)])
    let samples = SampleTable(
      count: 3, columns: [SampleTable.Column(name: "x", values: Self.x), SampleTable.Column(name: "y", values: Self.y)])
    let process = TrainingProcess(
      parameters: parameters, initialLaw: InitialLaw([.point(1.4), .point(0.4)]),
      landscape: try ExpressionLandscape(loss: Expression(parsing: loss), parameters: parameters, samples: samples),
      gradient: Minibatch(size: 1), algorithm: GradientDescent(learningRate: Schedule(Self.eta)))
    return Ensemble(
      try SimulationPlan(process, steps: steps), start: process.initialLaw, key: StreamKey(seed: 5),
      trajectories: trajectories, steps: steps)
  }

  private func sample(_ ensemble: Ensemble, _ symmetries: [SelectedSymmetry], every: Int) throws -> RelaxationSample {
    let none = try ObservableProgram(
      [], parameters: ensemble.plan.process.parameters, common: ensemble.plan.program.common)
    let result = try ensemble.run(merge: { $0.merge($1) }) {
      RelaxationObserver(
        ensemble.plan, observables: none, symmetries: symmetries, every: every, burnIn: 0, steps: ensemble.steps,
        lanes: ensemble.lanes)
    }
    return try #require(result.partials.first)
  }

  /// With gradients written by hand, on replayed paths.
  @Test func chargesAndDriftsAreThoseOfTheReplayedPaths() throws {
    let ensemble = try ensemble(trajectories: 20)
    let sample = try sample(ensemble, [SelectedSymmetry(rescaling())], every: 10)
    var expected = RelaxationSample(records: 5, quantities: 2)
    var (changes, excesses) = (Moments(), Moments())
    for number in 0..<20 {
      var (charges, drifts) = ([Double](), [Double]())
      _ = try ensemble.replay(trajectory: number) { state in
        let (u, w) = (state.theta[0], state.theta[1])
        guard state.step % 10 == 0 else { return }
        charges.append(u * u - w * w)
        // E gᵀKg = E r²x² (w² − u²).
        let square = zip(Self.x, Self.y).reduce(0) { sum, pair in
          let residual = (u * w * pair.0 - pair.1) * pair.0
          return sum + residual * residual / 3
        }
        drifts.append(Self.eta * Self.eta * square * (w * w - u * u))
      }
      for record in 0..<5 {
        expected[record, 0].add(charges[record])
        expected[record, 1].add(drifts[record])
      }
      changes.add(charges[4] - charges[2])
      excesses.add(charges[4] - charges[2] - 10 * (0.5 * drifts[2] + drifts[3] + 0.5 * drifts[4]))
    }
    for record in 0..<5 {
      for quantity in 0..<2 {
        // Twenty numbers of order 1, of a few operations each.
        #expect(abs(sample[record, 4 + quantity].mean - expected[record, quantity].mean) < 1e-13)
      }
    }
    #expect(sample.selections.count == 1 && sample.selections[0].change.count == 20)
    #expect(abs(sample.selections[0].change.mean - changes.mean) < 1e-13)
    #expect(abs(sample.selections[0].excess.mean - excesses.mean) < 1e-13)
    #expect(abs(sample.selections[0].excess.standardError - excesses.standardError) < 1e-13)
  }

  /// With a record at every step the excess has no mean, and half of the drift would be seen.
  @Test func theChargeMovesAsPredicted() throws {
    let record = try sample(ensemble(), [SelectedSymmetry(rescaling())], every: 1).selections[0]
    // The trapezoidal rule misses half of the difference of the first and the last drift: η² r²x² of the change, 0.005.
    let slack = 0.005 * abs(record.change.mean)
    #expect(abs(record.excess.mean) < 5 * record.excess.standardError + slack)
    #expect(abs(record.excess.mean - 0.5 * record.change.mean) > 5 * record.excess.standardError + slack)
  }

  @Test func rotationsLeaveThePotentialAlone() throws {
    let ensemble = try ensemble("0.25*(u^2 + w^2 - y)^2")
    let round = try sample(ensemble, [SelectedSymmetry(rotation())], every: 10)
    // φ is of order 0.1, and rounding takes some ε of terms of order 1.
    #expect(round.selections[0].largestOrbitChange < 1e-14 && round.selections[0].change.count == 400)
    #expect(round[0, 4].count == 0)
    // Control: a loss that a rotation changes.
    let squashed = try sample(self.ensemble(), [SelectedSymmetry(rotation())], every: 10)
    #expect(squashed.selections[0].largestOrbitChange > 1e-3)
  }

  @Test func whatHasNeitherAChargeNorPreservesLengths() throws {
    #expect(throws: NoetherCharge.Absence.notSymmetric) {
      try SelectedSymmetry(group("shear", [("u", "u + s*w")]))
    }
    #expect(throws: NoetherCharge.Absence.notLinear) { try SelectedSymmetry(group("shift", [("u", "u + s")])) }
    guard case .isometry = try SelectedSymmetry(rotation()), case .charge = try SelectedSymmetry(rescaling()) else {
      Issue.record("a rotation preserves lengths, and a rescaling does not")
      return
    }
    #expect(try SelectedSymmetry(rotation()).name == "rotation")
  }
}
