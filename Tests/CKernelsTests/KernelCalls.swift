import CKernels
import Foundation

/// Names of the unary kernels, as in the reference numbers, with their error bounds in units in the last place.
let unaryKernels: [(name: String, function: lk_function, bound: Double)] = [
  ("exp", LK_EXP, 1), ("log", LK_LOG, 1), ("sqrt", LK_SQRT, 0.5), ("sin", LK_SIN, 1), ("cos", LK_COS, 1),
  ("tan", LK_TAN, 2), ("tanh", LK_TANH, 2.5), ("sinh", LK_SINH, 2), ("cosh", LK_COSH, 2), ("atan", LK_ATAN, 1),
  ("erf", LK_ERF, 1.5), ("softplus", LK_SOFTPLUS, 2), ("sigmoid", LK_SIGMOID, 1.5), ("logcosh", LK_LOGCOSH, 1.5),
  ("sech2", LK_SECH2, 4.5), ("dsigmoid", LK_DSIGMOID, 1.5), ("gauss", LK_GAUSS, 1), ("expm1", LK_EXPM1, 2),
  ("log1p", LK_LOG1P, 1.5), ("lgamma", LK_LGAMMA, 1.5),
]

func apply(_ function: lk_function, to x: [Double]) -> [Double] {
  var y = [Double](repeating: 0, count: x.count)
  lk_apply(function, x, &y, x.count)
  return y
}

func polygamma(_ order: Int, of x: [Double]) -> [Double] {
  var y = [Double](repeating: 0, count: x.count)
  lk_apply_polygamma(Int32(order), x, &y, x.count)
  return y
}

func power(_ x: [Double], _ y: [Double]) -> [Double] {
  var z = [Double](repeating: 0, count: x.count)
  lk_apply_pow(x, y, &z, x.count)
  return z
}

/// Numbers with a reference value that is a sum of two doubles: the value rounded to nearest, and the rest.
struct ReferenceRows: Decodable {
  var x: [Double]
  var y: [Double]?
  var high: [Double]
  var low: [Double]

  /// The largest distance of `values` from the reference, and its index.
  ///
  /// The distance is in units in the last place of the reference; units below `smallestUnit` count as that.
  func largestError(of values: [Double], smallestUnit: Double = 0) -> (error: Double, index: Int) {
    var worst = (error: 0.0, index: 0)
    for i in values.indices {
      let distance = abs((values[i] - high[i]) - low[i]) / max(unitInTheLastPlace(of: high[i]), smallestUnit)
      // Written so that NaN counts as wrong.
      if !(distance <= worst.error) { worst = (distance.isNaN ? .infinity : distance, i) }
    }
    return worst
  }
}

/// All reference numbers of the elementary functions.
struct ElementaryReferences: Decodable {
  var unary: [String: ReferenceRows]
  var power: ReferenceRows
  var polygamma: [ReferenceRows]
}

/// The distance of the doubles in the binade of `value`; that of the subnormal numbers at 0.
func unitInTheLastPlace(of value: Double) -> Double {
  max(abs(value).ulp, Double.leastNonzeroMagnitude)
}

/// Whether two results are the same: bit by bit, or both NaN.
func areIdentical(_ left: Double, _ right: Double) -> Bool {
  left.bitPattern == right.bitPattern || (left.isNaN && right.isNaN)
}
