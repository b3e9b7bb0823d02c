import Foundation
import LoschmidtNumerics

/// ln p(z) of the standard symmetric α-stable law, α < 2, tabulated once and then a hundred times as fast as its
/// integral.
///
/// In t = asinh(z/z₀), with z₀ the width of the peak, ln p is smooth from the peak into the tail, and is interpolated
/// by Chebyshev polynomials on pieces that are halved where they do not suffice. Beyond, the tail series p = Σ_n
/// (−1)ⁿ⁺¹ Γ(nα + 1) sin(nπα/2) z^(−nα − 1)/(n! π) is summed. The error is at most 1e-9; α = 1 is Cauchy's closed form.
public struct StableTable: Sendable {
  /// The index of stability.
  public let alpha: Double

  /// Chebyshev polynomials up to this degree.
  private static let degree = 16
  /// Pieces are halved down to this width in t.
  private static let finest = 1.0 / 64
  /// Terms of the tail series.
  private static let tailTerms = 24

  /// A piece of the table.
  private struct Piece {
    let lower: Double
    let width: Double
    /// Where its coefficients begin.
    let first: Int
  }

  let peakWidth: Double
  let tailBegin: Double
  private var pieces: [Piece] = []
  private var coefficients: [Double] = []
  /// The piece of every cell of the finest width.
  private var pieceOfCell: [Int] = []
  /// ln of the first term without its power of z, and the others divided by it.
  private let logTail: Double
  private let tail: [Double]

  /// Tabulates the law of an index.
  ///
  /// - Throws: `GSLError` where an integral fails.
  /// - Complexity: some hundreds of integrals, tens of milliseconds.
  public init(alpha: Double) throws(GSLError) {
    precondition(alpha > 0 && alpha < 2, "the tail of a stable law is that of an index between 0 and 2")
    self.alpha = alpha
    let law = try AlphaStableDistribution(alpha: alpha)
    // p″(0)/p(0) = −Γ(3/α)/Γ(1/α).
    peakWidth = max(1e-280, exp(0.5 * (lgamma(1 / alpha) - lgamma(3 / alpha))))
    logTail = lgamma(alpha + 1) + log(Self.sine(1, alpha)) - log(.pi)
    tail = (1...Self.tailTerms).map { n in
      let size = lgamma(Double(n) * alpha + 1) - lgamma(Double(n) + 1) - lgamma(alpha + 1)
      return exp(size) * Self.sine(n, alpha) / Self.sine(1, alpha)
    }
    tailBegin = Self.tailBegin(alpha)
    if alpha == 1 { return }
    for unit in 0..<Int(asinh(tailBegin / peakWidth).rounded(.up)) {
      try tabulate(law, from: Double(unit), width: 1)
    }
  }

  /// (−1)ⁿ⁺¹ sin(nπα/2) = sin(nπ(2 − α)/2), which is exact to rounding near α = 2.
  private static func sine(_ n: Int, _ alpha: Double) -> Double {
    sin(.pi * (Double(n) * (2 - alpha) / 2).truncatingRemainder(dividingBy: 2))
  }

  /// The z from which on the terms left out are below 1e-13 of the first.
  private static func tailBegin(_ alpha: Double) -> Double {
    let n = Double(tailTerms + 1)
    // |sin nx| ≤ n |sin x|.
    let envelope = lgamma(n * alpha + 1) - lgamma(n + 1) - lgamma(alpha + 1) + log(n)
    let begin = exp((envelope - log(1e-13)) / ((n - 1) * alpha))
    // Above α = 1 the series is asymptotic, and as α → 2 leaves out a Gaussian that has died by z = 30.
    return alpha > 1 ? max(begin, 30) : begin
  }

  private mutating func tabulate(
    _ law: AlphaStableDistribution, from lower: Double, width: Double
  ) throws(GSLError) {
    let count = Self.degree + 1
    var values: [Double] = []
    for k in 0..<count {
      let x = cos(.pi * (Double(k) + 0.5) / Double(count))
      values.append(try law.logDensity(of: peakWidth * sinh(lower + 0.5 * width * (1 + x))))
    }
    let polynomial = (0..<count).map { j in
      let sum = (0..<count).reduce(0.0) { sum, k in
        sum + values[k] * cos(.pi * Double(j) * (Double(k) + 0.5) / Double(count))
      }
      return sum * (j == 0 ? 1 : 2) / Double(count)
    }
    // The integrals themselves are good to 1e-10.
    if polynomial.suffix(3).contains(where: { abs($0) > 5e-11 }), width > Self.finest {
      try tabulate(law, from: lower, width: width / 2)
      try tabulate(law, from: lower + width / 2, width: width / 2)
      return
    }
    pieceOfCell += [Int](repeating: pieces.count, count: Int(width / Self.finest))
    pieces.append(Piece(lower: lower, width: width, first: coefficients.count))
    coefficients += polynomial
  }

  /// ln p(z), in nats; p is even.
  public func logDensity(of value: Double) -> Double {
    let z = abs(value)
    if z.isNaN { return .nan }
    if alpha == 1 { return (z > 1e8 ? -2 * log(z) : -log1p(z * z)) - log(.pi) }
    if z >= tailBegin { return logTail(z) }
    let t = asinh(z / peakWidth)
    let piece = pieces[pieceOfCell[min(pieceOfCell.count - 1, Int(t / Self.finest))]]
    return coefficients.withUnsafeBufferPointer { coefficients in
      // Clenshaw's recurrence.
      let x = 2 * (t - piece.lower) / piece.width - 1
      var (one, two) = (0.0, 0.0)
      for j in stride(from: Self.degree, through: 1, by: -1) {
        (one, two) = (coefficients[piece.first + j] + 2 * x * one - two, one)
      }
      return coefficients[piece.first] + x * one - two
    }
  }

  /// ln P(Z > z) by the tail series, term by term; z from ``tailBegin`` on.
  func logTailProbability(_ z: Double) -> Double {
    let logarithm = log(z)
    let w = exp(-alpha * logarithm)
    var sum = 0.0
    for n in stride(from: tail.count, through: 1, by: -1) { sum = sum * w + tail[n - 1] / Double(n) }
    return logTail - alpha * logarithm - log(alpha) + log(sum)
  }

  private func logTail(_ z: Double) -> Double {
    if z == .infinity { return -.infinity }
    let logarithm = log(z)
    let w = exp(-alpha * logarithm)
    let sum = tail.reversed().reduce(0) { $0 * w + $1 }
    return logTail - (alpha + 1) * logarithm + log(sum)
  }
}
