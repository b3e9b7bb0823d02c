/// Numbers of single trajectories that an experiment keeps, for other programs: one file of NumPy.
public struct SampleArray: Sendable, Equatable {
  /// The name, such as `R`; unique in its experiment.
  public var name: String
  /// What the numbers are, in one sentence.
  public var about: String
  /// Their unit; `nil` for pure numbers.
  public var unit: String?
  /// The trajectories first, in the order of their numbers, then the numbers of each.
  public var shape: [Int]
  /// How many trajectories are not there: those that diverged, and those whose number is not finite.
  public var leftOut: Int
  /// The numbers, the last index running fastest; `nil` where the result was read from a file that does not have them.
  public var values: [Double]?

  /// An array from its parts.
  public init(name: String, about: String, unit: String?, shape: [Int], leftOut: Int, values: [Double]?) {
    (self.name, self.about, self.unit) = (name, about, unit)
    (self.shape, self.leftOut, self.values) = (shape, leftOut, values)
  }

  /// One number of every trajectory; what is not finite is left out and counted.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - about: What the numbers are, in one sentence.
  ///   - unit: Their unit.
  ///   - values: The numbers of the trajectories that did not diverge, in their order.
  ///   - diverged: How many trajectories did.
  public init(_ name: String, about: String, unit: String?, _ values: [Double], diverged: Int) {
    let finite = values.filter(\.isFinite)
    self.init(
      name: name, about: about, unit: unit, shape: [finite.count], leftOut: diverged + values.count - finite.count,
      values: finite)
  }

  /// The name of the file: `<experiment index>-<kind>-<name>.npy`.
  public static func fileName(experiment index: Int, kind: String, name: String) -> String {
    ResultFolder.File.stem(name, experiment: index, kind: kind) + ".npy"
  }
}

extension RunResult {
  /// The result without its arrays, a remark in their place.
  ///
  /// - Parameter reason: Why they are left out, without a full stop.
  /// - Returns: `nil` where there are none.
  public func withoutSamples(because reason: String) -> RunResult? {
    guard experiments.contains(where: { !$0.samples.isEmpty }) else { return nil }
    var result = self
    for index in experiments.indices where !experiments[index].samples.isEmpty {
      let names = experiments[index].samples.map { "'\($0.name)'" }.joined(separator: ", ")
      result.experiments[index].samples = []
      result.experiments[index].remarks.append("The arrays \(names) are left out: \(reason).")
    }
    return result
  }
}
