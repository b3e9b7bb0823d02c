/// Count, mean and central moments up to the fourth of a stream of scalars; mergeable.
///
/// Merging A and B moves both to the common mean, x → x + a with a = m_A − m (Chan, Golub and LeVeque 1983; Pébay
/// 2008): M2 + n a², M3 + 3 a M2 + n a³, M4 + 4 a M3 + 6 a² M2 + n a⁴. The mean and the moments are compensated sums:
/// the mean is good to an ulp or two, and M2, all of whose increments are positive, to about ten ulps, whatever n and
/// |mean|/σ are (n below 10⁷); M3 and M4 to some twenty ulps of Σ|x − m|³ and Σ(x − m)⁴.
/// The same merges in the same order give the same bits; other orders differ by these errors.
public struct Moments: Sendable, Equatable {
  /// How many values were added.
  public private(set) var count = 0
  private var centre = CompensatedSum()
  private var second = CompensatedSum()
  private var third = CompensatedSum()
  private var fourth = CompensatedSum()

  /// No values.
  public init() {}

  /// The moments of some values.
  public init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  // MARK: Accumulation

  /// Adds one value.
  public mutating func add(_ value: Double) {
    let size = Double(count + 1)
    let distance = centre.distance(to: value)
    let step = distance / size
    let rest = distance - step
    shift(by: -step)
    second.add(rest * rest)
    third.add(rest * rest * rest)
    fourth.add(rest * rest * (rest * rest))
    centre.add(step)
    count += 1
  }

  /// Adds all that another accumulation has seen.
  public mutating func merge(_ other: Moments) {
    guard other.count > 0 else { return }
    guard count > 0 else {
      self = other
      return
    }
    var other = other
    let distance = centre.distance(to: other.centre)
    let total = Double(count + other.count)
    let step = distance * (Double(other.count) / total)
    shift(by: -step)
    other.shift(by: distance * (Double(count) / total))
    second.add(other.second)
    third.add(other.third)
    fourth.add(other.fourth)
    centre.add(step)
    count += other.count
  }

  /// Refers the moments to a centre that lies `offset` below the mean; the mean itself stays.
  private mutating func shift(by offset: Double) {
    let (size, square) = (Double(count), offset * offset)
    let (secondTotal, thirdTotal) = (second.total, third.total)
    fourth.add(4 * offset * thirdTotal)
    fourth.add(6 * square * secondTotal)
    fourth.add(size * square * square)
    third.add(3 * offset * secondTotal)
    third.add(size * square * offset)
    second.add(size * square)
  }

  // MARK: Results

  /// The mean; NaN of no values.
  public var mean: Double { count > 0 ? centre.total : .nan }

  /// Σ (x − mean)².
  public var secondCentralSum: Double { second.total }

  /// Σ (x − mean)³.
  public var thirdCentralSum: Double { third.total }

  /// Σ (x − mean)⁴.
  public var fourthCentralSum: Double { fourth.total }

  /// The unbiased variance, M2/(n − 1); NaN of fewer than two values.
  public var variance: Double { count > 1 ? second.total / Double(count - 1) : .nan }

  /// √(variance/n), for independent values; NaN of fewer than two.
  public var standardError: Double { (variance / Double(count)).squareRoot() }

  /// The standard error of the variance, √((m4 − (n − 3)/(n − 1) s⁴)/n), for independent values; NaN below four.
  public var varianceStandardError: Double {
    guard count > 3 else { return .nan }
    let size = Double(count)
    let spread = fourth.total / size - (size - 3) / (size - 1) * variance * variance
    return (max(0, spread) / size).squareRoot()
  }

  /// m3/m2^{3/2} with m_k = M_k/n; NaN where all values are equal.
  public var skewness: Double {
    let width = second.total / Double(count)
    return third.total / Double(count) / (width * width.squareRoot())
  }

  /// m4/m2², which is 3 for a normal law; NaN where all values are equal.
  public var kurtosis: Double {
    let width = second.total / Double(count)
    return fourth.total / Double(count) / (width * width)
  }
}
