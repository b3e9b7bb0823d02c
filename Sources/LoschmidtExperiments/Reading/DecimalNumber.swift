import Foundation

/// Reads decimal numbers from bytes, correctly rounded.
enum DecimalNumber {
  /// The powers of ten that are exact in double precision.
  private static let powers: [Double] = (0...22).map { exponent in
    var power = 1.0
    for _ in 0..<exponent { power *= 10 }
    return power
  }

  /// The value of `[+-]digits[.digits][e[+-]digits]`, or `nil` where the bytes are anything else.
  ///
  /// It is infinite where the number is beyond double precision.
  /// Up to 15 digits and exponents up to ±22 take one exact product or quotient of exact doubles (Clinger 1990,
  /// "How to read floating point numbers accurately"); everything else goes through `strtod`.
  static func parse(_ b: UnsafeBufferPointer<UInt8>) -> Double? {
    var i = 0
    var negative = false
    if i < b.count, b[i] == UInt8(ascii: "-") || b[i] == UInt8(ascii: "+") {
      negative = b[i] == UInt8(ascii: "-")
      i += 1
    }
    var mantissa: UInt64 = 0
    var (digits, significant, exponent) = (0, 0, 0)
    func take(_ byte: UInt8) {
      digits += 1
      if significant > 0 || byte != 48 { significant += 1 }
      if significant <= 18 { mantissa = mantissa &* 10 &+ UInt64(byte &- 48) }
    }
    while i < b.count, b[i] &- 48 < 10 {
      take(b[i])
      i += 1
    }
    if i < b.count, b[i] == UInt8(ascii: ".") {
      i += 1
      while i < b.count, b[i] &- 48 < 10 {
        take(b[i])
        exponent -= 1
        i += 1
      }
    }
    guard digits > 0 else { return nil }
    if i < b.count, b[i] | 0x20 == UInt8(ascii: "e") {
      guard let power = exponentPart(b, &i) else { return nil }
      exponent += power
    }
    guard i == b.count else { return nil }
    if mantissa == 0, significant == 0 { return negative ? -0.0 : 0 }
    if significant <= 15, abs(exponent) <= 22 {
      let value = Double(mantissa)
      let scaled = exponent >= 0 ? value * powers[exponent] : value / powers[-exponent]
      return negative ? -scaled : scaled
    }
    return slow(b)
  }

  private static func exponentPart(_ b: UnsafeBufferPointer<UInt8>, _ i: inout Int) -> Int? {
    i += 1
    var negative = false
    if i < b.count, b[i] == UInt8(ascii: "-") || b[i] == UInt8(ascii: "+") {
      negative = b[i] == UInt8(ascii: "-")
      i += 1
    }
    let start = i
    var power = 0
    while i < b.count, b[i] &- 48 < 10 {
      if power < 100_000_000 { power = power * 10 + Int(b[i] &- 48) }
      i += 1
    }
    return i > start ? (negative ? -power : power) : nil
  }

  private static func slow(_ b: UnsafeBufferPointer<UInt8>) -> Double {
    var copy = [CChar](unsafeUninitializedCapacity: b.count + 1) { buffer, count in
      for (k, byte) in b.enumerated() { buffer[k] = CChar(bitPattern: byte) }
      buffer[b.count] = 0
      count = b.count + 1
    }
    return strtod(&copy, nil)
  }
}
