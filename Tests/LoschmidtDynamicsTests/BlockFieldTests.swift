import LoschmidtDynamics
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct BlockFieldTests {
  private static let lanes = 8

  /// A nonlinear regression with two columns, a force, and a protocol.
  private func text(loss: String = "0.5*(sin(u*a) + w*b - y)^2", protocols: [(String, String)] = []) -> ProcessText {
    var random = TestRandom(seed: 21)
    let columns = ["a", "b", "y"].map { SampleTable.Column(name: $0, values: random.vector(6)) }
    return ProcessText(
      ["u", "w"], loss: loss, samples: SampleTable(count: 6, columns: columns),
      protocols: protocols.map { (name: $0.0, expression: $0.1) })
  }

  private func point(seed: UInt64 = 4) -> LaneStorage {
    var random = TestRandom(seed: seed)
    return LaneStorage(dimension: 2, lanes: Self.lanes, random: &random)
  }

  private func storage(_ dimension: Int = 2) -> LaneStorage { LaneStorage(dimension: dimension, lanes: Self.lanes) }

  /// Six products and sums of numbers below 10.
  private static let rounding = 6 * 10 * Double.ulpOfOne

  @Test func theFullGradientIsTheMeanOverTheSamples() throws {
    let field = BlockField(try text().program(), lanes: Self.lanes)
    let theta = point()
    let (full, one) = (storage(), storage())
    field.gradient(at: theta.pointer, into: full.pointer)
    var mean = [Double](repeating: 0, count: full.count)
    for i in 0..<6 {
      field.gradient(ofSample: i, at: theta.pointer, into: one.pointer)
      for k in mean.indices { mean[k] += one.pointer[k] / 6 }
    }
    #expect(zip(full.entries, mean).allSatisfy { abs($0 - $1) <= Self.rounding })
  }

  /// Against the fields of draws, which sum with compensation on another route.
  @Test func batchesAreThoseOfDraws() throws {
    let text = text()
    let field = BlockField(try text.program(), lanes: Self.lanes)
    let theta = point()
    let result = storage()
    let draws = (0..<Self.lanes).map { [$0 % 6, ($0 * $0 + 1) % 6, 3] }
    let batch = (0..<3).flatMap { b in draws.map { Int32($0[b]) } }
    field.gradient(ofBatch: batch, size: 3, at: theta.pointer, into: result.pointer)
    let landscape = try #require(try text.landscape())
    let expected = DrawField(landscape, draws: draws.map { Draw(batch: $0) }).gradient(at: theta.block)
    #expect(zip(result.entries, expected.entries).allSatisfy { abs($0 - $1) <= Self.rounding })
  }

  /// The product with the mean Hessian against the sum over the samples.
  @Test func theLinearPathIsTheSum() throws {
    let text = text(loss: "0.5*(u*a + w*b - y)^2 + 0.1*u^2")
    let program = try text.program()
    let sum = try self.text(loss: "0.5*(u*a + w*b - y)^2 + 0.1*u^2 + 0*u^4*relu(w)").program()
    let theta = point()
    let (fast, slow) = (storage(), storage())
    BlockField(program, lanes: Self.lanes).gradient(at: theta.pointer, into: fast.pointer)
    let field = BlockField(sum, lanes: Self.lanes)
    let one = storage()
    for i in 0..<6 {
      field.gradient(ofSample: i, at: theta.pointer, into: one.pointer)
      for k in 0..<one.count { slow.pointer[k] += one.pointer[k] / 6 }
    }
    #expect(zip(fast.entries, slow.entries).allSatisfy { abs($0 - $1) <= Self.rounding })
  }

  @Test func aForcePullsAgainstTheGradient() throws {
    var text = text()
    let theta = point()
    let (plain, forced, force) = (storage(), storage(), storage())
    BlockField(try text.program(), lanes: Self.lanes).gradient(at: theta.pointer, into: plain.pointer)
    text.forces = [("w", "u*w + 1")]
    let field = BlockField(try text.program(), lanes: Self.lanes)
    field.gradient(at: theta.pointer, into: forced.pointer)
    field.negativeForce(at: theta.pointer, into: force.pointer)
    for lane in 0..<Self.lanes {
      let pull = theta[0, lane] * theta[1, lane] + 1
      #expect(force[0, lane] == 0 && abs(force[1, lane] + pull) <= 2 * pull.ulp)
      #expect(abs(forced[0, lane] - plain[0, lane]) <= Self.rounding)
      #expect(abs(forced[1, lane] - (plain[1, lane] - pull)) <= Self.rounding)
    }
  }

  /// The force is there once, whatever the batch.
  @Test func batchesKeepTheForce() throws {
    var text = text()
    text.forces = [("u", "3")]
    let field = BlockField(try text.program(), lanes: Self.lanes)
    let theta = point()
    let (one, batch) = (storage(), storage())
    field.gradient(ofSample: 2, at: theta.pointer, into: one.pointer)
    field.gradient(
      ofBatch: [Int32](repeating: 2, count: 2 * Self.lanes), size: 2, at: theta.pointer, into: batch.pointer)
    for lane in 0..<Self.lanes {
      #expect(abs(batch[0, lane] - (one[0, lane] - 3)) <= Self.rounding)
      #expect(abs(batch[1, lane] - one[1, lane]) <= Self.rounding)
    }
  }

  @Test func theLossIsTheMeanOverTheSamples() throws {
    let text = text()
    let theta = point()
    let result = storage(1)
    BlockField(try text.program(), lanes: Self.lanes).loss(at: theta.pointer, into: result.pointer)
    let landscape = try #require(try text.landscape())
    for lane in 0..<Self.lanes {
      let losses = landscape.sampleLosses(at: theta.vector(lane: lane))
      #expect(abs(result[0, lane] - losses.reduce(0, +) / 6) <= Self.rounding)
    }
    let forceOnly = ProcessText(["x"], loss: nil, forces: [("x", "-x")])
    result.fill(5)
    let x = LaneStorage(dimension: 1, lanes: Self.lanes)
    BlockField(try forceOnly.program(), lanes: Self.lanes).loss(at: x.pointer, into: result.pointer)
    #expect(result.entries.allSatisfy { $0 == 0 })
  }

  @Test func timeReachesEveryExpression() throws {
    let text = ProcessText(
      ["x"], loss: "0.5*k*x^2", forces: [("x", "t")], protocols: [("k", "1 + t")])
    let field = BlockField(try text.program(), lanes: 4)
    let x = LaneStorage(columns: [[2]])
    let (gradient, loss) = (LaneStorage(dimension: 1, lanes: 4), LaneStorage(dimension: 1, lanes: 4))
    for (time, slope, value) in [(0.0, 2.0, 2.0), (3, 5, 8), (0, 2, 2)] {
      field.setTime(time)
      field.gradient(at: x.pointer, into: gradient.pointer)
      field.loss(at: x.pointer, into: loss.pointer)
      #expect(gradient[0, 0] == slope && loss[0, 0] == value)
    }
  }

  /// Without columns there is nothing to gather, and every batch is the loss itself.
  @Test func batchesWithoutData() throws {
    let field = BlockField(try ProcessText(["x"], loss: "x^3").program(), lanes: 4)
    let x = LaneStorage(columns: [[1], [2], [-1], [0]])
    let result = LaneStorage(dimension: 1, lanes: 4)
    field.gradient(ofBatch: [Int32](repeating: 0, count: 4), size: 1, at: x.pointer, into: result.pointer)
    #expect(result.entries == [3, 12, 3, 0])
  }

  // MARK: Statistics of the samples

  /// ∇ℓ_i of every sample, entry by entry.
  private func sampleGradients(_ field: BlockField, at theta: LaneStorage) -> [[Double]] {
    let one = storage()
    return (0..<6).map { i in
      field.gradient(ofSample: i, at: theta.pointer, into: one.pointer)
      return one.entries
    }
  }

  @Test func weightedSumsAreSumsOverTheSamples() throws {
    var text = text()
    text.forces = [("w", "2*u")]
    let field = BlockField(try text.program(), lanes: Self.lanes)
    let theta = point()
    var random = TestRandom(seed: 12)
    let weights = LaneStorage(dimension: 6, lanes: Self.lanes, random: &random)
    let result = storage()
    field.gradient(weights: weights.pointer, at: theta.pointer, into: result.pointer)
    let gradients = sampleGradients(field, at: theta)
    for k in 0..<result.count {
      let sum = (0..<6).reduce(0.0) { $0 + weights[$1, k % Self.lanes] * gradients[$1][k] }
      let pull = k < Self.lanes ? 0 : 2 * theta[0, k % Self.lanes]
      #expect(abs(result.pointer[k] - (sum - pull)) <= Self.rounding)
    }
  }

  /// The covariance and its trace against sums over the samples, the gradients beside them against the full one.
  @Test func covariancesAreSumsOverTheSamples() throws {
    var text = text()
    text.forces = [("w", "2*u")]
    let field = BlockField(try text.program(), lanes: Self.lanes)
    let theta = point()
    let (full, first, second) = (storage(), storage(), storage())
    let (covariance, trace) = (storage(3), storage(1))
    field.gradient(at: theta.pointer, into: full.pointer)
    field.gradient(at: theta.pointer, into: first.pointer, covariance: covariance.pointer)
    field.gradient(at: theta.pointer, into: second.pointer, trace: trace.pointer)
    #expect(zip(full.entries, first.entries).allSatisfy { abs($0 - $1) <= Self.rounding })
    #expect(first.entries == second.entries)
    let gradients = sampleGradients(field, at: theta)
    for lane in 0..<Self.lanes {
      func moment(_ i: Int, _ j: Int) -> Double {
        let (a, b) = (gradients.map { $0[i * Self.lanes + lane] }, gradients.map { $0[j * Self.lanes + lane] })
        let (meanA, meanB) = (a.reduce(0, +) / 6, b.reduce(0, +) / 6)
        return zip(a, b).reduce(0) { $0 + ($1.0 - meanA) * ($1.1 - meanB) / 6 }
      }
      for (row, pair) in [(0, 0), (1, 0), (1, 1)].enumerated() {
        #expect(abs(covariance[row, lane] - moment(pair.0, pair.1)) <= 10 * Self.rounding)
      }
      #expect(abs(trace[0, lane] - moment(0, 0) - moment(1, 1)) <= 10 * Self.rounding)
    }
  }

  /// Samples with the same gradient have no covariance, to the last bit.
  @Test func equalSamplesHaveNoCovariance() throws {
    let columns = [SampleTable.Column(name: "a", values: [0.1, 0.1, 0.1])]
    let text = ProcessText(["u", "w"], loss: "(a*u)^2 + u*w", samples: SampleTable(count: 3, columns: columns))
    let field = BlockField(try text.program(), lanes: Self.lanes)
    let theta = point()
    let (gradient, covariance, trace) = (storage(), storage(3), storage(1))
    field.gradient(at: theta.pointer, into: gradient.pointer, covariance: covariance.pointer)
    field.gradient(at: theta.pointer, into: gradient.pointer, trace: trace.pointer)
    #expect(covariance.entries.allSatisfy { $0 == 0 } && trace.entries.allSatisfy { $0 == 0 })
    let single = BlockField(try ProcessText(["u", "w"], loss: "u^2*w").program(), lanes: Self.lanes)
    single.gradient(at: theta.pointer, into: gradient.pointer, covariance: covariance.pointer)
    #expect(covariance.entries.allSatisfy { $0 == 0 })
    for lane in 0..<Self.lanes { #expect(abs(gradient[1, lane] - theta[0, lane] * theta[0, lane]) <= Self.rounding) }
  }

  /// Noise on a column is a batch of another table, in which every element and lane is a sample of its own.
  @Test func noiseOnAColumnIsAnotherTable() throws {
    var random = TestRandom(seed: 6)
    let z = SampleTable.Column(name: "z", shape: .vector(2), values: random.vector(12))
    let y = SampleTable.Column(name: "y", values: random.vector(6))
    var text = ProcessText(
      ["u", "w"], loss: "0.5*(u*sum(z*z) + w - y)^2", forces: [("u", "1")],
      samples: SampleTable(count: 6, columns: [y, z]))
    let field = BlockField(try text.program(), lanes: Self.lanes)
    let theta = point()
    let noise = LaneStorage(dimension: 2 * 2, lanes: Self.lanes, random: &random)
    let batch = (0..<2 * Self.lanes).map { Int32(($0 * 5 + 1) % 6) }
    let result = storage()
    field.gradient(
      ofBatch: batch, size: 2, adding: noise.pointer, to: 1..<3, at: theta.pointer, into: result.pointer)
    for lane in 0..<Self.lanes {
      let members = (0..<2).map { Int(batch[$0 * Self.lanes + lane]) }
      let moved = members.enumerated().flatMap { b, sample in
        (0..<2).map { z.values[2 * sample + $0] + noise[2 * b + $0, lane] }
      }
      text.samples = SampleTable(
        count: 2,
        columns: [
          .init(name: "y", values: members.map { y.values[$0] }), .init(name: "z", shape: .vector(2), values: moved),
        ])
      let expected = storage()
      BlockField(try text.program(), lanes: Self.lanes).gradient(at: theta.pointer, into: expected.pointer)
      for i in 0..<2 { #expect(abs(result[i, lane] - expected[i, lane]) <= 10 * Self.rounding) }
    }
  }
}
