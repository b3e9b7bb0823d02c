import Foundation

/// Numbers as text: in full for files, with sensible digits for people.
public enum NumberText {
  /// The fewest digits that read back as the same double, without a fraction where there is none: `0.1`, `1`, `1e-05`.
  ///
  /// Of what is not finite it is `inf`, `-inf` or `nan`, for messages; results have no such numbers.
  public static func shortest(_ value: Double) -> String {
    let text = value.description
    // "-0" would read back as the integer zero, without its sign.
    return text.hasSuffix(".0") && text != "-0.0" ? String(text.dropLast(2)) : text
  }

  /// One number with so many significant digits, trailing zeros left out.
  public static func rounded(_ value: Double, digits: Int = 6) -> String {
    column([value], digits: digits)[0]
  }

  /// Several numbers in one notation, so that they can stand under each other.
  ///
  /// Plain decimals where every magnitude is between 10⁻⁵ and 10⁶ (or zero), else powers of ten for all of them.
  public static func column(_ values: [Double], digits: Int) -> [String] {
    if values.allSatisfy({ $0 == $0.rounded() && abs($0) < 1e9 }) {
      return values.map { String(Int($0)) }
    }
    let plain = values.allSatisfy { $0 == 0 || (abs($0) >= 1e-5 && abs($0) < 1e6) }
    if plain {
      return values.map { value in
        let decimals = max(0, digits - 1 - decimalExponent(value, digits: digits))
        return withoutTrailingZeros(String(format: "%.*f", decimals, value))
      }
    }
    let decimals = values.map { value in
      withoutTrailingZeros(mantissa(value, decimals: digits - 1)).drop { $0 != "." }.dropFirst().count
    }
    return values.map { $0 == 0 ? "0" : String(format: "%.*e", decimals.max() ?? 0, $0) }
  }

  /// An estimate with its standard error, both to the second digit of the error: `1.0023 ± 0.0012`.
  public static func estimate(_ value: Double, standardError: Double) -> String {
    guard standardError > 0, standardError.isFinite, value.isFinite else {
      return "\(rounded(value)) ± \(rounded(standardError))"
    }
    let largest = max(abs(value), standardError)
    let exponent = decimalExponent(largest, digits: 6)
    let decimals = 1 - decimalExponent(standardError, digits: 2)
    if exponent >= -5, exponent < 6 {
      return String(format: "%.*f ± %.*f", max(0, decimals), value, max(0, decimals), standardError)
    }
    let power = pow(10, Double(exponent))
    let shifted = min(15, max(0, decimals + exponent))
    return String(format: "(%.*f ± %.*f)e%+03d", shifted, value / power, shifted, standardError / power, exponent)
  }

  /// The numbers with blanks before and after, so that the decimal points stand under each other.
  public static func alignedAtPoint(_ texts: [String]) -> [String] {
    let whole = texts.map { $0.prefix { !".e ±".contains($0) }.count }
    let widest = whole.max() ?? 0
    let padded = zip(texts, whole).map { String(repeating: " ", count: widest - $1) + $0 }
    let width = padded.map(\.count).max() ?? 0
    return padded.map { $0 + String(repeating: " ", count: width - $0.count) }
  }

  /// The power of ten of the first digit after rounding to so many digits; 0 for 0.
  private static func decimalExponent(_ value: Double, digits: Int) -> Int {
    let text = String(format: "%.*e", digits - 1, value)
    return value == 0 ? 0 : Int(text.drop { $0 != "e" }.dropFirst()) ?? 0
  }

  private static func mantissa(_ value: Double, decimals: Int) -> String {
    String(String(format: "%.*e", decimals, value).prefix { $0 != "e" })
  }

  private static func withoutTrailingZeros(_ text: String) -> String {
    guard text.contains(".") else { return text }
    var slice = text[...]
    while slice.last == "0" { slice.removeLast() }
    if slice.last == "." { slice.removeLast() }
    return slice == "-0" ? "0" : String(slice)
  }
}
