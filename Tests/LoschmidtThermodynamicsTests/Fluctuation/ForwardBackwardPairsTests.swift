import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import LoschmidtThermodynamics
import Testing

@Suite struct ForwardBackwardPairsTests {
  /// Normal work with ΔF: W_F = ΔF + T R and W_B = −ΔF + T R, R ~ N(μ, 2μ).
  static func pairs(
    forward: Int, backward: Int, freeEnergy: Double = 0.7, mean: Double = 1, factor: Double = 1, seed: UInt64
  ) throws -> ForwardBackwardPairs {
    try ForwardBackwardPairs(
      forward: normalValues(mean: mean, varianceFactor: factor, count: forward, seed: seed)
        .map { freeEnergy + 2 * $0 },
      backward: normalValues(mean: mean, varianceFactor: factor, count: backward, seed: seed &+ 1_000_000)
        .map { -freeEnergy + 2 * $0 },
      temperature: 2)
  }

  @Test func reference() throws {
    let entry = ReferenceEntry(try ReferenceNumbers.load("thermodynamics.json")["t3_bar"])
    let pairs = try ForwardBackwardPairs(
      forward: entry["inputs"]["wF"].doubles, backward: entry["inputs"]["wB"].doubles,
      temperature: entry["inputs"]["T"].double)
    // ΔF is small beside T = 1: the root is exact to ulps of T.
    #expect(abs(pairs.freeEnergy - entry["outputs"]["dF"].double) < 1e-12)
  }

  @Test("Bennett's ratio minimises the logistic loss, and solves his equation", arguments: [1, 2, 3] as [UInt64])
  func minimisation(seed: UInt64) throws {
    let (f, b) = (normalValues(mean: 1, count: 60, seed: seed), normalValues(mean: 1, count: 25, seed: seed + 50))
    let pairs = try ForwardBackwardPairs(
      forward: f.map { 3 * $0 + 40 }, backward: b.map { 3 * $0 - 40 }, temperature: 3)
    let shift = log(60.0 / 25)
    func loss(_ freeEnergy: Double) -> Double {
      f.reduce(0) { $0 + log(1 + exp(-(shift + (3 * $1 + 40 - freeEnergy) / 3))) }
        + b.reduce(0) { $0 + log(1 + exp(shift + (-(3 * $1 - 40) - freeEnergy) / 3)) }
    }
    // Golden section.
    var (low, high) = (20.0, 60.0)
    let ratio = (5.0.squareRoot() - 1) / 2
    while high - low > 1e-7 {
      let (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
      if loss(left) < loss(right) { high = right } else { low = left }
    }
    // Near a minimum values differ by less than their rounding within √(1e-14) or so.
    #expect(abs(pairs.freeEnergy - (low + high) / 2) < 1e-5)
    let left = f.reduce(0) { $0 + 1 / (1 + exp(shift + (3 * $1 + 40 - pairs.freeEnergy) / 3)) }
    let right = b.reduce(0) { $0 + 1 / (1 + exp(-shift + (3 * $1 - 40 + pairs.freeEnergy) / 3)) }
    // ΔF ≈ 40 to its ulps, times up to 20 events.
    #expect(abs(left - right) < 1e-12)
  }

  @Test("errors and p-values have their laws")
  func laws() throws {
    var (freeEnergies, slopes) = (Moments(), Moments())
    var (predicted, predictedSlope) = (Moments(), Moments())
    var (slopeP, jointP): ([Double], [Double]) = ([], [])
    for seed in 0..<250 {
      let pairs = try Self.pairs(forward: 200, backward: 100, seed: UInt64(seed))
      freeEnergies.add(pairs.freeEnergy)
      predicted.add(pairs.freeEnergyStandardError)
      slopes.add(try #require(pairs.slope))
      predictedSlope.add(try #require(pairs.slopeStandardError))
      slopeP.append(try #require(pairs.slopeTest).pValue)
      jointP.append(try #require(pairs.jointTest(freeEnergy: 0.7)).pValue)
    }
    // Biases of order 1/n are a fraction of a standard error of one estimate: (1/√200) of it in 250 repetitions.
    #expect(abs(freeEnergies.mean - 0.7) < 5 * freeEnergies.standardError + 0.1 * predicted.mean)
    #expect(abs(slopes.mean - 1) < 5 * slopes.standardError + 0.1 * predictedSlope.mean)
    // A standard deviation from 250 values has the relative error √(1/500).
    let scatter = 5 * (1.0 / 500).squareRoot()
    #expect(abs(freeEnergies.variance.squareRoot() / predicted.mean - 1) < scatter)
    #expect(abs(slopes.variance.squareRoot() / predictedSlope.mean - 1) < scatter + 0.1)
    for (pValues, level) in [(slopeP, 0.1), (slopeP, 0.5), (jointP, 0.1), (jointP, 0.5)] {
      let share = Double(pValues.count { $0 < level }) / 250
      #expect(abs(share - level) < 5 * (level * (1 - level) / 250).squareRoot())
    }
  }

  @Test func separatedDirectionsHaveNoSlope() throws {
    let pairs = try ForwardBackwardPairs(forward: [900, 950], backward: [800, 820], temperature: 1)
    #expect(pairs.slope == nil)
    #expect(pairs.overlap < 1e-10)
    #expect(pairs.freeEnergy > -820 && pairs.freeEnergy < 950)
  }

  @Test func wrongInput() {
    #expect(throws: FluctuationInputError.empty) {
      try ForwardBackwardPairs(forward: [], backward: [1], temperature: 1)
    }
    #expect(throws: FluctuationInputError.unusable(index: 2, value: -.infinity)) {
      try ForwardBackwardPairs(forward: [1, 2], backward: [.infinity], temperature: 1)
    }
  }
}
