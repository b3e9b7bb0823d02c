import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct GaussianKernelTests {
  private static let laws: [(name: String, law: StepLaw)] = {
    let mobility = DenseMatrix([[0.3, 0.1], [0.1, 0.2]])
    let covariance = DenseMatrix([[0.5, -0.3], [-0.3, 0.4]])
    guard let full = try? StepLaw(mobility: mobility, covariance: covariance),
      let plain = try? StepLaw(mobility: .diagonal([0.1, 0.4]), covariance: .diagonal([0.2, 0.05]))
    else { return [] }
    return [
      ("diagonal", StepLaw(rates: [0.1, 0.4], variances: [0.2, 0.05])), ("the same as matrices", plain), ("full", full),
    ]
  }()

  private static let lanes = 8

  private func points() -> [LaneStorage] {
    var random = TestRandom(seed: 12)
    return (0..<4).map { _ in LaneStorage(dimension: 2, lanes: Self.lanes, random: &random) }
  }

  private func logDensity(_ kernel: GaussianKernel, _ next: LaneStorage, _ theta: LaneStorage, _ gradient: LaneStorage)
    -> [Double]
  {
    let result = LaneStorage(dimension: 1, lanes: next.lanes)
    kernel.logDensity(of: next.pointer, given: theta.pointer, gradient: gradient.pointer, into: result.pointer)
    return result.entries
  }

  @Test func theDensityIsTheFormula() throws {
    let p = points()
    #expect(Self.laws.count == 3)
    for (name, law) in Self.laws {
      let actual = logDensity(GaussianKernel(law, lanes: Self.lanes), p[1], p[0], p[2])
      let precision = try Cholesky(law.covariance).inverse
      for lane in 0..<Self.lanes {
        let drift = law.mobility.applied(to: p[2].vector(lane: lane))
        let residual = Vectors.sum(Vectors.sum(p[1].vector(lane: lane), p[0].vector(lane: lane), times: -1), drift)
        let determinant = law.covariance[0, 0] * law.covariance[1, 1] - law.covariance[0, 1] * law.covariance[1, 0]
        let form = precision.form(residual, residual)
        let expected = -0.5 * form - log(2 * Double.pi) - 0.5 * log(determinant)
        // The condition number of Σ is below 10, and a dozen roundings each on two routes.
        #expect(abs(actual[lane] - expected) <= 200 * max(1, form).ulp, "\(name)")
      }
    }
  }

  @Test func theRatioIsTheDifferenceOfDensities() {
    let p = points()
    for (name, law) in Self.laws {
      let kernel = GaussianKernel(law, lanes: Self.lanes)
      let there = logDensity(kernel, p[1], p[0], p[2])
      let back = logDensity(kernel, p[0], p[1], p[3])
      let ratio = LaneStorage(dimension: 1, lanes: Self.lanes)
      ratio.fill(0.25)
      kernel.addLogRatio(
        from: p[0].pointer, gradient: p[2].pointer, to: p[1].pointer, nextGradient: p[3].pointer, into: ratio.pointer)
      for lane in 0..<Self.lanes {
        let size = abs(there[lane]) + abs(back[lane]) + 1
        #expect(abs(ratio[0, lane] - 0.25 - (there[lane] - back[lane])) <= 100 * size.ulp, "\(name)")
      }
    }
  }

  /// What is antisymmetric by definition is so here: swapping the ends changes the sign, to rounding.
  @Test func theRatioIsAntisymmetric() {
    let p = points()
    for (name, law) in Self.laws {
      let kernel = GaussianKernel(law, lanes: Self.lanes)
      let sum = LaneStorage(dimension: 1, lanes: Self.lanes)
      kernel.addLogRatio(
        from: p[0].pointer, gradient: p[2].pointer, to: p[1].pointer, nextGradient: p[3].pointer, into: sum.pointer)
      kernel.addLogRatio(
        from: p[1].pointer, gradient: p[3].pointer, to: p[0].pointer, nextGradient: p[2].pointer, into: sum.pointer)
      // Exponents up to some tens.
      #expect(sum.entries.allSatisfy { abs($0) <= 100 * 64.0.ulp }, "\(name)")
    }
  }

  @Test func theDensityIsNormalisedInOneDimension() throws {
    let kernel = GaussianKernel(StepLaw(rates: [0.3], variances: [0.2]), lanes: 4)
    let (theta, gradient) = (LaneStorage(columns: [[0.7]]), LaneStorage(columns: [[-2]]))
    let mass = try Quadrature.integrate(from: -.infinity, to: .infinity) { x throws(GSLError) in
      exp(logDensity(kernel, LaneStorage(columns: [[x]]), theta, gradient)[0])
    }
    // The tolerance of the quadrature.
    #expect(abs(mass.value - 1) <= 1e-9)
  }

  @Test func theDensityIsNormalisedInTwoDimensions() throws {
    for (name, law) in Self.laws {
      let kernel = GaussianKernel(law, lanes: 4)
      let (theta, gradient) = (LaneStorage(columns: [[0.7, -0.2]]), LaneStorage(columns: [[-2, 1]]))
      // The trapezium rule, exact beyond all digits for a Gaussian with steps of half a deviation and ends at ten.
      let (center, step) = ([0.7, -0.2], 0.08)
      var mass = 0.0
      for i in -90...90 {
        for j in stride(from: -90, through: 90, by: 4) {
          let columns = (0..<4).map { [center[0] + step * Double(i), center[1] + step * Double(j + $0)] }
          mass += logDensity(kernel, LaneStorage(columns: columns), theta, gradient).reduce(0) { $0 + exp($1) }
        }
      }
      #expect(abs(mass * step * step - 1) <= 1e-10, "\(name)")
    }
  }

  @Test func aLawIsChanged() {
    let p = points()
    let kernel = GaussianKernel(Self.laws[0].law, lanes: Self.lanes)
    for (_, law) in Self.laws + Self.laws.reversed() {
      kernel.setLaw(law)
      let fresh = GaussianKernel(law, lanes: Self.lanes)
      #expect(logDensity(kernel, p[1], p[0], p[2]) == logDensity(fresh, p[1], p[0], p[2]))
    }
  }
}

/// The sampler against the law and against the density, which share nothing but the law.
@Suite struct GaussianSamplerTests {
  private static let count = 40_000

  /// Steps of many trajectories from one point.
  private func steps(_ law: StepLaw) throws -> [[Double]] {
    let kernel = GaussianKernel(law, lanes: Self.count)
    let theta = LaneStorage(dimension: law.dimension, lanes: Self.count)
    let gradient = LaneStorage(dimension: law.dimension, lanes: Self.count)
    gradient.fill(2)
    let next = LaneStorage(dimension: law.dimension, lanes: Self.count)
    let source = try PhiloxSource(key: StreamKey(seed: 77), lanes: Self.count)
    source.begin(firstTrajectory: 0)
    #expect(kernel.advance(theta.pointer, gradient: gradient.pointer, step: 5, from: source, into: next.pointer))
    return (0..<Self.count).map { next.vector(lane: $0) }
  }

  private static let full = try? StepLaw(
    mobility: DenseMatrix([[0.3, 0.1], [0.1, 0.2]]), covariance: DenseMatrix([[0.5, -0.3], [-0.3, 0.4]]))

  /// Means and products against Σ within five standard errors; a covariance ten per cent off is not.
  @Test func stepsHaveTheMomentsOfTheLaw() throws {
    for law in [StepLaw(rates: [0.1, 0.4], variances: [0.2, 0.05]), try #require(Self.full)] {
      let drift = law.mobility.applied(to: [2, 2])
      let deviations = try steps(law).map { Vectors.sum($0, drift) }
      for i in 0..<2 {
        let (mean, error) = meanAndError(deviations.map { $0[i] })
        #expect(abs(mean) <= 5 * error)
        for j in 0...i {
          let (product, spread) = meanAndError(deviations.map { $0[i] * $0[j] })
          #expect(abs(product - law.covariance[i, j]) <= 5 * spread)
          if i == j { #expect(abs(product - 1.1 * law.covariance[i, j]) > 5 * spread) }
        }
      }
    }
  }

  /// Chi-squared of a histogram in one dimension; the bins have the probability that the density's integral gives.
  private func pValue(_ draws: [Double], _ law: StepLaw) throws -> Double {
    let kernel = GaussianKernel(law, lanes: 4)
    let (theta, gradient, result) = (
      LaneStorage(dimension: 1, lanes: 4), LaneStorage(columns: [[2]]), LaneStorage(dimension: 1, lanes: 4)
    )
    let edges = (0...20).map { -2.2 + 0.16 * Double($0) }
    var (statistic, rest, outside) = (0.0, 1.0, draws.count)
    for (lower, upper) in zip(edges, edges.dropFirst()) {
      let mass = try Quadrature.integrate(from: lower, to: upper) { x throws(GSLError) in
        let next = LaneStorage(columns: [[x]])
        kernel.logDensity(of: next.pointer, given: theta.pointer, gradient: gradient.pointer, into: result.pointer)
        return exp(result[0, 0])
      }.value
      let observed = draws.count { $0 >= lower && $0 < upper }
      let expected = mass * Double(draws.count)
      statistic += (Double(observed) - expected) * (Double(observed) - expected) / expected
      (rest, outside) = (rest - mass, outside - observed)
    }
    let expected = rest * Double(draws.count)
    statistic += (Double(outside) - expected) * (Double(outside) - expected) / expected
    return try TailProbabilities.chiSquaredTail(statistic, degreesOfFreedom: 20)
  }

  /// False alarm 10⁻⁶; a variance or a rate ten per cent off is rejected.
  @Test func stepsFollowTheDensity() throws {
    let law = StepLaw(rates: [0.3], variances: [0.25])
    let draws = try steps(law).map { $0[0] }
    #expect(try pValue(draws, law) > 1e-6)
    #expect(try pValue(draws, StepLaw(rates: [0.3], variances: [0.25 * 1.1])) < 1e-6)
    #expect(try pValue(draws, StepLaw(rates: [0.33], variances: [0.25])) < 1e-6)
  }

  @Test func withoutNoiseAStepIsTheDrift() throws {
    let law = StepLaw(rates: [0.25, 0.5], variances: [0, 0])
    #expect(try steps(law).allSatisfy { $0 == [-0.5, -1] })
    let full = try StepLaw(mobility: DenseMatrix([[0.25, 0.5], [0.5, 1]]), covariance: .zero(2))
    #expect(try steps(full).allSatisfy { $0 == [-1.5, -3] })
  }
}
