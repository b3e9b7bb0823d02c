import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct EllipticalDensityTests {
  private static let radials: [EllipticalDensity.Radial] = [.gaussian, .student(degreesOfFreedom: 5.5)]
  private static let covariances = [NoiseCovariance(samplingFactor: 0.5), NoiseCovariance(traceFactor: 0.3)]

  /// A diagonal law and one that mixes the coordinates, without noise of their own and with it.
  private static func laws(_ dimension: Int) throws -> [StepLaw] {
    let rates = (0..<dimension).map { 0.2 + 0.3 * Double($0) }
    var mobility = DenseMatrix.diagonal(rates)
    if dimension == 2 { (mobility[0, 1], mobility[1, 0]) = (0.1, 0.1) }
    return [
      StepLaw(rates: rates, variances: rates.map { _ in 0 }), StepLaw(rates: rates, variances: rates.map { $0 / 50 }),
      try StepLaw(mobility: mobility, covariance: 0.02 * mobility),
      try StepLaw(mobility: mobility, covariance: .zero(dimension)),
    ]
  }

  /// The cases of a dimension: a problem with a law, a covariance and a profile.
  private func forEveryCase(
    _ dimension: Int,
    _ body: (ProcessText, [Double], StepLaw, NoiseCovariance, EllipticalDensity.Radial) throws -> Void
  ) throws {
    let problem = try #require(NoiseModels.problems.last { $0.point.count == dimension })
    for law in try Self.laws(dimension) {
      for covariance in Self.covariances {
        for radial in Self.radials { try body(problem.text, problem.point, law, covariance, radial) }
      }
    }
  }

  /// G and Σ at a point, from the fields of draws.
  private func moments(
    _ text: ProcessText, _ theta: [Double], _ law: StepLaw, _ covariance: NoiseCovariance
  ) throws -> (drift: [Double], covariance: DenseMatrix) {
    let landscape = try #require(try text.landscape())
    let field = DrawField(landscape, draws: [Draw(batch: Array(0..<landscape.samples.count))])
    let gradient = field.gradient(at: Block(broadcasting: theta, lanes: 1)).vector(lane: 0)
    let m = law.mobility
    let drift = (0..<theta.count).map { i in (0..<theta.count).reduce(0.0) { $0 + m[i, $1] * gradient[$1] } }
    return (drift, m * (try covariance.matrix(text, at: theta)) * m + law.covariance)
  }

  private func logDensities(
    _ text: ProcessText, _ theta: [Double], _ law: StepLaw, _ covariance: NoiseCovariance,
    _ radial: EllipticalDensity.Radial, factor: Double = 1, of ends: [[Double]]
  ) throws -> [Double] {
    let density = EllipticalDensity(
      law, covariance: covariance, radial: radial, noiseFactors: [factor], lanes: (ends.count + 3) / 4 * 4)
    return NoiseLaw.logDensities(density, try text.program(), from: theta, to: ends)
  }

  /// Against the laws of GSL in one dimension.
  @Test func onALineItIsTheNormalOrStudentsLaw() throws {
    try forEveryCase(1) { text, theta, law, covariance, radial in
      let (drift, sigma) = try moments(text, theta, law, covariance)
      let ends = [-3, -0.4, 0, 0.1, 1.5].map { [theta[0] - drift[0] + $0] }
      let found = try logDensities(text, theta, law, covariance, radial, of: ends)
      for (end, value) in zip(ends, found) {
        let centre = theta[0] - drift[0]
        let expected: Double
        switch radial {
        case .gaussian:
          expected = try NormalDistribution(mean: centre, standardDeviation: sigma[0, 0].squareRoot())
            .logDensity(of: end[0])
        case .student(let nu):
          let scale = (sigma[0, 0] * (nu - 2) / nu).squareRoot()
          expected = try StudentTDistribution(degreesOfFreedom: nu, location: centre, scale: scale)
            .logDensity(of: end[0])
        }
        // Σ and the gradient are sums of 8 terms; relative errors of Σ of 30 ulp weigh as much as the exponent does.
        #expect(abs(value - expected) <= 100 * Double.ulpOfOne * max(1, abs(expected)))
      }
    }
  }

  /// Against the formula with GSL's Cholesky factor in the plane.
  @Test func inThePlaneItIsTheFormula() throws {
    try forEveryCase(2) { text, theta, law, covariance, radial in
      let (drift, sigma) = try moments(text, theta, law, covariance)
      let cholesky = try Cholesky(matrix: sigma.entries, dimension: 2)
      let ends = [[0.0, 0], [0.3, -0.1], [-1, 0.5]].map { [theta[0] - drift[0] + $0[0], theta[1] - drift[1] + $0[1]] }
      let found = try logDensities(text, theta, law, covariance, radial, of: ends)
      for (end, value) in zip(ends, found) {
        let whitened = try cholesky.solveLower((0..<2).map { end[$0] - theta[$0] + drift[$0] })
        let q = whitened.reduce(0) { $0 + $1 * $1 }
        let expected: Double
        switch radial {
        case .gaussian: expected = -log(2 * .pi) - 0.5 * cholesky.logDeterminant - 0.5 * q
        // Γ(ν/2 + 1)/Γ(ν/2) = ν/2.
        case .student(let nu):
          expected =
            log(nu / 2) - log(.pi * (nu - 2)) - 0.5 * cholesky.logDeterminant - 0.5 * (nu + 2) * log1p(q / (nu - 2))
        }
        // As above, times the condition of Σ, which is below 100.
        #expect(abs(value - expected) <= 1e4 * Double.ulpOfOne * max(1, q))
      }
    }
  }

  /// The trapezoidal rule with x = centre + width sinh s converges faster than any power.
  @Test func theIntegralIsOne() throws {
    try forEveryCase(1) { text, theta, law, covariance, radial in
      let (drift, sigma) = try moments(text, theta, law, covariance)
      let line = LineLaw([0], centre: theta[0] - drift[0], width: sigma[0, 0].squareRoot()) { points in
        (try? logDensities(text, theta, law, covariance, radial, of: points.map { [$0] })) ?? []
      }
      #expect(abs(line.total - 1) <= 1e-11)  // thousands of terms of rounding, and 1e-12 beyond the ends
    }
    try forEveryCase(2) { text, theta, law, covariance, radial in
      let (drift, sigma) = try moments(text, theta, law, covariance)
      let steps = (-40...40).map { 0.15 * Double($0) }
      let points = steps.flatMap { s in
        steps.map { [(s, 0), ($0, 1)].map { theta[$1] - drift[$1] + sigma[$1, $1].squareRoot() * sinh($0) } }
      }
      let logs = try logDensities(text, theta, law, covariance, radial, of: points)
      var total = 0.0
      for (k, logarithm) in logs.enumerated() {
        let jacobian = cosh(steps[k / steps.count]) * cosh(steps[k % steps.count])
        total += exp(logarithm) * jacobian * 0.15 * 0.15 * (sigma[0, 0] * sigma[1, 1]).squareRoot()
      }
      // Beyond s = 6 is less than e^(−6ν); the narrow direction of the ellipse is resolved to 1e-8.
      #expect(abs(total - 1) <= 1e-7)
    }
  }

  /// One row for each noise factor: differences of two densities, each evaluated at its own end.
  @Test func ratiosAreDifferencesOfLogarithms() throws {
    try forEveryCase(2) { text, theta, law, covariance, radial in
      let program = try text.program()
      var random = TestRandom(seed: 3)
      let start = LaneStorage(dimension: 2, lanes: 8, random: &random)
      let next = LaneStorage(dimension: 2, lanes: 8, random: &random)
      let last = LaneStorage(dimension: 2, lanes: 8, random: &random)
      let factors = [1, 1.7]
      let density = EllipticalDensity(law, covariance: covariance, radial: radial, noiseFactors: factors, lanes: 8)
      let field = BlockField(program, lanes: 8)
      let ratios = LaneStorage(dimension: 2, lanes: 8)
      density.begin(at: start.pointer, field)
      density.evaluateEnd(at: next.pointer, field)
      density.addLogRatio(from: start.pointer, to: next.pointer, into: ratios.pointer)
      density.moveOn()
      density.evaluateEnd(at: last.pointer, field)
      density.addLogRatio(from: next.pointer, to: last.pointer, into: ratios.pointer)
      for (row, factor) in factors.enumerated() {
        for lane in [0, 5] {
          let points = [start, next, last].map { $0.vector(lane: lane) }
          var (expected, size) = (0.0, 1.0)
          for (from, to, sign) in [(0, 1, 1.0), (1, 0, -1), (1, 2, 1), (2, 1, -1)] {
            let value = try logDensities(
              text, points[from], law, covariance, radial, factor: factor, of: [points[to]])[0]
            expected += sign * value
            size += abs(value)
          }
          // Four logarithms, each the sum of a few terms of its size.
          #expect(abs(ratios[row, lane] - expected) <= 20 * Double.ulpOfOne * size)
        }
      }
    }
  }

  /// A factor multiplies Σ: the density of c is that of a law and a covariance multiplied by c.
  @Test func factorsMultiplyTheCovariance() throws {
    try forEveryCase(2) { text, theta, law, covariance, radial in
      let end = [theta[0] + 0.1, theta[1] - 0.2]
      let scaled = try StepLaw(mobility: law.mobility, covariance: 1.5 * law.covariance)
      let other = NoiseCovariance(
        samplingFactor: 1.5 * covariance.samplingFactor, traceFactor: 1.5 * covariance.traceFactor)
      let first = try logDensities(text, theta, law, covariance, radial, factor: 1.5, of: [end])[0]
      let second = try logDensities(text, theta, scaled, other, radial, of: [end])[0]
      // The same numbers in another order, times the condition of Σ.
      #expect(abs(first - second) <= 1e4 * Double.ulpOfOne * max(1, abs(first)))
    }
  }

  /// One sample has no covariance, and without other noise there is no density.
  @Test func withoutNoiseTheDensityIsNaN() throws {
    let text = ProcessText(["u"], loss: "u^2")
    let law = StepLaw(rates: [0.1], variances: [0])
    let values = try logDensities(text, [1], law, NoiseCovariance(samplingFactor: 1), .gaussian, of: [[1], [0.8]])
    #expect(values.allSatisfy { !$0.isFinite })
  }

  /// A law that changes is taken from the next evaluation on.
  @Test func lawsCanChange() throws {
    let problem = NoiseModels.problems[2]
    let covariance = NoiseCovariance(samplingFactor: 1)
    let laws = try Self.laws(1)
    let density = EllipticalDensity(laws[0], covariance: covariance, radial: .gaussian, lanes: 4)
    density.setLaw(laws[1])
    let changed = NoiseLaw.logDensities(density, try problem.text.program(), from: problem.point, to: [[0.5]])
    #expect(changed == (try logDensities(problem.text, problem.point, laws[1], covariance, .gaussian, of: [[0.5]])))
  }
}
