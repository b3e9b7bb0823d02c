import LoschmidtReports

/// Which numbers are allowed, for the schema; all of them are finite.
///
/// A number in quotes is a number too, and a regular expression knows the sign of it but not its size: what lies beyond an
/// upper bound in quotes the reader alone refuses.
struct NumberRange: Sendable {
  /// The least number, −∞ where there is none.
  var lower = -Double.infinity
  /// Whether the least number itself is refused.
  var excludesLower = false
  /// The largest number, ∞ where there is none.
  var upper = Double.infinity
  /// Whether the largest number itself is refused.
  var excludesUpper = false
  /// A number that is refused.
  var except: Double?

  /// Every finite number.
  static let finite = NumberRange()
  /// Numbers > 0.
  static let positive = NumberRange(lower: 0, excludesLower: true)
  /// Numbers ≥ 0.
  static let notNegative = NumberRange(lower: 0)

  /// Numbers > `bound`.
  static func above(_ bound: Double) -> NumberRange { NumberRange(lower: bound, excludesLower: true) }

  /// The bounds of a bare number; infinity is beyond the largest finite one.
  var members: [JSONValue.Member] {
    let (least, most) = (max(lower, -Double.greatestFiniteMagnitude), min(upper, Double.greatestFiniteMagnitude))
    var members: [JSONValue.Member] = [
      .init(excludesLower ? "exclusiveMinimum" : "minimum", Self.bound(least)),
      .init(excludesUpper ? "exclusiveMaximum" : "maximum", Self.bound(most)),
    ]
    if let except { members.append(.init("not", .object([.init("const", Self.bound(except))], .inline))) }
    return members
  }

  /// What a number in quotes looks like.
  var quoted: JSONValue.Member { .init("pattern", .text(quotedPattern)) }

  /// The regular expression of a number in quotes.
  var quotedPattern: String {
    let digits = "((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?"
    if lower < 0 { return "^[-+]?\(digits)$" }
    let isPositive = lower > 0 || excludesLower
    return isPositive ? "^\\+?(?=[0-9.]*[1-9])\(digits)$" : "^\\+?\(digits)$"
  }

  /// What an expression in quotes may not be: a number that is too small.
  var quotedExpression: [JSONValue.Member] {
    guard lower == 0 else { return [] }
    let zero = excludesLower ? "|[-+]?[0.]+([eE][-+]?[0-9]+)?" : ""
    return [.init("pattern", .text("^(?!(-(?=[0-9.]*[1-9])[0-9.]+([eE][-+]?[0-9]+)?\(zero))$)"))]
  }

  /// The bounds of a whole number, and what it looks like in quotes.
  static func members(_ range: ClosedRange<Int>) -> [JSONValue.Member] {
    var members = [JSONValue.Member("minimum", .integer(range.lowerBound))]
    if range.upperBound < .max { members.append(.init("maximum", .integer(range.upperBound))) }
    let isShort = range.upperBound - range.lowerBound < 16
    let pattern =
      isShort ? "^(\(range.map(String.init).joined(separator: "|")))$" : wholePattern(atLeast: range.lowerBound)
    return members + [.init("pattern", .text(pattern))]
  }

  /// The regular expression of a whole number in quotes; `1e6` is one.
  static func wholePattern(atLeast least: Int) -> String {
    let small = (0..<min(max(least, 0), 16)).map(String.init).joined(separator: "|")
    let refused = small.isEmpty ? "" : "(?!\\+?(\(small))(\\.0*)?$)"
    return "^\(refused)\\+?\(least > 0 ? "[1-9][0-9]*" : "(0|[1-9][0-9]*)")(\\.0*)?([eE]\\+?[0-9]+)?$"
  }

  private static func bound(_ value: Double) -> JSONValue {
    Int(exactly: value).map(JSONValue.integer) ?? .real(value)
  }
}
