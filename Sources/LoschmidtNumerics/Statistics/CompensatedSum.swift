/// A sum that keeps the rounding errors of its additions (two-sum of Knuth).
///
/// The total has a relative error below u + n² u² Σ|xᵢ|/|Σxᵢ| with u = 2⁻⁵³: it is as good as the sum in twice the
/// digits, rounded once (Ogita, Rump and Oishi 2005, proposition 4.5).
public struct CompensatedSum: Sendable, Equatable {
  private var sum = 0.0
  private var correction = 0.0

  /// Zero.
  public init() {}

  /// Adds one term.
  @inline(__always)
  public mutating func add(_ term: Double) {
    let new = sum + term
    let shifted = new - sum
    correction += (sum - (new - shifted)) + (term - shifted)
    sum = new
  }

  /// Adds what another sum holds, its kept errors included.
  public mutating func add(_ other: CompensatedSum) {
    add(other.sum)
    add(other.correction)
  }

  /// The sum; what is infinite or NaN in plain addition stays so.
  public var total: Double { sum.isFinite ? sum + correction : sum }

  /// `value` minus this sum, without the rounding of the total.
  func distance(to value: Double) -> Double { (value - sum) - correction }

  /// `other` minus this sum, without the rounding of the totals.
  func distance(to other: CompensatedSum) -> Double { (other.sum - sum) + (other.correction - correction) }
}
