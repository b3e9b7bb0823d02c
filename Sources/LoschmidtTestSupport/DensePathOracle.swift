import Foundation
import LoschmidtNumerics

/// The law of a quadratic functional of a Gaussian path, from one dense matrix for the whole path.
///
/// The path is a function of independent standard normals z, so the functional is c + gᵀz + ½ zᵀQz; its coefficients
/// come from values of the functional by polarisation. Nothing of the recursions over time is used.
public struct DensePathOracle: Sendable {
  private let constant: Double
  private let slope: [Double]
  private let curvature: [Double]

  /// The law of `functional` for x_0 ~ N(mean, covariance), x_{k+1} = A_k x_k + b_k + N(0, D_k).
  public init(
    mean: [Double], covariance: [[Double]], steps: [(map: [[Double]], shift: [Double], noise: [[Double]])],
    functional: ([[Double]]) -> Double
  ) {
    let dimension = mean.count
    let factors = ([covariance] + steps.map(\.noise)).map { Self.lower($0) }
    func path(_ z: [Double]) -> [[Double]] {
      var points: [[Double]] = []
      for (index, factor) in factors.enumerated() {
        let noise = (0..<dimension).map { row in
          (0...row).reduce(0) { $0 + factor[row][$1] * z[index * dimension + $1] }
        }
        guard let last = points.last else {
          points.append(zip(mean, noise).map { $0 + $1 })
          continue
        }
        let step = steps[index - 1]
        points.append(
          (0..<dimension).map { row in
            zip(step.map[row], last).reduce(step.shift[row] + noise[row]) { $0 + $1.0 * $1.1 }
          })
      }
      return points
    }
    let count = factors.count * dimension
    func value(_ entries: (Int, Double)...) -> Double {
      var z = [Double](repeating: 0, count: count)
      for (index, entry) in entries { z[index] += entry }
      return functional(path(z))
    }
    let zero = value()
    let plus = (0..<count).map { value(($0, 1)) }
    let minus = (0..<count).map { value(($0, -1)) }
    constant = zero
    slope = zip(plus, minus).map { 0.5 * ($0 - $1) }
    var entries = [Double](repeating: 0, count: count * count)
    for row in 0..<count {
      entries[row * count + row] = plus[row] + minus[row] - 2 * zero
      for column in 0..<row {
        let mixed = value((row, 1), (column, 1)) - plus[row] - plus[column] + zero
        entries[row * count + column] = mixed
        entries[column * count + row] = mixed
      }
    }
    curvature = entries
  }

  /// E R.
  public var mean: Double { (0..<slope.count).reduce(constant) { $0 + 0.5 * curvature[$1 * slope.count + $1] } }

  /// Var R.
  public var variance: Double {
    0.5 * curvature.reduce(0) { $0 + $1 * $1 } + slope.reduce(0) { $0 + $1 * $1 }
  }

  /// ln E e^{−kR}; infinity where it diverges.
  public func cumulantGenerating(_ argument: Double) -> Double {
    let eigen = spectrum
    var sum = -argument * constant
    for (index, value) in eigen.eigenvalues.enumerated() {
      let scale = 1 + argument * value
      if scale <= 0 { return .infinity }
      let component = zip(eigen.eigenvector(index), slope).reduce(0) { $0 + $1.0 * $1.1 }
      sum += -0.5 * log(scale) + 0.5 * argument * argument * component * component / scale
    }
    return sum
  }

  /// The largest k with a finite expectation; infinity where Q has no negative eigenvalue beyond rounding.
  public var kDivergence: Double {
    let eigenvalues = spectrum.eigenvalues
    let (least, largest) = (eigenvalues.first ?? 0, eigenvalues.last ?? 0)
    return least < -1e-12 * max(1, largest) ? -1 / least : .infinity
  }

  private var spectrum: SymmetricEigen {
    do {
      return try SymmetricEigen(matrix: curvature, dimension: slope.count)
    } catch { preconditionFailure("a symmetric matrix of finite numbers has eigenvalues") }
  }

  /// ln N(x; mean, covariance), by elimination written here.
  public static func logDensity(of point: [Double], mean: [Double], covariance: [[Double]]) -> Double {
    let factor = lower(covariance)
    var (sum, whitened) = (0.0, [Double]())
    for row in point.indices {
      let residual = (0..<row).reduce(point[row] - mean[row]) { $0 - factor[row][$1] * whitened[$1] }
      whitened.append(residual / factor[row][row])
      sum -= 0.5 * whitened[row] * whitened[row] + log(factor[row][row]) + 0.5 * log(2 * .pi)
    }
    return sum
  }

  private static func lower(_ matrix: [[Double]]) -> [[Double]] {
    var factor = matrix.map { $0.map { _ in 0.0 } }
    for row in matrix.indices {
      for column in 0...row {
        let rest = (0..<column).reduce(matrix[row][column]) { $0 - factor[row][$1] * factor[column][$1] }
        factor[row][column] = row == column ? rest.squareRoot() : rest / factor[column][column]
      }
    }
    return factor
  }
}
