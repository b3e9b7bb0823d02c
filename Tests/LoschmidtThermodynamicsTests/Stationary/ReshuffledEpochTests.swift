import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@testable import LoschmidtThermodynamics

@Suite struct ReshuffledEpochTests {
  private let entry = ThermodynamicReference.entry("t5_linear_regression")

  private func samples(_ count: Int = 8) throws -> QuadraticSamples {
    try .leastSquares(
      features: Array(entry["inputs"]["X"].rows.prefix(count)),
      targets: Array(entry["inputs"]["y"].doubles.prefix(count)))
  }

  private func epoch(
    learningRate: Double, order: ReshuffledEpoch.Order = .reshuffled
  ) throws -> ReshuffledEpoch {
    try ReshuffledEpoch(try samples(), batchSize: 2, mobility: learningRate * .identity(2), order: order)
  }

  @Test func theReferenceAtTheEndOfEpochs() throws {
    let expected = entry["outputs"]["models"]["random_reshuffling_epoch_boundary"]
    let end = try epoch(learningRate: entry["inputs"]["eta"].double).epochEnd
    // 15 digits of the reference, in sums of 2520 products of order 1 over moments of 1e-5.
    let offset = Vectors.sum(end.mean, try samples().minimum, times: -1)
    #expect(agrees(offset, with: expected["mean_offset_from_theta_star"].doubles, relative: 1e-11))
    #expect(agrees(end.covariance.entries, with: expected["cov"].rows.flatMap { $0 }, relative: 1e-10))
    #expect(agrees(end.excessLoss, with: expected["mean_excess_loss"].double, relative: 1e-10))
  }

  /// The covariance at the ends of epochs falls as η³, its mean approaches the minimum as η.
  @Test func theReferenceOfTheScaling() throws {
    let rows = ThermodynamicReference.entry("t5_reshuffle_scaling")["outputs"].list
    let minimum = try samples().minimum
    var ends: [(trace: Double, offset: Double)] = []
    for row in rows {
      let end = try epoch(learningRate: row["eta"].double).epochEnd
      let offset = Vectors.sum(end.mean, minimum, times: -1)
      let norm = Vectors.inner(offset, offset).squareRoot()
      #expect(agrees(end.covariance.trace, with: row["trace_cov_rr"].double, relative: 1e-9))
      #expect(agrees(norm, with: row["norm_mean_offset_rr"].double, relative: 1e-9))
      ends.append((end.covariance.trace, norm))
    }
    let last = ends.count - 1
    // Corrections of relative order ηN/B h = 0.02.
    #expect(abs(log2(ends[last - 1].trace / ends[last].trace) - 3) < 0.05)
    #expect(abs(log2(ends[last - 1].offset / ends[last].offset) - 1) < 0.02)
  }

  /// Five samples in batches of two: every epoch leaves one out.
  ///
  /// The numbers are those of the affine map of an epoch averaged over its 30 ordered pairs of disjoint batches, in exact
  /// fractions (Python): E θ = E c/(1 − E A), E θ² = (2 E(Ac) E θ + E c²)/(1 − E A²).
  @Test func theLastBatchOfAnEpochIsLeftOut() throws {
    let samples = try QuadraticSamples(
      curvatures: [1, 2, 0.5, 1.5, 0.8].map { .dense(DenseMatrix([[$0]])) }, pulls: [[0.3], [-0.4], [1], [0.2], [-0.7]])
    let epoch = try ReshuffledEpoch(samples, batchSize: 2, mobility: DenseMatrix([[0.2]]), order: .reshuffled)
    #expect(epoch.places.count == 2)
    // Rounding of some hundred products of numbers of order 1, over a variance of 5e-3.
    #expect(agrees(epoch.epochEnd.mean[0], with: 0.06498789346246973, relative: 1e-13))
    #expect(agrees(epoch.epochEnd.covariance[0, 0], with: 0.004620773031837905, relative: 1e-12))
  }

  /// All 90 ordered partitions of six samples written out, with a metric and heat: moments after one more epoch, place
  /// by place.
  @Test func theEnumerationOfAllPartitions() throws {
    let samples = try samples(6)
    let mobility = 0.3 * DenseMatrix([[1.3, 0.2], [0.2, 0.6]])
    let heat = DenseMatrix([[0.02, 0.005], [0.005, 0.01]])
    let epoch = try ReshuffledEpoch(samples, batchSize: 2, mobility: mobility, noise: heat, order: .reshuffled)
    var sums = [[Double]](repeating: [0, 0, 0, 0, 0, 0], count: 3)
    var count = 0.0
    for first in 0..<6 {
      for second in first + 1..<6 {
        let rest = (0..<6).filter { $0 != first && $0 != second }
        for third in rest {
          for fourth in rest where fourth > third {
            let last = rest.filter { $0 != third && $0 != fourth }
            var law = (epoch.epochEnd.mean, epoch.epochEnd.covariance)
            for (place, batch) in [[first, second], [third, fourth], last].enumerated() {
              law = move(law, samples, batch, mobility, heat)
              let second = law.1 + .outer(law.0, law.0)
              sums[place] = Vectors.sum(sums[place], law.0 + second.entries)
            }
            count += 1
          }
        }
      }
    }
    #expect(count == 90)
    for (place, sum) in sums.enumerated() {
      let moments = epoch.places[place]
      let second = moments.covariance + .outer(moments.mean, moments.mean)
      // Averages over 90 terms of order 1, of the solution of an equation with radius below 0.6.
      #expect(agrees(moments.mean + second.entries, with: Vectors.scaled(sum, by: 1 / count), relative: 1e-13))
    }
    let mean = epoch.places.reduce([0, 0]) { Vectors.sum($0, $1.mean, times: 1.0 / 3) }
    #expect(agrees(epoch.everyStep.mean, with: mean, relative: 1e-14))
    let second = epoch.places.reduce(DenseMatrix.zero(2)) {
      $0 + (1.0 / 3) * ($1.covariance + .outer($1.mean, $1.mean))
    }
    #expect(agrees((epoch.everyStep.covariance + .outer(mean, mean)).entries, with: second.entries, relative: 1e-14))
  }

  private func move(
    _ law: ([Double], DenseMatrix), _ samples: QuadraticSamples, _ batch: [Int], _ mobility: DenseMatrix,
    _ heat: DenseMatrix
  ) -> ([Double], DenseMatrix) {
    let hessian = 0.5 * (samples.curvatures[batch[0]].matrix + samples.curvatures[batch[1]].matrix)
    let pull = Vectors.scaled(Vectors.sum(samples.pulls[batch[0]], samples.pulls[batch[1]]), by: 0.5)
    let map = DenseMatrix.identity(2) - mobility * hessian
    return (
      Vectors.sum(map.applied(to: law.0), mobility.applied(to: pull)), map * law.1 * map.transposed + heat
    )
  }

  /// A fixed order without heat ends in a cycle: no variance at any place, and the place decides the mean.
  @Test func aFixedOrderEndsInACycle() throws {
    let samples = try samples()
    let epoch = try epoch(learningRate: 0.3, order: .cyclic)
    #expect(epoch.places.count == 4)
    #expect(epoch.places.allSatisfy { $0.covariance.largestEntry < 1e-15 })  // differences of products of order 0.01
    var law = (epoch.epochEnd.mean, DenseMatrix.zero(2))
    for (place, first) in [0, 2, 4, 6].enumerated() {
      law = move(law, samples, [first, first + 1], 0.3 * .identity(2), .zero(2))
      #expect(agrees(law.0, with: epoch.places[place].mean, relative: 1e-14))
    }
    #expect(epoch.everyStep.covariance.trace > 1e-4)
  }

  @Test func whatHasNoLaw() throws {
    #expect(throws: ReshuffledEpoch.Failure.self) { try epoch(learningRate: 9) }
    let many = try QuadraticSamples.leastSquares(
      features: (0..<40).map { [1, Double($0 % 7)] }, targets: (0..<40).map { Double($0 % 3) })
    #expect(throws: ReshuffledEpoch.Failure.tooManyBatches) {
      try ReshuffledEpoch(many, batchSize: 4, mobility: 0.01 * .identity(2), order: .reshuffled)
    }
    // One batch is the full gradient, in whatever order.
    let whole = try ReshuffledEpoch(many, batchSize: 40, mobility: 0.01 * .identity(2), order: .reshuffled)
    #expect(agrees(whole.epochEnd.mean, with: many.minimum, relative: 1e-12) && whole.places.count == 1)
    #expect(ReshuffledEpoch.products(4, 2) == 6 + 6)
  }
}
