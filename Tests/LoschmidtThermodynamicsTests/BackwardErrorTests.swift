import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct BackwardErrorTests {
  static let potentials = ReferenceEntry.expansions(ofKind: "potentials")

  /// The partial sums of the Newton series for K = 2, …, 5 at every point and η.
  @Test(arguments: potentials.indices) func partialSumsAgreeWithTheReferenceNumbers(index: Int) throws {
    let entry = Self.potentials[index]
    let field = try #require(HandwrittenField.named(entry["loss"]))
    let point = Block(broadcasting: entry["theta"].doubles, lanes: 1)
    // The partial sums exist where the field does not: the check of the spectrum is switched off.
    let curvature = LocalCurvature(
      largestEigenvalues: [0], operatorNorms: LocalCurvature(of: field, at: point).operatorNorms)
    for row in entry["per_eta"].list {
      for (order, value) in row["F_DE_newton_K"].map {
        let potential = BackwardError(order: try #require(Int(order)))
        let result = potential.force(
          of: field, at: point, learningRate: row["eta"].double, curvature: curvature)
        let expected = value.doubles
        // Differences of gradients are known to 8 ε (|θ|‖H‖ + |g|), times the amplification by the differences.
        let bound = max(1e-12 * norm(of: expected), result.roundingBounds[0])
        #expect(deviation(of: result.force.entries, from: expected) <= bound)
      }
    }
  }

  /// Stopped at its smallest term, the series of a quadratic agrees with the logarithm within its own error.
  @Test func theSmallestTermBoundsTheError() throws {
    let entry = try #require(Self.potentials.first { $0["loss"]["kind"].text == "quadratic" })
    let field = try #require(HandwrittenField.named(entry["loss"]))
    let point = Block(broadcasting: entry["theta"].doubles, lanes: 1)
    let curvature = LocalCurvature(of: field, at: point)
    for row in entry["per_eta"].list where !row["F_DE_exact"].isMissing {
      let eta = row["eta"].double
      let result = BackwardError().force(of: field, at: point, learningRate: eta, curvature: curvature)
      let rest = result.truncationErrors[0]
      #expect(
        deviation(of: result.force.entries, from: row["F_DE_exact"].doubles) <= rest + result.roundingBounds[0])
    }
  }

  /// Two routes that share no code, the iterates and the trees: their difference is of order η⁵.
  @Test(arguments: potentials.indices) func differsFromItsSeriesAtFifthOrder(index: Int) throws {
    let entry = Self.potentials[index]
    let field = try #require(HandwrittenField.named(entry["loss"]))
    let point = Block(broadcasting: entry["theta"].doubles, lanes: 1)
    let curvature = LocalCurvature(of: field, at: point)
    let series = SeriesCoefficients.evaluate([BackwardError().series(orders: 4)], of: field, at: point)[0]
    var remainders: [Double] = []
    var bounds: [Double] = []
    for power in 0..<40 {
      let eta = 0.5 / curvature.operatorNorms[0] * pow(0.5, Double(power) / 4)
      let result = BackwardError().force(of: field, at: point, learningRate: eta, curvature: curvature)
      remainders.append(deviation(of: result.force.entries, from: series.force(learningRate: eta).entries))
      bounds.append(
        result.roundingBounds[0] + result.truncationErrors[0]
          + series.roundingBound(learningRate: eta, metric: .identity)[0])
    }
    let order = ConvergenceOrder(remainders: remainders, roundingBounds: bounds, ratio: pow(2, 0.25))
    let found = try #require(order.order, "\(entry["id"].text) \(order)")
    // A remainder that is good to 1 % makes a slope between neighbours good to 0.06; the extrapolation triples that.
    #expect(abs(found - 5) < 0.2, "\(entry["id"].text) \(order)")
  }

  /// Rosenbrock at η = 0.2 is beyond the range of the series: the reported error says so, or the field does not exist.
  @Test func admitsThatItDiverges() {
    let field = HandwrittenField.rosenbrock(b: 2)
    let point = Block(broadcasting: [-0.75, 1.25], lanes: 1)
    let blind = LocalCurvature(largestEigenvalues: [0], operatorNorms: [5])
    let result = BackwardError().force(of: field, at: point, learningRate: 0.2, curvature: blind)
    #expect(result.truncationErrors[0] > 0.05 * norm(of: result.force.entries))
  }

  /// One term that vanishes by accident must not end the series: in one dimension a zero is crossed as η grows.
  @Test func anAccidentalZeroDoesNotStopTheSeries() throws {
    // g = x + x² at x = −0.3: ΔG = 0 where the gradient takes the same value again.
    let field = HandwrittenField(dimension: 1) { parameters in
      let x = parameters[0]
      return 0.5 * (x * x) + 1.0 / 3 * (x * x * x)
    }
    let point = Block(broadcasting: [-0.6], lanes: 1)
    let gradient = field.evaluate(at: point).entries[0]
    // x₁ = −1 − x has the same gradient: −0.4 = −0.6 − η g.
    let eta = -0.2 / gradient
    let result = try BackwardError().force(of: field, at: point, learningRate: eta * (1 + 1e-12))
    let echo = try TimeAsymmetry().force(of: field, at: point, learningRate: eta * (1 + 1e-12))
    #expect(abs(echo.force.entries[0]) < 1e-10)
    #expect(abs(result.force.entries[0]) > 1e-3)
  }

  @Test(arguments: 1...12) func theSecondNewtonSumIsTheEcho(seed: Int) {
    let (test, eta) = (RandomFieldCase(seed: seed), 0.03)
    let blind = LocalCurvature(
      largestEigenvalues: [0, 0, 0], operatorNorms: test.curvature.operatorNorms)
    let newton = BackwardError(order: 2).force(of: test.field, at: test.point, learningRate: eta, curvature: blind)
    let echo = TimeAsymmetry().force(of: test.field, at: test.point, learningRate: eta, curvature: blind)
    #expect(newton.force == echo.force)
  }

  /// The bound of single draws and the spread that counts in means: Σ d_j and (Σ d_j²)^½ with d_j = Σ_k C(k−2, j)/k.
  @Test(arguments: [2, 3, 5, 8]) func roundingIsAmplifiedByTheDifferences(order: Int) {
    let field = HandwrittenField.quartic1d(lanes: 1)
    let point = Block(broadcasting: [0.5], lanes: 1)
    let curvature = LocalCurvature(of: field, at: point)
    let result = BackwardError(order: order).force(of: field, at: point, learningRate: 1e-3, curvature: curvature)
    func binomial(_ n: Int, _ j: Int) -> Double { (0..<j).reduce(1) { $0 * Double(n - $1) / Double($1 + 1) } }
    let coefficients = (0...(order - 2)).map { j in
      (2...order).filter { $0 - 2 >= j }.reduce(0) { $0 + binomial($1 - 2, j) / Double($1) }
    }
    let (sum, spread) = (coefficients.reduce(0, +), norm(of: coefficients))
    let single = curvature.differenceRounding(at: point, value: field.evaluate(at: point))[0]
    // Sums of at most seven terms.
    #expect(abs(result.roundingBounds[0] / (max(1, sum) * single) - 1) < 1e-14)
    #expect(abs(result.roundingSpreads[0] / (max(1, spread) * single) - 1) < 1e-14)
    #expect(result.roundingSpreads[0] <= result.roundingBounds[0])
  }
}
