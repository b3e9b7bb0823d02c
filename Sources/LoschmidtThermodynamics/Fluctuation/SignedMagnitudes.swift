import Foundation
import LoschmidtNumerics

/// Values of R that no test can use.
public enum FluctuationInputError: Error, Sendable, Equatable {
  /// There are no values.
  case empty
  /// A value is not a number, or infinite where it must not be.
  case unusable(index: Int, value: Double)
}

/// Values of R as magnitudes with signs.
///
/// The detailed theorem P(R)/P(−R) = e^R says that, given r = |R|, the sign is negative with probability
/// q = 1/(1 + e^r), independently. All that is done given the magnitudes is therefore exact, also leaving out values by
/// their magnitude: those that vanish to rounding have no sign to test and hold the theorem trivially.
public struct SignedMagnitudes: Sendable, Equatable {
  /// The magnitudes r above the rounding bound, cut at 10⁴, where e^−r is 0 long since.
  public let magnitudes: [Double]
  /// Which of them belong to a negative R.
  public let isNegative: [Bool]
  /// q = e^−r/(1 + e^−r), with all its digits.
  public let minorityProbabilities: [Double]
  /// The number of all values, the left-out ones included.
  public let count: Int

  /// Splits the values.
  ///
  /// - Parameters:
  ///   - values: One R for each independent trajectory, in nats; +∞, a path whose reverse is impossible, is allowed,
  ///     and −∞ is the strongest evidence against the theorem.
  ///   - roundingBound: Magnitudes up to this are rounding and are left out; 0 leaves out zeros alone.
  /// - Throws: `FluctuationInputError` for no values or NaN.
  public init(_ values: [Double], roundingBound: Double = 0) throws(FluctuationInputError) {
    precondition(roundingBound >= 0, "a rounding bound is not negative")
    guard !values.isEmpty else { throw .empty }
    if let index = values.firstIndex(where: \.isNaN) { throw .unusable(index: index, value: .nan) }
    let informative = values.filter { abs($0) > roundingBound }
    magnitudes = informative.map { min(abs($0), 1e4) }
    isNegative = informative.map { $0 < 0 }
    minorityProbabilities = magnitudes.map { magnitude in
      let decay = exp(-magnitude)
      return decay / (1 + decay)
    }
    count = values.count
  }

  /// Σ q, the number of negative values that the theorem leads one to expect.
  public var expectedMinority: Double {
    var sum = CompensatedSum()
    for probability in minorityProbabilities { sum.add(probability) }
    return sum.total
  }

  /// The number of negative values.
  public var observedMinority: Int { isNegative.count { $0 } }

  /// 1/√Σ q (1 − q) r²: the standard error of the slope if it is 1; `nil` without information.
  public var slopeStandardError: Double? {
    var information = CompensatedSum()
    for (magnitude, q) in zip(magnitudes, minorityProbabilities) {
      information.add(q * (1 - q) * magnitude * magnitude)
    }
    return information.total > 0 ? 1 / information.total.squareRoot() : nil
  }

  /// The slope b of logit P(+) = b r through the origin, by maximum likelihood; `nil` where all signs are equal, or too
  /// nearly so.
  public var slope: Double? {
    try? LogisticRegression(features: [magnitudes], labels: isNegative.map { !$0 }, start: [1]).coefficients[0]
  }
}
