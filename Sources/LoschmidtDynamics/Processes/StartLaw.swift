import Foundation
import LoschmidtNumerics

/// The law of the point at which trajectories start, with its density where it has one.
public protocol StartLaw: Sendable {
  /// Whether the law has a density on the whole space: no coordinate is a definite number.
  var hasDensity: Bool { get }

  /// Draws the start of a block of trajectories.
  func draw(into theta: LaneStorage, from source: any RandomSource)

  /// Writes ln p_0(θ) in nats, one number a lane; −∞ outside the support. Only where there is a density.
  func logDensity(at theta: UnsafePointer<Double>, lanes: Int, into result: UnsafeMutablePointer<Double>)
}

extension InitialLaw: StartLaw {
  /// Whether no coordinate is a definite number.
  public var hasDensity: Bool {
    coordinates.allSatisfy { if case .point = $0 { false } else { true } }
  }

  /// Whether a coordinate is uniform: then p_0 vanishes somewhere.
  public var hasUniform: Bool {
    coordinates.contains { if case .uniform = $0 { true } else { false } }
  }

  /// Independent coordinates.
  public func draw(into theta: LaneStorage, from source: any RandomSource) {
    let lanes = theta.lanes
    if coordinates.contains(where: { if case .normal = $0 { true } else { false } }) {
      source.normals(.initialPoint, step: 0, into: theta.pointer, dimension: theta.dimension)
    }
    let uniforms = LaneStorage(dimension: hasUniform ? theta.dimension : 0, lanes: lanes)
    if hasUniform {
      source.uniforms(.initialPoint, step: 0, into: uniforms.pointer, dimension: theta.dimension)
    }
    for (i, coordinate) in coordinates.enumerated() {
      let row = theta.row(i)
      switch coordinate {
      case .point(let value): row.update(repeating: value, count: lanes)
      case .normal(let mean, let deviation):
        for lane in 0..<lanes { row[lane] = mean + deviation * row[lane] }
      case .uniform(let lower, let upper):
        let uniform = uniforms.row(i)
        for lane in 0..<lanes { row[lane] = lower + (upper - lower) * uniform[lane] }
      }
    }
  }

  /// The sum of the coordinates' log-densities.
  public func logDensity(at theta: UnsafePointer<Double>, lanes: Int, into result: UnsafeMutablePointer<Double>) {
    result.update(repeating: 0, count: lanes)
    for (i, coordinate) in coordinates.enumerated() {
      let row = theta + i * lanes
      switch coordinate {
      case .point: preconditionFailure("a definite number has no density")
      case .normal(let mean, let deviation):
        let constant = log(deviation) + 0.5 * log(2 * .pi)
        for lane in 0..<lanes {
          let z = (row[lane] - mean) / deviation
          result[lane] -= 0.5 * z * z + constant
        }
      case .uniform(let lower, let upper):
        let constant = log(upper - lower)
        for lane in 0..<lanes {
          result[lane] -= lower...upper ~= row[lane] ? constant : .infinity
        }
      }
    }
  }
}

/// A start drawn from N(m, S).
public struct GaussianStart: StartLaw {
  /// m.
  public let mean: [Double]
  /// S, positive definite.
  public let covariance: DenseMatrix
  private let factor: DenseMatrix
  private let precision: DenseMatrix
  private let logNormalisation: Double

  /// The law with this mean and covariance.
  ///
  /// - Throws: `GSLError` where S is not positive definite.
  public init(mean: [Double], covariance: DenseMatrix) throws(GSLError) {
    let cholesky = try Cholesky(covariance)
    self.mean = mean
    self.covariance = covariance
    factor = cholesky.lowerMatrix
    precision = cholesky.inverse
    logNormalisation = 0.5 * (Double(mean.count) * log(2 * .pi) + cholesky.logDeterminant)
  }

  /// A normal law has a density.
  public var hasDensity: Bool { true }

  /// m + Lζ.
  public func draw(into theta: LaneStorage, from source: any RandomSource) {
    let normals = LaneStorage(dimension: theta.dimension, lanes: theta.lanes)
    source.normals(.initialPoint, step: 0, into: normals.pointer, dimension: theta.dimension)
    for lane in 0..<theta.lanes {
      let point = Vectors.sum(mean, factor.applied(to: normals.vector(lane: lane)))
      for (i, value) in point.enumerated() { theta[i, lane] = value }
    }
  }

  /// −½(θ − m)ᵀS⁻¹(θ − m) − ½ ln det(2πS).
  public func logDensity(at theta: UnsafePointer<Double>, lanes: Int, into result: UnsafeMutablePointer<Double>) {
    for lane in 0..<lanes {
      let deviation = mean.indices.map { theta[$0 * lanes + lane] - mean[$0] }
      result[lane] = -0.5 * precision.form(deviation, deviation) - logNormalisation
    }
  }
}
