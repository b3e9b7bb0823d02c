import CKernels
import Foundation
import LoschmidtNumerics

/// The density of a step whose noise is α-stable, α < 2, and independent for each coordinate; the storage of one
/// worker.
///
/// With r = θ′ − θ + MG(θ), a diagonal M and the scale c of the gradient's noise it is Π_i p(r_i/(M_i c))/(M_i c).
///
/// - Complexity: the full gradient at one new point a step, and O(d) a lane for each end and noise factor.
public final class StableDensity: ResidualDensity {
  private let dimension: Int
  private let lanes: Int
  private let table: StableTable
  /// Made when a residual is first asked for.
  private var tail: StableTail?
  private let scale: Double
  private let noiseFactors: [Double]
  private var rates: [Double]
  /// MG at both ends of a step.
  private var here: LaneStorage
  private var there: LaneStorage
  private let residual: LaneStorage
  private let sum: LaneStorage

  /// A density with its storage.
  ///
  /// - Parameters:
  ///   - law: M, which is diagonal; there is no other noise.
  ///   - alpha: The index of stability, below 2.
  ///   - scale: c.
  ///   - noiseFactors: Factors f of models whose c² is multiplied by f; 1 is the right one.
  ///   - lanes: The number of lanes, a multiple of 4.
  public init(_ law: StepLaw, alpha: Double, scale: Double, noiseFactors: [Double] = [1], lanes: Int) {
    guard let table = try? StableTable(alpha: alpha) else {
      preconditionFailure("the integral of a stable density reaches its tolerance")
    }
    self.table = table
    dimension = law.dimension
    self.lanes = lanes
    self.scale = scale
    self.noiseFactors = noiseFactors
    rates = Self.rates(law)
    here = LaneStorage(dimension: law.dimension, lanes: lanes)
    there = LaneStorage(dimension: law.dimension, lanes: lanes)
    residual = LaneStorage(dimension: law.dimension, lanes: lanes)
    sum = LaneStorage(dimension: 1, lanes: lanes)
  }

  private static func rates(_ law: StepLaw) -> [Double] {
    guard case .diagonal(let rates, _, _) = law.form, law.isDeterministic else {
      preconditionFailure("stable noise has a density under a diagonal mobility, without other noise")
    }
    return rates
  }

  /// Changes M of the steps from now on.
  public func setLaw(_ law: StepLaw) { rates = Self.rates(law) }

  /// Evaluates the gradient at the point at which steps begin.
  public func begin(at theta: UnsafePointer<Double>, _ field: BlockField) { evaluate(theta, field, into: here) }

  /// Evaluates the gradient at the point at which a step ends.
  public func evaluateEnd(at next: UnsafePointer<Double>, _ field: BlockField) { evaluate(next, field, into: there) }

  /// Makes the end of the step the beginning of the next one.
  public func moveOn() { swap(&here, &there) }

  private func evaluate(_ theta: UnsafePointer<Double>, _ field: BlockField, into drift: LaneStorage) {
    field.gradient(at: theta, into: drift.pointer)
    for i in 0..<dimension {
      let row = drift.row(i)
      for lane in 0..<lanes { row[lane] *= rates[i] }
    }
  }

  /// Adds ln K(θ′ | θ)/K(θ | θ′) of a step, in nats; both ends were evaluated.
  public func addLogRatio(
    from theta: UnsafePointer<Double>, to next: UnsafePointer<Double>, into ratios: UnsafeMutablePointer<Double>
  ) {
    for (model, factor) in noiseFactors.enumerated() {
      let ratio = ratios + model * lanes
      setLogProfile(from: theta, to: next, drift: here, factor)
      lk_add_scaled(ratio, sum.pointer, 1, lanes)
      setLogProfile(from: next, to: theta, drift: there, factor)
      lk_add_scaled(ratio, sum.pointer, -1, lanes)
    }
  }

  /// Writes ln K(θ′ | θ) in nats of the model with the first noise factor, one number a lane; the beginning was
  /// evaluated.
  public func logDensity(
    of next: UnsafePointer<Double>, given theta: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    let factor = noiseFactors[0]
    setLogProfile(from: theta, to: next, drift: here, factor)
    let volume = rates.reduce(0) { $0 + log($1 * scale * factor.squareRoot()) }
    for lane in 0..<lanes { result[lane] = sum.pointer[lane] - volume }
  }

  /// Two for each coordinate, of which −2 ln P(|Z| > |z|) has the law χ² with two degrees of freedom.
  public var residualDegrees: Int { 2 * dimension }

  /// Adds −2 Σ_i ln P(|Z| > |r_i|/(M_i c √f)) of a step, f the first noise factor; the beginning was evaluated.
  public func addResidual(
    from theta: UnsafePointer<Double>, to next: UnsafePointer<Double>, into sums: UnsafeMutablePointer<Double>
  ) {
    let tail = tail ?? StableTail(table)
    self.tail = tail
    for i in 0..<dimension {
      let unit = rates[i] * scale * noiseFactors[0].squareRoot()
      for lane in 0..<lanes {
        let (before, after) = (theta[i * lanes + lane], next[i * lanes + lane])
        sums[lane] -= 2 * tail.logProbability(beyond: (after - before + here[i, lane]) / unit)
        // −2 ln P changes with z at most twice as fast as this, and is 2 on average.
        let error = tail.slopeAtZero * residualRounding(before, after) / unit
        sums[lanes + lane] += error * error
      }
    }
  }

  /// Σ_i ln p(r_i/(M_i c √factor)) of the step between two points.
  private func setLogProfile(
    from theta: UnsafePointer<Double>, to next: UnsafePointer<Double>, drift: LaneStorage, _ factor: Double
  ) {
    residual.pointer.update(from: next, count: dimension * lanes)
    lk_add_scaled(residual.pointer, theta, -1, dimension * lanes)
    lk_add_scaled(residual.pointer, drift.pointer, 1, dimension * lanes)
    sum.fill(0)
    for i in 0..<dimension {
      let unit = rates[i] * scale * factor.squareRoot()
      let row = residual.row(i)
      for lane in 0..<lanes { sum.pointer[lane] += table.logDensity(of: row[lane] / unit) }
    }
  }
}
