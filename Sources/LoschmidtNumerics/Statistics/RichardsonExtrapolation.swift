/// The limit of a sequence taken at h, h/r, h/r², …, whose error is a series in the powers 1, 2, 3, … of h.
///
/// T_{i,0} is the i-th value and T_{i,j} = (r^j T_{i,j−1} − T_{i−1,j−1}) / (r^j − 1). The extrapolants are T_{i,i}.
public struct RichardsonExtrapolation: Sendable, Equatable {
  /// T_{0,0}, T_{1,1}, …, one per value.
  public let extrapolants: [Double]

  /// Extrapolates `values`, given at arguments that shrink by `ratio` > 1 from each to the next.
  public init(values: [Double], ratio: Double = 2) {
    precondition(!values.isEmpty, "an extrapolation needs at least one value")
    precondition(ratio > 1, "an extrapolation needs arguments that shrink")
    extrapolants = Self.table(values: values, ratio: ratio).compactMap(\.last)
  }

  /// The last extrapolant.
  public var limit: Double { extrapolants[extrapolants.count - 1] }

  /// |difference of the last two extrapolants|; infinite for a single value.
  public var error: Double {
    extrapolants.count < 2 ? .infinity : abs(limit - extrapolants[extrapolants.count - 2])
  }

  /// The rows T_{i,0}, …, T_{i,i}.
  static func table(values: [Double], ratio: Double) -> [[Double]] {
    var rows: [[Double]] = []
    for value in values {
      var row = [value]
      if let above = rows.last {
        var power = 1.0
        for coarse in above {
          power *= ratio
          row.append((power * row[row.count - 1] - coarse) / (power - 1))
        }
      }
      rows.append(row)
    }
    return rows
  }
}
