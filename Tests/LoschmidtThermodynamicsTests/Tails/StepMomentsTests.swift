import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

/// Which moments the dynamics leaves.
@Suite struct StepMomentsTests {
  private func steps(
    _ gradient: any GradientNoise = Minibatch(size: 1), learningRate: Double, curvatures: [Double] = [0.5, 2.4]
  ) throws -> StepMoments {
    let columns: [SampleTable.Column] = [
      .init(name: "h", values: curvatures), .init(name: "y", values: curvatures.map { 1 - $0 }),
    ]
    let process = try ProcessText(
      ["x"], loss: "0.5*h*x^2 - y*x", samples: SampleTable(count: curvatures.count, columns: columns)
    ).process(learningRate: Schedule(learningRate), gradient: gradient)
    return try #require(StepMoments(try SimulationPlan(process, steps: 1), step: 0))
  }

  private func answers(_ steps: StepMoments) -> [StepMoments.Answer] { [1, 2, 3, 4, 8].map { steps.moment($0) } }

  /// η = 1: E m² = 1.105, κ = 1.467; η = 0.93: E m² = 0.902, E m⁴ = 1.193, κ = 2.92.
  @Test func theThreeRegimes() throws {
    let noVariance = try steps(learningRate: 1)
    let second = try #require(noVariance.radii[2])
    #expect(noVariance.law == .exists && abs(second - 1.105) <= 1e-12)
    #expect(answers(noVariance) == [.exists, .missing, .missing, .missing, .missing])
    let noError = try steps(learningRate: 0.93)
    let fourth = try #require(noError.radii[4])
    // ½(0.535⁴ + 1.232⁴), which has these digits and no more.
    #expect(abs(fourth - 1.1928572228005) <= 1e-13)
    #expect(answers(noError) == [.exists, .exists, .missing, .missing, .missing])
    // η = 1.5: E ln|m| = ½(ln ¼ + ln 2.6) = −0.215, so that there is a law, without a mean: E|m| = 1.425. η = 3: ½(ln ½ +
    // ln 6.2) = 0.566.
    let noMean = try steps(learningRate: 1.5)
    #expect(noMean.law == .exists && answers(noMean).allSatisfy { $0 == .missing })
    #expect(abs(try #require(noMean.lyapunov).value + 0.21539145804622717) <= 1e-14)
    let noLaw = try steps(learningRate: 3)
    #expect(abs(try #require(noLaw.lyapunov).value - 0.5657010557455502) <= 1e-14)
    #expect(noLaw.law == .missing && answers(noLaw).allSatisfy { $0 == .missing })
    // The control: every factor shortens.
    let light = try steps(learningRate: 0.5)
    #expect(light.tailIndex == .infinity && answers(light).allSatisfy { $0 == .exists })
  }

  @Test func additiveNoiseLeavesAll() throws {
    let additive = try steps(MatchedGaussian(size: 1), learningRate: 0.9, curvatures: [2, 2])
    #expect(additive.isConstant && answers(additive).allSatisfy { $0 == .exists })
    let beyond = try steps(MatchedGaussian(size: 1), learningRate: 1.1, curvatures: [2, 2])
    #expect(beyond.law == .missing)
  }

  /// In two coordinates even orders decide, and what lies between two of them is not known.
  @Test func severalCoordinates() throws {
    let normal = try #require(StepMoments(try MapsOfNoiseTests.plan(MatchedGaussian(size: 1)), step: 0))
    #expect(answers(normal) == [.exists, .exists, .unknown, .missing, .missing])
    // Nothing is lengthened as long as η xᵀΛx ≤ 2 for all samples, the largest of which is 4.5: up to η = 4/9. Beyond, orders
    // decide; radii of E m⊗m, m^⊗4 and m^⊗8 from numpy.
    func batches(_ learningRate: Double) throws -> StepMoments {
      try #require(StepMoments(try MapsOfNoiseTests.plan(Minibatch(size: 1), learningRate: learningRate), step: 0))
    }
    for learningRate in [0.3, 0.4, 0.444] {
      let small = try batches(learningRate)
      #expect(small.isContraction && answers(small).allSatisfy { $0 == .exists })
    }
    for (learningRate, radii) in [
      (0.45, [0.7841222282130537, 0.7169289905964215, 0.6966632670833027]),
      (0.5, [0.9092603072181286, 1.054790455865059]),
    ] {
      let some = try batches(learningRate)
      #expect(!some.isContraction && some.radii.count == radii.count)
      #expect(some.moment(4) == (radii[1] < 1 ? .exists : .missing))
      for (order, wanted) in zip([2, 4, 8], radii) {
        // Eigenvalues of matrices of at most nine rows.
        #expect(abs(try #require(some.radii[order]) - wanted) <= 1e-12, "\(learningRate), \(order)")
      }
    }
    let large = try #require(StepMoments(try MapsOfNoiseTests.plan(Minibatch(size: 1), learningRate: 2), step: 0))
    let rate = try #require(large.lyapunov)
    #expect(large.law == .missing && rate.value > 0)
  }

  /// The integrator of a modified equation multiplies by polynomials of normal numbers, which are not bounded.
  @Test func modifiedEquations() throws {
    func moments(_ learningRate: Double) throws -> StepMoments {
      var process = try ProcessText(
        ["x"], loss: "0.5*h*x^2", samples: SampleTable(count: 2, columns: [.init(name: "h", values: [0.5, 2.5])])
      ).process(learningRate: Schedule(learningRate), temperature: .bath(0.1), gradient: Minibatch(size: 1))
      process.algorithm = ModifiedSDE(learningRate: Schedule(learningRate), order: .first, interpretation: .ito)
      return try #require(StepMoments(try SimulationPlan(process, steps: 1), step: 0))
    }
    // The factors of E x² and E x⁴ of a step: (E(1 + w + ½w²)^k)² R^k for each of two substeps, w normal of variance η²/4 and R
    // the polynomial of −(1.5 + η/2)η/2. Numbers of numpy, with 20 nodes of Gauss–Hermite. By the equation itself,
    // d ln E x^k/dt = −k h + ½k(k − 1)ησ² with h = 1.5 and σ² = 1, the fourth moment would end at η = 1 already, where the
    // integrator has 0.26: it is the steps that decide.
    for (learningRate, second, fourth) in [
      (0.1, 0.7482403135051687, 0.582653562398024), (0.5, 0.2814799498074387, 0.20171522438287864),
      (1, 0.11322594482044235, 0.2621105877762538), (1.3, 0.09841922543294825, 0.6965794266705656),
      (1.6, 0.3263711043351828, 22.54213947894238),
    ] {
      let found = try moments(learningRate)
      #expect(abs(try #require(found.radii[2]) / second - 1) <= 1e-12)  // a handful of roundings, and those of numpy
      #expect(abs(try #require(found.radii[4]) / fourth - 1) <= 1e-12)
      #expect(found.moment(2) == .exists && found.moment(4) == (fourth < 1 ? .exists : .missing))
    }
  }
}
