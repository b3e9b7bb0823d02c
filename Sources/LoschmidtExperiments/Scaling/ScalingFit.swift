import Foundation
import LoschmidtNumerics
import LoschmidtReports

/// What was measured at one value.
struct ScalingPoint: Equatable {
  let value: Double
  let statistic: Double
  let standardError: Double
  /// The number of independent replicas that the error comes from; `nil` where the error is known.
  var replicas: Int?
  /// Why the scatter of replicas is no error, without a full stop.
  var missingError: String?
}

/// The power law ln |s| = ln a + p ln x (+ c x) through measured points, by weighted least squares.
///
/// The error of ln |s| is the relative one of s; so s has to differ from 0 by some errors, and to have one sign.
///
/// With fewer than ``replicasForWeights`` replicas at a value their scatter is no good weight: a point whose replicas agree
/// by chance would draw the line to itself. All points then weigh the same, p = Σ c_i ln |s_i| with constant c_i, and its
/// error is √(Σ c_i² e_i²) from the measured errors e_i. Student's t with the degrees of freedom of a single point,
/// replicas − 1, covers such a sum at least as often as it says, however the errors of the points differ. Whether the power law
/// fits is asked with errors that are measured: χ²/c has an F law (James and Welch).
///
/// - Source: Hájek, Inequalities for the generalized Student's distribution, 1962; Johansen, Biometrika 67 (1980) 85.
struct ScalingFit {
  /// With so many replicas at every value points are weighted by their errors.
  static let replicasForWeights = 100
  /// A statistic within so many standard errors of 0 has no logarithm with a useful error.
  static let leastRatio = 5.0
  /// A fit with a smaller p-value of χ² is none: no exponent is given.
  static let leastPValue = 1e-3
  /// The probability that the interval of the exponent covers it.
  static let coverage = 0.99

  /// Why there is no fit.
  enum Failure: Error, Equatable {
    /// Nothing finite was measured at a value.
    case missing(Double)
    /// All replicas agree at a value, so that the point has no error.
    case withoutScatter(Double)
    /// The statistic has no standard error at a value, and why.
    case withoutError(Double, reason: String)
    /// The statistic is within a few of its errors of 0 at a value.
    case nearZero(Double, ratio: Double = ScalingFit.leastRatio)
    /// The statistic changes its sign.
    case changingSign
    /// The regression has no result.
    case regression(GSLError)
  }

  /// The regression: its coefficients, and χ² with the measured errors.
  let regression: WeightedRegression
  /// The covariance of the coefficients, row-major.
  let covariance: [Double]
  /// P(so bad a fit) if the power law holds.
  let pValue: Double
  /// Of Student's t for everything that rests on the coefficients; infinite where the errors are known.
  let degreesOfFreedom: Double
  /// d p/d ln |s| of every point.
  let sensitivities: [Double]
  /// The sign of s.
  let sign: Double

  init(_ points: [ScalingPoint], correction: ScalingSettings.Correction) throws(Failure) {
    let fewest = points.compactMap(\.replicas).min()
    degreesOfFreedom = fewest.map { Double($0 - 1) } ?? .infinity
    let leastRatio = Self.leastRatio(degreesOfFreedom)
    for point in points {
      guard point.statistic.isFinite, point.standardError.isFinite else { throw .missing(point.value) }
      if let reason = point.missingError { throw .withoutError(point.value, reason: reason) }
      guard point.standardError > 0 else { throw .withoutScatter(point.value) }
      guard abs(point.statistic) > leastRatio * point.standardError else {
        throw .nearZero(point.value, ratio: leastRatio)
      }
    }
    let signs = Set(points.map { $0.statistic > 0 })
    guard signs.count == 1 else { throw .changingSign }
    sign = signs.contains(true) ? 1 : -1
    var columns = [points.map { log($0.value) }]
    if correction == .linear { columns.append(points.map(\.value)) }
    let values = points.map { log(abs($0.statistic)) }
    let errors = points.map { $0.standardError / abs($0.statistic) }
    do {
      let weighted = try WeightedRegression(values: values, standardErrors: errors, columns: columns)
      guard let fewest else {
        (regression, covariance, pValue) = (weighted, weighted.covariance, weighted.pValue)
        sensitivities = Self.sensitivities(weighted, errors: errors, columns: columns)
        return
      }
      pValue = Self.pValue(weighted, errors: errors, columns: columns, replicas: points.map { $0.replicas ?? fewest })
      if fewest >= Self.replicasForWeights {
        (regression, covariance) = (weighted, weighted.covariance)
        sensitivities = Self.sensitivities(weighted, errors: errors, columns: columns)
        return
      }
      let ones = [Double](repeating: 1, count: points.count)
      let plain = try WeightedRegression(values: values, standardErrors: ones, columns: columns)
      regression = plain.with(chiSquared: weighted.chiSquared)
      sensitivities = Self.sensitivities(plain, errors: ones, columns: columns)
      covariance = Self.sandwich(plain, errors: errors, columns: columns)
    } catch { throw .regression(error) }
  }

  /// How many standard errors the statistic has to be away from 0: 5, and with few replicas more in the ratio of the 5 %
  /// points of Student's t and of the normal law, so that an error that is small by chance lets no point pass.
  private static func leastRatio(_ degreesOfFreedom: Double) -> Double {
    guard degreesOfFreedom.isFinite, degreesOfFreedom >= 1 else { return leastRatio }
    let quantile = try? TailProbabilities.studentTTailQuantile(0.05, degreesOfFreedom: degreesOfFreedom)
    return quantile.map { leastRatio * max(1, $0 / 1.645) } ?? .infinity
  }

  /// The row of the exponent of (Xᵀ diag(e⁻²) X)⁻¹ Xᵀ diag(e⁻²).
  private static func sensitivities(_ fit: WeightedRegression, errors: [Double], columns: [[Double]]) -> [Double] {
    let size = fit.coefficients.count
    return errors.enumerated().map { point, error in
      let row = [1] + columns.map { $0[point] }
      return (0..<size).reduce(0) { $0 + fit.covariance[size + $1] * row[$1] } / (error * error)
    }
  }

  /// (XᵀX)⁻¹ Xᵀ diag(e²) X (XᵀX)⁻¹.
  private static func sandwich(_ plain: WeightedRegression, errors: [Double], columns: [[Double]]) -> [Double] {
    let size = plain.coefficients.count
    var result = [Double](repeating: 0, count: size * size)
    for (point, error) in errors.enumerated() {
      let row = [1] + columns.map { $0[point] }
      let weights = (0..<size).map { i in (0..<size).reduce(0) { $0 + plain.covariance[i * size + $1] * row[$1] } }
      for i in 0..<size { for j in 0..<size { result[i * size + j] += error * error * weights[i] * weights[j] } }
    }
    return result
  }

  /// The probability of so large a χ² with errors from few replicas: χ²/c has the law F(q, f) with
  /// A = Σ (1 − h_i)²/ν_i, c = q + 2A − 6A/(q + 2) and f = q(q + 2)/(3A), h_i the leverage of a point; f is taken as at most
  /// the smallest ν_i, whose tail the sum has.
  private static func pValue(
    _ fit: WeightedRegression, errors: [Double], columns: [[Double]], replicas: [Int]
  ) -> Double {
    let (size, q) = (fit.coefficients.count, Double(fit.degreesOfFreedom))
    guard q > 0 else { return 1 }
    guard fit.chiSquared.isFinite else { return 0 }
    var doubt = 0.0
    for (point, error) in errors.enumerated() {
      let row = [1] + columns.map { $0[point] }
      var leverage = 0.0
      for i in 0..<size { for j in 0..<size { leverage += row[i] * fit.covariance[i * size + j] * row[j] } }
      let rest = 1 - leverage / (error * error)
      doubt += rest * rest / Double(max(1, replicas[point] - 1))
    }
    let scale = q + 2 * doubt - 6 * doubt / (q + 2)
    let freedom = min(q * (q + 2) / (3 * doubt), Double(max(1, (replicas.min() ?? 2) - 1)))
    // F(q, f) beyond x: the incomplete beta function of f/(f + qx) with f/2 and q/2.
    let ratio = fit.chiSquared / scale
    return (try? SpecialFunctions.incompleteBeta(freedom / 2, q / 2, freedom / (freedom + q * ratio))) ?? 0
  }

  /// Whether χ² leaves the power law possible.
  var isGood: Bool { pValue >= Self.leastPValue }

  /// The standard error of a coefficient.
  func standardError(of index: Int) -> Double {
    max(0, covariance[index * (regression.coefficients.count + 1)]).squareRoot()
  }

  /// The interval that contains the exponent with the probability ``coverage``.
  var interval: ClosedRange<Double>? {
    let tail = (1 - Self.coverage) / 2
    let quantile =
      degreesOfFreedom.isFinite
      ? try? TailProbabilities.studentTTailQuantile(tail, degreesOfFreedom: max(1, degreesOfFreedom))
      : try? TailProbabilities.normalTailQuantile(tail)
    guard let quantile else { return nil }
    let (value, reach) = (exponent.value, quantile * exponent.standardError)
    return (value - reach)...(value + reach)
  }

  /// p with its standard error.
  var exponent: (value: Double, standardError: Double) { (regression.coefficients[1], standardError(of: 1)) }

  /// s by the fit at any value, with its error by the delta method.
  func value(at value: Double) -> (value: Double, standardError: Double) {
    let count = regression.coefficients.count
    let row = Array([1, log(value), value].prefix(count))
    let logarithm = zip(row, regression.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    var variance = 0.0
    for i in 0..<count {
      for j in 0..<count { variance += row[i] * covariance[i * count + j] * row[j] }
    }
    return (sign * exp(logarithm), exp(logarithm) * max(0, variance).squareRoot())
  }

  /// How well the power law fits, as a clause.
  var quality: String {
    func short(_ value: Double) -> String { NumberText.rounded(value, digits: 3) }
    return "χ² = \(short(regression.chiSquared)) with \(regression.degreesOfFreedom) degrees of freedom, "
      + "p = \(short(pValue))"
  }

  /// Why no exponent is given, without a full stop; `nil` where one is.
  var refusal: String? {
    isGood ? nil : "a power law does not fit: \(quality), below \(NumberText.rounded(Self.leastPValue, digits: 1))"
  }
}

extension ScalingFit.Failure {
  /// The reason without a full stop.
  func sentence(_ variable: ScalingVariable) -> String {
    func at(_ value: Double) -> String { "at \(variable.rawValue) = \(NumberText.rounded(value, digits: 6))" }
    switch self {
    case .missing(let value): return "nothing finite was measured \(at(value))"
    case .withoutScatter(let value): return "all trajectories agree \(at(value)), so that the point has no error"
    case .withoutError(let value, let reason): return "the statistic has no standard error \(at(value)): \(reason)"
    case .nearZero(let value, let ratio):
      return "the statistic is within \(NumberText.rounded(ratio, digits: 2)) standard errors of 0 "
        + "\(at(value)), so that its logarithm has no useful error; take more trajectories or steps"
    case .changingSign: return "the statistic changes its sign, so that it is no power"
    case .regression(let error): return "the regression has no result: \(error.message)"
    }
  }
}
