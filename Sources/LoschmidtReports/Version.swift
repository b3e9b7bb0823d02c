/// The version of Loschmidt and of the results that it writes.
public enum Version {
  /// The version of the package, as semantic versioning has it.
  public static let current = "0.1.0"
  /// The version of the results format.
  public static let resultsFormat = 1
}
