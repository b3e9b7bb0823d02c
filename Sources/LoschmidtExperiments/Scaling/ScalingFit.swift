import Foundation
import LoschmidtNumerics
import LoschmidtReports

/// What was measured at one value.
struct ScalingPoint: Equatable {
  let value: Double
  let statistic: Double
  let standardError: Double
}

/// The power law ln |s| = ln a + p ln x (+ c x) through measured points, by weighted least squares.
///
/// The error of ln |s| is the relative one of s; so s has to differ from 0 by some errors, and to have one sign.
struct ScalingFit {
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
    /// The statistic is within a few of its errors of 0 at a value.
    case nearZero(Double)
    /// The statistic changes its sign.
    case changingSign
    /// The regression has no result.
    case regression(GSLError)
  }

  let regression: WeightedRegression
  /// The sign of s.
  let sign: Double

  init(_ points: [ScalingPoint], correction: ScalingSettings.Correction) throws(Failure) {
    for point in points {
      guard point.statistic.isFinite, point.standardError.isFinite else { throw .missing(point.value) }
      guard point.standardError > 0 else { throw .withoutScatter(point.value) }
      guard abs(point.statistic) > Self.leastRatio * point.standardError else { throw .nearZero(point.value) }
    }
    let signs = Set(points.map { $0.statistic > 0 })
    guard signs.count == 1 else { throw .changingSign }
    sign = signs.contains(true) ? 1 : -1
    var columns = [points.map { log($0.value) }]
    if correction == .linear { columns.append(points.map(\.value)) }
    do {
      regression = try WeightedRegression(
        values: points.map { log(abs($0.statistic)) },
        standardErrors: points.map { $0.standardError / abs($0.statistic) }, columns: columns)
    } catch { throw .regression(error) }
  }

  /// Whether χ² leaves the power law possible.
  var isGood: Bool { regression.pValue >= Self.leastPValue }

  /// p with its standard error.
  var exponent: (value: Double, standardError: Double) {
    (regression.coefficients[1], regression.standardErrors[1])
  }

  /// s by the fit at any value, with its error by the delta method.
  func value(at value: Double) -> (value: Double, standardError: Double) {
    let count = regression.coefficients.count
    let row = Array([1, log(value), value].prefix(count))
    let logarithm = zip(row, regression.coefficients).reduce(0) { $0 + $1.0 * $1.1 }
    var variance = 0.0
    for i in 0..<count {
      for j in 0..<count { variance += row[i] * regression.covariance[i * count + j] * row[j] }
    }
    return (sign * exp(logarithm), exp(logarithm) * max(0, variance).squareRoot())
  }

  /// How well the power law fits, as a clause.
  var quality: String {
    func short(_ value: Double) -> String { NumberText.rounded(value, digits: 3) }
    return "χ² = \(short(regression.chiSquared)) with \(regression.degreesOfFreedom) degrees of freedom, "
      + "p = \(short(regression.pValue))"
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
    case .nearZero(let value):
      return "the statistic is within \(NumberText.rounded(ScalingFit.leastRatio, digits: 1)) standard errors of 0 "
        + "\(at(value)), so that its logarithm has no useful error; take more trajectories or steps"
    case .changingSign: return "the statistic changes its sign, so that it is no power"
    case .regression(let error): return "the regression has no result: \(error.message)"
    }
  }
}
