/// An exact fraction of two integers, always in lowest terms with a positive denominator.
///
/// Numerator and denominator have 128 bits, so that the coefficients of an n-fold composition, whose denominators grow
/// like a power of n, fit for every n that anybody iterates. A result that does not fit is a mistake in the program.
public struct Rational: Hashable, Sendable {
  /// The numerator, which carries the sign.
  public let numerator: Int128
  /// The denominator, at least 1.
  public let denominator: Int128

  /// The integer `value`.
  public init(_ value: Int) {
    numerator = Int128(value)
    denominator = 1
  }

  /// The fraction `numerator` / `denominator`, reduced; a denominator of 0 is a mistake in the program.
  public init(_ numerator: Int, _ denominator: Int) {
    self.init(reducing: Int128(numerator), Int128(denominator))
  }

  private init(reducing numerator: Int128, _ denominator: Int128) {
    precondition(denominator != 0, "a fraction with denominator 0 is not a number")
    let divisor = Self.greatestCommonDivisor(numerator, denominator) * (denominator < 0 ? -1 : 1)
    self.numerator = numerator / divisor
    self.denominator = denominator / divisor
  }

  private init(reduced numerator: Int128, _ denominator: Int128) {
    self.numerator = numerator
    self.denominator = denominator
  }

  /// 0.
  public static let zero = Rational(0)
  /// 1.
  public static let one = Rational(1)

  /// Whether this is 0.
  public var isZero: Bool { numerator == 0 }

  /// The nearest number in double precision, up to one rounding each of numerator, denominator and quotient.
  public var doubleValue: Double { Double(numerator) / Double(denominator) }

  /// The sum of two fractions.
  public static func + (left: Rational, right: Rational) -> Rational {
    let common = greatestCommonDivisor(left.denominator, right.denominator)
    let leftFactor = right.denominator / common
    let rightFactor = left.denominator / common
    let (sum, overflow) = product(left.numerator, leftFactor).addingReportingOverflow(
      product(right.numerator, rightFactor))
    precondition(!overflow, "the sum of two fractions does not fit into 128 bits")
    return Rational(reducing: sum, product(left.denominator, leftFactor))
  }

  /// The difference of two fractions.
  public static func - (left: Rational, right: Rational) -> Rational { left + -right }

  /// The fraction with the other sign.
  public static prefix func - (value: Rational) -> Rational {
    Rational(reduced: product(-1, value.numerator), value.denominator)
  }

  /// The product of two fractions.
  public static func * (left: Rational, right: Rational) -> Rational {
    if left.isZero || right.isZero { return zero }
    let first = greatestCommonDivisor(left.numerator, right.denominator)
    let second = greatestCommonDivisor(right.numerator, left.denominator)
    return Rational(
      reduced: product(left.numerator / first, right.numerator / second),
      product(left.denominator / second, right.denominator / first))
  }

  /// The quotient of two fractions; dividing by 0 is a mistake in the program.
  public static func / (left: Rational, right: Rational) -> Rational {
    precondition(!right.isZero, "a fraction cannot be divided by 0")
    let sign: Int128 = right.numerator < 0 ? -1 : 1
    return left * Rational(reduced: sign * right.denominator, sign * right.numerator)
  }

  /// Adds a fraction.
  public static func += (left: inout Rational, right: Rational) { left = left + right }

  private static func product(_ left: Int128, _ right: Int128) -> Int128 {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    precondition(!overflow, "the product of two fractions does not fit into 128 bits")
    return product
  }

  /// The greatest common divisor, positive; that of 0 and 0 counts as 1.
  private static func greatestCommonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
    var (large, small) = (left.magnitude, right.magnitude)
    while small != 0 { (large, small) = (small, large % small) }
    return large == 0 ? 1 : Int128(large)
  }
}

extension Rational: Comparable {
  /// Whether the left fraction is the smaller one.
  public static func < (left: Rational, right: Rational) -> Bool { (left - right).numerator < 0 }
}

extension Rational: ExpressibleByIntegerLiteral {
  /// An integer written in the source.
  public init(integerLiteral value: Int) { self.init(value) }
}

extension Rational: CustomStringConvertible {
  /// The fraction as `-1/12`, an integer as `3`.
  public var description: String { denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)" }
}
