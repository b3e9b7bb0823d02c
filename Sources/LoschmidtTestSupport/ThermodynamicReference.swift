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
