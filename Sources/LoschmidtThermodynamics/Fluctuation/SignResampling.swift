import Foundation
import LoschmidtNumerics

/// Draws of the score statistic with the signs that the detailed theorem gives to known magnitudes.
///
/// The statistic needs the sums over the negative values alone, so only these are drawn: values are sorted into
/// classes 2^−(k+2) ≤ q < 2^−(k+1), and in each the next candidate is found by a geometric leap with the class's upper
/// bound and taken with probability q over the bound. A draw costs O(Σ q + number of classes) beside the class of
/// q ≥ ¼, whatever the number of values.
struct SignResampling: Sendable, Equatable {
  /// A class of values.
  struct Class: Sendable, Equatable {
    let range: Range<Int>
    /// The upper bound of q.
    let bound: Double
    /// 1/ln(1 − bound).
    let leap: Double
  }

  /// The statistic of the signs that were observed.
  let observed: Double
  private var slopes: [Double] = []
  private var bends: [Double] = []
  private var probabilities: [Double] = []
  private var classes: [Class] = []
  private let slopeBase: Double
  private let bendBase: Double
  private let slopeWeight: Double
  private let bendWeight: Double

  /// Sorts the values.
  ///
  /// - Parameters:
  ///   - values: The magnitudes with their signs.
  ///   - mixing: What r² loses in r to become the bend, r² − mixing × r.
  ///   - slopeWeight: One over the information about the slope.
  ///   - bendWeight: One over the information about the bend, or 0.
  init(_ values: SignedMagnitudes, mixing: Double, slopeWeight: Double, bendWeight: Double) {
    let count = values.magnitudes.count
    // Values of the last class together come up in less than one draw of a hundred.
    let last = max(1, Int(log2(Double(count) + 1)) + 7)
    var members = [[Int]](repeating: [], count: last + 1)
    for (index, q) in values.minorityProbabilities.enumerated() {
      members[q > 0 ? min(last, max(0, -Int(q.exponent) - 2)) : last].append(index)
    }
    var (slopeSum, bendSum) = (CompensatedSum(), CompensatedSum())
    var (slopeDrawn, bendDrawn) = (0.0, 0.0)
    for (k, indices) in members.enumerated() where !indices.isEmpty {
      let bound = k == 0 ? 0.5 : Double(sign: .plus, exponent: -k - 1, significand: 1)
      let range = slopes.count..<(slopes.count + indices.count)
      classes.append(Class(range: range, bound: bound, leap: 1 / log1p(-bound)))
      for index in indices {
        let (r, q) = (values.magnitudes[index], values.minorityProbabilities[index])
        let bend = r * r - mixing * r
        slopes.append(r)
        bends.append(bend)
        probabilities.append(q)
        slopeSum.add(r * q)
        bendSum.add(bend * q)
        if values.isNegative[index] {
          slopeDrawn += r
          bendDrawn += bend
        }
      }
    }
    (slopeBase, bendBase) = (slopeSum.total, bendSum.total)
    (self.slopeWeight, self.bendWeight) = (slopeWeight, bendWeight)
    let (slope, bend) = (slopeSum.total - slopeDrawn, bendSum.total - bendDrawn)
    observed = slope * slope * slopeWeight + bend * bend * bendWeight
  }

  /// The statistic of newly drawn signs.
  func draw(using stream: inout ResamplingStream) -> Double {
    var (slopeDrawn, bendDrawn) = (0.0, 0.0)
    slopes.withUnsafeBufferPointer { slopes in
      bends.withUnsafeBufferPointer { bends in
        probabilities.withUnsafeBufferPointer { probabilities in
          for one in classes {
            if one.bound == 0.5 {
              for index in one.range {
                let isDrawn = stream.uniform() <= probabilities[index]
                slopeDrawn += isDrawn ? slopes[index] : 0
                bendDrawn += isDrawn ? bends[index] : 0
              }
              continue
            }
            var index = one.range.lowerBound
            while true {
              let leap = log(stream.uniform()) * one.leap
              if leap >= Double(one.range.upperBound - index) { break }
              index += Int(leap)
              if stream.uniform() * one.bound <= probabilities[index] {
                slopeDrawn += slopes[index]
                bendDrawn += bends[index]
              }
              index += 1
            }
          }
        }
      }
    }
    let (slope, bend) = (slopeBase - slopeDrawn, bendBase - bendDrawn)
    return slope * slope * slopeWeight + bend * bend * bendWeight
  }
}
