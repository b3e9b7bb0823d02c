import LoschmidtNumerics

/// A process whose loss is quadratic and whose force is linear in θ, at one time: the coefficients, read off exactly.
///
/// ℓ_i(θ) = ½ θᵀH_iθ − h_iᵀθ + c_i for every sample, and F(θ) = f − Kθ.
public struct QuadraticProcess: Sendable {
  /// At most so many coordinates; the matrices have the square of that.
  public static let largestDimension = 64
  /// At most so many numbers in the Hessians of all samples together.
  static let largestStorage = 1 << 24

  /// The number of coordinates d of θ.
  public let dimension: Int
  /// H_i, d × d, row by row, one for each sample; empty without a loss.
  public let hessians: [[Double]]
  /// h_i = −∇ℓ_i(0).
  public let linearTerms: [[Double]]
  /// c_i = ℓ_i(0).
  public let constants: [Double]
  /// −F(θ) = Kθ − f.
  public let negativeForce: AffineMap

  /// Reads the coefficients.
  ///
  /// `nil` where the loss is not a quadratic polynomial or the force not linear, as far as the structure of the expressions
  /// shows, where a coefficient is not finite, or where the dimension is too large.
  ///
  /// - Parameters:
  ///   - landscape: The loss, `nil` without.
  ///   - force: The force, `nil` without.
  ///   - parameters: The layout of θ.
  ///   - time: The time at which both are taken.
  public init?(
    _ landscape: ExpressionLandscape?, _ force: ExpressionForce?, _ parameters: ParameterLayout, time: Double
  ) {
    let d = parameters.dimension
    let count = landscape?.samples.count ?? 0
    guard d <= Self.largestDimension, count * d * d <= Self.largestStorage else { return nil }
    if let landscape, !landscape.function.gradient.vanishes(order: 2) { return nil }
    if let force, !force.negative.vanishes(order: 2) { return nil }
    let common = landscape?.common.values(at: time) ?? force?.common.values(at: time) ?? [time]
    dimension = d
    var maps: [AffineMap] = []
    if let landscape {
      let probe = AffineProbe(landscape.function.gradient, common: common)
      maps = probe.maps(count: count) { landscape.sampleEntries(of: $0) }
    }
    hessians = maps.map(\.matrix)
    linearTerms = maps.map { $0.constant.map { 0 - $0 } }
    constants = landscape?.sampleLosses(at: [Double](repeating: 0, count: d), time: time) ?? []
    negativeForce =
      force.map { AffineProbe($0.negative, common: common).map(sample: []) }
      ?? AffineMap(matrix: [Double](repeating: 0, count: d * d), constant: [Double](repeating: 0, count: d))
    let numbers = maps.flatMap { $0.matrix + $0.constant } + constants + negativeForce.matrix + negativeForce.constant
    guard numbers.allSatisfy(\.isFinite) else { return nil }
  }

  /// ∇L − F = Mθ + b, with the mean over the samples.
  public var meanGradient: AffineMap {
    var mean = negativeForce
    let weight = 1 / Double(max(1, hessians.count))
    for (hessian, linear) in zip(hessians, linearTerms) {
      for k in hessian.indices { mean.matrix[k] += weight * hessian[k] }
      for k in linear.indices { mean.constant[k] -= weight * linear[k] }
    }
    return mean
  }

  /// The mean Hessian H of the loss, d × d, row by row.
  public var meanHessian: [Double] {
    var mean = [Double](repeating: 0, count: dimension * dimension)
    for hessian in hessians {
      for k in mean.indices { mean[k] += hessian[k] / Double(hessians.count) }
    }
    return mean
  }

  /// The mean loss L(θ) = ½ θᵀHθ − hᵀθ + c.
  public var meanLoss: (hessian: [Double], linear: [Double], constant: Double) {
    let weight = 1 / Double(max(1, hessians.count))
    let linear = (0..<dimension).map { k in linearTerms.reduce(0) { $0 + weight * $1[k] } }
    return (meanHessian, linear, constants.reduce(0) { $0 + weight * $1 })
  }
}

/// Reads the coefficients of an affine vector function: its value at 0, and its derivatives along e_0, e_1, … side by side.
private struct AffineProbe {
  private let dimension: Int
  private let lanes: Int
  private let tapes: (value: Tape, derivative: Tape)
  private let value: TapeEvaluator
  private let derivative: TapeEvaluator
  private let common: Block
  private let directions: Block

  init(_ function: VectorFunction, common: [Double]) {
    dimension = function.dimension
    lanes = (dimension + 3) / 4 * 4
    tapes = (function.tape, function.derivativeTape(multiplicities: [1]))
    value = TapeEvaluator(tapes.value, lanes: 4)
    derivative = TapeEvaluator(tapes.derivative, lanes: lanes)
    self.common = Block(broadcasting: common, lanes: lanes)
    var directions = Block(dimension: dimension, lanes: lanes)
    for i in 0..<dimension { directions[i, i] = 1 }
    self.directions = directions
  }

  func map(sample: [Double]) -> AffineMap {
    let zero = Block(dimension: dimension, lanes: lanes)
    let samples = Block(broadcasting: sample, lanes: lanes)
    let columns = Self.run(derivative, lanes, dimension, [zero, samples, common, directions])
    let four = [zero, samples, common].map { Block(broadcasting: $0.vector(lane: 0), lanes: 4) }
    let constant = Self.run(value, 4, dimension, four)
    let matrix = (0..<dimension).flatMap { i in (0..<dimension).map { columns[i, $0] } }
    return AffineMap(matrix: matrix, constant: constant.vector(lane: 0))
  }

  /// The coefficients of so many samples, many of them side by side: of a million samples one at a time took minutes.
  func maps(count: Int, _ entries: (Int) -> [Double]) -> [AffineMap] {
    let together = 64
    guard count >= together, dimension > 0 else { return (0..<count).map { map(sample: entries($0)) } }
    let values = TapeEvaluator(tapes.value, lanes: together)
    let slopes = TapeEvaluator(tapes.derivative, lanes: together)
    let zero = Block(dimension: dimension, lanes: together)
    let common = Block(broadcasting: common.vector(lane: 0), lanes: together)
    let unit = (0..<dimension).map { i in
      Block(broadcasting: (0..<dimension).map { $0 == i ? 1 : 0 }, lanes: together)
    }
    var maps: [AffineMap] = []
    maps.reserveCapacity(count)
    for first in stride(from: 0, to: count, by: together) {
      let some = (0..<together).map { entries(min(first + $0, count - 1)) }
      var samples = Block(dimension: some[0].count, lanes: together)
      for (lane, sample) in some.enumerated() {
        for (i, entry) in sample.enumerated() { samples[i, lane] = entry }
      }
      let constant = Self.run(values, together, dimension, [zero, samples, common])
      let columns = unit.map { Self.run(slopes, together, dimension, [zero, samples, common, $0]) }
      for lane in 0..<min(together, count - first) {
        let matrix = (0..<dimension).flatMap { i in columns.map { $0[i, lane] } }
        maps.append(AffineMap(matrix: matrix, constant: constant.vector(lane: lane)))
      }
    }
    return maps
  }

  private static func run(_ tape: TapeEvaluator, _ lanes: Int, _ dimension: Int, _ inputs: [Block]) -> Block {
    Block(dimension: dimension, lanes: lanes) { result in
      var pointers: [UnsafePointer<Double>] = []
      func withPointers(_ rest: ArraySlice<Block>) {
        guard let base = result.baseAddress else { return }
        guard let first = rest.first else { return tape.run(inputs: pointers, outputs: [base]) }
        first.entries.withUnsafeBufferPointer { buffer in
          // An empty block is never read; any address stands for it.
          pointers.append(buffer.baseAddress ?? UnsafePointer(base))
          withPointers(rest.dropFirst())
        }
      }
      withPointers(inputs[...])
    }
  }
}
