import Foundation
import LoschmidtReports
import LoschmidtTestSupport
import Testing

@testable import LoschmidtExperiments

struct PathTheoremsTests {
  /// A step of the learning rate 0 changes no law and no ratio: with it and without it the path has one exact R, and the
  /// sample agrees with it.
  @Test func stepsOfLearningRateZeroAddNothing() throws {
    func figures(_ schedule: String, steps: Int) throws -> [String: FigureValue] {
      let process = FluctuationCase.chain.replacing("learning-rate: 1}", with: "learning-rate: \"\(schedule)\"}")
      let result = try FluctuationCase.result(process, "steps: \(steps)\ntrajectories: 4000\ntheorems: integral")
      return Dictionary(uniqueKeysWithValues: result.figures.map { ($0.name, $0.value) })
    }
    let standing = try figures("0.25*min(step, 3)", steps: 5)
    let moving = try figures("0.25*min(step + 1, 3)", steps: 4)
    let (exact, mean) = (try #require(standing["exact.mean"]?.value), try #require(standing["mean"]))
    #expect(exact == moving["exact.mean"]?.value)
    let (value, error) = (try #require(mean.value), try #require(mean.standardError))
    #expect(abs(value - exact) < 5 * error)
  }

  /// The samples are those of the figures, the same bits for any number of threads, and in the order of the trajectories: a
  /// trajectory does the same in a smaller ensemble, so that its samples are the first of the larger one.
  @Test func theSamplesAreInTheOrderOfTheTrajectories() throws {
    let settings = "steps: 5\ntrajectories: 600\nreverse-initial: stationary\ntheorems: integral"
    let one = try #require(try FluctuationCase.result(FluctuationCase.chain, settings).samples.first)
    let result = try FluctuationCase.result(FluctuationCase.chain, settings, threads: 3)
    #expect(result.samples == [one])
    #expect(one.name == "R" && one.shape == [600] && one.leftOut == 0)
    let values = try #require(one.values)
    // Two orders of a sum of N terms differ by N rounding errors of the largest partial sum at most.
    let bound = 600 * Double.ulpOfOne * (values.map(abs).max() ?? 0)
    #expect(abs(values.reduce(0, +) / 600 - (try result.value("mean"))) <= bound)
    let fewer = try FluctuationCase.result(
      FluctuationCase.chain, settings.replacing("600", with: "100"), threads: 2)
    #expect(fewer.samples.first?.values == Array(values.prefix(100)))
    #expect(Set(values).count > 590)
  }

  @Test func theGoldenChainIsExactAndPasses() throws {
    let result = try FluctuationCase.result(
      FluctuationCase.chain, "steps: 5\ntrajectories: 60000\nreverse-initial: stationary")
    let golden = ThermodynamicReference.entries("t1_gaussian_chain")[0]["outputs"]
    let row = try #require(golden["finite_n"].list.first { $0["n"].double == 5 })
    // The reference carries about 12 digits.
    #expect(agrees(try result.value("exact.mean"), with: row["mean_R"].double))
    #expect(agrees(try result.value("exact.variance"), with: row["var_R"].double))
    #expect(agrees(try result.value("exact.k-divergence"), with: row["k_divergence"].double, relative: 1e-9))
    // Five standard errors: a false alarm of 6e-7 a figure.
    #expect(try result.deviation("mean", from: row["mean_R"].double) < 5)
    #expect(try result.deviation("variance", from: row["var_R"].double) < 5)
    #expect(try result.verdict("detailed").status == .pass)
    #expect(try result.value("control.p") < 1e-6)
    // E e^−kR diverges below k = 2, so that the average of e^−R has no error to judge it by.
    #expect(try result.verdict("integral").status == .undecided)
  }

  /// The control of the theorem itself: a wrong density must fail.
  @Test func aWrongNoiseCovarianceFails() throws {
    let result = try FluctuationCase.result(
      FluctuationCase.chain,
      "steps: 5\ntrajectories: 60000\nreverse-initial: stationary\ntheorems: detailed\nmisspecify: {noise: 1.1}")
    #expect(try result.verdict("detailed").status == .fail)
  }

  @Test func theDetailedTheoremNeedsNoStationarity() throws {
    let result = try FluctuationCase.result(FluctuationCase.chain, "steps: 1\ntrajectories: 100000\ntheorems: detailed")
    #expect(try result.verdict("detailed").status != .fail)
    #expect(try result.deviation("mean", from: try result.value("exact.mean")) < 5)
  }

  @Test func minibatchesHaveTwoLevels() throws {
    let process = """
      loschmidt: 1
      seed: 11
      process:
        parameters: {x: "normal(0, 0.6)"}
        loss: 0.5*h*x^2 - c*x
        data: {h: [1.0, 0.6, 1.4, 0.8], c: [0.5, -0.4, 0.3, -0.2]}
        gradient: minibatch
        temperature: 0.5
        algorithm: {gradient-descent: {learning-rate: 0.3}}
      experiments:
        - fluctuation-theorem:

      """
    let extended = try FluctuationCase.result(process, "steps: 4\ntrajectories: 40000")
    let marginal = try FluctuationCase.result(process, "steps: 4\ntrajectories: 40000\nlevel: marginal")
    #expect(try extended.verdict("detailed").status != .fail)
    #expect(try marginal.verdict("detailed").status != .fail)
    // e^−R has no variance. By quadrature of the transfer operator ∫ p(x_n)^k p(x_0)^(1−k) ΠK(x|x′)^k K(x′|x)^(1−k) in numpy, its
    // mean is 1 to twelve digits, and on |x| ≤ 6, 8 and 12 its square has the mean 5.5, 388 and 8e8. So the average has no
    // error, and a band of standard errors around it would be no test. The bounded part of the same theorem has a law:
    // e^−R for R > 0 less 1 for R < 0 is 0 on average.
    #expect(try marginal.figure("integral.estimate").standardError == nil)
    #expect(try marginal.verdict("integral").status == .undecided)
    func ratios(_ result: ExperimentResult) throws -> [Double] {
      let array = try #require(result.samples.first { $0.name == "R" })
      return try #require(array.values)
    }
    let values = try ratios(marginal)
    #expect(values.count == 40000)
    let parts = values.map { $0 > 0 ? exp(-$0) : $0 < 0 ? -1 : 0 }
    let mean = parts.reduce(0, +) / 40000
    let square = parts.reduce(0) { $0 + $1 * $1 } / 40000
    // Five standard errors: a false alarm of 6e-7.
    #expect(abs(mean) < 5 * (square / 40000).squareRoot())
    // The control: R of half the noise is found out by the same number.
    let wrong = try FluctuationCase.result(
      process, "steps: 4\ntrajectories: 40000\nlevel: marginal\nmisspecify: {noise: 0.5}")
    let others = try ratios(wrong).map { $0 > 0 ? exp(-$0) : -1 }
    #expect(abs(others.reduce(0, +) / 40000) > 10 * (square / 40000).squareRoot())
    // Summing over the batches forgets most of the irreversibility (theory of the thermodynamics, section 6). Numbers of numpy,
    // by quadrature of both kernels on 1601 and 2401 points, which agree to twelve digits.
    #expect(try marginal.deviation("mean", from: 0.170736568126) < 5)
    #expect(try extended.deviation("mean", from: 0.482452358977) < 5)
  }

  @Test func theThreadsDoNotMatter() throws {
    let settings = "steps: 3\ntrajectories: 3000\nreverse-initial: stationary"
    let one = try FluctuationCase.result(FluctuationCase.chain, settings, threads: 1)
    for threads in [2, 5] {
      let more = try FluctuationCase.result(FluctuationCase.chain, settings, threads: threads)
      #expect(more.figures.map(\.value) == one.figures.map(\.value))
      #expect(more.tables.map(\.table) == one.tables.map(\.table) && more.verdicts == one.verdicts)
    }
  }

  @Test func classicalGeneratorsAgree() throws {
    let process = FluctuationCase.chain.replacing("  algorithm:", with: "  generator: mt19937\n  algorithm:")
    let result = try FluctuationCase.result(process, "steps: 5\ntrajectories: 20000\nreverse-initial: stationary")
    #expect(try result.deviation("mean", from: try result.value("exact.mean")) < 5)
    #expect(try result.verdict("detailed").status != .fail)
  }

  @Test func divergedTrajectoriesLeaveTheVerdictUndecided() throws {
    let process = """
      loschmidt: 1
      seed: 1
      process:
        parameters: {x: "normal(0, 1)"}
        loss: x^4/4
        temperature: 1
        algorithm: {gradient-descent: {learning-rate: 0.5}}
      experiments:
        - fluctuation-theorem:

      """
    let result = try FluctuationCase.result(process, "steps: 50\ntrajectories: 500")
    #expect(result.verdicts.allSatisfy { $0.status == .undecided && $0.reason.contains("trajectories diverged") })
    // The last step of some leaves θ finite, and a gradient that is not.
    #expect(result.remarks.contains { $0.contains("became infinite or NaN") && $0.contains(": trajectory ") })
  }
}
