import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct AveragedForceTests {
  private let linear = LinearCase()

  @Test func forcesAreAveragedOverTheDraws() throws {
    let eta = 0.25
    let survey = try linear.survey(.withReplacement(size: 1), [TimeAsymmetry(), StochasticThermodynamic()])
    let row = try survey.forces(at: [eta], curvatures: survey.expand(orders: 1).curvatures)[0]
    #expect(row.learningRate == eta)
    // In one dimension with curvature h and Λ = 1/2: F_TA = −(ηh/4) g/2, F_ST = −(ηh/16)(2 − ηh/2)² g/2,
    // φ_ST = (η/32)(2 − ηh/2)² g².
    let echo = linear.mean { -eta * linear.curvature($0) / 8 * linear.gradient($0) }
    let entropy = linear.mean { k in
      let left = 2 - eta * linear.curvature(k) / 2
      return -eta * linear.curvature(k) / 32 * left * left * linear.gradient(k)
    }
    let potential = linear.mean { k in
      let sum = (2 - eta * linear.curvature(k) / 2) * linear.gradient(k)
      return eta / 32 * sum * sum
    }
    let forces = try row.forces.map { try #require($0.force) }
    #expect(abs(forces[0].mean[0] - echo) <= row.forces[0].roundingBound)
    #expect(abs(forces[1].mean[0] - entropy) <= row.forces[1].roundingBound)
    // A mean of five numbers of size one.
    #expect(abs(row.entropyPotential.mean[0] - potential) < 1e-15)
    #expect(forces.allSatisfy { $0.standardErrors == nil } && row.forces.allSatisfy { $0.truncationError == 0 })
  }

  /// DE of the draw with curvature 4 ends at η = 1/2, since Λ = 1/2: the average says how many draws are concerned.
  @Test func oneDrawWithoutAForceLeavesNoAverage() throws {
    let survey = try linear.survey(.withReplacement(size: 1), [BackwardError(), TimeAsymmetry()])
    let curvatures = try survey.expand(orders: 1).curvatures
    let rows = try survey.forces(at: [0.49, 0.51], curvatures: curvatures)
    #expect(rows[0].forces[0].force != nil && rows[0].forces[0].absence == nil)
    let (missing, present) = (rows[1].forces[0], rows[1].forces[1])
    #expect(missing.force == nil && missing.roundingBound.isNaN && missing.truncationError.isNaN)
    let absence = try #require(missing.absence)
    #expect(absence.affectedDraws == 1 && absence.draws == 5)
    guard case .stepIsNoFlow(let product) = absence.cause else {
      Issue.record("\(absence)")
      return
    }
    #expect(abs(product - 1.02) < 1e-12)
    #expect(present.force != nil)
  }

  /// The same bits whatever the number of threads, with errors where the draws are a sample.
  @Test func threadsChangeNothing() throws {
    let potentials: [any IrreversibilityPotential] = [BackwardError(), TimeRenormalised.flow]
    let results = try [1, 2, 3].map { threads in
      let survey = try linear.survey(.withReplacement(size: 20), potentials, threads: threads, sampleSize: 700)
      #expect(survey.average.isSampled)
      let row = try survey.forces(at: [0.1], curvatures: survey.expand(orders: 1).curvatures)[0]
      return try row.forces.flatMap { force -> [Double] in
        let vector = try #require(force.force)
        let errors = try #require(vector.standardErrors)
        #expect(errors[0] > 0)
        return vector.mean + errors + [force.truncationError, force.roundingBound]
      }
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  /// Independent rounding errors of n equal draws add up to 8 √n of one, in a mean to 8/√n, and never to more than one.
  @Test func roundingAveragesOut() throws {
    let law = DrawSet(.withReplacement(size: 1), sampleCount: 400)
    let landscape = try ExpressionLandscape(
      loss: Expression(parsing: "0.5*(w - 0*x)^2"), parameters: ParameterLayout([("w", .scalar)]),
      samples: SampleTable(
        count: 400, columns: [SampleTable.Column(name: "x", values: (0..<400).map(Double.init))]))
    func bound(_ law: DrawSet) throws -> Double {
      let survey = PotentialSurvey(
        landscape: landscape, point: [1], metric: .identity, law: law,
        average: DrawAverage(law, sampleSize: 1) { _ in 0 }, potentials: [TimeAsymmetry()], threads: 1)
      return try survey.forces(at: [0.125], curvatures: survey.expand(orders: 1).curvatures)[0].forces[0].roundingBound
    }
    // |F| = 1/16, and one draw is known to 8 ε (|θ| + |g|) = 16 ε; the sum itself adds 64 ε |F| = 4 ε.
    #expect(abs(try bound(DrawSet(.fullBatch, sampleCount: 400)) / (20 * .ulpOfOne) - 1) < 1e-12)
    #expect(abs(try bound(law) / ((16 * 8.0 / 20 + 4) * .ulpOfOne) - 1) < 1e-12)
  }
}
