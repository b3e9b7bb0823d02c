import Foundation

/// The closed forms of all potentials for l = ½ θᵀHθ − bᵀθ: functions of the eigenvalues of H that act on the gradient.
///
/// The eigenvalues come from Jacobi rotations written here; nothing of the library is used.
public struct QuadraticOracle: Sendable {
  /// The eigenvalues of H, in no order.
  public let eigenvalues: [Double]
  private let eigenvectors: [[Double]]
  private let components: [Double]

  /// The oracle for one point.
  public init(hessian: [[Double]], linear: [Double], point: [Double]) {
    let gradient = hessian.indices.map { i in
      zip(hessian[i], point).reduce(-linear[i]) { $0 + $1.0 * $1.1 }
    }
    (eigenvalues, eigenvectors) = Self.jacobi(hessian)
    components = eigenvectors.map { vector in zip(vector, gradient).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// ln(1 − ηλ)/(ηλ) + 1; NaN where ηλ ≥ 1.
  public func backwardError(_ eta: Double) -> [Double] {
    apply { value in
      let z = eta * value
      if abs(z) > 0.5 { return z < 1 ? log1p(-z) / z + 1 : .nan }
      return -Self.powerSeries(z) { 1 / Double($0 + 1) }
    }
  }

  /// −(n/(n−1)) [(1 − ηλ/n)ⁿ − (1 − ηλ)]/(ηλ).
  public func timeRenormalised(_ eta: Double, steps: Int) -> [Double] {
    let n = Double(steps)
    return apply { value in
      // (1 − z/n)ⁿ − (1 − z) = Σ_{j≥2} C(n, j) (−z/n)^j, without cancellation of the terms of order z.
      let z = eta * value
      var (term, sum) = (-(n - 1) / 2 * -z / n, 0.0)
      for j in 2...steps {
        sum += term
        term *= (n - Double(j)) / Double(j + 1) * -z / n
      }
      return -(n / (n - 1)) * sum
    }
  }

  /// −(e^{−ηλ} − 1 + ηλ)/(ηλ).
  public func timeRenormalisedLimit(_ eta: Double) -> [Double] {
    apply { value in
      let z = eta * value
      if abs(z) > 0.5 { return -(expm1(-z) + z) / z }
      return Self.powerSeries(z) { power in (power % 2 == 0 ? 1 : -1) / tgamma(Double(power + 2)) }
    }
  }

  /// −ηλ/2.
  public func timeAsymmetry(_ eta: Double) -> [Double] { apply { -eta * $0 / 2 } }

  /// −(ηλ/8)(2 − ηλ)².
  public func stochasticThermodynamic(_ eta: Double) -> [Double] {
    apply { -(eta * $0 / 8) * (2 - eta * $0) * (2 - eta * $0) }
  }

  /// (η/16) Σ (2 − ηλ)² times the squared component of the gradient.
  public func stochasticThermodynamicPotential(_ eta: Double) -> Double {
    zip(eigenvalues, components).reduce(0) { sum, mode in
      sum + eta / 16 * (2 - eta * mode.0) * (2 - eta * mode.0) * mode.1 * mode.1
    }
  }

  /// Σ_{k≥1} c_k z^k for |z| ≤ 1/2, where 60 terms leave nothing.
  private static func powerSeries(_ z: Double, _ coefficient: (Int) -> Double) -> Double {
    (1...60).reversed().reduce(0) { z * ($0 + coefficient($1)) }
  }

  private func apply(_ function: (Double) -> Double) -> [Double] {
    var result = [Double](repeating: 0, count: components.count)
    for (mode, vector) in eigenvectors.enumerated() {
      let factor = function(eigenvalues[mode]) * components[mode]
      for i in result.indices { result[i] += factor * vector[i] }
    }
    return result
  }

  private static func jacobi(_ matrix: [[Double]]) -> (values: [Double], vectors: [[Double]]) {
    let count = matrix.count
    var a = matrix
    var vectors = (0..<count).map { i in (0..<count).map { $0 == i ? 1.0 : 0.0 } }
    for _ in 0..<50 {
      for p in 0..<count {
        for q in (p + 1)..<max(count, p + 1) where a[p][q] != 0 {
          let angle = 0.5 * atan2(2 * a[p][q], a[q][q] - a[p][p])
          let (c, s) = (cos(angle), sin(angle))
          for k in 0..<count { (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]) }
          for k in 0..<count { (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]) }
          for k in 0..<count {
            let (x, y) = (vectors[p][k], vectors[q][k])
            (vectors[p][k], vectors[q][k]) = (c * x - s * y, s * x + c * y)
          }
        }
      }
    }
    return (a.indices.map { a[$0][$0] }, vectors)
  }
}
