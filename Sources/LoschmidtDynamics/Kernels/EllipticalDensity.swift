import CKernels
import Foundation
import LoschmidtNumerics

/// The density of a step whose noise is elliptical with a covariance that depends on θ; the storage of one worker.
///
/// With r = θ′ − θ + MG(θ), Σ(θ) = M(f C(θ) + s tr C(θ) 1)M + Σ₀ and q = rᵀΣ⁻¹r it is
/// (2π)^(−d/2) |Σ|^(−1/2) e^(−q/2) for Gaussian noise, and
/// Γ((ν + d)/2)/Γ(ν/2) (π(ν − 2))^(−d/2) |Σ|^(−1/2) (1 + q/(ν − 2))^(−(ν + d)/2) for Student's, whose covariance is Σ too.
/// C(θ) is the covariance of the gradients of single samples, Σ₀ the noise of the step that the gradient does not bring.
/// A lane whose Σ has no Cholesky factor gets NaN.
///
/// - Complexity: the gradients of all samples at one new point a step, and O(N d² + d³) a lane.
public final class EllipticalDensity: ResidualDensity {
  /// How the density falls with q.
  public enum Radial: Sendable, Equatable {
    /// As e^(−q/2).
    case gaussian
    /// As a power, with ν > 2 degrees of freedom.
    case student(degreesOfFreedom: Double)
  }

  /// At most so many coordinates: the factor at every point has their square.
  public static let largestDimension = 128

  /// What is known of one end of a step.
  private struct End {
    /// MG.
    let drift: LaneStorage
    /// The packed Cholesky factor of Σ.
    let factor: LaneStorage
    /// ln det Σ.
    let logDeterminant: LaneStorage

    init(_ dimension: Int, _ lanes: Int) {
      drift = LaneStorage(dimension: dimension, lanes: lanes)
      factor = LaneStorage(dimension: dimension * (dimension + 1) / 2, lanes: lanes)
      logDeterminant = LaneStorage(dimension: 1, lanes: lanes)
    }
  }

  private let dimension: Int
  private let lanes: Int
  private let radial: Radial
  private let covariance: NoiseCovariance
  private let noiseFactors: [Double]
  private var law: StepLaw
  private var thermal: DenseMatrix
  private var here: End
  private var there: End
  private let gradient: LaneStorage
  private let residual: LaneStorage
  private let distance: LaneStorage
  private let scratch: LaneStorage

  /// A density with its storage.
  ///
  /// - Parameters:
  ///   - law: M and Σ₀.
  ///   - covariance: f and s; nothing else is looked at, since a constant covariance is part of Σ₀.
  ///   - radial: How the density falls.
  ///   - noiseFactors: Factors c of models whose Σ is multiplied by c; 1 is the right one.
  ///   - lanes: The number of lanes, a multiple of 4.
  public init(
    _ law: StepLaw, covariance: NoiseCovariance, radial: Radial, noiseFactors: [Double] = [1], lanes: Int
  ) {
    dimension = law.dimension
    self.lanes = lanes
    self.radial = radial
    self.covariance = covariance
    self.noiseFactors = noiseFactors
    self.law = law
    thermal = law.covariance
    here = End(law.dimension, lanes)
    there = End(law.dimension, lanes)
    gradient = LaneStorage(dimension: law.dimension, lanes: lanes)
    residual = LaneStorage(dimension: law.dimension, lanes: lanes)
    distance = LaneStorage(dimension: 2, lanes: lanes)
    scratch = LaneStorage(dimension: law.dimension * law.dimension, lanes: lanes)
  }

  /// A number of lanes whose factors stay in the caches; a multiple of 4.
  static func suggestedLanes(dimension: Int) -> Int {
    // A megabyte for both ends of a step.
    [256, 128, 64, 32, 16].first { $0 * dimension * (dimension + 1) * 8 <= 1 << 20 } ?? 8
  }

  /// Changes M and Σ₀ of the steps from now on.
  public func setLaw(_ law: StepLaw) {
    self.law = law
    thermal = law.covariance
  }

  /// Evaluates the gradient and its covariance at the point at which steps begin.
  public func begin(at theta: UnsafePointer<Double>, _ field: BlockField) { evaluate(theta, field, into: here) }

  /// Evaluates the gradient and its covariance at the point at which a step ends.
  public func evaluateEnd(at next: UnsafePointer<Double>, _ field: BlockField) { evaluate(next, field, into: there) }

  /// Makes the end of the step the beginning of the next one.
  public func moveOn() { swap(&here, &there) }

  private func evaluate(_ theta: UnsafePointer<Double>, _ field: BlockField, into end: End) {
    if covariance.traceFactor != 0 {
      precondition(covariance.samplingFactor == 0, "a noise has the shape of the samples', or none")
      field.gradient(at: theta, into: gradient.pointer, trace: distance.pointer)
      end.factor.fill(0)
      for i in 0..<dimension {
        lk_add_scaled(end.factor.row(Self.place(i, i)), distance.pointer, covariance.traceFactor, lanes)
      }
    } else {
      field.gradient(at: theta, into: gradient.pointer, covariance: end.factor.pointer)
      for index in 0..<end.factor.count { end.factor.pointer[index] *= covariance.samplingFactor }
    }
    applyMobility(to: end)
    for i in 0..<dimension {
      for j in 0...i where thermal[i, j] != 0 {
        let row = end.factor.row(Self.place(i, j))
        for lane in 0..<lanes { row[lane] += thermal[i, j] }
      }
    }
    lk_cholesky(end.factor.pointer, end.logDeterminant.pointer, dimension, lanes)
  }

  /// MG, and M(…)M in place of what was between.
  private func applyMobility(to end: End) {
    switch law.form {
    case .diagonal(let rates, _, _):
      end.drift.fill(0)
      for i in 0..<dimension {
        lk_add_scaled(end.drift.row(i), gradient.row(i), rates[i], lanes)
        for j in 0...i {
          let row = end.factor.row(Self.place(i, j))
          let factor = rates[i] * rates[j]
          for lane in 0..<lanes { row[lane] *= factor }
        }
      }
    case .full(let mobility, _, _):
      lk_rows_multiply(mobility.entries, nil, dimension, dimension, gradient.pointer, end.drift.pointer, lanes)
      lk_congruence(mobility.entries, end.factor.pointer, scratch.pointer, dimension, lanes)
    }
  }

  /// The row of entry (i, j), j ≤ i, of a packed matrix.
  private static func place(_ i: Int, _ j: Int) -> Int { i * (i + 1) / 2 + j }

  /// Adds ln K(θ′ | θ)/K(θ | θ′) of a step, in nats; both ends were evaluated.
  public func addLogRatio(
    from theta: UnsafePointer<Double>, to next: UnsafePointer<Double>, into ratios: UnsafeMutablePointer<Double>
  ) {
    setDistance(from: theta, to: next, here, into: distance.row(0))
    setDistance(from: next, to: theta, there, into: distance.row(1))
    for (model, factor) in noiseFactors.enumerated() {
      let ratio = ratios + model * lanes
      for lane in 0..<lanes {
        ratio[lane] +=
          logProfile(distance[0, lane] / factor) - logProfile(distance[1, lane] / factor)
          - 0.5 * (here.logDeterminant[0, lane] - there.logDeterminant[0, lane])
      }
    }
  }

  /// Writes ln K(θ′ | θ) in nats of the model with the first noise factor, one number a lane; the beginning was evaluated.
  public func logDensity(
    of next: UnsafePointer<Double>, given theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    setDistance(from: theta, to: next, here, into: distance.row(0))
    let factor = noiseFactors[0]
    let normalisation = logNormalisation - 0.5 * Double(dimension) * log(factor)
    for lane in 0..<lanes {
      result[lane] =
        normalisation + logProfile(distance[0, lane] / factor) - 0.5 * here.logDeterminant[0, lane]
    }
  }

  /// d for Gaussian noise, whose q has that law; 2 for Student's, of which −2 ln P(larger q) has it.
  public var residualDegrees: Int {
    switch radial {
    case .gaussian: dimension
    case .student: 2
    }
  }

  /// Adds q of a step, or −2 ln P(larger q), of the model with the first noise factor; the beginning was evaluated.
  public func addResidual(
    from theta: UnsafePointer<Double>, to next: UnsafePointer<Double>, into sums: UnsafeMutablePointer<Double>
  ) {
    let factor = noiseFactors[0]
    setDistance(from: theta, to: next, here, into: distance.row(0))
    for lane in 0..<lanes {
      let q = distance[0, lane] / factor
      switch radial {
      case .gaussian: sums[lane] += q
      case .student(let nu): sums[lane] += Self.studentResidual(q, dimension, nu)
      }
    }
    for k in 0..<dimension * lanes { residual.pointer[k] = residualRounding(theta[k], next[k]) }
    lk_forward_substitute(here.factor.pointer, residual.pointer, dimension, lanes)
    lk_inner_products(residual.pointer, residual.pointer, 1 / factor, sums + lanes, dimension, lanes)
  }

  /// −2 ln P(Q > q) for Student's law: x = (ν − 2)/(q + ν − 2) has a beta law of ν/2 and d/2.
  private static func studentResidual(_ q: Double, _ dimension: Int, _ nu: Double) -> Double {
    // Σ is the covariance at every θ of a trajectory that is sound; a parked lane may hold anything.
    guard q.isFinite, q >= 0 else { return .infinity }
    let d = Double(dimension)
    // −2 ln x^(ν/2); it does not underflow.
    if dimension == 2 { return nu * log1p(q / (nu - 2)) }
    // From here on Student's law is the Gaussian one to 1e-6, far below what any number of steps shows.
    let tail =
      nu < 1e6
      ? try? SpecialFunctions.incompleteBeta(nu / 2, d / 2, (nu - 2) / (q + nu - 2))
      : try? TailProbabilities.chiSquaredTail(q, degreesOfFreedom: d)
    return -2 * log(max(tail ?? 0, .leastNormalMagnitude))
  }

  /// q of the step between two points.
  private func setDistance(
    from theta: UnsafePointer<Double>, to next: UnsafePointer<Double>, _ end: End,
    into result: UnsafeMutablePointer<Double>
  ) {
    residual.pointer.update(from: next, count: dimension * lanes)
    lk_add_scaled(residual.pointer, theta, -1, dimension * lanes)
    lk_add_scaled(residual.pointer, end.drift.pointer, 1, dimension * lanes)
    lk_forward_substitute(end.factor.pointer, residual.pointer, dimension, lanes)
    result.update(repeating: 0, count: lanes)
    lk_inner_products(residual.pointer, residual.pointer, 1, result, dimension, lanes)
  }

  /// The logarithm of the density as a function of q, up to a constant.
  private func logProfile(_ q: Double) -> Double {
    switch radial {
    case .gaussian: -0.5 * q
    case .student(let nu): -0.5 * (nu + Double(dimension)) * log1p(q / (nu - 2))
    }
  }

  private var logNormalisation: Double {
    let d = Double(dimension)
    switch radial {
    case .gaussian: return -0.5 * d * log(2 * .pi)
    case .student(let nu): return lgamma(0.5 * (nu + d)) - lgamma(0.5 * nu) - 0.5 * d * log(.pi * (nu - 2))
    }
  }
}
