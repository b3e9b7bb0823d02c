import LoschmidtDynamics
import LoschmidtNumerics

extension ScenarioDecoder {
  /// Reads the settings of `full-batch`: none.
  @Sendable static func fullBatch(_ decoder: inout ScenarioDecoder, _ choice: Choice) -> (any GradientNoise)? {
    let reader = decoder.map(choice.settings, name: choice.name, origin: choice.origin, emptyAllowed: true)
    guard let reader else { return nil }
    reader.finish(&decoder.problems)
    return FullBatch()
  }

  /// Reads the settings of `minibatch`: `size` and `sampling`.
  @Sendable static func minibatch(_ decoder: inout ScenarioDecoder, _ choice: Choice) -> (any GradientNoise)? {
    guard
      var reader = decoder.map(choice.settings, name: choice.name, origin: choice.origin, emptyAllowed: true)
    else { return nil }
    let sizeEntry = reader.optional("size")
    let samplingEntry = reader.optional("sampling")
    reader.finish(&decoder.problems)
    let size = decoder.batchSize(sizeEntry, choice)
    let sampling =
      samplingEntry.map { decoder.word($0.value, "sampling", as: Minibatch.Sampling.self) } ?? .withReplacement
    guard let size, let sampling else { return nil }
    if let count = decoder.context.sampleCount, sampling.usesEpochs, count % size != 0 {
      decoder.error(
        "'\(sampling.rawValue)' needs a 'size' that divides the number of samples, got \(size) for \(count)",
        at: sizeEntry?.value.origin ?? choice.origin)
      return nil
    }
    return Minibatch(size: size, sampling: sampling)
  }

  /// Reads the number of samples in a batch, 1 where it is left out; no model has batches larger than the data.
  mutating func batchSize(_ entry: ScenarioNode.Entry?, _ choice: Choice) -> Int? {
    guard let entry else { return 1 }
    guard let size = integer(entry.value, "size", in: 1...Int.max) else { return nil }
    guard let count = context.sampleCount, size > count else { return size }
    error("'size' is larger than the data: got \(size), allowed are 1 … \(count)", at: entry.value.origin)
    return nil
  }

  /// Reads the settings of `constant-covariance`: `matrix`, or `size` and a point `at` which the covariance is taken.
  @Sendable static func constantCovariance(
    _ decoder: inout ScenarioDecoder, _ choice: Choice
  ) -> (any GradientNoise)? {
    guard var reader = decoder.map(choice.settings, name: choice.name, origin: choice.origin) else { return nil }
    let matrix = reader.optional("matrix")
    let size = reader.optional("size")
    let at = reader.optional("at")
    reader.finish(&decoder.problems)
    if let matrix {
      if let other = size ?? at {
        decoder.error(
          "'matrix' and '\(other.key)' exclude each other; give the covariance, or where it is taken", at: other.origin)
        return nil
      }
      return decoder.covarianceMatrix(matrix.value).map { ConstantCovariance(matrix: $0) }
    }
    guard let at else {
      decoder.error("'constant-covariance' needs 'matrix', or 'size' and a point 'at'", at: choice.origin)
      return nil
    }
    let batch = size.map { decoder.integer($0.value, "size", in: 1...Int.max) } ?? 1
    guard let batch, let points = decoder.pointList(at: at, points: nil, choice), let point = points.first else {
      return nil
    }
    guard let landscape = decoder.context.landscape else {
      decoder.error("'at' needs a 'loss', whose gradients have a covariance; give 'matrix'", at: at.origin)
      return nil
    }
    return ConstantCovariance(matrix: (1 / Double(batch)) * landscape.gradientCovariance(at: point))
  }

  /// Reads a symmetric positive semidefinite d × d matrix.
  private mutating func covarianceMatrix(_ node: ScenarioNode) -> DenseMatrix? {
    let what = "a symmetric positive semidefinite matrix, a list of rows"
    guard let dimension = context.parameters?.dimension else { return nil }
    guard let rows = node.list, rows.count == dimension else {
      error(
        "'matrix' must be \(what), one for each of the \(dimension) coordinates, got \(node.shown)", at: node.origin)
      return nil
    }
    guard let entries = symmetricEntries(rows, node, "matrix") else { return nil }
    let matrix = DenseMatrix(rows: dimension, columns: dimension, entries: entries)
    guard let eigen = try? SymmetricEigen(matrix: entries, dimension: dimension) else { return nil }
    let (low, high) = (eigen.eigenvalues.min() ?? 0, eigen.eigenvalues.max() ?? 0)
    // Rounding of a singular covariance may give eigenvalues a little below zero.
    guard low >= -Double(dimension) * 4 * Double.ulpOfOne * high else {
      error("'matrix' must be \(what), got one with the eigenvalue \(low)", at: node.origin)
      return nil
    }
    return matrix
  }
}
