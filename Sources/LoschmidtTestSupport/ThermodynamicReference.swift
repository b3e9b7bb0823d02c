/// The entries of `thermodynamics.json`.
///
/// Numbers are double precision, about 12 digits where the problem is well conditioned; the text "inf" is infinity.
public enum ThermodynamicReference {
  /// The entries of one key, such as `t1_gaussian_chain`; a key with one entry only gives a list of one.
  ///
  /// That there are none is a mistake in the program.
  public static func entries(_ key: String) -> [ReferenceEntry] {
    let value = try? ReferenceNumbers.load("thermodynamics.json")[key]
    precondition(value != nil, "thermodynamics.json has no entry \(key)")
    let entry = ReferenceEntry(value)
    return entry.list.isEmpty ? [entry] : entry.list
  }

  /// The one entry of a key.
  public static func entry(_ key: String) -> ReferenceEntry { entries(key)[0] }
}

/// Whether a value is within the larger of two bounds of what is expected; infinities agree with themselves, NaN never.
public func agrees(
  _ value: Double, with expected: Double, relative: Double = 1e-10, absolute: Double = 0
) -> Bool {
  value == expected || abs(value - expected) <= max(relative * abs(expected), absolute)
}

/// Whether all values agree with what is expected, relative to the largest of it.
public func agrees(_ values: [Double], with expected: [Double], relative: Double = 1e-10) -> Bool {
  let scale = expected.reduce(0) { max($0, abs($1)) }
  return values.count == expected.count && !values.isEmpty
    && zip(values, expected).allSatisfy { abs($0 - $1) <= relative * scale }
}
