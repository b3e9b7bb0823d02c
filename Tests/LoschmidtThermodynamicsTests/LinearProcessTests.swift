import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct LinearProcessTests {
  private static let columns = [
    SampleTable.Column(name: "a", values: [1.0, -0.8, 0.3, 1.5]), .init(name: "y", values: [1.1, -0.3, 0.4, 1.9]),
  ]

  /// A regression by hand: A = 1 − ηH, b = ηh, with H and h the means over the samples.
  @Test func aRegressionIsReadOff() throws {
    let text = ProcessText(
      ["w", "b"], loss: "0.5*(w*a + b - y)^2", samples: SampleTable(count: 4, columns: Self.columns))
    let plan = try SimulationPlan(try text.process(temperature: .bath(0.3)), steps: 3)
    let process = try #require(LinearProcess(plan))
    let step = try #require(process.step(0))
    let (a, y) = (Self.columns[0].values, Self.columns[1].values)
    func mean(_ f: (Int) -> Double) -> Double { (0..<4).reduce(0) { $0 + f($1) } / 4 }
    let hessian = [[mean { a[$0] * a[$0] }, mean { a[$0] }], [mean { a[$0] }, 1]]
    let pull = [mean { a[$0] * y[$0] }, mean { y[$0] }]
    for i in 0..<2 {
      for j in 0..<2 {
        // Means of four products, times 0.1.
        #expect(abs(step.map[i, j] - ((i == j ? 1 : 0) - 0.1 * hessian[i][j])) < 1e-15)
        // √ and square of 2ηT.
        #expect(abs(step.noise[i, j] - (i == j ? 0.06 : 0)) < 1e-16)
      }
      #expect(abs(step.shift[i] - 0.1 * pull[i]) < 1e-15)
    }
  }

  @Test func whatIsNotGaussianIsNotRead() throws {
    let quartic = try ProcessText(["x"], loss: "x^4").process(temperature: .bath(1))
    #expect(LinearProcess(try SimulationPlan(quartic, steps: 1)) == nil)
    let well = ProcessText(["x"], loss: "a*x^2", samples: SampleTable(count: 4, columns: Self.columns))
    #expect(LinearProcess(try SimulationPlan(try well.process(temperature: .zero), steps: 1)) == nil)
    let batches = try well.process(temperature: .bath(1), gradient: Minibatch())
    #expect(LinearProcess(try SimulationPlan(batches, steps: 1)) == nil)
    #expect(LinearProcess(try SimulationPlan(try well.process(temperature: .bath(1)), steps: 1)) != nil)
  }

  /// Two routes to R of a path: the closed chain with its area, and the sum of the steps one by one.
  @Test func theChainAndItsStepsGiveOneLaw() throws {
    let text = ProcessText(["x", "y"], loss: nil, forces: [("x", "-x + 0.5*y"), ("y", "-0.7*x - 2*y")])
    let moving = ProcessText(
      ["x", "y"], loss: nil, forces: [("x", "-x + 0.5*y + c"), ("y", "-0.7*x - 2*y")], protocols: [("c", "0*t")])
    let law = try GaussianLaw(mean: [0.5, -0.2], covariance: .diagonal([1, 0.4]))
    let paths = try [text, moving].map { text -> GaussianPath in
      let plan = try SimulationPlan(try text.process(temperature: .baths([1, 0.5])), steps: 5)
      return try #require(LinearProcess(plan)?.logRatio(from: 0, count: 5, initial: law, final: law))
    }
    #expect(paths[0].segments.count == 1 && paths[1].segments.count == 5)
    // Sums over five steps of terms of the size of 1/η = 10.
    #expect(agrees(paths[0].mean, with: paths[1].mean, relative: 1e-12))
    #expect(agrees(paths[0].variance, with: paths[1].variance, relative: 1e-12))
    #expect(agrees(paths[0].cumulantGenerating(0.5), with: paths[1].cumulantGenerating(0.5), relative: 1e-11))
  }

  @Test func startsAndLawsAreOne() throws {
    let law = try GaussianLaw(
      mean: [1, 2], covariance: DenseMatrix(rows: 2, columns: 2, entries: [2, 0.5, 0.5, 1]))
    let start = try #require(law.start)
    #expect(GaussianLaw(start) == law)
    let normal = InitialLaw([.normal(mean: 1, standardDeviation: 2), .normal(mean: 0, standardDeviation: 3)])
    #expect(GaussianLaw(normal)?.covariance == .diagonal([4, 9]))
    #expect(GaussianLaw(InitialLaw([.point(1)])) == nil)
    #expect(GaussianLaw(InitialLaw([.uniform(lower: 0, upper: 1)])) == nil)
  }
}
