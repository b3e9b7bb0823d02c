import Foundation
import LoschmidtNumerics
import LoschmidtTestSupport
import Testing

@Suite struct LanczosTests {
  /// A symmetric matrix per lane: Q diag(λ) Q with one Householder reflection Q.
  private struct Operators {
    var eigenvalues: [[Double]]
    var mirror: [Double]

    func apply(_ block: Block) -> Block {
      var result = block
      let scale = 2 / mirror.reduce(0) { $0 + $1 * $1 }
      func reflect(_ vector: [Double]) -> [Double] {
        let product = zip(vector, mirror).reduce(0) { $0 + $1.0 * $1.1 } * scale
        return zip(vector, mirror).map { $0 - product * $1 }
      }
      for lane in 0..<block.lanes {
        let image = reflect(zip(eigenvalues[lane], reflect(block.vector(lane: lane))).map { $0 * $1 })
        for i in 0..<block.dimension { result[i, lane] = image[i] }
      }
      return result
    }
  }

  @Test(arguments: [1, 2, 7, 60]) func isExactOnceTheSpaceIsExhausted(dimension: Int) {
    var random = TestRandom(seed: UInt64(dimension))
    var spectra = (0..<3).map { _ in random.vector(dimension, in: -2...2) }
    spectra.append([Double](repeating: 0, count: dimension))
    spectra.append([Double](repeating: -1.5, count: dimension))
    let operators = Operators(eigenvalues: spectra, mirror: random.vector(dimension))
    let lanczos = Lanczos(dimension: dimension, lanes: spectra.count) { operators.apply($0) }
    for (lane, spectrum) in spectra.enumerated() {
      let largest = spectrum.max() ?? .nan
      // Backward stable: units in the last place of the norm 2 per row; an early stop leaves the square of 1e-9.
      #expect(abs(lanczos.largest[lane] - largest) < 1e-14 * Double(2 + dimension))
      #expect(abs(lanczos.smallest[lane] - (spectrum.min() ?? .nan)) < 1e-14 * Double(2 + dimension))
      #expect(lanczos.norms[lane] >= abs(largest) - 1e-14)
    }
    #expect(lanczos.iterations <= dimension)
  }

  @Test(arguments: [200, 1_000]) func stopsEarlyInLargeSpaces(dimension: Int) {
    let diagonal = (0..<dimension).map { i in i == 17 ? 3 : cos(Double(i)) }
    let lanczos = Lanczos(dimension: dimension, lanes: 1) { block in
      var result = block
      for i in 0..<dimension { result.entries[i] *= diagonal[i] }
      return result
    }
    #expect(abs(lanczos.largest[0] - 3) <= lanczos.largestResidual[0] + 1e-14)
    // An isolated eigenvalue is found long before the crowd below it.
    #expect(abs(lanczos.largest[0] - 3) < 1e-12)
    #expect(abs(lanczos.smallest[0] - (diagonal.min() ?? 0)) < 1e-2)
    #expect(lanczos.iterations <= 100)
  }

  /// Three blocks instead of the basis: copies of eigenvalues must not spoil the ends of the spectrum.
  @Test func needsNoBasisInManyLanes() {
    let (dimension, lanes) = (3_000, 16)
    let lanczos = Lanczos(dimension: dimension, lanes: lanes) { block in
      var result = block
      for i in 0..<dimension {
        for lane in 0..<lanes { result.entries[i * lanes + lane] *= Double((i * i) % 97) / 97 + (i == lane ? 1 : 0) }
      }
      return result
    }
    for lane in 0..<lanes {
      let diagonal = (0..<dimension).map { Double(($0 * $0) % 97) / 97 + ($0 == lane ? 1 : 0) }
      // The residual bounds the error; units in the last place come on top.
      #expect(abs(lanczos.largest[lane] - (diagonal.max() ?? 0)) <= lanczos.largestResidual[lane] + 1e-13)
    }
  }

  @Test func findsTheSpectrumOfAPreconditionedOperator() {
    // ΛH for Λ = L Lᵀ and H: the roots of λ² − tr λ + det.
    let lower = [2.0, 0, 0.5, 1]
    let hessian = [1.0, -0.5, -0.5, 3]
    let preconditioner = [4.0, 1, 1, 1.25]
    let product = [
      preconditioner[0] * hessian[0] + preconditioner[1] * hessian[2],
      preconditioner[0] * hessian[1] + preconditioner[1] * hessian[3],
      preconditioner[2] * hessian[0] + preconditioner[3] * hessian[2],
      preconditioner[2] * hessian[1] + preconditioner[3] * hessian[3],
    ]
    let half = (product[0] + product[3]) / 2
    let root = (half * half - (product[0] * product[3] - product[1] * product[2])).squareRoot()
    let lanczos = Lanczos(dimension: 2, lanes: 1, metric: .factored(lower: lower, dimension: 2)) { block in
      var result = block
      for i in 0..<2 { result[i, 0] = product[2 * i] * block[0, 0] + product[2 * i + 1] * block[1, 0] }
      return result
    }
    // A few roundings of numbers of order five.
    #expect(abs(lanczos.largest[0] - (half + root)) < 1e-14)
    #expect(abs(lanczos.smallest[0] - (half - root)) < 1e-14)
  }

  @Test func keepsTroubleInItsLane() {
    let lanczos = Lanczos(dimension: 3, lanes: 2) { block in
      var result = block
      for i in 0..<3 {
        result[i, 0] = .nan
        result[i, 1] *= Double(i)
      }
      return result
    }
    #expect(lanczos.largest[0].isNaN)
    #expect(abs(lanczos.largest[1] - 2) < 1e-14)
  }
}
