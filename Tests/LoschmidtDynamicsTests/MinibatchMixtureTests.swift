import Foundation
import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

/// A regression on four samples, the sum over its batches by hand, and the mixture of the engine.
private struct FourSamples {
  let text: ProcessText
  let law: StepLaw
  let size: Int
  let sampling: Minibatch.Sampling
  let a = [0.5, -1, 1.5, 0.25]
  let y = [1.0, 0, -0.5, 2]

  init(law: StepLaw, size: Int, sampling: Minibatch.Sampling, force: Bool = false) {
    let columns = [SampleTable.Column(name: "a", values: a), .init(name: "y", values: y)]
    text = ProcessText(
      ["u", "w"], loss: "0.5*(u*w*a - y)^2", forces: force ? [("u", "w - 2")] : [],
      samples: SampleTable(count: 4, columns: columns))
    (self.law, self.size, self.sampling) = (law, size, sampling)
  }

  func draws() -> DrawSet? { Minibatch(size: size, sampling: sampling).batchLaw(sampleCount: 4, limit: 1000) }

  /// ∇ of one sample minus the force, by hand.
  private func gradient(_ i: Int, _ x: [Double]) -> [Double] {
    let residual = x[0] * x[1] * a[i] - y[i]
    let force = text.forces.isEmpty ? 0 : x[1] - 2
    return [residual * x[1] * a[i] - force, residual * x[0] * a[i]]
  }

  /// Σ p N(x′; x − MG_B, cΣ) over all ordered batches, one by one.
  func density(_ next: [Double], _ x: [Double], factor: Double = 1) throws -> Double {
    var batches = (0..<4).map { [$0] }
    for _ in 1..<size { batches = batches.flatMap { batch in (0..<4).map { batch + [$0] } } }
    if sampling == .withoutReplacement { batches = batches.filter { Set($0).count == size } }
    let covariance = factor * law.covariance
    let precision = try Cholesky(covariance).inverse
    let determinant = covariance[0, 0] * covariance[1, 1] - covariance[0, 1] * covariance[1, 0]
    return batches.reduce(0) { total, batch in
      let mean = batch.reduce([0, 0]) { Vectors.sum($0, gradient($1, x), times: 1 / Double(size)) }
      let residual = Vectors.sum(Vectors.sum(next, x, times: -1), law.mobility.applied(to: mean))
      let value = exp(-0.5 * precision.form(residual, residual)) / (2 * Double.pi * determinant.squareRoot())
      return total + value / Double(batches.count)
    }
  }

  func mixture(factors: [Double] = [1], lanes: Int = 4) throws -> (MinibatchMixture, BlockField) {
    let batches = try #require(self.draws())
    return (
      MinibatchMixture(law, draws: batches, noiseFactors: factors, lanes: lanes),
      BlockField(try text.program(), lanes: lanes)
    )
  }
}

@Suite struct MinibatchMixtureTests {
  private static let diagonal = StepLaw(rates: [0.2, 0.3], variances: [0.02, 0.05])

  private func laws() throws -> [StepLaw] {
    [
      Self.diagonal,
      try StepLaw(mobility: .diagonal([0.2, 0.3]), covariance: .diagonal([0.02, 0.05])),
      try StepLaw(
        mobility: DenseMatrix([[0.3, 0.1], [0.1, 0.2]]), covariance: DenseMatrix([[0.05, -0.03], [-0.03, 0.04]])),
    ]
  }

  private let starts = LaneStorage(columns: [[0.5, 1], [-1, 0.3], [2, -0.5], [0, 0]])
  private let ends = LaneStorage(columns: [[0.4, 1.2], [-0.7, 0.3], [1.5, -1], [0.2, 0.1]])

  private func cases() throws -> [FourSamples] {
    try laws().flatMap { law in
      [
        FourSamples(law: law, size: 1, sampling: .withReplacement),
        FourSamples(law: law, size: 2, sampling: .withReplacement, force: true),
        FourSamples(law: law, size: 2, sampling: .withoutReplacement),
        FourSamples(law: law, size: 4, sampling: .withoutReplacement),
      ]
    }
  }

  /// Exponents up to a hundred, whose rounding the exponential magnifies; a dozen roundings each.
  private static let tolerance = 1e-12

  @Test func theDensityIsTheSumOverBatches() throws {
    for item in try cases() {
      let (mixture, field) = try item.mixture()
      mixture.begin(at: starts.pointer, field)
      let result = LaneStorage(dimension: 1, lanes: 4)
      mixture.logDensity(of: ends.pointer, given: starts.pointer, into: result.pointer)
      for lane in 0..<4 {
        let expected = log(try item.density(ends.vector(lane: lane), starts.vector(lane: lane)))
        #expect(abs(result[0, lane] - expected) <= Self.tolerance * max(1, abs(expected)))
      }
    }
  }

  /// The ratio of each noise factor, both ways by hand.
  @Test func theRatioIsThatOfTheSums() throws {
    let factors = [1.0, 1.1, 0.5]
    for item in try cases() {
      let (mixture, field) = try item.mixture(factors: factors)
      mixture.begin(at: starts.pointer, field)
      mixture.evaluateEnd(at: ends.pointer, field)
      let ratios = LaneStorage(dimension: 3, lanes: 4)
      ratios.fill(2)
      mixture.addLogRatio(from: starts.pointer, to: ends.pointer, into: ratios.pointer)
      for lane in 0..<4 {
        let (x, next) = (starts.vector(lane: lane), ends.vector(lane: lane))
        for (model, factor) in factors.enumerated() {
          let expected = log(try item.density(next, x, factor: factor) / item.density(x, next, factor: factor))
          #expect(abs(ratios[model, lane] - 2 - expected) <= Self.tolerance * max(1, abs(expected)) * 100)
        }
      }
    }
  }

  /// What was the end is the beginning after moving on: the same bits as from scratch.
  @Test func movingOn() throws {
    let item = FourSamples(law: Self.diagonal, size: 2, sampling: .withReplacement)
    let (mixture, field) = try item.mixture()
    mixture.begin(at: starts.pointer, field)
    mixture.evaluateEnd(at: ends.pointer, field)
    mixture.moveOn()
    mixture.evaluateEnd(at: starts.pointer, field)
    let moved = LaneStorage(dimension: 1, lanes: 4)
    mixture.addLogRatio(from: ends.pointer, to: starts.pointer, into: moved.pointer)
    let (other, _) = try item.mixture()
    other.begin(at: ends.pointer, field)
    other.evaluateEnd(at: starts.pointer, field)
    let fresh = LaneStorage(dimension: 1, lanes: 4)
    other.addLogRatio(from: ends.pointer, to: starts.pointer, into: fresh.pointer)
    #expect(moved.entries == fresh.entries)
  }

  /// The trapezium rule on a grid finer than half the smallest deviation, out to where nothing is left.
  @Test func theDensityIsNormalised() throws {
    for law in try laws() {
      let item = FourSamples(law: law, size: 2, sampling: .withReplacement)
      let lanes = 160
      let (mixture, field) = try item.mixture(lanes: lanes)
      let start = LaneStorage(columns: [[Double]](repeating: [0.5, 1], count: lanes))
      mixture.begin(at: start.pointer, field)
      let result = LaneStorage(dimension: 1, lanes: lanes)
      let step = 0.05
      var mass = 0.0
      for i in 0..<lanes {
        let columns = (0..<lanes).map { [0.5 + step * Double(i - 80), 1 + step * Double($0 - 80)] }
        let ends = LaneStorage(columns: columns)
        mixture.logDensity(of: ends.pointer, given: start.pointer, into: result.pointer)
        mass += result.entries.reduce(0) { $0 + exp($1) }
      }
      // The error of the rule is exp(−2π²σ²/h²) with σ² > 0.014: nothing.
      #expect(abs(mass * step * step - 1) <= 1e-9)
    }
  }

  /// A mixture of one batch is the Gaussian kernel of the full gradient.
  @Test func oneBatchIsTheGaussianKernel() throws {
    let item = FourSamples(law: Self.diagonal, size: 4, sampling: .withoutReplacement)
    let (mixture, field) = try item.mixture()
    mixture.begin(at: starts.pointer, field)
    let (own, gaussian) = (LaneStorage(dimension: 1, lanes: 4), LaneStorage(dimension: 1, lanes: 4))
    mixture.logDensity(of: ends.pointer, given: starts.pointer, into: own.pointer)
    let gradient = LaneStorage(dimension: 2, lanes: 4)
    field.gradient(at: starts.pointer, into: gradient.pointer)
    GaussianKernel(Self.diagonal, lanes: 4).logDensity(
      of: ends.pointer, given: starts.pointer, gradient: gradient.pointer, into: gaussian.pointer)
    for lane in 0..<4 {
      #expect(abs(own[0, lane] - gaussian[0, lane]) <= Self.tolerance * max(1, abs(gaussian[0, lane])))
    }
  }

  @Test func lanesAreAMultipleOfFour() {
    #expect(MinibatchMixture.suggestedLanes(sampleCount: 1, dimension: 1) == 256)
    #expect(MinibatchMixture.suggestedLanes(sampleCount: 1000, dimension: 100) == 8)
  }
}
