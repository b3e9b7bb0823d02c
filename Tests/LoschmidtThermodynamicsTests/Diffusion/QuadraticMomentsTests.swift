import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

/// Linear regression in one dimension, ℓ_i = a_i x²/2 − b_i x, as in the reference.
enum LinearNoise {
  static func process(
    _ entry: ReferenceEntry, learningRate: Double, gradient: any GradientNoise = Minibatch(size: 1)
  ) throws -> TrainingProcess {
    let columns = ["a", "b"].map { SampleTable.Column(name: $0, values: entry[$0].doubles) }
    let text = ProcessText(
      ["x"], loss: "0.5*a*x^2 - b*x", samples: SampleTable(count: columns[0].values.count, columns: columns))
    return try text.process(
      learningRate: Schedule(learningRate), gradient: gradient, initial: InitialLaw([.point(entry["x0"].double)]))
  }

  static func moments(_ process: TrainingProcess) throws -> QuadraticMoments {
    try #require(QuadraticMoments(SimulationPlan(process, steps: 1)))
  }

  /// E f(descent) − E f(equation) at time T for f = x and x², at the learning rates of the reference.
  static func differences(
    _ entry: ReferenceEntry, _ order: ModifiedSDE.Order, _ interpretation: ModifiedSDE.Interpretation = .ito
  ) throws -> (first: [Double], second: [Double]) {
    var result: (first: [Double], second: [Double]) = ([], [])
    for row in entry["rows"].list {
      let process = try process(entry, learningRate: row["eta"].double)
      let moments = try moments(process)
      let start = QuadraticMoments.Moments(process.initialLaw)
      let descent = moments.descent(start, steps: Int(row["N"].double))
      let equation = try moments.diffusion(
        start, time: entry["T"].double, order: order, interpretation: interpretation)
      result.first.append(descent.mean[0] - equation.mean[0])
      result.second.append(descent.second[0, 0] - equation.second[0, 0])
    }
    return result
  }
}

@Suite struct QuadraticMomentsTests {
  private static let entry = ReferenceEntry.expansions(ofKind: "sme_weak2")[0]

  /// The reference was made by other means, with exact arithmetic in the recursion.
  @Test func momentsAreThoseOfTheReference() throws {
    for row in Self.entry["rows"].list {
      let process = try LinearNoise.process(Self.entry, learningRate: row["eta"].double)
      let moments = try LinearNoise.moments(process)
      let start = QuadraticMoments.Moments(process.initialLaw)
      let descent = moments.descent(start, steps: Int(row["N"].double))
      // 128 steps of a few roundings.
      #expect(abs(descent.mean[0] - row["sgd_m1"].double) <= 1e-14)
      #expect(abs(descent.second[0, 0] - row["sgd_m2"].double) <= 1e-14)
      for interpretation in ModifiedSDE.Interpretation.allCases {
        let equation = try moments.diffusion(
          start, time: Self.entry["T"].double, order: .second, interpretation: interpretation)
        // The bound of the integration of a decaying equation to a relative 1e-14 a step, in some 20 steps.
        #expect(abs(equation.mean[0] - row["sme2_m1"].double) <= 1e-12)
        #expect(abs(equation.second[0, 0] - row["sme2_m2"].double) <= 1e-12)
      }
    }
  }

  /// The ratios of the reference, whose differences are good to a relative 1e-7; those of order 1 only halve.
  @Test func differencesFallByFour() throws {
    func ratios(_ values: [Double]) -> [Double] { zip(values, values.dropFirst()).map { $0 / $1 } }
    let second = try LinearNoise.differences(Self.entry, .second)
    for (values, name) in [(second.first, "m1"), (second.second, "m2")] {
      let rows = Self.entry["rows"].list
      let expected = ratios(rows.map { $0["sgd_" + name].double - $0["sme2_" + name].double })
      for (found, ratio) in zip(ratios(values), expected) {
        #expect(abs(found - ratio) <= 1e-6 && abs(found - 4) < 0.4, "\(found) \(ratio)")
      }
    }
    let first = try LinearNoise.differences(Self.entry, .first)
    // A first order with corrections of the relative order η: within a quarter of 2.
    for ratio in ratios(first.first) + ratios(first.second) { #expect(abs(ratio - 2) <= 0.5, "\(ratio)") }
  }

  private static func regression(
    _ gradient: any GradientNoise, forces: [(parameter: String, expression: String)] = [("u", "0.5*w"), ("w", "-u")]
  ) throws -> QuadraticMoments {
    let columns: [SampleTable.Column] = [
      .init(name: "a", values: [1, -0.8, 0.3, 1.5]), .init(name: "b", values: [0.5, 1.2, -1, 0.2]),
      .init(name: "y", values: [1.1, -0.3, 0.4, 1.9]),
    ]
    let process = try ProcessText(
      ["u", "w"], loss: "0.5*(u*a + w*b - y)^2", forces: forces, samples: SampleTable(count: 4, columns: columns)
    ).process(learningRate: Schedule(0.2), temperature: .bath(0.1), gradient: gradient)
    return try LinearNoise.moments(process)
  }

  /// The two readings of order 2 have the same Ito drift, by sums that share no terms; those of order 1 do not.
  @Test(arguments: [Minibatch(size: 1), Minibatch(size: 3), Minibatch(size: 2, sampling: .withoutReplacement)])
  func theReadingsAgreeInLaw(noise: Minibatch) throws {
    let moments = try Self.regression(noise)
    let ito = moments.itoDrift(.second, .ito)
    let other = moments.itoDrift(.second, .stratonovich)
    // Sums of a dozen numbers below 10.
    #expect((ito.slope - other.slope).largestEntry <= 100 * Double.ulpOfOne)
    #expect(zip(ito.constant, other.constant).allSatisfy { abs($0 - $1) <= 100 * Double.ulpOfOne })
    let first = moments.itoDrift(.first, .ito).slope - moments.itoDrift(.first, .stratonovich).slope
    #expect(first.largestEntry > 0.01)
  }

  /// The moments of steps by enumeration of all batches, one of which is drawn at each step.
  @Test func descentAgreesWithAnEnumerationOfBatches() throws {
    let entry = Self.entry
    let (a, b) = (entry["a"].doubles, entry["b"].doubles)
    let process = try LinearNoise.process(entry, learningRate: 0.25)
    var points = [entry["x0"].double]
    for _ in 0..<3 { points = points.flatMap { x in zip(a, b).map { x - 0.25 * ($0 * x - $1) } } }
    let found = try LinearNoise.moments(process).descent(QuadraticMoments.Moments(process.initialLaw), steps: 3)
    let count = Double(points.count)
    let mean: Double = points.reduce(0, +) / count
    let square: Double = Vectors.inner(points, points) / count
    // Sums of 27 numbers of the order 1.
    #expect(abs(found.mean[0] - mean) <= 64 * Double.ulpOfOne)
    #expect(abs(found.second[0, 0] - square) <= 64 * Double.ulpOfOne)
  }

  @Test func whatHasNoExactMoments() throws {
    func moments(_ process: TrainingProcess) throws -> QuadraticMoments? {
      QuadraticMoments(try SimulationPlan(process, steps: 2))
    }
    #expect(try moments(ProcessText(["x"], loss: "x^4").process()) == nil)
    let quadratic = ProcessText(["x"], loss: "x^2")
    #expect(try moments(quadratic.process(preconditioner: .diagonal([2]))) == nil)
    let schedule = Schedule(try Expression(parsing: "0.1/(1 + step)"), constants: [:])
    #expect(try moments(quadratic.process(learningRate: schedule)) == nil)
    #expect(try moments(quadratic.process()) != nil)
  }
}
