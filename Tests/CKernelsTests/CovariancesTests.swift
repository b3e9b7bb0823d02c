import CKernels
import Foundation
import LoschmidtTestSupport
import Testing

/// Covariances of lanes made from random vectors, and what the kernels do with them.
struct CovarianceNumbers {
  static let lanes = 8
  let dimension: Int
  let vectors: [[Double]]
  let matrix: [Double]
  let weights: [Double]
  let x: [Double]

  init(dimension: Int) {
    self.dimension = dimension
    var random = TestRandom(seed: 40 + UInt64(dimension))
    vectors = (0..<dimension + 3).map { _ in random.vector(dimension * Self.lanes) }
    matrix = random.vector(dimension * dimension)
    weights = random.vector(Self.lanes)
    x = random.vector(dimension * Self.lanes)
  }

  var packedCount: Int { dimension * (dimension + 1) / 2 * Self.lanes }

  /// Entry (i, j) of a packed matrix in a lane.
  func entry(_ packed: [Double], _ i: Int, _ j: Int, _ lane: Int) -> Double {
    let (row, column) = (max(i, j), min(i, j))
    return packed[(row * (row + 1) / 2 + column) * Self.lanes + lane]
  }

  func outerSum() -> [Double] {
    var packed = [Double](repeating: 0, count: packedCount)
    for (k, vector) in vectors.enumerated() {
      lk_add_outer(&packed, vector, 0.5 + Double(k), dimension, Self.lanes)
    }
    return packed
  }

  func congruence() -> [Double] {
    var packed = outerSum()
    var scratch = [Double](repeating: 0, count: dimension * dimension * Self.lanes)
    lk_congruence(matrix, &packed, &scratch, dimension, Self.lanes)
    return packed
  }

  func cholesky(_ packed: [Double]) -> (factor: [Double], logDeterminant: [Double]) {
    var (factor, determinant) = (packed, [Double](repeating: 0, count: Self.lanes))
    lk_cholesky(&factor, &determinant, dimension, Self.lanes)
    return (factor, determinant)
  }

  func solution() -> [Double] {
    var y = x
    lk_forward_substitute(cholesky(outerSum()).factor, &y, dimension, Self.lanes)
    return y
  }

  func weighted() -> [Double] {
    var sums = x
    lk_add_weighted(&sums, vectors[0], weights, dimension, Self.lanes)
    return sums
  }
}

@Suite struct CovariancesTests {
  private let lanes = CovarianceNumbers.lanes
  private static let dimensions = [1, 2, 5]

  /// The same multiply-adds one by one: bit by bit.
  @Test(arguments: dimensions) func sumsAreThoseOfLoops(dimension: Int) {
    let n = CovarianceNumbers(dimension: dimension)
    let weighted = n.weighted()
    for k in weighted.indices { #expect(weighted[k] == n.x[k].addingProduct(n.weights[k % lanes], n.vectors[0][k])) }
    let sum = n.outerSum()
    for lane in 0..<lanes {
      for i in 0..<dimension {
        for j in 0...i {
          let expected = n.vectors.enumerated().reduce(0.0) { sum, item in
            let (a, b) = (item.element[i * lanes + lane], item.element[j * lanes + lane])
            return sum.addingProduct((0.5 + Double(item.offset)) * a, b)
          }
          #expect(n.entry(sum, i, j, lane) == expected)
        }
      }
    }
  }

  @Test(arguments: dimensions) func congruencesAreProducts(dimension: Int) {
    let n = CovarianceNumbers(dimension: dimension)
    let (before, after) = (n.outerSum(), n.congruence())
    for lane in 0..<lanes {
      for i in 0..<dimension {
        for j in 0...i {
          var (expected, size) = (0.0, 0.0)
          for k in 0..<dimension {
            for l in 0..<dimension {
              let term = n.matrix[i * dimension + k] * n.entry(before, k, l, lane) * n.matrix[j * dimension + l]
              expected += term
              size += abs(term)
            }
          }
          // d² terms of three factors, summed twice in different orders.
          let bound = 2 * Double(dimension * dimension + 2) * Double.ulpOfOne * size
          #expect(abs(n.entry(after, i, j, lane) - expected) <= bound)
        }
      }
    }
  }

  @Test(arguments: dimensions) func theFactorTimesItselfIsTheMatrix(dimension: Int) {
    let n = CovarianceNumbers(dimension: dimension)
    let matrix = n.outerSum()
    let (factor, determinant) = n.cholesky(matrix)
    for lane in 0..<lanes {
      var logarithm = 0.0
      for i in 0..<dimension {
        logarithm += 2 * log(n.entry(factor, i, i, lane))
        for j in 0...i {
          let product = (0...j).reduce(0.0) { $0 + n.entry(factor, i, $1, lane) * n.entry(factor, j, $1, lane) }
          // Higham's bound (d + 1) u |L||Lᵀ|, whose diagonal is that of the matrix, and as much for the product here.
          let size = (n.entry(matrix, i, i, lane) * n.entry(matrix, j, j, lane)).squareRoot()
          #expect(
            abs(product - n.entry(matrix, i, j, lane)) <= 2 * Double(dimension + 1) * Double.ulpOfOne * size)
        }
      }
      // A root and a logarithm for each term, each with an ulp of numbers below 8.
      #expect(abs(determinant[lane] - logarithm) <= Double(dimension) * 4 * 8 * Double.ulpOfOne)
    }
  }

  @Test(arguments: dimensions) func theSolutionSolves(dimension: Int) {
    let n = CovarianceNumbers(dimension: dimension)
    let factor = n.cholesky(n.outerSum()).factor
    let y = n.solution()
    for lane in 0..<lanes {
      for i in 0..<dimension {
        let terms = (0...i).map { n.entry(factor, i, $0, lane) * y[$0 * lanes + lane] }
        let size = terms.reduce(0) { $0 + abs($1) }
        // Substitution is backward stable: d roundings of each term, and as many here.
        let bound = 2 * Double(dimension + 1) * Double.ulpOfOne * size
        #expect(abs(terms.reduce(0, +) - n.x[i * lanes + lane]) <= bound)
      }
    }
  }

  /// A lane that is not positive definite is NaN, those beside it are not.
  @Test func whatHasNoFactorIsNaN() {
    let n = CovarianceNumbers(dimension: 2)
    var matrix = n.outerSum()
    for (lane, entries) in [(1, [1.0, 2, 1]), (2, [-1, 0, 1]), (3, [0, 1, 1]), (6, [1, .nan, 1])] {
      for (row, value) in entries.enumerated() { matrix[row * lanes + lane] = value }
    }
    let (factor, determinant) = n.cholesky(matrix)
    for lane in 0..<lanes {
      let isBad = [1, 2, 3, 6].contains(lane)
      #expect(determinant[lane].isNaN == isBad)
      #expect(n.entry(factor, 1, 1, lane).isNaN == isBad)
    }
  }
}

extension DispatchTests {
  @Test func covariancesDoNotDependOnTheProcessor() {
    var results: [[UInt64]] = []
    for backend in [Self.baseline, Self.best] {
      #expect(lk_set_backend(backend) == backend)
      let values = [1, 2, 5].flatMap { dimension in
        let n = CovarianceNumbers(dimension: dimension)
        let (factor, determinant) = n.cholesky(n.outerSum())
        return n.weighted() + n.outerSum() + n.congruence() + factor + determinant + n.solution()
      }
      results.append(values.map(\.bitPattern))
    }
    #expect(results[0] == results[1])
  }
}
