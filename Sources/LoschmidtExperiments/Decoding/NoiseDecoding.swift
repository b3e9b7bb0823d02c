import LoschmidtDynamics
import LoschmidtNumerics

/// Readers of the noise models that a law stands for, and of batches that something is done to.
extension ScenarioDecoder {
  /// The most steps that one step of `svag` may be made of.
  static let largestAmplification = 1_000_000

  /// Reads the settings of `gaussian`: `size`.
  mutating func gaussian(_ choice: Choice) -> (any GradientNoise)? {
    guard var reader = openSettings(of: choice) else { return nil }
    let size = reader.optional("size")
    reader.finish(&problems)
    return batchSize(size, choice).map { MatchedGaussian(size: $0) }
  }

  /// Reads the settings of `isotropic`: `size` or `standard-deviation`.
  mutating func isotropic(_ choice: Choice) -> (any GradientNoise)? {
    guard var reader = openSettings(of: choice) else { return nil }
    let size = reader.optional("size")
    let deviation = reader.optional("standard-deviation")
    reader.finish(&problems)
    if let deviation {
      if let size {
        error(
          "'size' and 'standard-deviation' exclude each other; give the size of batches to match, or the deviation",
          at: size.origin)
        return nil
      }
      return positive(deviation, "standard-deviation").map { Isotropic(.standardDeviation($0)) }
    }
    guard let size else {
      error("'isotropic' needs 'size' or 'standard-deviation'", at: choice.origin)
      return nil
    }
    return batchSize(size, choice).map { Isotropic(.size($0)) }
  }

  /// Reads the settings of `student-t`: `size` and `degrees-of-freedom`.
  mutating func studentT(_ choice: Choice) -> (any GradientNoise)? {
    guard var reader = openSettings(of: choice) else { return nil }
    let size = batchSize(reader.optional("size"), choice)
    let freedom = reader.required("degrees-of-freedom")
    reader.finish(&problems)
    let nu = freedom.flatMap {
      number(
        $0.value, "degrees-of-freedom",
        allowed: "a finite number > 2, where Student's law has a covariance to match that of batches"
      ) { $0 > 2 && $0.isFinite }
    }
    guard let size, let nu else { return nil }
    return StudentT(size: size, degreesOfFreedom: nu)
  }

  /// Reads the settings of `alpha-stable`: `alpha` and `scale`.
  mutating func alphaStable(_ choice: Choice) -> (any GradientNoise)? {
    guard var reader = openSettings(of: choice) else { return nil }
    let (indexEntry, scaleEntry) = (reader.required("alpha"), reader.required("scale"))
    reader.finish(&problems)
    let alpha = indexEntry.flatMap {
      number($0.value, "alpha", allowed: "a number > 0 and <= 2") { $0 > 0 && $0 <= 2 }
    }
    let scale = scaleEntry.flatMap { positive($0, "scale") }
    guard let alpha, let scale else { return nil }
    return AlphaStable(alpha: alpha, scale: scale)
  }

  /// Reads the settings of `label-noise`: `column`, `standard-deviation` and `size`.
  mutating func labelNoise(_ choice: Choice) -> (any GradientNoise)? {
    guard var reader = openSettings(of: choice) else { return nil }
    let (columnEntry, deviation) = (reader.required("column"), reader.required("standard-deviation"))
    let size = batchSize(reader.optional("size"), choice)
    reader.finish(&problems)
    let column = columnEntry.flatMap { noisyColumn($0.value, choice) }
    let sigma = deviation.flatMap { positive($0, "standard-deviation") }
    guard let column, let sigma, let size else { return nil }
    return LabelNoise(column: column, standardDeviation: sigma, size: size)
  }

  /// Reads the settings of `svag`: `size` and `l`.
  mutating func svag(_ choice: Choice) -> (any GradientNoise)? {
    guard var reader = openSettings(of: choice) else { return nil }
    let size = batchSize(reader.optional("size"), choice)
    let substeps = reader.required("l")
    reader.finish(&problems)
    let l = substeps.flatMap { integer($0.value, "l", in: 1...Self.largestAmplification) }
    guard let size, let l else { return nil }
    return SVAG(size: size, substeps: l)
  }

  private mutating func positive(_ entry: ScenarioNode.Entry, _ name: String) -> Double? {
    number(entry.value, name, allowed: "a finite number > 0") { $0 > 0 && $0.isFinite }
  }

  /// Reads the name of a column of the data that occurs in the loss.
  private mutating func noisyColumn(_ node: ScenarioNode, _ choice: Choice) -> String? {
    guard let name = text(node, "column") else { return nil }
    guard let landscape = context.landscape else {
      // A loss or data that could not be read have been reported.
      if problems.errorCount == 0 {
        error("'label-noise' needs a 'loss' with 'data', whose column it perturbs", at: choice.origin)
      }
      return nil
    }
    let columns = landscape.samples.columns.map(\.name)
    guard columns.contains(name) else {
      let advice =
        nearestName(to: name, among: columns).map { "did you mean '\($0)'?" }
        ?? (columns.isEmpty ? "the data have none" : "the data have \(columns.joined(separator: ", "))")
      error("'column' must be a column of the data that the loss uses, got \(name.shown); \(advice)", at: node.origin)
      return nil
    }
    guard landscape.loss.names().contains(where: { $0.name == name }) else {
      error(
        "the column '\(name)' does not occur in the loss, so that noise on it would change nothing; "
          + "name one that does", at: node.origin)
      return nil
    }
    return name
  }
}
