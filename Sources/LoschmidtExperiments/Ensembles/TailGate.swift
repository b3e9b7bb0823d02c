import Foundation
import LoschmidtNumerics
import LoschmidtReports

/// Whether a sample shows that averages have no standard error, where nothing is known about its law.
///
/// An average of a power k of values whose tail falls as x^−α has an error where α > 2k. That is denied only where two
/// routes agree: Hill's spacings ln(x_i/x_{k+1}) over the √n largest are too long for the index 2k (a χ² test at the level
/// 10⁻³, exact for a pure power), and the shape of a generalised Pareto law fitted to the tail, for which the place of the
/// threshold does not matter, is above 1/(2k).
struct TailGate {
  /// The level of the test.
  static let level = 1e-3
  /// With fewer values the squares of exponential ones look like a power.
  static let leastCount = [1: 100, 2: 1000]

  private let values: [Double]

  /// The gate of independent values, such as distances from a centre; only large ones matter.
  init(_ values: [Double]) { self.values = values }

  /// The gate of independent values of any sign, about their median.
  init(spreadOf values: [Double]) {
    let median = values.isEmpty ? 0 : values.sorted()[values.count / 2]
    self.init(values.map { abs($0 - median) })
  }

  /// Why averages of a power, 1 or 2, have no standard error, without a full stop; `nil` where nothing speaks against it.
  ///
  /// - Parameters:
  ///   - power: 1 for a mean, 2 for a variance.
  ///   - areSquares: Whether the values are made of squares, so that light tails look like a power longer.
  ///   - subject: What the values are, in the plural.
  /// - Returns: The reason.
  func reason(power: Int, areSquares: Bool = false, of subject: String = "the points at the end") -> String? {
    guard let least = Self.leastCount[areSquares ? 2 : power], values.count >= least else { return nil }
    let count = Int(Double(values.count).squareRoot())
    let needed = 2 * Double(power)
    guard let hill = HillEstimator(values, count: count), hill.tailIndex < needed,
      let tail = ParetoTail(upperTailOf: values), tail.fittedShape > 1 / needed,
      // 2α times the sum of the spacings has the law χ² of 2k degrees of freedom.
      let chance = try? TailProbabilities.chiSquaredTail(
        2 * needed * Double(count) / hill.tailIndex, degreesOfFreedom: 2 * Double(count)),
      chance < Self.level
    else { return nil }
    let index = NumberText.rounded(hill.tailIndex, digits: 2)
    let error = NumberText.rounded(hill.standardError, digits: 1)
    return "\(subject) have the tail index \(index) ± \(error), and an error needs one above \(Int(needed))"
  }
}
