import Foundation

/// A symmetric positive definite matrix Λ = L Lᵀ through its factor L, acting on blocks: a preconditioner or a metric.
///
/// All inner products and norms here belong to Λ⁻¹, in which the displacements of a step θ − ηΛg are measured; with the
/// identity they are Euclidean.
public enum PositiveMatrix: Sendable, Equatable {
  /// Λ = I.
  case identity
  /// A diagonal Λ, every entry positive.
  case diagonal([Double])
  /// Λ = L Lᵀ with the lower triangular L, row-major, of this dimension; the diagonal of L is positive.
  case factored(lower: [Double], dimension: Int)

  /// Λ = L Lᵀ with the factor of a Cholesky factorisation.
  public init(_ cholesky: Cholesky) {
    self = .factored(lower: cholesky.lower, dimension: cholesky.dimension)
  }

  /// Λ x in every lane.
  public func multiply(_ block: Block) -> Block {
    switch self {
    case .identity: return block
    case .diagonal(let entries): return Self.scaled(block) { entries[$0] }
    case .factored: return multiplyFactor(multiplyTransposedFactor(block))
    }
  }

  /// Λ⁻¹ x in every lane.
  public func solve(_ block: Block) -> Block {
    switch self {
    case .identity: return block
    case .diagonal(let entries): return Self.scaled(block) { 1 / entries[$0] }
    case .factored(let lower, let dimension):
      return Self.substituteBackward(lower, dimension, solveFactor(block))
    }
  }

  /// L x in every lane.
  public func multiplyFactor(_ block: Block) -> Block {
    switch self {
    case .identity: return block
    case .diagonal(let entries): return Self.scaled(block) { entries[$0].squareRoot() }
    case .factored(let lower, let dimension):
      return Self.combineRows(block, dimension, order: (0..<dimension).reversed()) { row in
        (scale: lower[row * dimension + row], terms: 0..<row, weight: { lower[row * dimension + $0] })
      }
    }
  }

  /// Lᵀ x in every lane.
  public func multiplyTransposedFactor(_ block: Block) -> Block {
    switch self {
    case .identity: return block
    case .diagonal: return multiplyFactor(block)
    case .factored(let lower, let dimension):
      return Self.combineRows(block, dimension, order: Array(0..<dimension)) { row in
        (scale: lower[row * dimension + row], terms: (row + 1)..<dimension, weight: { lower[$0 * dimension + row] })
      }
    }
  }

  /// L⁻¹ x in every lane.
  public func solveFactor(_ block: Block) -> Block {
    switch self {
    case .identity: return block
    case .diagonal(let entries): return Self.scaled(block) { 1 / entries[$0].squareRoot() }
    case .factored(let lower, let dimension):
      return Self.combineRows(block, dimension, order: Array(0..<dimension)) { row in
        let pivot = lower[row * dimension + row]
        return (scale: 1 / pivot, terms: 0..<row, weight: { -lower[row * dimension + $0] / pivot })
      }
    }
  }

  /// aᵀ Λ⁻¹ b in every lane.
  public func inverseProducts(_ left: Block, _ right: Block) -> [Double] {
    switch self {
    case .identity: return left.innerProducts(with: right)
    case .diagonal: return left.innerProducts(with: solve(right))
    case .factored: return solveFactor(left).innerProducts(with: solveFactor(right))
    }
  }

  /// √(aᵀ Λ⁻¹ a) in every lane.
  public func inverseNorms(_ block: Block) -> [Double] {
    let scaled = solveFactor(block)
    return scaled.innerProducts(with: scaled).map { $0.squareRoot() }
  }

  /// ln det Λ.
  public var logDeterminant: Double {
    switch self {
    case .identity: return 0
    case .diagonal(let entries): return entries.reduce(0) { $0 + log($1) }
    case .factored(let lower, let dimension):
      return (0..<dimension).reduce(0) { $0 + 2 * log(lower[$1 * dimension + $1]) }
    }
  }

  // MARK: Rows of blocks

  private static func scaled(_ block: Block, by factor: (Int) -> Double) -> Block {
    var result = block
    let lanes = block.lanes
    result.entries.withUnsafeMutableBufferPointer { entries in
      for i in 0..<block.dimension {
        let factor = factor(i)
        for k in (i * lanes)..<((i + 1) * lanes) { entries[k] *= factor }
      }
    }
    return result
  }

  private static func substituteBackward(_ lower: [Double], _ dimension: Int, _ block: Block) -> Block {
    combineRows(block, dimension, order: (0..<dimension).reversed()) { row in
      let pivot = lower[row * dimension + row]
      return (scale: 1 / pivot, terms: (row + 1)..<dimension, weight: { -lower[$0 * dimension + row] / pivot })
    }
  }

  /// Replaces row after row, in the given order and in place, by scale × row + Σ weight × other row.
  private static func combineRows(
    _ block: Block, _ dimension: Int, order: [Int],
    _ combination: (Int) -> (scale: Double, terms: Range<Int>, weight: (Int) -> Double)
  ) -> Block {
    precondition(block.dimension == dimension, "a matrix and the vectors that it acts on need the same dimension")
    var result = block
    let lanes = block.lanes
    result.entries.withUnsafeMutableBufferPointer { entries in
      for row in order {
        let (scale, terms, weight) = combination(row)
        let target = row * lanes
        for lane in 0..<lanes { entries[target + lane] *= scale }
        for other in terms {
          let factor = weight(other)
          let source = other * lanes
          for lane in 0..<lanes { entries[target + lane] += factor * entries[source + lane] }
        }
      }
    }
    return result
  }
}
