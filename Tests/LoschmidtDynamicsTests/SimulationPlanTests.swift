import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct SimulationPlanTests {
  private static let samples = SampleTable(count: 4, columns: [.init(name: "a", values: [1, 2, 3, 4])])

  private func plan(
    _ gradient: any GradientNoise = FullBatch(), temperature: Temperature = .bath(1), steps: Int = 4
  ) throws -> SimulationPlan {
    let text = ProcessText(["x", "y"], loss: "0.5*a*(x^2 + y^2)", samples: Self.samples)
    return try SimulationPlan(text.process(temperature: temperature, gradient: gradient), steps: steps)
  }

  @Test func whatHasADensity() throws {
    #expect(try plan().missingDensity() == nil)
    #expect(try plan(temperature: .zero).missingDensity() == .deterministicStep)
    #expect(try plan(Minibatch(), temperature: .zero).missingDensity() == .deterministicStep)
    #expect(try plan(temperature: .baths([1, 0])).missingDensity() == .singularNoise)
    // 2ηT is 0 in the range of numbers, or its inverse is infinite: there is noise, but no number for it.
    for tiny in [4.9e-324, 1e-320, 1e-309] {
      #expect(try plan(temperature: .baths([tiny, tiny])).missingDensity() == .noiseBelowRange)
    }
    #expect(try plan(temperature: .bath(parsing: "max(2 - step, 0)")).missingDensity() == .noiselessStep(2))
    let full = DenseMatrix(rows: 2, columns: 2, entries: [2, 1, 1, 2])
    let singular = DenseMatrix(rows: 2, columns: 2, entries: [1, 1, 1, 1])
    #expect(try plan(ConstantCovariance(matrix: full), temperature: .zero).missingDensity() == nil)
    #expect(try plan(ConstantCovariance(matrix: singular), temperature: .zero).missingDensity() == .singularNoise)
    #expect(try plan(ConstantCovariance(matrix: singular)).missingDensity() == nil)
  }

  @Test func whatHasAMarginalDensity() throws {
    #expect(try plan(Minibatch(size: 2)).missingMarginalDensity() == nil)
    #expect(try plan(Minibatch(size: 2, sampling: .withoutReplacement)).missingMarginalDensity() == nil)
    #expect(try plan(Minibatch(size: 2, sampling: .reshuffle)).missingMarginalDensity() == .dependentBatches)
    #expect(try plan(Minibatch(size: 2, sampling: .cyclic)).missingMarginalDensity() == .dependentBatches)
    // Multisets of 90 out of 4: 93 · 92 · 91 / 6 = 129 766 of them.
    #expect(
      try plan(Minibatch(size: 90)).missingMarginalDensity() == .tooManyBatches(limit: MinibatchMixture.batchLimit))
    #expect(try plan().missingMarginalDensity() == nil)
  }

  @Test func schedulesThatLeaveTheirRangeAreRefused() throws {
    let fault = #expect(throws: SimulationPlan.Fault.self) { try plan(temperature: .bath(parsing: "1 - t"), steps: 20) }
    // t_{k+1} = 0.1 (k + 1) passes 1 at k = 10; at k = 9 it is 1 to rounding.
    if case .schedule(let clock) = fault {
      #expect(clock.quantity == "temperature" && (9...10).contains(clock.step) && clock.value < 0)
    } else {
      Issue.record("another fault: \(String(describing: fault))")
    }
  }

  @Test func homogeneousProcesses() throws {
    #expect(try plan().isHomogeneous)
    #expect(try !plan(temperature: .bath(parsing: "1 + t")).isHomogeneous)
  }
}
