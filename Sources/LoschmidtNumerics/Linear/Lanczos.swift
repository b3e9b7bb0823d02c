/// The extreme eigenvalues of ΛH in every lane of a block, by Lanczos' method, through products with ΛH only.
///
/// ΛH is symmetric in the Λ⁻¹ product: with Λ = L Lᵀ the method runs on LᵀHL = L⁻¹(ΛH)L, which has the same eigenvalues.
/// All lanes advance together; a lane whose Krylov space is exhausted rests. While the whole basis takes less than
/// 32 MB it is kept and every vector made orthogonal to it, and then `largest` is exact, up to rounding, once the
/// number of iterations reaches the dimension. Otherwise three blocks are kept; copies of an eigenvalue that rounding
/// then brings back do not change the extreme ones.
///
/// - Source: Parlett, The Symmetric Eigenvalue Problem, chapter 13.
public struct Lanczos: Sendable, Equatable {
  /// The largest eigenvalue, algebraically, per lane; NaN where a product was not finite.
  public let largest: [Double]
  /// The smallest eigenvalue per lane.
  public let smallest: [Double]
  /// The norm of the residual ‖(A − λ)v‖ that belongs to `largest`: some eigenvalue is at most that far away.
  public let largestResidual: [Double]
  /// The norm of the residual that belongs to `smallest`.
  public let smallestResidual: [Double]
  /// The number of products that were taken.
  public let iterations: Int

  /// An estimate of the operator norm of LᵀHL per lane, from above where the residuals are reliable.
  public var norms: [Double] {
    largest.indices.map {
      max(abs(largest[$0]) + largestResidual[$0], abs(smallest[$0]) + smallestResidual[$0])
    }
  }

  /// Runs the method.
  ///
  /// - Parameters:
  ///   - dimension: The number of coordinates, at least 1.
  ///   - lanes: The number of operators, one per lane.
  ///   - metric: Λ.
  ///   - maximumIterations: The largest number of products, at least 1.
  ///   - tolerance: The method stops when both residuals are below this fraction of the norm in every lane.
  ///   - product: v ↦ ΛHv on a block, lanes apart; the derivative of the field G = Λg along v.
  public init(
    dimension: Int, lanes: Int, metric: PositiveMatrix = .identity, maximumIterations: Int = 100,
    tolerance: Double = 1e-9, product: (Block) -> Block
  ) {
    precondition(dimension >= 1, "an operator needs at least one coordinate")
    precondition(maximumIterations >= 1, "Lanczos' method needs at least one iteration")
    let limit = min(maximumIterations, dimension)
    // 2²² numbers are 32 MB.
    var state = State(dimension: dimension, lanes: lanes, keepsBasis: limit * dimension * lanes <= 1 << 22)
    // Without the whole basis, rounding makes the process go on beyond the dimension; the last products are then void.
    while state.count < limit {
      state.advance { metric.solveFactor(product(metric.multiplyFactor($0))) }
      if state.resting.allSatisfy({ $0 }) { break }
      let isCheckpoint = state.count % 10 == 0 && state.count < limit
      if isCheckpoint && state.spectra().allSatisfy({ $0.isConverged(tolerance) }) { break }
    }
    let spectra = state.spectra()
    largest = spectra.map(\.largest)
    smallest = spectra.map(\.smallest)
    largestResidual = spectra.map(\.largestResidual)
    smallestResidual = spectra.map(\.smallestResidual)
    iterations = state.count
  }
}

/// The ends of the spectrum of one lane's tridiagonal matrix.
private struct Ends {
  var largest = Double.nan
  var smallest = Double.nan
  var largestResidual = Double.nan
  var smallestResidual = Double.nan

  func isConverged(_ tolerance: Double) -> Bool {
    let scale = max(abs(largest), abs(smallest))
    return !(max(largestResidual, smallestResidual) > tolerance * scale)
  }
}

/// The recurrence in all lanes.
private struct State {
  let dimension: Int
  let lanes: Int
  let keepsBasis: Bool
  var count = 0
  var resting: [Bool]
  private var current: Block
  private var previous: Block
  private var basis: [Block] = []
  private var diagonals: [[Double]]
  private var besides: [[Double]]
  private var last: [Double]
  /// The largest entries of the tridiagonal matrices, a measure of the norms.
  private var scales: [Double]

  init(dimension: Int, lanes: Int, keepsBasis: Bool) {
    self.dimension = dimension
    self.lanes = lanes
    self.keepsBasis = keepsBasis
    resting = [Bool](repeating: false, count: lanes)
    current = Block(broadcasting: Self.start(dimension), lanes: lanes)
    previous = Block(dimension: dimension, lanes: lanes)
    diagonals = [[Double]](repeating: [], count: lanes)
    besides = diagonals
    last = [Double](repeating: 0, count: lanes)
    scales = last
  }

  /// A fixed unit vector without symmetry or vanishing entries: the fractional parts of multiples of the golden ratio.
  private static func start(_ dimension: Int) -> [Double] {
    let golden = 0.618_033_988_749_894_9
    let entries = (1...dimension).map { index -> Double in
      let multiple = Double(index) * golden
      let fraction = multiple - multiple.rounded(.down)
      return (index % 3 == 0 ? -1 : 1) * (0.25 + fraction)
    }
    let norm = entries.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return entries.map { $0 / norm }
  }

  mutating func advance(_ operate: (Block) -> Block) {
    if keepsBasis { basis.append(current) }
    var next = operate(current)
    let alpha = products(next, current)
    let beta = last
    subtract(current, times: alpha, from: &next)
    subtract(previous, times: beta, from: &next)
    if keepsBasis {
      // Twice is enough (Parlett, section 6.9).
      for _ in 0..<2 {
        for vector in basis { subtract(vector, times: products(next, vector), from: &next) }
      }
    }
    let norms = products(next, next).map { $0.squareRoot() }
    count += 1
    var factors = [Double](repeating: 0, count: lanes)
    for lane in 0..<lanes where !resting[lane] {
      diagonals[lane].append(alpha[lane])
      besides[lane].append(norms[lane])
      scales[lane] = max(scales[lane], abs(alpha[lane]) + norms[lane])
      // A remainder of a few units in the last place of the operator's norm is rounding: the space is exhausted.
      if norms[lane] > 64 * Double.ulpOfOne * scales[lane] {
        factors[lane] = 1 / norms[lane]
        last[lane] = norms[lane]
      } else {
        resting[lane] = true
        last[lane] = 0
      }
    }
    previous = current
    multiply(&next, by: factors)
    current = next
  }

  /// What every lane's tridiagonal matrix says so far.
  func spectra() -> [Ends] {
    (0..<lanes).map { lane in
      let diagonal = diagonals[lane]
      let remainder = besides[lane].last ?? .nan
      guard let eigen = TridiagonalEigen(diagonal: diagonal, offDiagonal: Array(besides[lane].dropLast())) else {
        return Ends()
      }
      let top = diagonal.count - 1
      return Ends(
        largest: eigen.eigenvalues[top], smallest: eigen.eigenvalues[0],
        largestResidual: abs(remainder * eigen.lastComponents[top]),
        smallestResidual: abs(remainder * eigen.lastComponents[0]))
    }
  }

  private func products(_ left: Block, _ right: Block) -> [Double] {
    let (dimension, lanes) = (dimension, lanes)
    var sums = [Double](repeating: 0, count: lanes)
    sums.withUnsafeMutableBufferPointer { sums in
      left.entries.withUnsafeBufferPointer { left in
        right.entries.withUnsafeBufferPointer { right in
          for i in 0..<dimension {
            for lane in 0..<lanes { sums[lane] += left[i &* lanes &+ lane] * right[i &* lanes &+ lane] }
          }
        }
      }
    }
    return sums
  }

  private func subtract(_ block: Block, times factors: [Double], from target: inout Block) {
    let (dimension, lanes) = (dimension, lanes)
    target.entries.withUnsafeMutableBufferPointer { target in
      block.entries.withUnsafeBufferPointer { block in
        factors.withUnsafeBufferPointer { factors in
          for i in 0..<dimension {
            for lane in 0..<lanes { target[i &* lanes &+ lane] -= factors[lane] * block[i &* lanes &+ lane] }
          }
        }
      }
    }
  }

  private func multiply(_ target: inout Block, by factors: [Double]) {
    let (dimension, lanes) = (dimension, lanes)
    target.entries.withUnsafeMutableBufferPointer { target in
      factors.withUnsafeBufferPointer { factors in
        for i in 0..<dimension {
          for lane in 0..<lanes {
            let factor = factors[lane]
            target[i &* lanes &+ lane] = factor == 0 ? 0 : factor * target[i &* lanes &+ lane]
          }
        }
      }
    }
  }
}
