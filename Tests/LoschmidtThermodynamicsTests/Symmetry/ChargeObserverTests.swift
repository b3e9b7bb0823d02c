import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct ChargeObserverTests {
  private func ensemble(
    _ test: SymmetryCase, gradient: any GradientNoise, eta: String = "0.05", temperature: Double = 0,
    trajectories: Int = 50, steps: Int = 40
  ) throws -> Ensemble {
    let process = try test.text.process(
      learningRate: Schedule(try Expression(parsing: eta)), temperature: .bath(temperature), gradient: gradient,
      initial: InitialLaw(test.point.map { .point($0) }))
    return Ensemble(
      try SimulationPlan(process, steps: steps), start: process.initialLaw, key: StreamKey(seed: 3),
      trajectories: trajectories, steps: steps)
  }

  private func record(_ ensemble: Ensemble, _ charge: NoetherCharge, threads: Int = 1) throws -> ChargeRecord {
    let result = try ensemble.run(
      RunWatch(threads: threads),
      merge: { records, more in for index in records.indices { records[index].merge(more[index]) } },
      makeObserver: { ChargeObserver([charge]) })
    return try #require(result.partials.first?.first)
  }

  private static let gradients: [any GradientNoise] = [
    FullBatch(), Minibatch(size: 1), Minibatch(size: 5), Minibatch(size: 3, sampling: .withoutReplacement),
    Minibatch(size: 4, sampling: .reshuffle), Minibatch(size: 6, sampling: .cyclic),
  ]

  @Test(arguments: gradients.indices) func everyStepOfEveryTrajectory(index: Int) throws {
    let test = SymmetryCase.network
    let charge = try NoetherCharge(of: test.group())
    for eta in ["0.05", "0.1/(1 + 0.1*step)"] {
      let record = try record(ensemble(test, gradient: Self.gradients[index], eta: eta), charge)
      #expect(record.steps == 50 * 40 && record.firstChange.count == 50 && record.last.count == 50)
      #expect(record.largestViolation < NoetherCharge.roundingBound)
      #expect(record.largestViolation > 0 && (1...40).contains(record.worstStep))
    }
  }

  /// The average first change is that of theory, within 5 standard errors.
  @Test func theDriftOfTheFirstStep() throws {
    let test = SymmetryCase.network
    let charge = try NoetherCharge(of: test.group())
    let record = try record(
      ensemble(test, gradient: Minibatch(size: 1), trajectories: 4000, steps: 1), charge)
    let expected = -2 * 0.05 * (try test.force(eta: 0.05).exact)
    #expect(abs(record.firstChange.mean - expected) < 5 * record.firstChange.standardError)
    // Control: half of it lies outside, so that the test can tell.
    #expect(abs(record.firstChange.mean - 0.5 * expected) > 5 * record.firstChange.standardError)
  }

  @Test func replayedPathsGiveTheSame() throws {
    let test = SymmetryCase.product(inputs: [[1], [-0.5]], targets: [3, -1.2], at: [1.5, -0.5])
    let charge = try NoetherCharge(of: test.group())
    let ensemble = try ensemble(test, gradient: Minibatch(size: 1), eta: "0.3", trajectories: 20, steps: 15)
    let found = try record(ensemble, charge)
    var (overshoots, last) = (0, Moments())
    for number in 0..<20 {
      var charges: [Double] = []
      _ = try ensemble.replay(trajectory: number) { charges.append(charge.value(at: $0.theta)) }
      overshoots += zip(charges, charges.dropFirst()).filter { $0 * $1 < 0 }.count
      last.add(try #require(charges.last))
    }
    #expect(found.overshoots == overshoots && overshoots > 0)
    // The same twenty numbers, added up in another order.
    #expect(abs(found.last.mean - last.mean) <= 1e-13 * abs(last.mean), "\(found.last.mean), \(last.mean)")
    #expect(abs(found.last.variance - last.variance) <= 1e-13 * last.variance)
    #expect(try record(ensemble, charge, threads: 3) == found)
  }

  /// Controls: thermal noise, and a loss without the symmetry.
  @Test func otherProcessesAreFoundOut() throws {
    var test = SymmetryCase.network
    let charge = try NoetherCharge(of: test.group())
    let warm = try record(ensemble(test, gradient: Minibatch(size: 1), temperature: 1e-6), charge)
    #expect(warm.largestViolation > 1e3 * NoetherCharge.roundingBound)
    test.text.loss = "0.5*(dot(a, relu(W @ x + b)) - y)^2 + 1e-6*dot(a, a)"
    let decayed = try record(ensemble(test, gradient: Minibatch(size: 1)), charge)
    #expect(decayed.largestViolation > 1e3 * NoetherCharge.roundingBound)
  }

  @Test func divergedTrajectoriesAreLeftOut() throws {
    let test = SymmetryCase.product(inputs: [[1]], targets: [1], at: [10, 7])
    let charge = try NoetherCharge(of: test.group())
    let record = try record(ensemble(test, gradient: FullBatch(), eta: "1", trajectories: 4, steps: 30), charge)
    #expect(record == ChargeRecord())
  }
}
